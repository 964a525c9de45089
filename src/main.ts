import { join } from 'node:path';
import { check } from './commands/check.ts';
import { deploy } from './commands/deploy.ts';
import { RolledBackError, rollback } from './commands/rollback.ts';
import { announcementOf, openAnnouncer } from './commands/run/announcing.ts';
import { failureOf } from './commands/run/failure.ts';
import type { Ports } from './commands/run/ports.ts';
import { publish } from './commands/run/publish.ts';
import { createRun, type Run } from './commands/run/run.ts';
import { RunEnded } from './commands/run/run-ended.ts';
import { sweep } from './commands/sweep.ts';
import { syncFolders } from './commands/sync.ts';
import { endPullRequest } from './commands/teardown.ts';
import { type DeployError, toDeployError } from './core/errors.ts';
import type { Mistake } from './core/mistake.ts';
import { makeScratch } from './core/scratch-folder.ts';
import { type Context, readContext } from './event/context.ts';
import { identify } from './event/pull-request.ts';
import type { Announcer } from './github/announcer.ts';
import type { GitHub } from './github/github.ts';
import { githubError } from './github/github-failures.ts';
import type { Inputs } from './inputs/inputs.ts';
import { invalidInputs, parseInputs } from './inputs/parse-inputs.ts';
import { maskingProblems, publicInputs, secretsOf, secretsOfEnvironment } from './inputs/secrets.ts';
import { headline } from './lib/text.ts';
import { intentOf, lacksPreviews } from './plan/host-intent.ts';
import { planRun, type RunPlan } from './plan/run-plan.ts';
import { unfilledPlaces } from './plan/unfilled-places.ts';
import { createOpening, type Opening } from './report/opening.ts';
import { createRecorder, type Recorder } from './report/recorder.ts';
import { redactReport } from './report/redact-report.ts';
import type { Report } from './report/report.ts';
import { troubleshooting } from './report/troubleshooting.ts';

/** The whole run, from inputs to report. It never throws: what goes wrong is in the report. */
export async function main(ports: Ports): Promise<Report> {
  const opening = createOpening(ports.log);
  opening.know({ ref: ports.env.GITHUB_ACTION_REF });
  const recorder = createRecorder(ports.log, ports.clock, ports.redactor.publish);
  let scratch: string | undefined;
  let announcer: Announcer | undefined;
  let isTold = false;
  try {
    scratch = await makeScratch(ports.env);
    ports.saveScratch(scratch);
    const { context, inputs, mistakes, github, plan } = await readRun(ports, scratch, recorder, opening);
    opening.begin();
    const { identity, release } = plan;
    recorder.note({ environment: identity.name, release, sha: plan.kind === 'rollback' ? undefined : context.sha });
    const run = createRun({ ports, recorder, context, inputs, plan, scratch, github });
    announcer = announce(run);
    await perform(run, mistakes);
  } catch (thrown) {
    opening.begin();
    isTold = true;
    if (thrown instanceof RunEnded && !ports.signal.aborted) endRun(thrown, recorder, ports);
    else failRun(await failureOf(ports.signal.aborted ? ports.signal.reason : thrown, scratch, ports), recorder, ports);
  }
  await conclude(announcer, recorder, ports);
  return publish(recorder.report(), scratch && join(scratch, 'report.json'), ports, isTold);
}

/** A run that had nothing more to do. */
function endRun({ status, message }: RunEnded, recorder: Recorder, { log }: Ports): void {
  log.notice(message);
  recorder.end(status, message);
}

function failRun(error: DeployError, recorder: Recorder, { log, env, redactor }: Ports): void {
  const { code, message, hint, at } = error;
  recorder.end(error instanceof RolledBackError ? 'rolled-back' : 'failed', headline(message));
  const page = troubleshooting(code, env);
  redactor.publish(page);
  recorder.note({ error: { code, message, hint, page }, ...(code === 'DISK_FULL' ? { artifact: undefined } : {}) });
  log.error([message, ...(hint ? [hint] : []), `${code}: ${page}`].join('\n'), at);
}

interface RunInputs {
  readonly context: Context;
  readonly inputs: Inputs;
  /** Only where the command is `check`, which tells of them with all the rest. */
  readonly mistakes: readonly Mistake[];
  readonly github: GitHub | undefined;
  readonly plan: RunPlan;
}

/** What the event says and everybody may read. */
const publicContext = ({ repository, branch, tag, sha, runUrl, workspace, temp }: Context) => [
  ...[repository, ...repository.split('/'), branch, tag, sha, sha.slice(0, 7), sha.slice(0, 12)],
  ...[runUrl, workspace, temp],
];

/** Hides what is secret, and keeps readable what the run makes public. Returns what cannot be hidden, as sentences. */
function hideSecrets(ports: Ports, inputs: Inputs, event: Context, scratch: string): string[] {
  const published = [...publicInputs(inputs), ...publicContext(event), scratch];
  for (const value of published) ports.redactor.publish(value);
  const secrets = secretsOf(inputs, ports.hosts);
  for (const { value, rank } of [...secrets, ...secretsOfEnvironment(ports.env)]) ports.hide(value, rank);
  return maskingProblems(secrets, [...publicInputs(inputs), event.branch, event.repository]);
}

/** A check goes on, and tells of mistakes with all the rest. */
function stopAtMistakes({ command }: Inputs, mistakes: readonly Mistake[]): void {
  if (mistakes.length > 0 && command !== 'check') throw invalidInputs(mistakes);
}

/** Inputs, event and plan, with everything hidden that is secret. */
async function readRun(ports: Ports, scratch: string, recorder: Recorder, opening: Opening): Promise<RunInputs> {
  const event = readContext(ports.env, ports.payload);
  opening.know({ sha: event.sha, event: event.event });
  const intent = (inputs: Inputs) => intentOf(inputs, event, lacksPreviews(inputs, ports.hosts));
  const exists = (path: string) => ports.exists(join(event.workspace, path));
  const { inputs, mistakes: ofInputs, foundHost } = parseInputs(ports, ports.hosts, intent, exists);
  const problems = hideSecrets(ports, inputs, event, scratch);
  opening.know({ command: inputs.command });
  opening.after(() => {
    for (const problem of problems) recorder.warn(problem);
    if (foundHost) ports.log.info(foundHost);
  });
  stopAtMistakes(inputs, ofInputs);
  const { repository, apiUrl } = event;
  const token = inputs.githubToken;
  const github = token && ports.openGitHub({ token, repository, apiUrl });
  const context = await identify(event, github).catch((error: unknown) => {
    throw githubError(error, 'which pull request this run is of');
  });
  const plan = planRun(inputs, context, lacksPreviews(inputs, ports.hosts));
  opening.know({ command: plan.kind === 'verify' ? 'build and check' : plan.kind, environment: plan.identity.name });
  const mistakes = [...ofInputs, ...unfilledPlaces(inputs, context, plan)];
  stopAtMistakes(inputs, mistakes);
  return { context, inputs, mistakes, github, plan };
}

function perform(run: Run, mistakes: readonly Mistake[]): Promise<void> {
  const { plan } = run;
  switch (plan.kind) {
    case 'sync':
      return syncFolders(run);
    case 'check':
      return check(run, mistakes);
    case 'teardown':
      return endPullRequest(run, plan.pullRequest);
    case 'sweep':
      return sweep(run);
    case 'rollback':
      return rollback(run, plan.to);
    default:
      return deploy(run);
  }
}

/** Says at GitHub how the run goes, stage by stage. */
function announce({ ports, recorder, inputs, context, plan, github }: Run): Announcer | undefined {
  const what = announcementOf(inputs, context, plan, ports.clock.now());
  if (!what || !github) return undefined;
  const announcer = openAnnouncer(what, github, ports, (deploymentId) => recorder.note({ deploymentId }));
  recorder.watch((stage) => announcer.progress(redactReport(recorder.report(), ports.redactor), stage));
  return announcer;
}

/** The end as GitHub is told it. What it did not take never fails a run. */
async function conclude(announcer: Announcer | undefined, recorder: Recorder, ports: Ports): Promise<void> {
  if (!announcer) return;
  const warning = await announcer.end(redactReport(recorder.report(), ports.redactor));
  if (warning) recorder.warn(warning);
  // What a cancelled run could not say any more, the end of the job does.
  if (warning && ports.signal.aborted) return;
  try {
    ports.saveAnnouncement(undefined);
  } catch (error) {
    recorder.warn(`The end of the job says at GitHub again what came out: ${toDeployError(error).message}`);
  }
}

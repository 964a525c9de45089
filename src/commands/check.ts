import { DeployError } from '../core/errors.ts';
import type { Mistake } from '../core/mistake.ts';
import { explainProblems } from '../github/permissions.ts';
import { type InputName, type Row, table } from '../inputs/table.ts';
import { lastLive } from '../ledger/ledger.ts';
import { listSome, plural } from '../lib/text.ts';
import { bucketIn, type Destination } from '../plan/destination.ts';
import { fittingWorkflow } from '../plan/fitting-workflow.ts';
import { lacksRollback } from '../plan/host-intent.ts';
import { BuildFailure } from '../project/build.ts';
import { stopping } from '../project/preflight/preflight.ts';
import { type ChosenHost, lookBefore } from '../release/before.ts';
import type { Finding } from '../report/finding.ts';
import type { SyncPlan } from '../sync/sync-plan.ts';
import { lookAtFailed, obtain } from './prepare.ts';
import { canLook, lookAtSource } from './run/database-access.ts';
import { Doctor } from './run/doctor.ts';
import type { Bucket } from './run/open-bucket.ts';
import type { Ports } from './run/ports.ts';
import type { Run } from './run/run.ts';
import { workflowFacts } from './run/workflow-facts.ts';
import { accessStages, planAccess } from './stages/access-stages.ts';
import { addressFindings, collectFindings } from './stages/address-findings.ts';
import type { BuildStage } from './stages/build-stage.ts';
import { checkCdns } from './stages/cdn-check.ts';
import { addressUnknown, noWayBack, siteSeen, verdict, withoutToken } from './stages/checkups.ts';
import { destinationOf } from './stages/destination-of-run.ts';
import { bucketOfInputs, hostStage, namesHost, openStage } from './stages/early-looks.ts';
import { lookAtLive } from './stages/migrate-stage.ts';
import { planStage } from './stages/plan-stage.ts';
import { preflightStage } from './stages/preflight-stage.ts';
import { checkDatabases } from './stages/preview-database-stage.ts';
import { lookForReaders } from './stages/readers-look.ts';
import { partsOf, syncRequest } from './stages/sync-request.ts';
import type { Files } from './stages/sync-stage.ts';

/** Who will be able to read static files that are not in the bucket yet. */
async function lookAtReaders(run: Run, doctor: Doctor, plan: SyncPlan, { store }: Bucket, target: Destination) {
  const { site, identity, inputs, ports } = run;
  const request = { plan, store, target, site, identity, inputs };
  const found = await doctor.look('Readable', () => lookForReaders(request, ports.signal));
  if (found?.row) doctor.note({ name: 'Readable', ...found.row });
  if (found?.error) doctor.keep('Readable', found.error);
  const [input, value] = found?.set ?? [];
  if (input && value) doctor.advised.set(input, value);
}

/** What a sync would do with the files: the guard, names that no bucket can hold, conflicts. */
async function lookAtFiles(
  run: Run,
  doctor: Doctor,
  built: BuildStage,
  target: Destination,
  bucket: Bucket,
): Promise<Files | undefined> {
  const request = syncRequest(run, built, target, bucket);
  const sync = await doctor.stage('Plan', () => planStage(request, { ...run.ports, recorder: run.recorder }, 'counts'));
  const files = sync && { request, sync, bucket: target.bucket?.name ?? '' };
  const signed = built.outcome.project?.static_storage?.sample?.signed === true;
  if (sync && !signed) await lookAtReaders(run, doctor, sync.sync, bucket, target);
  if (files) await accessStages(run, built, files, target, { onlyLooks: true, stage: doctor.stage.bind(doctor) });
  return files;
}

/** What the look at the database has found; nothing where there was none, or where it failed. */
function noteMigrations({ recorder }: Run, doctor: Doctor): void {
  const { migrations } = recorder.report();
  if (!migrations) return;
  const { planned } = migrations;
  const found =
    planned.length === 0
      ? 'It has every migration'
      : `It lacks ${plural(planned.length, 'migration')}: ${listSome(planned, 3)}`;
  doctor.note({ name: 'Migrations', level: 'ok', found, todo: undefined });
}

/** What the inputs alone lead to. */
interface EarlyLooks {
  /** The bucket of the inputs was asked for, well or in vain. */
  readonly bucketAsked: string | undefined;
  readonly bucket: Bucket | undefined;
  readonly host: ChosenHost | undefined;
  /** Whether this runner reaches the database; undefined where that is not known. */
  readonly isLetIn: boolean | undefined;
}

const bucketInputs = ['bucket', 'endpoint', 'region', 'access-key-id', 'secret-access-key'] as const;
const hostInputs = ['host', 'service', 'host-token', 'deploy-hook', 'host-options'] as const;
const siteInputs = ['url', 'health-path'] as const;
const sourceInputs = ['trusted-source', 'trusted-source-token', 'host-token', 'host-options'] as const;

/** The host that was asked; undefined where there is none that can be asked. */
async function lookAtHost(run: Run, doctor: Doctor): Promise<ChosenHost | undefined> {
  if (!namesHost(run) || doctor.lacks('Host', hostInputs)) return undefined;
  await doctor.stage('Host', () => hostStage(run));
  const host = await run.host().catch(() => undefined);
  const { inputs, ports } = run;
  if (host && inputs.rollback && !host.host.rollback) doctor.note(noWayBack(lacksRollback(inputs, ports.hosts)));
  return host;
}

/** What can be asked before anything is installed, as a deploy does it. What has a mistake in its inputs is not asked. */
async function lookEarly(run: Run, doctor: Doctor): Promise<EarlyLooks> {
  const { trustedSource, previewDatabase } = run.inputs;
  const named = bucketOfInputs(run);
  const bucket =
    named && !doctor.lacks('Bucket', bucketInputs)
      ? await doctor.stage('Bucket', () => openStage(run, named))
      : undefined;
  const host = await lookAtHost(run, doctor);
  const source = trustedSource && !doctor.lacks('Trusted source', sourceInputs) ? trustedSource : undefined;
  const looked = source && (await doctor.stage('Trusted source', () => lookAtSource(run, source)));
  if (previewDatabase === 'create' && !doctor.lacks('Databases of previews', ['database-url', 'env']))
    await doctor.stage('Databases of previews', () => checkDatabases(run));
  return { bucketAsked: named?.name, bucket, host, isLetIn: trustedSource ? looked : true };
}

/** The bucket of a part of the files; one that the inputs name has been looked at. */
async function openPart(
  run: Run,
  doctor: Doctor,
  address: NonNullable<Destination['bucket']>,
  early: EarlyLooks,
): Promise<Bucket | undefined> {
  if (address.name !== early.bucketAsked)
    return doctor.lacks('Bucket', bucketInputs) ? undefined : doctor.stage('Bucket', () => openStage(run, address));
  // The settings may say more of it than the inputs.
  return early.bucket && doctor.look('Bucket', () => run.bucket(address));
}

/** Files in the bucket, the database, CDN and site: what needs the secrets of a deploy, and mostly the project's settings. */
async function lookOutside(
  run: Run,
  doctor: Doctor,
  built: BuildStage | undefined,
  target: Destination | undefined,
  early: EarlyLooks,
): Promise<void> {
  const { ports, recorder, inputs } = run;
  const { host, isLetIn } = early;
  const io = { ...ports, recorder };
  const named = bucketIn(inputs);
  if (!target && named) await openPart(run, doctor, named, early);
  const files: Files[] = [];
  for (const part of target ? partsOf(target) : []) {
    const bucket = await openPart(run, doctor, part.bucket, early);
    const looked = built && bucket && (await lookAtFiles(run, doctor, built, part.target, bucket));
    if (looked) files.push(looked);
  }
  if (built && isLetIn !== undefined && canLook(run, isLetIn))
    await doctor.look('Migrations', () => lookAtLive(run, built));
  noteMigrations(run, doctor);
  if (inputs.cdn.length > 0 && !doctor.lacks('CDN', ['cdn', 'cdn-token', 'host-token']))
    await doctor.stage('CDN', () => checkCdns(run, target));
  const look = async () => {
    const value = await lookBefore(run.site, inputs.healthPath, host, io, { options: inputs.hostInputs.options });
    const live = files.map(({ request }) => lastLive(request.session.before)?.release).find((one) => one !== undefined);
    return { value, ...siteSeen(value, { asks: host !== undefined, preview: run.plan.kind === 'preview', live }) };
  };
  // Without a URL in the inputs it is the host that knows it.
  const ofSite = run.site ? siteInputs : [...siteInputs, ...hostInputs];
  const before = doctor.lacks('Site', ofSite) ? undefined : await doctor.stage('Site', look);
  const unknown = built && before ? addressFindings(run, built, before) : [];
  if (unknown.length > 0) doctor.note({ name: 'Settings', ...addressUnknown(unknown) }, []);
  if (built && before) collectFindings(run, built, target, before);
  if (built && target) await planAccess(run, built, files, target, { before, stage: doctor.stage.bind(doctor) });
}

/** Whether the run is GitHub's own: its runners say so since 2023, and what runs a workflow elsewhere (act) says that it does. */
const isAtGitHub = ({ RUNNER_ENVIRONMENT, ACT }: Ports['env']): boolean => RUNNER_ENVIRONMENT !== undefined && !ACT;

/** Whether the token reads what a deploy asks GitHub. What it may write shows only when it is written. */
async function lookAtGitHub({ github, ports, recorder }: Run, doctor: Doctor): Promise<void> {
  const name = 'GitHub';
  if (!github) return doctor.note({ name, ...withoutToken(isAtGitHub(ports.env)) });
  try {
    for await (const _page of github.deployments(undefined)) break;
    doctor.note({ name, level: 'ok', found: 'The token reads deployments', todo: undefined });
  } catch (error) {
    ports.signal.throwIfAborted();
    const todo = explainProblems([error]);
    if (todo) recorder.warn(todo);
    doctor.note({ name, level: 'warning', found: 'The token does not read deployments', todo });
  }
}

/** The workflow for this project, ready to paste: in the log, in the report and in the summary. */
async function showWorkflow(run: Run, built: BuildStage | undefined, { advised, problems }: Doctor): Promise<void> {
  const { ports, recorder } = run;
  if (problems.some(({ code }) => code === 'CREDENTIALS_MISSING'))
    for (const input of ['access-key-id', 'secret-access-key'] as const) advised.set(input, 'a secret');
  const facts = workflowFacts(run, built?.outcome.project?.python, advised);
  const workflow = ports.redactor.whole(fittingWorkflow(facts));
  recorder.note({ workflow });
  await ports.log.group('The workflow that fits this project', async () => ports.log.info(workflow));
}

const rows: Readonly<Record<string, Row>> = table;
const isSecretInput = (name: string): name is InputName => rows[name]?.secret === true;

/**
 * Looks at everything that a deploy would use, changes nothing, and says all at once what is to be fixed, in the order in
 * which it is best fixed: inputs and what they lead to, before anything is installed; then project, files, database, site, GitHub.
 * Prints the workflow that fits the project, and after it what is to be fixed.
 */
export async function check(given: Run, mistakes: readonly Mistake[]): Promise<void> {
  const held: Finding[] = [];
  const { ports } = given;
  const run: Run = { ...given, tell: (found) => held.push(...found) };
  const doctor = new Doctor(run, mistakes);
  for (const { input } of mistakes)
    if (isSecretInput(input) && ports.input(input) === '') doctor.advised.set(input, 'a secret');
  try {
    await lookAtAll(run, doctor);
  } finally {
    tellEnd(given, held, doctor);
  }
  const error = conclusion(doctor.problems);
  if (error) throw error;
  given.recorder.end('planned', verdict(given.recorder.report().checkups, namesHost(given)));
}

/** What there is to fix, after everything else: who looks at the end of the log sees it, and first of all what stops a deploy. */
function tellEnd({ inputs, ports, tell }: Run, findings: readonly Finding[], { todo }: Doctor): void {
  const stops = stopping(findings, inputs.checks);
  tell(findings.filter((finding) => !stops.includes(finding)));
  if (todo.length > 0) ports.log.info(['What to do:', ...todo.map((line) => `  ${line}`)].join('\n'));
  tell(stops);
}

async function lookAtAll(run: Run, doctor: Doctor): Promise<void> {
  const { ports, recorder, context } = run;
  const hasSecrets = !context.pullRequest?.fork && !context.dependabot;
  const early = hasSecrets ? await lookEarly(run, doctor) : undefined;
  const built = await doctor.look('Build', () => obtain(run));
  if (built)
    doctor.note({ name: 'Build', level: 'ok', found: recorder.report().stages.at(-1)?.result ?? '', todo: undefined });
  const isPlanned = built && !doctor.lacks('Plan', ['static-prefix', 'media-prefix']);
  const target = isPlanned ? await doctor.look('Bucket', async () => destinationOf(run, built)) : undefined;
  const failure = doctor.problems.at(-1);
  if (built) await doctor.stage('Preflight', () => preflightStage(built, target, run));
  else if (failure instanceof BuildFailure) await doctor.look('Preflight', () => lookAtFailed(run, failure));
  if (early) await lookOutside(run, doctor, built, target, early);
  else ports.log.notice('Bucket and host were not looked at, because GitHub gives this run no secrets.');
  await lookAtGitHub(run, doctor);
  await showWorkflow(run, built, doctor);
}

/** What is to be fixed as one error; undefined where there is nothing. */
function conclusion(problems: readonly DeployError[]): DeployError | undefined {
  if (problems.length < 2) return problems[0];
  const lines = problems.map(({ code, message, hint }, at) =>
    [`${at + 1}. ${code}: ${message}`, ...(hint ? [hint] : [])].join('\n').replaceAll('\n', '\n   '),
  );
  return new DeployError('CHECKS_FAILED', [`${plural(problems.length, 'thing')} to fix:`, ...lines].join('\n'), {
    hint: 'Fix the first one first: others may go away with it.',
  });
}

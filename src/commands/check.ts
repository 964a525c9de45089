import { DeployError, toDeployError } from '../core/errors.ts';
import type { Mistake } from '../core/mistake.ts';
import { explainProblems } from '../github/permissions.ts';
import { invalidInputs } from '../inputs/parse-inputs.ts';
import type { InputName } from '../inputs/table.ts';
import { lastLive } from '../ledger/ledger.ts';
import { headline, listSome, plural } from '../lib/text.ts';
import { bucketIn, type Destination } from '../plan/destination.ts';
import { fittingWorkflow } from '../plan/fitting-workflow.ts';
import { lacksRollback } from '../plan/host-intent.ts';
import { BuildFailure } from '../project/build.ts';
import { lookBefore } from '../release/before.ts';
import type { StageResult } from '../report/recorder.ts';
import type { Checkup } from '../report/report.ts';
import type { SyncPlan } from '../sync/sync-plan.ts';
import { lookAtFailed, obtain } from './prepare.ts';
import { canLook, lookAtSource } from './run/database-access.ts';
import type { Bucket } from './run/open-bucket.ts';
import type { Run } from './run/run.ts';
import { workflowFacts } from './run/workflow-facts.ts';
import { accessStages, planAccess } from './stages/access-stages.ts';
import { addressFindings, collectFindings } from './stages/address-findings.ts';
import type { BuildStage } from './stages/build-stage.ts';
import { checkCdns } from './stages/cdn-check.ts';
import { addressUnknown, hostAsked, noWayBack, siteSeen, verdict } from './stages/checkups.ts';
import { destinationOf } from './stages/destination-of-run.ts';
import { lookAtLive } from './stages/migrate-stage.ts';
import { planStage } from './stages/plan-stage.ts';
import { preflightStage } from './stages/preflight-stage.ts';
import { checkDatabases } from './stages/preview-database-stage.ts';
import { lookForReaders } from './stages/readers-look.ts';
import { checkHost } from './stages/release-stage.ts';
import { partsOf, syncRequest } from './stages/sync-request.ts';
import type { Files } from './stages/sync-stage.ts';

/** Runs stages of which one that fails hides no other, and keeps what each found in their order. */
class Doctor {
  readonly problems: DeployError[] = [];
  /** Inputs that the step lacks, for the workflow that fits. */
  readonly advised = new Map<InputName, string>();
  readonly #checkups: Checkup[] = [];
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  note(checkup: Checkup): void {
    this.#checkups.push(checkup);
    this.#run.recorder.note({ checkups: [...this.#checkups] });
  }

  /** @throws what ends the whole run: that it was cancelled, or a mistake of the action itself. */
  keep(name: string, thrown: unknown): undefined {
    this.#run.ports.signal.throwIfAborted();
    const error = toDeployError(thrown);
    if (error.code === 'INTERNAL' || error.code === 'UNTRUSTED_CODE') throw error;
    this.problems.push(error);
    const { code, message, hint } = error;
    this.note({ name, level: 'error', found: headline(message), todo: hint, code });
  }

  /** Work that says itself what came out, as a stage or as a value. */
  async look<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
    return work().catch((thrown: unknown) => this.keep(name, thrown));
  }

  stage<T>(name: string, work: () => Promise<StageResult<T>>): Promise<T | undefined> {
    return this.look(name, async () => {
      const warned = this.#run.recorder.report().warnings.length;
      let done: StageResult<T> | undefined;
      const value = await this.#run.recorder.stage(name, async () => {
        done = await work();
        return done;
      });
      this.note({ name, ...shownOf(done, this.#run.recorder.report().warnings.length - warned) });
      return value;
    });
  }
}

/** A stage as a row of the table; one that warned is not simply good. */
function shownOf(done: StageResult<unknown> | undefined, warned: number): Omit<Checkup, 'name'> {
  const { result: found = '', level = 'ok', todo } = done ?? {};
  if (level === 'warning' || warned === 0) return { level, found, todo };
  return { level: 'warning', found, todo: warned === 1 ? 'See the warning below.' : `See ${warned} warnings below.` };
}

function openStage(run: Run, address: NonNullable<Destination['bucket']>): () => Promise<StageResult<Bucket>> {
  return async () => {
    const value = await run.bucket(address);
    const live = value.session.before.releases.findLast((release) => release.live);
    return {
      value,
      result: `${value.store.name} opens; ${live ? `live is ${live.release}` : 'nothing of ours is live'}`,
    };
  };
}

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

/** Bucket, files, host, the database's firewall and site: what needs the secrets of a deploy. */
async function lookOutside(
  run: Run,
  doctor: Doctor,
  built: BuildStage | undefined,
  target: Destination | undefined,
): Promise<void> {
  const { ports, recorder, inputs } = run;
  const io = { ...ports, recorder };
  const named = bucketIn(inputs);
  if (!target && named) await doctor.stage('Bucket', openStage(run, named));
  const files: Files[] = [];
  for (const part of target ? partsOf(target) : []) {
    const bucket = await doctor.stage('Bucket', openStage(run, part.bucket));
    const looked = built && bucket && (await lookAtFiles(run, doctor, built, part.target, bucket));
    if (looked) files.push(looked);
  }
  const { trustedSource } = inputs;
  const isLetIn = trustedSource ? await doctor.stage('Trusted source', () => lookAtSource(run, trustedSource)) : true;
  if (built && isLetIn !== undefined && canLook(run, isLetIn))
    await doctor.look('Migrations', () => lookAtLive(run, built));
  noteMigrations(run, doctor);
  const host = await run.host();
  if (host) {
    const look = async () => ({ value: await checkHost(host, io), ...hostAsked(host) });
    await doctor.stage('Host', look);
    if (inputs.rollback && !host.host.rollback) doctor.note(noWayBack(lacksRollback(inputs, ports.hosts)));
  }
  if (inputs.previewDatabase === 'create') await doctor.stage('Databases of previews', () => checkDatabases(run));
  if (inputs.cdn.length > 0) await doctor.stage('CDN', () => checkCdns(run, target));
  const before = await doctor.stage('Site', async () => {
    const value = await lookBefore(run.site, inputs.healthPath, host, io, { options: inputs.hostInputs.options });
    const live = files.map(({ request }) => lastLive(request.session.before)?.release).find((one) => one !== undefined);
    return { value, ...siteSeen(value, { asks: host !== undefined, preview: run.plan.kind === 'preview', live }) };
  });
  const unknown = built && before ? addressFindings(run, built, before) : [];
  if (unknown.length > 0) doctor.note({ name: 'Settings', ...addressUnknown(unknown) });
  if (built && before) collectFindings(run, built, target, before);
  if (built && target) await planAccess(run, built, files, target, { before, stage: doctor.stage.bind(doctor) });
}

/** Whether the token reads what a deploy asks GitHub. What it may write shows only when it is written. */
async function lookAtGitHub({ github, ports, recorder }: Run, doctor: Doctor): Promise<void> {
  const name = 'GitHub';
  if (!github) {
    const todo = 'Leave github-token out, so that it is the token of the job.';
    return doctor.note({ name, level: 'warning', found: 'No token: there will be no deployment and no comment', todo });
  }
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
async function showWorkflow(run: Run, built: BuildStage | undefined, { advised }: Doctor): Promise<void> {
  const { ports, recorder } = run;
  const facts = workflowFacts(run, built?.outcome.project?.python, advised);
  const workflow = ports.redactor.whole(fittingWorkflow(facts));
  recorder.note({ workflow });
  await ports.log.group('The workflow that fits this project', async () => ports.log.info(workflow));
}

/**
 * Looks at everything that a deploy would use, changes nothing, and says all at once what is to be fixed, in the order in
 * which it is best fixed: inputs, project, bucket, files, database, host, site, GitHub. Prints the workflow that fits the project.
 */
export async function check(run: Run, mistakes: readonly Mistake[]): Promise<void> {
  const { ports, recorder, context } = run;
  const doctor = new Doctor(run);
  if (mistakes.length > 0) doctor.keep('Inputs', invalidInputs(mistakes));
  else doctor.note({ name: 'Inputs', level: 'ok', found: 'They can be read, and fit together', todo: undefined });
  const built = await doctor.look('Build', () => obtain(run));
  if (built)
    doctor.note({ name: 'Build', level: 'ok', found: recorder.report().stages.at(-1)?.result ?? '', todo: undefined });
  const target = built && (await doctor.look('Bucket', async () => destinationOf(run, built)));
  const failure = doctor.problems.at(-1);
  if (built) await doctor.stage('Preflight', () => preflightStage(built, target, run));
  else if (failure instanceof BuildFailure) await doctor.look('Preflight', () => lookAtFailed(run, failure));
  if (context.pullRequest?.fork || context.dependabot)
    ports.log.notice('Bucket and host were not looked at, because GitHub gives this run no secrets.');
  else await lookOutside(run, doctor, built, target);
  await lookAtGitHub(run, doctor);
  await showWorkflow(run, built, doctor);
  const error = conclusion(doctor.problems);
  if (error) throw error;
  recorder.end('planned', verdict(recorder.report().checkups));
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

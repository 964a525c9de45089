import { DeployError, toDeployError } from '../core/errors.ts';
import type { Mistake } from '../core/mistake.ts';
import { invalidInputs } from '../inputs/parse-inputs.ts';
import { plural } from '../lib/text.ts';
import { bucketIn, type Destination } from '../plan/destination.ts';
import { BuildFailure } from '../project/build.ts';
import { lookBefore } from '../release/before.ts';
import type { StageResult } from '../report/recorder.ts';
import { lookAtFailed, obtain } from './prepare.ts';
import { checkDatabaseAccess } from './run/database-access.ts';
import type { Bucket } from './run/open-bucket.ts';
import type { Run } from './run/run.ts';
import type { BuildStage } from './stages/build-stage.ts';
import { destinationOf } from './stages/destination-of-run.ts';
import { lookAtLive } from './stages/migrate-stage.ts';
import { planStage } from './stages/plan-stage.ts';
import { preflightStage } from './stages/preflight-stage.ts';
import { checkHost } from './stages/release-stage.ts';
import { partsOf, syncRequest } from './stages/sync-request.ts';

/** Runs stages of which one that fails hides no other, and keeps what failed in the order of the stages. */
class Doctor {
  readonly problems: DeployError[] = [];
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  /** @throws what ends the whole run: that it was cancelled, or a mistake of the action itself. */
  keep(thrown: unknown): undefined {
    this.#run.ports.signal.throwIfAborted();
    const error = toDeployError(thrown);
    if (error.code === 'INTERNAL' || error.code === 'UNTRUSTED_CODE') throw error;
    this.problems.push(error);
  }

  async look<T>(work: () => Promise<T>): Promise<T | undefined> {
    return work().catch((thrown: unknown) => this.keep(thrown));
  }

  stage<T>(name: string, work: () => Promise<StageResult<T>>): Promise<T | undefined> {
    return this.look(() => this.#run.recorder.stage(name, work));
  }
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

/** What a sync would do with the files: the guard, names that no bucket can hold, conflicts. */
async function lookAtFiles(run: Run, doctor: Doctor, built: BuildStage, target: Destination, bucket: Bucket) {
  const request = syncRequest(run, built, target, bucket);
  await doctor.stage('Plan', () => planStage(request, { ...run.ports, recorder: run.recorder }));
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
  for (const part of target ? partsOf(target) : []) {
    const bucket = await doctor.stage('Bucket', openStage(run, part.bucket));
    if (built && bucket) await lookAtFiles(run, doctor, built, part.target, bucket);
  }
  if (built) await doctor.look(() => lookAtLive(run, built));
  const host = await run.host();
  if (host) {
    const look = async () => ({ value: await checkHost(host, io), result: `${host.title} answers` });
    await doctor.stage('Host', look);
  }
  const { trustedSource } = inputs;
  if (trustedSource) await doctor.stage('Trusted source', () => checkDatabaseAccess(run, trustedSource));
  await doctor.stage('Site', async () => {
    const { url, page } = await lookBefore(run.site, inputs.healthPath, host, io, {
      options: inputs.hostInputs.options,
    });
    const reached = page === undefined ? `${url} does not answer with a page yet` : `${url} answers`;
    return { value: undefined, result: url ? reached : 'no URL is known' };
  });
}

/**
 * Looks at everything that a deploy would use, changes nothing, and says all at once what is to be fixed, in the order in
 * which it is best fixed: inputs, project, bucket, files, host, database, site.
 */
export async function check(run: Run, mistakes: readonly Mistake[]): Promise<void> {
  const { ports, recorder, context } = run;
  const doctor = new Doctor(run);
  if (mistakes.length > 0) doctor.keep(invalidInputs(mistakes));
  const built = await doctor.look(() => obtain(run));
  const target = built && (await doctor.look(async () => destinationOf(run, built)));
  const failure = doctor.problems.at(-1);
  if (built) await doctor.stage('Preflight', () => preflightStage(built, target, run));
  else if (failure instanceof BuildFailure) await doctor.look(() => lookAtFailed(run, failure));
  if (context.pullRequest?.fork || context.dependabot)
    ports.log.notice('Bucket and host were not looked at, because GitHub gives this run no secrets.');
  else await lookOutside(run, doctor, built, target);
  const error = conclusion(doctor.problems);
  if (error) throw error;
  recorder.end('planned', 'There is nothing to fix, and nothing was changed.');
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

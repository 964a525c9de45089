import type { DeployError } from '../core/errors.ts';
import type { LedgerSession } from '../ledger/session.ts';
import { bucketIn, type Destination } from '../plan/destination.ts';
import { type LiveBefore, lookBefore } from '../release/before.ts';
import { readBefore } from '../release/earlier.ts';
import { expectAssets } from '../release/expectation.ts';
import type { Proof } from '../release/proof.ts';
import { prepare, warnOfSecrets } from './prepare.ts';
import { type Proven, releaseAndProve } from './release-and-prove.ts';
import { RolledBackError, rollbackAfter } from './rollback.ts';
import { requestOf } from './run/host-request.ts';
import { meanwhile, stopIfOvertaken } from './run/overtaken.ts';
import type { Run } from './run/run.ts';
import { RunEnded, superseded } from './run/run-ended.ts';
import type { BuildStage } from './stages/build-stage.ts';
import { planStage } from './stages/plan-stage.ts';
import { provableAdvice } from './stages/provable-advice.ts';
import { pruneStage } from './stages/prune-stage.ts';
import { checkHost } from './stages/release-stage.ts';
import { syncRequest } from './stages/sync-request.ts';
import type { StagePlan, SyncStageRequest } from './stages/sync-stage.ts';
import { syncStage } from './stages/upload-stage.ts';
import { teardown } from './teardown.ts';

/** What of a release goes into the bucket. */
export interface Files {
  readonly request: SyncStageRequest;
  readonly sync: StagePlan;
}

/**
 * A deploy, from top to bottom. The order is a promise: checks, hashed files, other files, manifest, release, proof, prune.
 * A stage that fails ends the run, so nothing is released after an upload error, and nothing is deleted before the release
 * is live.
 */
export async function deploy(run: Run): Promise<void> {
  const { recorder, inputs, plan } = run;
  if (plan.kind === 'skip') return skip(run, plan.reason);
  if (plan.kind === 'build') warnOfSecrets(run);
  const releases = plan.kind === 'deploy' || plan.kind === 'preview';
  if (releases) await failEarly(run);

  const { built, target } = await prepare(run);
  if (plan.kind === 'verify') return skip(run, plan.reason);
  if (plan.kind === 'build') return recorder.end('built', 'The artifact is ready for the job that deploys it.');

  const { staticUrl, mediaUrl } = target;
  recorder.note({ staticUrl, mediaUrl });
  const files = await planFiles(run, built, target);
  if (inputs.dryRun) return planned(run);
  const before = await lookBefore(run.site, inputs.healthPath, run.host(), { ...run.ports, recorder });
  if (files) await upload(run, files);
  await goLive(run, built, target, files, before);
}

/** Wrong keys and a wrong service come out before minutes of building, if the inputs alone say which they are. */
async function failEarly(run: Run): Promise<void> {
  const { ports, recorder, inputs } = run;
  const host = run.host();
  const named = inputs.endpoint ? bucketIn(inputs) : undefined;
  if (named) refuseOlder((await run.bucket(named)).session);
  if (host) await checkHost(host, { ...ports, recorder });
}

/** @throws RunEnded with `superseded` if the ledger knows a newer release than this one. */
function refuseOlder({ newer }: LedgerSession): void {
  if (newer) throw superseded(newer.release);
}

/** What goes into the bucket; undefined if the app serves its files itself. */
async function planFiles(run: Run, built: BuildStage, target: Destination): Promise<Files | undefined> {
  if (!target.bucket) return undefined;
  const bucket = await run.bucket(target.bucket);
  refuseOlder(bucket.session);
  const request = syncRequest(run, built, target, bucket);
  const sync = await run.recorder.stage('Plan', () => planStage(request, { ...run.ports, recorder: run.recorder }));
  return { request, sync };
}

/** @throws RunEnded with `superseded` if a newer run was faster. */
async function upload({ ports, recorder }: Run, { request, sync }: Files): Promise<void> {
  const { overtaken } = await recorder.stage('Upload', () => syncStage(request, sync, { ...ports, recorder }));
  if (overtaken) throw superseded(request.session.newer?.release);
}

/** Release, proof and prune: from here on visitors see what the run does. */
export async function goLive(
  run: Run,
  built: BuildStage,
  target: Destination,
  files: Files | undefined,
  before: LiveBefore,
): Promise<void> {
  const { recorder, plan } = run;
  const host = run.host();
  if (!host && !before.url) {
    return recorder.end('built', 'The files are in place, and there is neither a host to ask nor a URL to look at.');
  }
  try {
    if (host) await stopIfOvertaken(run, files?.request.session);
    const { url, proof } = await releaseThis(run, built, target, files?.request.session, before);
    if (!url)
      return triggered(
        run,
        built,
        `the host took the request; set ${plan.kind === 'preview' ? 'preview-url in host-options' : 'url'} to have the release proven`,
      );
    if (!proof?.evidence)
      return triggered(run, built, `${url} answers, and nothing tells this release from the one before`);
    if (files) await noteLive(run, files, target, proof);
    recorder.end('live');
    if (plan.kind === 'preview' && (await meanwhile(run, plan.pullRequest)) === 'closed')
      await teardown(run, plan.pullRequest);
  } catch (error) {
    const closed = error instanceof RunEnded && error.status === 'removed' && plan.kind === 'preview';
    if (!closed) throw error;
    await teardown(run, plan.pullRequest);
  }
}

/** Asks the host for this commit and proves it; takes it back if the proof fails and the inputs say so. */
async function releaseThis(
  run: Run,
  { names, bundled, artifact }: BuildStage,
  target: Destination,
  session: LedgerSession | undefined,
  before: LiveBefore,
): Promise<Proven> {
  const { inputs, context } = run;
  const all = new Set([...names, ...bundled]);
  const known = readBefore(session, context.sha, all, target.static?.prefix ?? '');
  const request = requestOf(run, artifact);
  const releasing = releaseAndProve(run, run.host(), {
    stage: 'Release',
    request,
    session,
    before,
    expectation: expectAssets(all, known, before.page),
    origins: target.origins,
    shows: () => ({ release: request, hostInputs: inputs.hostInputs }),
  });
  return releasing.catch(async (failure: unknown) => {
    const back = await rollbackAfter(run, session, failure);
    throw back === undefined ? failure : new RolledBackError(failure as DeployError, back);
  });
}

/** Says in the ledger that the release is live; from then on what it does not name grows old, and what is old goes. */
async function noteLive(run: Run, { request, sync }: Files, target: Destination, proof: Proof): Promise<void> {
  const { ports, recorder } = run;
  const { session } = request;
  const live = session.entry.live ?? new Date(proof.at).toISOString();
  const prefix = target.static?.prefix;
  const gone = prefix === undefined ? undefined : { prefix, since: Math.floor(proof.at / 1_000) };
  const marks = proof.evidence ? { live, proof: proof.evidence.kind } : { live };
  await session.save({ marks, gone }, ports.signal);
  if (sync.prune.length > 0) {
    await recorder.stage('Prune', () => pruneStage(request, sync.prune, { ...ports, recorder }));
  }
}

function triggered(run: Run, built: BuildStage, reason: string): void {
  const { recorder, ports } = run;
  recorder.warn(`Triggered, not proven: ${reason}.`);
  ports.log.info(provableAdvice(run, built));
  recorder.end('triggered', `Not proven: ${reason}.`);
}

function skip({ ports, recorder }: Run, reason: string): void {
  const sentence = reason[0]?.toUpperCase() + reason.slice(1);
  ports.log.notice(`${sentence}.`);
  recorder.end('skipped', `${sentence}.`);
}

function planned(run: Run): void {
  const { ports, recorder, inputs, context } = run;
  const host = run.host();
  const ask = host ? `ask ${host.title} to deploy ${context.sha.slice(0, 12)}` : 'ask no host';
  const look = run.site ? `, then watch ${run.site}${inputs.healthPath}` : '';
  ports.log.info(`Would then ${ask}${look}.`);
  recorder.end('planned', `Nothing was changed. The next run would ${ask}${look}.`);
}

import { type Bucket, endSuperseded, foldersOf, openBucket } from './bucket.ts';
import type { BuildStage } from './build/stage.ts';
import { goLive } from './go-live.ts';
import { chooseHost, prepare, warnOfSecrets } from './prepare.ts';
import { siteOf } from './preview.ts';
import { checkHost, type HostChoice, lookBefore } from './release/stage.ts';
import type { Run } from './run.ts';
import { planStage } from './sync/plan-stage.ts';
import type { SyncStageRequest } from './sync/stage.ts';
import { syncStage } from './sync/upload-stage.ts';
import { bucketIn, type DeploymentTarget } from './target.ts';

/**
 * The stages of a deploy in their order, which is a promise: checks, hashed files, un-hashed, manifests, release, proof.
 * A stage that fails ends the run, so that nothing is released after an upload error.
 */
export async function deploy(run: Run): Promise<void> {
  const { ports, journal, inputs, plan } = run;
  const io = { ...ports, journal };
  if (plan.kind === 'skip') return skip(run, plan.reason);
  if (plan.kind === 'build') warnOfSecrets(run);
  const releases = plan.kind === 'deploy' || plan.kind === 'preview';
  const choice = releases ? chooseHost(run) : undefined;
  // Wrong keys and a wrong service come out before minutes of building. Where the endpoint may be in the settings, later.
  const named = releases && inputs.endpoint ? bucketIn(inputs) : undefined;
  const early = named && (await openBucket(run, named));
  if (early?.book.newer) return endSuperseded(run, early.book.newer.release);
  if (choice) await checkHost(choice, io);

  const { built, target } = await prepare(run);
  if (plan.kind === 'verify') return skip(run, plan.reason);
  if (plan.kind === 'build') return journal.end('built', 'The artifact is ready for the job that deploys it.');

  journal.note({ staticUrl: target.staticUrl, mediaUrl: target.mediaUrl });
  const bucket = early ?? (target.bucket && (await openBucket(run, target.bucket)));
  if (bucket?.book.newer) return endSuperseded(run, bucket.book.newer.release);
  const request = bucket && syncRequest(run, built, target, bucket);
  const sync = request && (await journal.stage('Plan', () => planStage(request, io)));
  if (inputs.dryRun) return planned(run, choice);

  const live = await lookBefore(siteOf(run), inputs.healthPath, choice, io);
  if (!request || !sync) return void (await goLive(run, built, target, choice, undefined, live));
  const { overtaken } = await journal.stage('Upload', () => syncStage(request, sync, io));
  if (overtaken) return endSuperseded(run, request.book.newer?.release);
  await goLive(run, built, target, choice, { request, sync }, live);
}

export function syncRequest(
  run: Run,
  { outcome, root, names, bundled, changedAt }: BuildStage,
  target: DeploymentTarget,
  bucket: Bucket,
): SyncStageRequest {
  return {
    inputs: run.inputs,
    environment: run.plan.environment,
    folders: foldersOf(run, target, root),
    names,
    bundled,
    manifestPath: outcome.collected?.manifest ?? undefined,
    changedAt,
    scratch: run.scratch,
    ...bucket,
  };
}

function skip({ ports, journal }: Run, reason: string): void {
  const sentence = reason[0]?.toUpperCase() + reason.slice(1);
  ports.log.notice(`${sentence}.`);
  journal.end('skipped', `${sentence}.`);
}

function planned(run: Run, choice: HostChoice | undefined): void {
  const { ports, journal, inputs, context } = run;
  const site = siteOf(run);
  const ask = choice ? `ask ${choice.title} to deploy ${context.sha.slice(0, 12)}` : 'ask no host';
  const look = site ? `, then watch ${site}${inputs.healthPath}` : '';
  ports.log.info(`Would then ${ask}${look}.`);
  journal.end('planned', `Nothing was changed. The next run would ${ask}${look}.`);
}

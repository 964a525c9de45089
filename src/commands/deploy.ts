import { bucketIn } from '../plan/destination.ts';
import { type ChosenHost, lookBefore } from '../release/before.ts';
import { goLive } from './go-live.ts';
import { prepare, warnOfSecrets } from './prepare.ts';
import { chooseHost } from './run/host-request.ts';
import { openBucket } from './run/open-bucket.ts';
import type { Run } from './run/run.ts';
import { siteOf } from './run/site.ts';
import { endSuperseded } from './run/superseded.ts';
import { planStage } from './stages/plan-stage.ts';
import { checkHost } from './stages/release-stage.ts';
import { syncRequest } from './stages/sync-request.ts';
import { syncStage } from './stages/upload-stage.ts';

/**
 * The stages of a deploy in their order, which is a promise: checks, hashed files, un-hashed, manifests, release, proof.
 * A stage that fails ends the run, so that nothing is released after an upload error.
 */
export async function deploy(run: Run): Promise<void> {
  const { ports, recorder, inputs, plan } = run;
  const io = { ...ports, recorder };
  if (plan.kind === 'skip') return skip(run, plan.reason);
  if (plan.kind === 'build') warnOfSecrets(run);
  const releases = plan.kind === 'deploy' || plan.kind === 'preview';
  const choice = releases ? chooseHost(run) : undefined;
  // Wrong keys and a wrong service come out before minutes of building. Where the endpoint may be in the settings, later.
  const named = releases && inputs.endpoint ? bucketIn(inputs) : undefined;
  const early = named && (await openBucket(run, named));
  if (early?.session.newer) return endSuperseded(run, early.session.newer.release);
  if (choice) await checkHost(choice, io);

  const { built, target } = await prepare(run);
  if (plan.kind === 'verify') return skip(run, plan.reason);
  if (plan.kind === 'build') return recorder.end('built', 'The artifact is ready for the job that deploys it.');

  recorder.note({ staticUrl: target.staticUrl, mediaUrl: target.mediaUrl });
  const bucket = early ?? (target.bucket && (await openBucket(run, target.bucket)));
  if (bucket?.session.newer) return endSuperseded(run, bucket.session.newer.release);
  const request = bucket && syncRequest(run, built, target, bucket);
  const sync = request && (await recorder.stage('Plan', () => planStage(request, io)));
  if (inputs.dryRun) return planned(run, choice);

  const look = { origins: target.origins, options: inputs.hostInputs.options };
  const live = await lookBefore(siteOf(run), inputs.healthPath, choice, io, look);
  if (!request || !sync) return void (await goLive(run, built, target, choice, undefined, live));
  const { overtaken } = await recorder.stage('Upload', () => syncStage(request, sync, io));
  if (overtaken) return endSuperseded(run, request.session.newer?.release);
  await goLive(run, built, target, choice, { request, sync }, live);
}

function skip({ ports, recorder }: Run, reason: string): void {
  const sentence = reason[0]?.toUpperCase() + reason.slice(1);
  ports.log.notice(`${sentence}.`);
  recorder.end('skipped', `${sentence}.`);
}

function planned(run: Run, choice: ChosenHost | undefined): void {
  const { ports, recorder, inputs, context } = run;
  const site = siteOf(run);
  const ask = choice ? `ask ${choice.title} to deploy ${context.sha.slice(0, 12)}` : 'ask no host';
  const look = site ? `, then watch ${site}${inputs.healthPath}` : '';
  ports.log.info(`Would then ${ask}${look}.`);
  recorder.end('planned', `Nothing was changed. The next run would ${ask}${look}.`);
}

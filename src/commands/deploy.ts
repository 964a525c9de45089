import { lastLive } from '../ledger/ledger.ts';
import type { LedgerSession } from '../ledger/session.ts';
import { listSome } from '../lib/text.ts';
import type { Destination } from '../plan/destination.ts';
import { plannedUnpurged } from '../plan/stale-objects.ts';
import { lookBefore } from '../release/before.ts';
import { goLive } from './go-live.ts';
import { prepare, warnOfSecrets } from './prepare.ts';
import { canLook, checkDatabaseAccess, withDatabaseAccess } from './run/database-access.ts';
import type { Run } from './run/run.ts';
import { RunEnded, superseded } from './run/run-ended.ts';
import { accessStages, allowOrigins, planAccess } from './stages/access-stages.ts';
import { addressFindings, collectFindings } from './stages/address-findings.ts';
import type { BuildStage } from './stages/build-stage.ts';
import { bucketOfInputs, hostStage } from './stages/early-looks.ts';
import { type DatabaseAccess, lookAtLive, migrateLive, migratesLive } from './stages/migrate-stage.ts';
import { packStage } from './stages/pack-stage.ts';
import { planStage } from './stages/plan-stage.ts';
import { planOfDatabase } from './stages/preview-database-stage.ts';
import { showPurge } from './stages/purge-stage.ts';
import { partsOf, syncRequest } from './stages/sync-request.ts';
import type { Files } from './stages/sync-stage.ts';
import { finishLedger, syncStage } from './stages/upload-stage.ts';

/**
 * A deploy, from top to bottom. The order is a promise: checks, hashed files, other files, manifest, migrations, release, proof,
 * CDN, prune. A stage that fails ends the run, so nothing is released after an upload error, and nothing is purged or deleted
 * before the release is live.
 */
export async function deploy(run: Run): Promise<void> {
  const { recorder, inputs, plan } = run;
  if (plan.kind === 'skip') throw skipped(plan.reason);
  if (plan.kind === 'build') warnOfSecrets(run);
  const releases = plan.kind === 'deploy' || plan.kind === 'preview';
  const isLetIn = !releases || (await failEarly(run));

  const { built, target } = await prepare(run);
  if (plan.kind === 'verify' || plan.kind === 'build' || inputs.dryRun) await packStage(run, built);
  if (plan.kind === 'verify') throw skipped(plan.reason);
  if (plan.kind === 'build') return recorder.end('built', 'The artifact is ready for the job that deploys it.');

  const { staticUrl, mediaUrl } = target;
  recorder.note({ staticUrl, mediaUrl });
  const all = await planFiles(run, built, target);
  const [files, ofMedia] = all;
  const access: DatabaseAccess = (work) => withDatabaseAccess(run, work);
  if (canLook(run, isLetIn)) await lookAtLive(run, built, access);
  // Media first: it belongs to no release, and what is uploaded last is what a page asks for.
  const uploads = [ofMedia, files].filter((one) => one !== undefined);
  if (inputs.dryRun) {
    await planAccess(run, built, uploads, target);
    return planned(run, all, target);
  }
  const look = { origins: target.origins, options: inputs.hostInputs.options };
  const before = await lookBefore(run.site, inputs.healthPath, await run.host(), { ...run.ports, recorder }, look);
  addressFindings(run, built, before);
  collectFindings(run, built, target, before);
  try {
    for (const one of uploads) await upload(run, one);
    for (const one of uploads) await accessStages(run, built, one, target, { before });
    const onPage = await allowOrigins(run, built, uploads, target, before);
    await packStage(run, built);
    await migrateLive(run, built, files?.request.session, access);
    await goLive(run, { built, target, all, before, onPage });
  } finally {
    for (const { request } of uploads) await finishLedger(request.session, { ...run.ports, recorder });
  }
}

/**
 * Wrong keys and a wrong service come out before minutes of building, if the inputs alone say which they are.
 * @returns Whether this runner reaches the database that it is to migrate, as far as a firewall with an API is before it.
 */
async function failEarly(run: Run): Promise<boolean> {
  const named = bucketOfInputs(run);
  if (named) refuseOlder((await run.bucket(named)).session);
  await hostStage(run);
  return migratesLive(run) ? checkDatabaseAccess(run) : true;
}

/** @throws RunEnded with `superseded` if the ledger knows a newer release than this one. */
function refuseOlder({ newer }: LedgerSession): void {
  if (newer) throw superseded(newer.release);
}

/** Notes what is new since the release that is live, for whoever reads the summary. */
function noteChanges({ recorder, context }: Run, { before }: LedgerSession): void {
  const since = lastLive(before)?.sha;
  if (since === undefined || since === context.sha) return;
  recorder.note({ changes: { since, page: `${context.repositoryUrl}/compare/${since}...${context.sha}` } });
}

/** What goes into each bucket: the one of the release first, then that of media with one of their own. None: the app serves. */
async function planFiles(run: Run, built: BuildStage, target: Destination): Promise<Files[]> {
  const planned: Files[] = [];
  for (const part of partsOf(target)) {
    const bucket = await run.bucket(part.bucket);
    refuseOlder(bucket.session);
    noteChanges(run, bucket.session);
    const request = syncRequest(run, built, part.target, bucket);
    const sync = await run.recorder.stage('Plan', () => planStage(request, { ...run.ports, recorder: run.recorder }));
    planned.push({ request, sync, bucket: part.bucket.name });
  }
  return planned;
}

/** @throws RunEnded with `superseded` if a newer run was faster. */
async function upload({ ports, recorder }: Run, { request, sync }: Files): Promise<void> {
  const { overtaken } = await recorder.stage('Upload', () => syncStage(request, sync, { ...ports, recorder }));
  if (overtaken) throw superseded(request.session.newer?.release);
}

const skipped = (reason: string): RunEnded => new RunEnded('skipped', `${reason[0]?.toUpperCase()}${reason.slice(1)}.`);

async function planned(run: Run, all: readonly Files[], target: Destination): Promise<void> {
  const { recorder, inputs, context } = run;
  const stale = all.flatMap(({ sync }) => plannedUnpurged(sync.sync, sync.before));
  await showPurge(run, stale, target);
  const host = await run.host();
  const ask = host ? `ask ${host.title} to deploy ${context.sha.slice(0, 12)}` : 'ask no host';
  const look = run.site ? `, then watch ${run.site}${inputs.healthPath}` : '';
  const { planned = [] } = recorder.report().migrations ?? {};
  const migrating = planned.length > 0 ? `migrate ${listSome(planned, 5)}, then ` : await planOfDatabase(run);
  recorder.end('planned', `Nothing was changed. The next run would ${migrating}${ask}${look}.`);
}

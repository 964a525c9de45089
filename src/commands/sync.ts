import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { findBundled } from '../assets/bundled-files.ts';
import { hashedNames } from '../assets/hashed-names.ts';
import { loadManifest } from '../assets/manifest.ts';
import { DeployError } from '../core/errors.ts';
import { noProject, planDestination } from '../plan/destination.ts';
import { plannedUnpurged } from '../plan/stale-objects.ts';
import { changedAt, checkoutGit } from '../project/checkout/changed-at.ts';
import { beginListings } from '../sync/remote.ts';
import { refuseUnknownHead } from './prepare.ts';
import type { Run } from './run/run.ts';
import { superseded } from './run/run-ended.ts';
import { accessStages, allowOrigins } from './stages/access-stages.ts';
import { planStage, scanOf } from './stages/plan-stage.ts';
import { purgeChanged, showPurge } from './stages/purge-stage.ts';
import { foldersOf } from './stages/sync-folders.ts';
import { syncStage } from './stages/upload-stage.ts';

/** Syncs the folders that the inputs name: no project is looked for, and no host asked. */
export async function syncFolders(run: Run): Promise<void> {
  // A run that ends before its plan must not go on reading.
  const reading = new AbortController();
  try {
    await sync(run, AbortSignal.any([run.ports.signal, reading.signal]));
  } finally {
    reading.abort();
  }
}

/** @param reading Ends the reading of the folders. */
async function sync(run: Run, reading: AbortSignal): Promise<void> {
  const { ports, recorder, inputs, context, identity } = run;
  const io = { ...ports, recorder };
  const target = planDestination(inputs, context, identity.name, noProject, undefined);
  if (!target.bucket) throw new DeployError('INTERNAL', 'A sync without a bucket.');
  const workspace = await realpath(context.workspace);
  const root = join(workspace, inputs.workingDirectory);
  const folders = foldersOf(run, target, root);
  await refuseUnknownHead(run, [workspace, ...folders.map(({ folder }) => folder)]);
  // Files are read, and the bucket is listed, while its ledger comes.
  const read = { inputs, folders, workspace, scratch: run.scratch };
  const scan = scanOf(read, { ...ports, signal: reading });
  const prefixes = folders.map(({ prefix }) => prefix);
  const begun = beginListings(await run.storeAt(target.bucket), prefixes, ports.signal);
  const statics = folders.find(({ kind }) => kind === 'static')?.folder;
  const manifestPath = statics === undefined ? undefined : join(statics, 'staticfiles.json');
  const [bucket, manifest, bundled] = await Promise.all([
    run.bucket(target.bucket),
    loadManifest(manifestPath),
    findBundled(undefined, statics),
  ]);
  const { newer } = bucket.session;
  if (newer) throw superseded(newer.release);
  const git = checkoutGit(ports, workspace);
  const request = {
    ...read,
    scan,
    begun,
    names: hashedNames(manifest),
    manifestPath,
    bundled,
    changedAt: (file: Parameters<typeof changedAt>[0]) => changedAt(file, workspace, git),
    ...bucket,
  };
  const planned = await recorder.stage('Plan', () => planStage(request, io));
  if (inputs.dryRun) {
    await showPurge(run, plannedUnpurged(planned.sync, planned.before), target);
    return recorder.end('planned', 'Nothing was changed.');
  }
  const deadline = ports.clock.now() + inputs.timeout;
  const { overtaken } = await recorder.stage('Upload', () => syncStage(request, planned, io));
  if (overtaken) throw superseded(bucket.session.newer?.release);
  const files = { request, sync: planned, bucket: target.bucket.name };
  await accessStages(run, undefined, files, target);
  await allowOrigins(run, undefined, [files], target, { url: undefined, page: undefined });
  await purgeChanged(run, [bucket.session], target, deadline);
  await bucket.session.save({}, ports.signal);
  recorder.end('synced', 'The files are in place.');
}

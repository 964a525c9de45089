import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { changedAt, checkoutGit, endSuperseded, foldersOf, openBucket } from './bucket.ts';
import { findBundled } from './build/bundled.ts';
import { DeployError } from './errors.ts';
import type { Run } from './run.ts';
import { hashedNames } from './sync/immutable.ts';
import { planStage } from './sync/plan-stage.ts';
import { loadManifest } from './sync/sync.ts';
import { syncStage } from './sync/upload-stage.ts';
import { noProject, planTarget } from './target.ts';

/** Syncs the folders that the inputs name: no project is looked for, and no host asked. */
export async function syncFolders(run: Run): Promise<void> {
  const { ports, journal, inputs, context, plan } = run;
  const io = { ...ports, journal };
  const target = planTarget(inputs, context, plan.environment, noProject, undefined);
  if (!target.bucket) throw new DeployError('INTERNAL', 'A sync without a bucket.');
  const bucket = await openBucket(run, target.bucket);
  const { newer } = bucket.book;
  if (newer) return endSuperseded(run, newer.release);
  const workspace = await realpath(context.workspace);
  const root = join(workspace, inputs.workingDirectory);
  const folders = foldersOf(run, target, root);
  const statics = folders.find(({ kind }) => kind === 'static')?.folder;
  const manifestPath = statics === undefined ? undefined : join(statics, 'staticfiles.json');
  const git = checkoutGit(ports, workspace);
  const request = {
    inputs,
    environment: plan.environment,
    folders,
    names: hashedNames(await loadManifest(manifestPath)),
    manifestPath,
    bundled: await findBundled(undefined, statics),
    changedAt: (file: Parameters<typeof changedAt>[0]) => changedAt(file, workspace, git),
    scratch: run.scratch,
    ...bucket,
  };
  const sync = await journal.stage('Plan', () => planStage(request, io));
  if (inputs.dryRun) return journal.end('planned', 'Nothing was changed.');
  const { overtaken } = await journal.stage('Upload', () => syncStage(request, sync, io));
  if (overtaken) return endSuperseded(run, bucket.book.newer?.release);
  journal.end('built', 'The files are in place.');
}

import type { Destination } from '../../plan/destination.ts';
import type { Bucket } from '../run/open-bucket.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';
import { foldersOf } from './sync-folders.ts';
import type { SyncStageRequest } from './sync-stage.ts';

export function syncRequest(
  run: Run,
  { outcome, root, names, bundled, changedAt }: BuildStage,
  target: Destination,
  bucket: Bucket,
): SyncStageRequest {
  return {
    inputs: run.inputs,
    identity: run.identity,
    folders: foldersOf(run, target, root),
    names,
    bundled,
    manifestPath: outcome.collected?.manifest ?? undefined,
    changedAt,
    scratch: run.scratch,
    ...bucket,
  };
}

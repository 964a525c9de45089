import type { Destination } from '../../plan/destination.ts';
import type { BucketAddress } from '../../store/addresses.ts';
import type { Bucket } from '../run/open-bucket.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';
import { foldersOf } from './sync-folders.ts';
import type { SyncStageRequest } from './sync-stage.ts';

export function syncRequest(
  run: Run,
  { outcome, workspace, root, names, bundled, changedAt }: BuildStage,
  target: Destination,
  bucket: Bucket,
): SyncStageRequest {
  return {
    inputs: run.inputs,
    releases: run.plan.kind === 'deploy' || run.plan.kind === 'preview',
    folders: foldersOf(run, target, root),
    workspace,
    names,
    bundled,
    manifestPath: outcome.collected?.manifest ?? undefined,
    changedAt,
    scratch: run.scratch,
    ...bucket,
  };
}

/** The part of a destination that one bucket gets; each bucket has a sync and a ledger of its own. */
export function partsOf(
  target: Destination,
): readonly { readonly bucket: BucketAddress; readonly target: Destination }[] {
  const { bucket, media } = target;
  if (!bucket) return [];
  if (!media?.bucket) return [{ bucket, target }];
  const ofMedia = { bucket: media.bucket, target: { ...target, bucket: media.bucket, static: undefined } };
  return target.static ? [{ bucket, target: { ...target, media: undefined } }, ofMedia] : [ofMedia];
}

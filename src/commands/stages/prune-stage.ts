import { readSiblings } from '../../ledger/siblings.ts';
import { listSome, plural } from '../../lib/text.ts';
import type { StageResult } from '../../report/recorder.ts';
import { heldElsewhere } from '../../sync/prune.ts';
import type { SyncStageIO, SyncStageRequest } from './sync-stage.ts';

export interface PruneStageRequest extends Pick<SyncStageRequest, 'identity' | 'store' | 'session'> {
  readonly inputs: Pick<SyncStageRequest['inputs'], 'prune'>;
}

/**
 * Deletes old static files after the release is live. Each of them is marked in the ledger before it goes, so that a run
 * that plans at this moment sends it again; a failure here is a warning, because the site is live and whole.
 */
export async function pruneStage(
  request: PruneStageRequest,
  keys: readonly string[],
  io: SyncStageIO,
): Promise<StageResult<void>> {
  try {
    return { value: undefined, result: await prune(request, keys, io) };
  } catch (error) {
    io.signal.throwIfAborted();
    // Else the next run would wait for this one, which will not come back.
    await request.session.save({ publishing: undefined }, io.signal).catch(() => undefined);
    const { message } = error as Error;
    const cause = (error as { code?: string }).code === 'BUCKET_DENIED' ? ' Deleting needs s3:DeleteObject.' : '';
    io.recorder.warn(
      `Old static files stay in the bucket: ${message}${cause} To keep them on purpose, write "prune: off".`,
    );
    return { value: undefined, result: 'old files stay' };
  }
}

async function prune(
  { identity, inputs, store, session }: PruneStageRequest,
  candidates: readonly string[],
  io: SyncStageIO,
): Promise<string> {
  const left = (why: string) => `${plural(candidates.length, 'old file')} left for later: ${why}`;
  if (await session.overtaken(io.signal)) return left('a newer release is there');
  const siblings = await readSiblings(store, identity, io.signal);
  if (siblings.unreadable.length > 0) {
    const names = listSome(siblings.unreadable, 3);
    io.recorder.warn(
      `Nothing was deleted, because ledgers in the bucket cannot be read: ${names}. Delete those ledgers.`,
    );
    return left('an unreadable ledger');
  }
  const now = io.clock.now();
  const keys = candidates.filter((key) => !heldElsewhere(siblings, key, now, inputs.prune ?? 0));
  if (keys.length === 0) return 'nothing to delete';
  if (await session.lock(io.signal)) return left('a newer release is there');
  await session.save({ doomed: new Set(keys) }, io.signal);
  // Only what the ledger took for doomed: a run that wants one of them may have said so a moment ago.
  const doomed = keys.filter((key) => session.now.objects.get(key)?.doomed);
  const failed = await store.delete(doomed, io.signal);
  const deleted = doomed.filter((key) => !failed.has(key));
  await session.save({ deleted: new Set(deleted), publishing: undefined }, io.signal);
  const { sync } = io.recorder.report();
  if (sync) io.recorder.note({ sync: { ...sync, deleted: deleted.length } });
  if (failed.size > 0) {
    const [[key, reason] = ['', '']] = failed;
    io.recorder.warn(`${plural(failed.size, 'old file')} could not be deleted, ${key} among them: ${reason}.`);
  }
  return `${plural(deleted.length, 'old file')} deleted`;
}

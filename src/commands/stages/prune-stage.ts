import { pruneFiles } from '../../ledger/prune-files.ts';
import { listSome, plural } from '../../lib/text.ts';
import type { StageResult } from '../../report/recorder.ts';
import type { SyncStageIO, SyncStageRequest } from './sync-stage.ts';

export interface PruneStageRequest extends Pick<SyncStageRequest, 'folders' | 'store' | 'session'> {
  readonly inputs: Pick<SyncStageRequest['inputs'], 'prune'>;
}

/**
 * Deletes old static files after the release is live, and writes the ledger. A failure here is a warning, because the site is
 * live and whole.
 * @returns The keys that were deleted.
 */
export async function pruneStage(
  request: PruneStageRequest,
  keys: readonly string[],
  io: SyncStageIO,
): Promise<StageResult<readonly string[]>> {
  try {
    return await prune(request, keys, io);
  } catch (error) {
    io.signal.throwIfAborted();
    const { message } = error as Error;
    const cause = (error as { code?: string }).code === 'BUCKET_DENIED' ? ' Deleting needs s3:DeleteObject.' : '';
    io.recorder.warn(
      `Old static files stay in the bucket: ${message}${cause} To keep them on purpose, write "prune: off".`,
    );
    return { value: [], result: 'old files stay' };
  } finally {
    // Else the next run would wait for this one, which will not come back.
    await request.session.unlock(io.signal).catch(() => undefined);
  }
}

async function prune(
  { inputs, folders, store, session }: PruneStageRequest,
  candidates: readonly string[],
  io: SyncStageIO,
): Promise<StageResult<readonly string[]>> {
  const nothing = (result: string) => ({ value: [], result });
  const prefix = folders.find(({ kind }) => kind === 'static')?.prefix;
  if (prefix === undefined) return nothing('nothing to delete');
  const now = io.clock.now();
  const age = inputs.prune ?? 0;
  const result = await pruneFiles({ store, session, prefix, candidates, now, age, signal: io.signal });
  const later = (why: string) => nothing(`${plural(candidates.length, 'old file')} left for later: ${why}`);
  if (result.left === 'newer') return later('a newer release is there');
  if (result.left === 'unreadable') {
    io.recorder.warn(
      `Nothing was deleted, because ledgers in the bucket cannot be read: ${listSome(result.ledgers, 3)}. Delete those ledgers.`,
    );
    return later('an unreadable ledger');
  }
  if (result.left !== undefined) return nothing('nothing to delete');
  const { deleted, kept, failed } = result;
  await session.save({}, io.signal);
  const { sync } = io.recorder.report();
  if (sync) io.recorder.note({ sync: { ...sync, deleted: deleted.length } });
  if (kept.length > 0)
    io.log.info(
      `Left alone: ${listSome(
        kept.map(({ key, reason }) => `${key} (${reason})`),
        5,
      )}`,
    );
  if (failed.size > 0) {
    const [[key, reason] = ['', '']] = failed;
    io.recorder.warn(`${plural(failed.size, 'old file')} could not be deleted, ${key} among them: ${reason}.`);
  }
  const left = kept.length > 0 ? `, ${kept.length} left alone` : '';
  return { value: deleted, result: `${plural(deleted.length, 'old file')} deleted${left}` };
}

import type { Stored } from '../../ledger/change.ts';
import { formatBytes, formatCount, listSome, plural } from '../../lib/text.ts';
import type { StageResult } from '../../report/recorder.ts';
import type { SyncReport } from '../../report/report.ts';
import { applySync, type SyncResult } from '../../sync/apply-sync.ts';
import { progressLines } from '../../sync/progress.ts';
import { bytesOf, type Put } from '../../sync/sync-plan.ts';
import { readableBefore, stillReadable } from './acl-before.ts';
import { checkAcls } from './acl-check.ts';
import type { StagePlan, SyncStageIO, SyncStageRequest } from './sync-stage.ts';

/** Milliseconds after which what is stored so far is noted, so that a run that is ended has not worked for nothing. */
const checkpointEvery = 60_000;

function largest(puts: readonly Put[]): SyncReport['largest'] {
  const sorted = puts.toSorted((a, b) => bytesOf(b.file) - bytesOf(a.file));
  return sorted.slice(0, 10).map(({ file }) => ({ key: file.key, bytes: bytesOf(file) }));
}

/** A run with two buckets says the sum. */
function together(before: SyncReport | undefined, own: SyncReport): SyncReport {
  if (!before) return own;
  const largestOfBoth = [...before.largest, ...own.largest].toSorted((a, b) => b.bytes - a.bytes).slice(0, 10);
  return {
    uploaded: before.uploaded + own.uploaded,
    unchanged: before.unchanged + own.unchanged,
    bytesUploaded: before.bytesUploaded + own.bytesUploaded,
    kept: before.kept + own.kept,
    deleted: before.deleted + own.deleted,
    largest: largestOfBoth,
  };
}

/** Sends the plan and writes the ledger, also after an error, so that the next run knows what is there. */
export async function syncStage(
  request: SyncStageRequest,
  plan: StagePlan,
  io: SyncStageIO,
): Promise<StageResult<SyncResult>> {
  const { store, session } = request;
  const readable = await readableBefore(request, plan, io);
  await clearUp(request, io);
  const objects = new Map<string, Stored>();
  let uploads: ReadonlySet<string> = new Set();
  const print = progressLines(io.clock, io.log.info);
  let noted = io.clock.now();
  let noting = Promise.resolve();
  const checkpoint = () => {
    if (io.clock.now() - noted < checkpointEvery) return;
    noted = io.clock.now();
    noting = noting.then(() => session.save({ objects }, io.signal)).catch(() => undefined);
  };
  let result: SyncResult;
  try {
    result = await applySync(plan.sync, store, objects, {
      signal: io.signal,
      changedAt: request.changedAt,
      onProgress: (progress) => {
        print(progress);
        checkpoint();
      },
      ledger: {
        planned: plan.ledger,
        before: plan.before,
        now: () => session.before,
        begin: (large) => {
          uploads = large;
          return session.save({ uploads: large }, io.signal);
        },
        enter: async () => (await session.lock(io.signal)) === undefined,
      },
    });
  } catch (error) {
    // Not with the run's own signal: what is stored is worth knowing after a cancelled run too.
    const signal = AbortSignal.timeout(3_000);
    await noting;
    await session.save({ objects, ended: uploads, publishing: undefined }, signal).catch(() => undefined);
    throw error;
  }
  await noting;
  const marks = result.overtaken ? ({ failed: true } as const) : {};
  await session.save({ objects, ended: uploads, deleted: new Set(plan.lost), publishing: undefined, marks }, io.signal);
  const { uploaded, unchanged, bytesUploaded, kept } = result;
  const own = { uploaded, unchanged, bytesUploaded, kept: kept.length, deleted: 0, largest: largest(plan.sync.puts) };
  io.recorder.note({ sync: together(io.recorder.report().sync, own) });
  if (kept.length > 0) {
    io.recorder.warn(
      `${plural(kept.length, 'media file')} in the bucket ${kept.length === 1 ? 'is' : 'are'} not known to be older than here and ${kept.length === 1 ? 'was' : 'were'} left alone: ${listSome(kept, 3)}`,
    );
  }
  if (uploaded > 0) await stillReadable(readable, request, io);
  if (uploaded > 0) await checkAcls(request, plan.sync, objects, io);
  return {
    value: result,
    result: `${plural(uploaded, 'upload')} (${formatBytes(bytesUploaded)}), ${formatCount(unchanged)} unchanged`,
  };
}

/** Ends uploads in parts that a run before this one could not end itself: nobody sees them, and they cost money. */
async function clearUp({ store, session }: SyncStageRequest, io: SyncStageIO): Promise<void> {
  if (session.orphans.length === 0) return;
  const orphans = new Set(session.orphans);
  try {
    const aborted = await store.abortUploads(orphans, io.signal);
    if (aborted > 0) io.log.info(`Ended ${plural(aborted, 'upload')} that an earlier run had left behind.`);
    await session.save({ ended: orphans }, io.signal);
  } catch (error) {
    io.signal.throwIfAborted();
    io.recorder.warn(`Uploads that an earlier run left behind could not be ended: ${(error as Error).message}`);
  }
}

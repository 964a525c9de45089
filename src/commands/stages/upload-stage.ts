import type { Stored } from '../../ledger/change.ts';
import type { LedgerSession } from '../../ledger/session.ts';
import { formatBytes, formatCount, listSome, plural } from '../../lib/text.ts';
import type { StageResult } from '../../report/recorder.ts';
import type { SyncReport } from '../../report/report.ts';
import { applySync, plannedRows, type SyncResult } from '../../sync/apply-sync.ts';
import { progressLines } from '../../sync/progress.ts';
import { bytesOf, type Put } from '../../sync/sync-plan.ts';
import { readableBefore, stillReadable } from './acl-before.ts';
import { checkAcls } from './acl-check.ts';
import type { StagePlan, SyncStageIO, SyncStageRequest } from './sync-stage.ts';

function largest(puts: readonly Put[]): SyncReport['largest'] {
  const sorted = puts.toSorted((a, b) => bytesOf(b.file) - bytesOf(a.file));
  return sorted.slice(0, 10).map(({ file }) => ({ key: file.key, bytes: bytesOf(file) }));
}

/**
 * Whether others have to know of this run before it sends anything: of what it may put into the bucket, and of a release that is new
 * while the run goes on. A run that only syncs, and has nothing to send, writes the ledger right away.
 */
function isNews({ sync, before }: StagePlan, { session, releases }: SyncStageRequest): boolean {
  const { puts, verify, conflicts, contested } = sync;
  if ([puts, verify, conflicts, contested].some((files) => files.length > 0)) return true;
  const { seq, release } = session.entry;
  return releases === true && !before.releases.some((one) => one.seq === seq && one.release === release);
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

/**
 * Sends the plan. What is about to be sent is noted before, and what is there afterwards, also after an error, so that the
 * next run knows.
 */
export async function syncStage(
  request: SyncStageRequest,
  plan: StagePlan,
  io: SyncStageIO,
): Promise<StageResult<SyncResult>> {
  const { store, session } = request;
  const readable = await readableBefore(request, plan, io);
  session.keep({ prefixes: request.folders.map(({ prefix }) => prefix) });
  if (isNews(plan, request)) await announce(request, plan, io);
  const objects = new Map<string, Stored>();
  const progress = progressLines({ clock: io.clock, print: io.log.info, traffic: () => store.traffic?.() });
  let result: SyncResult;
  try {
    result = await applySync(plan.sync, store, objects, {
      signal: io.signal,
      changedAt: request.changedAt,
      marksUnpurged: request.inputs.cdn.length > 0,
      onProgress: progress.report,
      ledger: {
        planned: plan.ledger,
        before: plan.before,
        now: () => session.before,
        enter: async () => (await session.lock(io.signal)) === undefined,
      },
    });
  } catch (error) {
    session.breakOff();
    // Not with the run's own signal: what is stored is worth knowing after a cancelled run too.
    await session.save({ objects }, AbortSignal.timeout(3_000)).catch(() => undefined);
    throw error;
  } finally {
    progress.end();
  }
  const marks = result.overtaken ? ({ failed: true } as const) : {};
  session.keep({ objects, deleted: new Set(plan.lost), marks });
  if (request.releases) await session.unlock(io.signal);
  else await session.save({}, io.signal);
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

/** Notes what is about to be sent, and ends what a run before this one could not end itself. */
async function announce({ store, session }: SyncStageRequest, { sync }: StagePlan, io: SyncStageIO): Promise<void> {
  const large = sync.puts.filter(({ file }) => store.partSize(bytesOf(file)) !== undefined);
  await session.announce(
    plannedRows(sync),
    large.map(({ file }) => file.key),
    io.signal,
  );
  try {
    const aborted = await session.endOrphans(io.signal);
    if (aborted > 0) io.log.info(`Ended ${plural(aborted, 'upload')} that an earlier run had left behind.`);
  } catch (error) {
    io.signal.throwIfAborted();
    io.recorder.warn(`Uploads that an earlier run left behind could not be ended: ${(error as Error).message}`);
  }
}

/**
 * Writes the ledger at the end of a run, however the run ended, if a stage left something to write. What the run noted on
 * its way is in the bucket in any case, so a failure is a warning.
 */
export async function finishLedger(session: LedgerSession, io: SyncStageIO): Promise<void> {
  // Not with the run's own signal: a cancelled run has put files there too.
  const signal = io.signal.aborted ? AbortSignal.timeout(3_000) : io.signal;
  await session.save({}, signal).catch((error: unknown) => {
    io.recorder.warn(`The ledger could not be written: ${(error as Error).message} The next run makes up for it.`);
  });
}

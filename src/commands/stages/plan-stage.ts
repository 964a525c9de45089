import { join } from 'node:path';
import { DeployError } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import { readSiblings } from '../../ledger/siblings.ts';
import { formatBytes, formatCount, listSome, plural } from '../../lib/text.ts';
import type { Recorder, StageResult } from '../../report/recorder.ts';
import { prepareSync } from '../../sync/prepare-sync.ts';
import { prunable } from '../../sync/prune.ts';
import type { Readers } from '../../sync/readers.ts';
import { type Scan, startScan } from '../../sync/scan-folders.ts';
import { usualGzip } from '../../sync/storage-forms.ts';
import { countPlan, type SyncPlan } from '../../sync/sync-plan.ts';
import type { StagePlan, SyncStageIO, SyncStageRequest } from './sync-stage.ts';

/** Lines of the plan that are printed; the report has the counts of all. */
const mostListed = 1_000;

function describePlan(plan: SyncPlan): string {
  const { upload, bytes, unchanged } = countPlan(plan);
  return `${plural(upload, 'file')} to upload (${formatBytes(bytes)}), ${formatCount(unchanged)} unchanged`;
}

interface PlanStageIO extends SyncStageIO {
  readonly readers: Readers;
}

/** Begins to read the folders of a request. */
export function scanOf(
  { folders, workspace, scratch, inputs }: Pick<SyncStageRequest, 'folders' | 'workspace' | 'scratch' | 'inputs'>,
  { readers, signal }: Pick<PlanStageIO, 'readers' | 'signal'>,
): Scan {
  const { allowFiles, shard } = inputs;
  return startScan({ folders, within: [workspace, scratch], allowFiles, shard }, readers, signal);
}

/**
 * Plans the sync and prints the plan.
 * @param prints `counts`: how much there is to do, without a line for each file.
 */
export async function planStage(
  request: SyncStageRequest,
  io: PlanStageIO,
  prints: 'files' | 'counts' = 'files',
): Promise<StageResult<StagePlan>> {
  const { inputs, session, store, folders } = request;
  const { before } = session;
  const prepared = await prepareSync(
    {
      folders,
      scan: request.scan ?? scanOf(request, io),
      begun: request.begun,
      headers: inputs.headers,
      compressInto: join(request.scratch, 'gzip'),
      gzip: inputs.compress === 'gzip' ? usualGzip : undefined,
      shard: inputs.shard,
      names: request.names,
      manifestPath: request.manifestPath,
      bundled: request.bundled,
      ledger: before,
      shardLedgers: async () => {
        if (inputs.shard) return [];
        const { shards, plans } = await readSiblings(store, session.identity, io.signal);
        return [...shards, ...plans];
      },
    },
    store,
    io.signal,
  );
  const { plan, files, ledger, remote } = prepared;
  const statics = folders.find(({ kind }) => kind === 'static');
  if (statics && !inputs.shard) refuseEmpty(files.static);
  const { prune, lost } = oldFiles(request, prepared, io.clock.now());
  if (prints === 'files')
    await io.log.group('Plan of the uploads', async () => printPlan(prepared, prune, store.name, io.log));
  warnOf(prepared, io.recorder);
  const compared = `${plural(files.static + files.media, 'file')} compared, ${describePlan(plan)}`;
  const value = { sync: plan, ledger, before, prune, lost };
  return { value, result: remote.size === 0 ? `${compared}, none of them in the bucket yet` : compared };
}

type Prepared = Awaited<ReturnType<typeof prepareSync>>;

/** A line for each file that is sent, deleted or left out. */
function printPlan({ plan, left }: Prepared, prune: readonly string[], bucket: string, log: Log): void {
  log.info(`${bucket}: ${describePlan(plan)}`);
  for (const { file, reason } of plan.puts.slice(0, mostListed)) {
    const { contentType, cacheControl } = file.form.headers;
    log.info(`  ${reason.padEnd(7)} ${file.key}  ${contentType}; ${cacheControl}`);
  }
  if (plan.puts.length > mostListed) log.info(`  and ${plan.puts.length - mostListed} more`);
  for (const key of prune.slice(0, 50)) log.info(`  delete  ${key}  when the release is live`);
  if (prune.length > 50) log.info(`  and ${prune.length - 50} more to delete`);
  for (const reason of left.slice(0, 50)) log.info(`  left out ${reason}`);
  if (left.length > 50) log.info(`  and ${left.length - 50} more left out`);
}

/** Static files of earlier releases: those that may go, and those that somebody else has taken away. */
function oldFiles(
  { inputs, folders, session }: SyncStageRequest,
  { plan, remote, whole }: Prepared,
  now: number,
): Pick<StagePlan, 'prune' | 'lost'> {
  const statics = folders.find(({ kind }) => kind === 'static');
  if (!statics || inputs.shard) return { prune: [], lost: [] };
  const { prefix } = statics;
  const { before: ledger, entry } = session;
  // Of 100,000 keys only those that could go: a set of all would be memory for nothing.
  const isOld = (key: string) => {
    const row = ledger.objects.get(key);
    return row !== undefined && (row.gone !== undefined || !remote.has(key));
  };
  const named = new Set<string>();
  for (const { file } of plan.puts) if (isOld(file.key)) named.add(file.key);
  for (const files of [plan.unchanged, plan.verify, plan.conflicts]) {
    for (const { key } of files) if (isOld(key)) named.add(key);
  }
  const isLost = (key: string) => key.startsWith(prefix) && !named.has(key) && !remote.has(key);
  const age = inputs.prune;
  return {
    prune: age === undefined ? [] : prunable({ ledger, own: entry.seq, remote, prefix, named, now, age }),
    // Where somebody has put very many files there, only those of this release were looked for.
    lost: whole ? [...ledger.objects.keys()].filter(isLost) : [],
  };
}

function warnOf({ plan, lookalikes }: Prepared, recorder: Recorder): void {
  const { unproven, reused } = plan;
  if (unproven.length > 0) {
    recorder.warn(
      `${plural(unproven.length, 'file')} in the manifest ${unproven.length === 1 ? 'has' : 'have'} a name that is not made from the content, so browsers may not keep them: ${listSome(unproven, 3)}`,
    );
  }
  if (reused.length > 0) {
    recorder.warn(
      `${plural(reused.length, 'file')} of a bundler changed and kept ${reused.length === 1 ? 'its name' : 'their names'}, so browsers may not keep them: ${listSome(reused, 3)}. Let it put a hash of the content into the names, [contenthash] in webpack, [hash] in Vite.`,
    );
  }
  if (lookalikes.length > 0) {
    const pairs = lookalikes.map((pair) => pair.join(' and '));
    recorder.warn(`Names that Windows and macOS take for the same: ${listSome(pairs, 3)}`);
  }
}

/** A bucket and not a single file for it is a mistake of the settings, never what somebody wants to put live. */
function refuseEmpty(files: number): void {
  if (files > 0) return;
  throw new DeployError('COLLECT_FAILED', 'collectstatic collected no file.', {
    hint: 'Add "django.contrib.staticfiles" to INSTALLED_APPS, and the folders of your files to STATICFILES_DIRS.',
  });
}

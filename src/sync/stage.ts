import type { Build } from '../build/build.ts';
import { DeployError } from '../errors.ts';
import type { Inputs } from '../inputs.ts';
import type { Journal, StageResult } from '../journal.ts';
import { below } from '../lib/paths.ts';
import { formatBytes, listSome, plural } from '../lib/text.ts';
import type { Clock, Log } from '../ports.ts';
import type { SyncReport } from '../report/report.ts';
import type { LedgerBook } from '../store/book.ts';
import type { ObjectStore } from '../store/store.ts';
import { type DeploymentTarget, folderOf } from '../target.ts';
import { applySync, SyncError, type SyncResult } from './apply.ts';
import { countPlan, type PlannedFile, type SyncPlan } from './plan.ts';
import { prepareSync, progressLines, type SyncFolder } from './sync.ts';

/** Uploads at once where the input concurrency is auto: more gain nothing through the SDK. */
const standardConcurrency = 32;

/** Lines of the plan that are printed; the report has the counts of all. */
const mostListed = 1_000;

export interface SyncStageRequest {
  readonly inputs: Inputs;
  readonly target: DeploymentTarget;
  readonly build: Build;
  /** Hashed names of the release's manifest. */
  readonly names: ReadonlySet<string>;
  readonly store: ObjectStore;
  readonly book: LedgerBook;
}

export interface SyncStageIO {
  readonly journal: Journal;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

function foldersOf({ inputs, target, build }: SyncStageRequest): SyncFolder[] {
  const folders: SyncFolder[] = [];
  const add = (kind: SyncFolder['kind'], acl: SyncFolder['acl']) => {
    const one = target[kind];
    if (one) folders.push({ kind, folder: folderOf(one, build.root), prefix: one.prefix, acl });
  };
  add('static', inputs.acl);
  add('media', inputs.mediaAcl ?? inputs.acl);
  return folders;
}

function largest(plan: SyncPlan): SyncReport['largest'] {
  const sorted = plan.puts.toSorted((a, b) => b.file.size - a.file.size);
  return sorted.slice(0, 10).map(({ key, file }) => ({ key, bytes: file.size }));
}

function describePlan(plan: SyncPlan): string {
  const { upload, bytes, unchanged } = countPlan(plan);
  return `${plural(upload, 'file')} to upload (${formatBytes(bytes)}), ${unchanged} unchanged`;
}

/** When a file's content last changed: its last commit where git holds it, its own time where git does not. */
async function changedAt({ file }: PlannedFile, { workspace, git }: Build): Promise<number | undefined> {
  const inCheckout = below(workspace, file.absolute) !== undefined;
  if (!inCheckout || !(await git.holds(file.absolute))) return file.modified;
  const seconds = await git.lastChange(file.absolute);
  return seconds === undefined ? undefined : seconds * 1000;
}

/** Plans the sync and prints the plan. */
export async function planStage(request: SyncStageRequest, io: SyncStageIO): Promise<StageResult<SyncPlan>> {
  const { plan, left, files } = await prepareSync(
    {
      folders: foldersOf(request),
      allowFiles: request.inputs.allowFiles,
      names: request.names,
      manifestPath: request.build.outcome.collected?.manifest ?? undefined,
      ledger: request.book.before,
    },
    request.store,
    io.signal,
  );
  if (request.target.static) refuseEmpty(files.static);
  await io.log.group('Plan of the uploads', async () => {
    io.log.info(`${request.store.name}: ${describePlan(plan)}`);
    for (const { key, reason, headers } of plan.puts.slice(0, mostListed))
      io.log.info(`  ${reason.padEnd(7)} ${key}  ${headers.contentType}; ${headers.cacheControl}`);
    if (plan.puts.length > mostListed) io.log.info(`  and ${plan.puts.length - mostListed} more`);
    for (const reason of left.slice(0, 50)) io.log.info(`  left out ${reason}`);
  });
  if (plan.unproven.length > 0) {
    io.journal.warn(
      `${plural(plan.unproven.length, 'file')} in the manifest ${plan.unproven.length === 1 ? 'has' : 'have'} a name that is not made from the content, so browsers may not keep them: ${listSome(plan.unproven, 3)}`,
    );
  }
  return { value: plan, result: `${plural(files.static + files.media, 'file')} compared, ${describePlan(plan)}` };
}

/** Sends the plan and writes the ledger, also after an error, so that the next run knows what is there. */
export async function syncStage(
  request: SyncStageRequest,
  plan: SyncPlan,
  io: SyncStageIO,
): Promise<StageResult<SyncResult>> {
  const { store, book, build, inputs } = request;
  const save = (objects: SyncResult['objects'], signal: AbortSignal) => book.save(book.entry, objects, signal);
  let result: SyncResult;
  try {
    result = await applySync(plan, store, {
      concurrency: inputs.concurrency ?? standardConcurrency,
      seq: book.entry.seq,
      known: book.before.objects,
      signal: io.signal,
      changedAt: (file) => changedAt(file, build),
      onProgress: progressLines(io.clock, io.log.info),
    });
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    // Not with the run's own signal: what is stored is worth knowing after a cancelled run too.
    await save(error.objects, AbortSignal.timeout(3_000)).catch(() => undefined);
    throw error.cause;
  }
  await save(result.objects, io.signal);
  const { uploaded, unchanged, bytesUploaded, kept } = result;
  io.journal.note({ sync: { uploaded, unchanged, bytesUploaded, kept: kept.length, largest: largest(plan) } });
  if (kept.length > 0) {
    io.journal.warn(
      `${plural(kept.length, 'media file')} in the bucket ${kept.length === 1 ? 'is' : 'are'} not known to be older than here and ${kept.length === 1 ? 'was' : 'were'} left alone: ${listSome(kept, 3)}`,
    );
  }
  return {
    value: result,
    result: `${plural(uploaded, 'upload')} (${formatBytes(bytesUploaded)}), ${unchanged} unchanged`,
  };
}

/** A bucket and not a single file for it is a mistake of the settings, never what somebody wants to put live. */
function refuseEmpty(files: number): void {
  if (files > 0) return;
  throw new DeployError('COLLECT_FAILED', 'collectstatic collected no file.', {
    hint: 'Add "django.contrib.staticfiles" to INSTALLED_APPS, and the folders of your files to STATICFILES_DIRS.',
  });
}

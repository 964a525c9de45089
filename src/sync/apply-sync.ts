import { DeployError } from '../core/errors.ts';
import type { Stored } from '../ledger/change.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { mapLimit } from '../lib/map-limit.ts';
import { listSome, plural } from '../lib/text.ts';
import type { ObjectHead, ObjectHeaders, ObjectStore } from '../store/store.ts';
import { type PlannedFile, phases } from './planned-file.ts';
import { fileOf } from './readers.ts';
import { isOtherForm } from './remote.ts';
import { bytesOf, type SyncPlan } from './sync-plan.ts';

/** What the upload needs of the ledger. */
export interface SyncLedger {
  /** As the plan was made with it, with what the jobs of a sharded sync have noted. */
  readonly planned: Ledger;
  /** As others left it when the plan was made: only what is in there can have gone out of it since. */
  readonly before: Ledger;
  /** As others left it, when it was read last. */
  readonly now: () => Ledger;
  /**
   * Called before un-hashed files are exchanged; resolves when no other run does so. False: a newer release is there, and
   * what this one would exchange is older.
   */
  enter(): Promise<boolean>;
}

export interface SyncOptions {
  readonly ledger: SyncLedger;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch when the content of a file last changed; undefined where nobody knows. */
  readonly changedAt: (file: PlannedFile) => Promise<number | undefined>;
  /** A CDN is to be purged: files whose older form it may have are marked. */
  readonly marksUnpurged?: boolean;
  /** Called after every upload, and once before the first. */
  readonly onProgress: (progress: Progress) => void;
}

export interface Progress {
  readonly files: number;
  readonly ofFiles: number;
  readonly bytes: number;
  readonly ofBytes: number;
}

export interface SyncResult {
  readonly uploaded: number;
  readonly unchanged: number;
  readonly bytesUploaded: number;
  /** Keys of media that were left as the bucket has them, because they are not known to be older. */
  readonly kept: readonly string[];
  /** A newer release was there, so the un-hashed files stayed as they are. */
  readonly overtaken: boolean;
}

function sameHeaders(wanted: ObjectHeaders, found: ObjectHead['headers']): boolean {
  const names = ['contentType', 'cacheControl', 'contentEncoding', 'contentDisposition', 'contentLanguage'] as const;
  return names.every((name) => (wanted[name] ?? '') === (found[name] ?? ''));
}

/**
 * Sends a plan: first what HEAD has to decide, then hashed files, media, un-hashed ones, manifests, each phase whole before
 * the next. Deletes nothing.
 * @param objects Gets what the ledger has to know of every file of this release that is in the bucket, as it comes to be;
 * whatever this throws, what is in there is true.
 * @throws DeployError of the first upload that fails; no later phase has begun then.
 */
export async function applySync(
  plan: SyncPlan,
  store: ObjectStore,
  objects: Map<string, Stored>,
  options: SyncOptions,
): Promise<SyncResult> {
  const { ledger, signal, marksUnpurged = false } = options;
  const note = (planned: PlannedFile, etag: string, size = bytesOf(planned), replaced = false) => {
    const { key, file, form, source, immutable } = planned;
    const media = source.kind === 'media' ? ({ media: true } as const) : {};
    const unpurged = marksUnpurged && replaced && !immutable ? ({ unpurged: true } as const) : {};
    objects.set(key, { md5: file.md5, size, etag, headers: form.fingerprint, ...media, ...unpurged });
  };
  /** Nobody can have an older copy of what was never there. */
  const isKnown = (key: string) => ledger.planned.objects.has(key);
  const added = new Set(
    plan.puts.flatMap(({ file: { key }, reason }) => (reason === 'new' && !isKnown(key) ? key : [])),
  );
  for (const file of plan.unchanged) {
    const known = ledger.planned.objects.get(file.key);
    const asKnown =
      known?.headers === file.form.fingerprint && known.media === (file.source.kind === 'media' || undefined);
    // The very row, because of 100,000 of them a copy each is memory.
    if (known && asKnown) objects.set(file.key, known);
    else note(file, known?.etag ?? file.file.md5, known?.size);
  }
  const { again, same } = await verify(plan.verify, store, signal, (file, etag) =>
    // The ledger knew another form: a run that was killed sent this one, or somebody else did.
    note(file, etag, undefined, isKnown(file.key)),
  );
  const wrong = await replaceable(plan.conflicts, store, signal);
  const { newer, kept } = await contest(plan.contested, options);
  const puts: PlannedFile[] = [...plan.puts.map(({ file }) => file), ...again, ...wrong, ...newer];
  const progress = {
    files: 0,
    ofFiles: puts.length,
    bytes: 0,
    ofBytes: puts.reduce((sum, put) => sum + bytesOf(put), 0),
  };
  let resent = 0;
  const result = (overtaken: boolean): SyncResult => ({
    uploaded: progress.files - resent,
    unchanged: plan.unchanged.length + same,
    bytesUploaded: progress.bytes,
    kept,
    overtaken,
  });
  const sendAll = (files: readonly PlannedFile[]) =>
    mapLimit(files, store.atOnce, signal, async (file) => {
      note(file, await send(file, store, signal), undefined, !added.has(file.key));
      progress.files += 1;
      progress.bytes += bytesOf(file);
      options.onProgress(progress);
    });

  options.onProgress(progress);
  const byPhase = Map.groupBy(puts, ({ phase }) => phase);
  // Another run may be deleting these at this very moment.
  const doomed = puts.filter(({ key }) => ledger.planned.objects.get(key)?.doomed);
  /** Whether un-hashed files may be exchanged; what was deleted since the plan was made is there again then. */
  const enter = async (): Promise<boolean> => {
    if (!(await ledger.enter())) return false;
    const lost = [...vanished(plan.unchanged, ledger.before, ledger.now()).map(asItIs), ...doomed];
    progress.ofFiles += lost.length;
    progress.ofBytes += lost.reduce((sum, file) => sum + bytesOf(file), 0);
    await sendAll(lost);
    resent = doomed.length;
    return true;
  };
  let entered = false;
  for (const phase of phases) {
    const files = byPhase.get(phase) ?? [];
    const exchanges = (phase === 'plain' || phase === 'manifest') && (files.length > 0 || doomed.length > 0);
    if (exchanges && !entered) {
      entered = await enter();
      if (!entered) return result(true);
    }
    await sendAll(files);
  }
  return result(false);
}

/** A file that the bucket had compressed is sent uncompressed rather than not at all; the next run fixes that. */
const asItIs = (file: PlannedFile): PlannedFile =>
  file.uncompressed ? { ...file, form: file.uncompressed, uncompressed: undefined } : file;

/** Files that the bucket had when the plan was made, and that another run has pruned or is pruning since. */
export function vanished(unchanged: readonly PlannedFile[], before: Ledger, now: Ledger): PlannedFile[] {
  if (before === now) return [];
  return unchanged.filter(({ key }) => {
    const row = now.objects.get(key);
    return before.objects.has(key) && (row === undefined || row.doomed);
  });
}

/**
 * What a run may send by this plan, as the ledger would have it: with the ETag that an object sent whole gets, and what of it
 * HEAD has still to decide.
 */
export function* plannedRows(plan: SyncPlan): Generator<[string, Stored]> {
  const contested = plan.contested.map(({ file }) => file);
  for (const planned of [...plan.puts.map(({ file }) => file), ...plan.verify, ...plan.conflicts, ...contested]) {
    const { key, file, form, source, stored } = planned;
    const media = source.kind === 'media' ? ({ media: true } as const) : {};
    const etag = (stored ?? file).md5;
    yield [key, { md5: file.md5, size: bytesOf(planned), etag, headers: form.fingerprint, ...media }];
  }
}

/** Sends one file, exactly as it was planned. */
function send(
  { key, file, source, form, stored }: PlannedFile,
  store: ObjectStore,
  signal: AbortSignal,
): Promise<string> {
  const { md5, size, modified } = stored ?? file;
  const body = { file: stored?.file ?? fileOf(source.root, file), size, modified };
  return store.put({ key, md5, headers: form.headers, acl: form.acl, body }, signal);
}

async function verify(
  files: readonly PlannedFile[],
  store: ObjectStore,
  signal: AbortSignal,
  note: (file: PlannedFile, etag: string) => void,
) {
  const again: PlannedFile[] = [];
  let same = 0;
  await mapLimit(files, store.atOnce, signal, async (file) => {
    const head = await store.head(file.key, signal);
    if (head && sameHeaders(file.form.headers, head.headers)) {
      note(file, head.etag);
      same += 1;
    } else again.push(file);
  });
  return { again, same };
}

/**
 * Objects with other bytes under a name that is made from the content. Where the other form is explained (compressed
 * for transport, encrypted, sent in parts) they are sent again; where it is not, a browser that has them cached for a
 * year would be served wrong bytes whatever we did, so a person has to look.
 */
async function replaceable(
  files: readonly PlannedFile[],
  store: ObjectStore,
  signal: AbortSignal,
): Promise<PlannedFile[]> {
  const wrong: string[] = [];
  const again = await mapLimit(files, store.atOnce, signal, async (file) => {
    const head = await store.head(file.key, signal);
    if (head && !isOtherForm(head)) wrong.push(`  ${file.key}: the file has ${file.file.md5}, the bucket ${head.etag}`);
    return file;
  });
  if (wrong.length === 0) return again;
  const title = `${plural(wrong.length, 'object')} in the bucket ${wrong.length === 1 ? 'is' : 'are'} not what the name says:`;
  throw new DeployError('OBJECT_CONFLICT', `${title}\n${listSome(wrong, 5, '\n')}`, {
    hint: 'Nothing was uploaded. Find out who put them there, delete them from the bucket, and run the job again.',
  });
}

async function contest(files: SyncPlan['contested'], options: SyncOptions) {
  const kept: string[] = [];
  const newer: PlannedFile[] = [];
  for (const { file, remoteModified } of files) {
    const changed = await options.changedAt(file);
    if (changed !== undefined && changed > remoteModified) newer.push(file);
    else kept.push(file.key);
  }
  return { kept, newer };
}

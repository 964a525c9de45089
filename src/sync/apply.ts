import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DeployError } from '../errors.ts';
import { mapLimit } from '../lib/pool.ts';
import { listSome, plural } from '../lib/text.ts';
import { changedError } from '../store/failures.ts';
import type { LedgerObject } from '../store/ledger.ts';
import type { ObjectHead, ObjectHeaders, ObjectStore } from '../store/store.ts';
import { type PlannedFile, phases, type SyncPlan } from './plan.ts';

/** Files up to this size are sent from memory, larger ones from the disk in parts. */
export const wholeLimit = 16 * 1024 * 1024;

export interface SyncOptions {
  readonly concurrency: number;
  /** Number of the release in the ledger. */
  readonly seq: number;
  readonly known: ReadonlyMap<string, LedgerObject>;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch when the content of a file last changed; undefined where nobody knows. */
  readonly changedAt: (file: PlannedFile) => Promise<number | undefined>;
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
  /** What the ledger has to know of every file of this release that is in the bucket. */
  readonly objects: ReadonlyMap<string, LedgerObject>;
}

/** An upload that failed: what was stored until then, so that the next run need not look at it again. */
export class SyncError extends Error {
  override readonly name = 'SyncError';
  readonly objects: ReadonlyMap<string, LedgerObject>;

  constructor(cause: unknown, objects: ReadonlyMap<string, LedgerObject>) {
    super('the upload failed', { cause });
    this.objects = objects;
  }
}

function sameHeaders(wanted: ObjectHeaders, found: ObjectHead['headers']): boolean {
  const names = ['contentType', 'cacheControl', 'contentEncoding', 'contentDisposition', 'contentLanguage'] as const;
  return names.every((name) => (wanted[name] ?? '') === (found[name] ?? ''));
}

/**
 * Sends a plan: first what HEAD has to decide, then hashed files, un-hashed ones, manifests, each phase whole before the
 * next. Deletes nothing.
 * @throws SyncError after the first upload that fails; no later phase has begun then.
 */
export async function applySync(plan: SyncPlan, store: ObjectStore, options: SyncOptions): Promise<SyncResult> {
  const objects = new Map<string, LedgerObject>();
  const note = (file: PlannedFile, etag: string) => {
    const { md5, size } = file.file;
    const first = options.known.get(file.key)?.first ?? options.seq;
    objects.set(file.key, { md5, size, etag, headers: file.fingerprint, first, last: options.seq });
  };
  for (const file of plan.unchanged) note(file, options.known.get(file.key)?.etag ?? file.file.md5);
  const { again, same } = await verify(plan.verify, store, options);
  for (const file of same) note(file, file.file.md5);
  const wrong = await replaceable(plan.conflicts, store, options);
  const { newer, kept } = await contest(plan.contested, options);
  const puts: readonly PlannedFile[] = [...plan.puts, ...again, ...wrong, ...newer];
  const ofBytes = puts.reduce((sum, { file }) => sum + file.size, 0);
  let files = 0;
  let bytes = 0;
  options.onProgress({ files, ofFiles: puts.length, bytes, ofBytes });
  try {
    for (const phase of phases) {
      const batch = puts.filter((file) => file.phase === phase);
      await mapLimit(batch, options.concurrency, options.signal, async (file) => {
        note(file, await send(file, store, options.signal));
        files += 1;
        bytes += file.file.size;
        options.onProgress({ files, ofFiles: puts.length, bytes, ofBytes });
      });
    }
  } catch (error) {
    throw new SyncError(error, objects);
  }
  return { uploaded: files, unchanged: plan.unchanged.length + same.length, bytesUploaded: bytes, kept, objects };
}

/** Sends one file, exactly as it was planned. */
async function send(
  { key, file, headers, acl }: PlannedFile,
  store: ObjectStore,
  signal: AbortSignal,
): Promise<string> {
  const { absolute, size, modified, md5 } = file;
  const request = { key, md5, headers, acl };
  if (size > wholeLimit) return store.put({ ...request, body: { file: absolute, size, modified } }, signal);
  const body = await readFile(absolute).catch(() => undefined);
  if (body === undefined || createHash('md5').update(body).digest('hex') !== md5) throw changedError(file.path);
  return store.put({ ...request, body }, signal);
}

async function verify(files: readonly PlannedFile[], store: ObjectStore, options: SyncOptions) {
  const again: PlannedFile[] = [];
  const same: PlannedFile[] = [];
  await mapLimit(files, options.concurrency, options.signal, async (file) => {
    const head = await store.head(file.key, options.signal);
    (head && sameHeaders(file.headers, head.headers) ? same : again).push(file);
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
  options: SyncOptions,
): Promise<PlannedFile[]> {
  const wrong: string[] = [];
  const again = await mapLimit(files, options.concurrency, options.signal, async (file) => {
    const head = await store.head(file.key, options.signal);
    const explained = !head || head.headers.contentEncoding || head.encrypted || head.etag.includes('-');
    if (!explained) wrong.push(`  ${file.key}: the file has ${file.file.md5}, the bucket ${head.etag}`);
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
  for (const file of files) {
    const changed = await options.changedAt(file);
    if (changed !== undefined && changed > file.remoteModified) newer.push(file);
    else kept.push(file.key);
  }
  return { kept, newer };
}

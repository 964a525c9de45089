import { hashOf } from '../assets/hashed-names.ts';
import { DeployError } from '../core/errors.ts';
import type { Ledger, LedgerObject } from '../ledger/ledger.ts';
import { listSome, plural } from '../lib/text.ts';
import { ledgerFolder } from '../store/ledger-folder.ts';
import type { ListedObject } from '../store/store.ts';
import { createForms, isUntouched, type PlannedFile, planFile, type SyncSource, sameForm } from './planned-file.ts';
import type { ScannedFile } from './read-files.ts';

type PutReason = 'new' | 'changed' | 'headers';

/** A file that has to be sent, and why. */
export interface Put {
  readonly file: PlannedFile;
  readonly reason: PutReason;
}

/** Media that the bucket has in another form, and since when (milliseconds since the epoch). */
interface Contested {
  readonly file: PlannedFile;
  readonly remoteModified: number;
}

export interface SyncPlan {
  readonly puts: readonly Put[];
  /** Same bytes, headers unknown to the ledger: HEAD decides whether they are put again. */
  readonly verify: readonly PlannedFile[];
  readonly unchanged: readonly PlannedFile[];
  /** Other bytes under an immutable name, put there by somebody else: HEAD decides whether they are a conflict. */
  readonly conflicts: readonly PlannedFile[];
  /** Media that the bucket has in another form, put there by somebody else: its age decides. */
  readonly contested: readonly Contested[];
  /** Names in the manifest whose content has another hash, so they are not called immutable. */
  readonly unproven: readonly string[];
  /** Names of a bundler that stood for other bytes before, so they are not called immutable either. */
  readonly reused: readonly string[];
}

/** What the bucket has, as far as the plan needs to know it. */
export interface Remote {
  readonly objects: ReadonlyMap<string, ListedObject>;
  /** Keys whose bytes are known to be the file's although their ETag is no MD5 of them. */
  readonly alike: ReadonlySet<string>;
  /** Keys of bundlers' names under which somebody else put other bytes. */
  readonly reused: ReadonlySet<string>;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const longestKey = 1024;

/** Why no bucket can hold this key under this very name, or undefined. */
export function invalidKey(key: string): string | undefined {
  if (key.length > longestKey / 4 && Buffer.byteLength(key) > longestKey) return `longer than ${longestKey} bytes`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u001f\u007f]/.test(key)) return 'a control character in its name';
  if (key.includes('\ufffd')) return 'its name is not UTF-8';
  if (key.includes('\\')) return 'a backslash in its name';
  if (key.startsWith(ledgerFolder)) return 'the folder is kept for what the action itself has to remember';
  if (/(^|\/)\.{0,2}(\/|$)/.test(key)) return 'an empty, "." or ".." part in its path';
  return undefined;
}

/** @throws DeployError KEYS_INVALID that names the files. */
export function refuseInvalidKeys(keys: Iterable<string>): void {
  const invalid: string[] = [];
  for (const key of keys) {
    const reason = invalidKey(key);
    if (reason) invalid.push(`  ${JSON.stringify(key)}: ${reason}`);
  }
  if (invalid.length === 0) return;
  const title = `${plural(invalid.length, 'file')} cannot be stored under this name:`;
  throw new DeployError('KEYS_INVALID', `${title}\n${listSome(invalid, 10, '\n')}`, { hint: 'Rename them.' });
}

/**
 * A hashed file of an earlier release that still lies in STATIC_ROOT. It is no part of this release, and what is in the
 * bucket under its name stays as it is.
 */
function isLeftover(source: SyncSource, file: ScannedFile, known: LedgerObject | undefined): boolean {
  if (source.kind !== 'static' || source.hashedNames.size === 0 || source.hashedNames.has(file.path)) return false;
  return known?.md5 === file.md5 && hashOf(file.path) === file.md5.slice(0, 12);
}

/**
 * What has to be sent so that the bucket has exactly these files with exactly these headers. Nothing is ever deleted
 * here, and media that somebody else put there is never planned to be overwritten.
 */
export function planSync(sources: readonly SyncSource[], remote: Remote, ledger: Ledger): SyncPlan {
  const puts: Put[] = [];
  const verify: PlannedFile[] = [];
  const unchanged: PlannedFile[] = [];
  const conflicts: PlannedFile[] = [];
  const contested: Contested[] = [];
  const unproven: string[] = [];
  const reused: string[] = [];
  for (const source of sources) {
    const formsOf = createForms(source, remote.reused);
    for (const file of source.files) {
      const key = source.prefix + file.path;
      const there = remote.objects.get(key);
      const known = ledger.objects.get(key);
      const forms = formsOf(file, known);
      const planned = planFile(source, file, forms, known, there);
      if (forms.reused) reused.push(file.path);
      else if (source.hashedNames.has(file.path) && hashOf(file.path) && !forms.immutable) unproven.push(file.path);
      if (there && isLeftover(source, file, known)) continue;
      if (source.onlyHashed && planned.phase !== 'hashed') continue;
      const untouched = isUntouched(known, there);
      const sameBytes = untouched ? known.md5 === file.md5 : isSame(planned, there, remote);
      if (!there || known?.doomed) puts.push({ file: planned, reason: 'new' });
      else if (sameBytes && untouched && sameForm(known.headers, planned.form.fingerprint)) unchanged.push(planned);
      else if (sameBytes && untouched) puts.push({ file: planned, reason: 'headers' });
      // An ACL does not show in HEAD, so where one is wanted only sending again makes sure of it.
      else if (sameBytes && planned.form.acl === undefined) verify.push(planned);
      else if (sameBytes) puts.push({ file: planned, reason: 'headers' });
      else if (source.kind === 'media' && !untouched)
        contested.push({ file: planned, remoteModified: there.lastModified });
      else if (planned.immutable && known?.md5 !== file.md5) conflicts.push(planned);
      else puts.push({ file: planned, reason: 'changed' });
    }
  }
  return { puts, verify, unchanged, conflicts, contested, unproven, reused };
}

/** Whether an object of which the ledger knows nothing has the bytes that would be sent. */
function isSame({ key, file, stored }: PlannedFile, there: ListedObject | undefined, remote: Remote): boolean {
  const { size, md5 } = stored ?? file;
  return there?.size === size && (there.etag === md5 || remote.alike.has(key));
}

export interface SyncCounts {
  readonly upload: number;
  readonly bytes: number;
  readonly unchanged: number;
}

/** Bytes that go over the wire for a file. */
export const bytesOf = ({ file, stored }: PlannedFile): number => (stored ?? file).size;

export function countPlan(plan: SyncPlan): SyncCounts {
  const upload = plan.puts.length;
  const bytes = plan.puts.reduce((sum, { file }) => sum + bytesOf(file), 0);
  return { upload, bytes, unchanged: plan.unchanged.length + plan.verify.length };
}

import { DeployError } from '../errors.ts';
import type { Acl } from '../inputs.ts';
import { listSome, plural } from '../lib/text.ts';
import { fingerprint, type Ledger, type LedgerObject, ledgerFolder } from '../store/ledger.ts';
import type { ListedObject, ObjectHeaders } from '../store/store.ts';
import { type FileKind, headersOf } from './headers.ts';
import { hashOf, isImmutable } from './immutable.ts';
import type { ScannedFile } from './scan.ts';

/** Order of upload: pages may ask for the un-hashed only when all hashed are there, and for a release only at the end. */
export const phases = ['hashed', 'plain', 'manifest'] as const;
export type Phase = (typeof phases)[number];

/** A folder and where it goes. */
export interface SyncSource {
  readonly kind: FileKind;
  readonly files: readonly ScannedFile[];
  /** '' or ends with a slash. */
  readonly prefix: string;
  readonly acl: Acl | undefined;
  /** Hashed names of the release's manifest. */
  readonly hashedNames: ReadonlySet<string>;
  /** Path of the manifest among the files. */
  readonly manifest: string | undefined;
}

export interface PlannedFile {
  readonly key: string;
  readonly file: ScannedFile;
  readonly headers: ObjectHeaders;
  readonly acl: Acl | undefined;
  /** Of headers and ACL. */
  readonly fingerprint: string;
  readonly phase: Phase;
  readonly immutable: boolean;
  readonly kind: FileKind;
}

export type PutReason = 'new' | 'changed' | 'headers';

export interface SyncPlan {
  readonly puts: readonly (PlannedFile & { readonly reason: PutReason })[];
  /** Same bytes, headers unknown to the ledger: HEAD decides whether they are put again. */
  readonly verify: readonly PlannedFile[];
  readonly unchanged: readonly PlannedFile[];
  /** Other bytes under an immutable name, put there by somebody else: HEAD decides whether they are a conflict. */
  readonly conflicts: readonly PlannedFile[];
  /** Media that the bucket has in another form, put there by somebody else: its age decides. */
  readonly contested: readonly (PlannedFile & { readonly remoteModified: number })[];
  /** Names in the manifest whose content has another hash, so they are not called immutable. */
  readonly unproven: readonly string[];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const longestKey = 1024;

/** Why no bucket can hold this key under this very name, or undefined. */
export function invalidKey(key: string): string | undefined {
  if (Buffer.byteLength(key) > longestKey) return `longer than ${longestKey} bytes`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u001f\u007f]/.test(key)) return 'a control character in its name';
  if (key.includes('\ufffd')) return 'its name is not UTF-8';
  if (key.includes('\\')) return 'a backslash in its name';
  if (key.startsWith(ledgerFolder)) return 'the folder is kept for what the action itself has to remember';
  if (key.split('/').some((part) => part === '' || part === '.' || part === '..'))
    return 'an empty, "." or ".." part in its path';
  return undefined;
}

function planFile(source: SyncSource, file: ScannedFile): PlannedFile {
  const immutable = source.kind === 'static' && isImmutable(file.path, file.md5, source.hashedNames);
  const headers = headersOf(file.path, source.kind, immutable, file.sniffed);
  const phase: Phase = file.path === source.manifest ? 'manifest' : immutable ? 'hashed' : 'plain';
  const key = source.prefix + file.path;
  return {
    key,
    file,
    headers,
    acl: source.acl,
    fingerprint: fingerprint(headers, source.acl),
    phase,
    immutable,
    kind: source.kind,
  };
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
 * @throws DeployError KEYS_INVALID that names the files.
 */
export function planSync(
  sources: readonly SyncSource[],
  remote: ReadonlyMap<string, ListedObject>,
  ledger: Ledger,
): SyncPlan {
  const puts: (PlannedFile & { reason: PutReason })[] = [];
  const verify: PlannedFile[] = [];
  const unchanged: PlannedFile[] = [];
  const conflicts: PlannedFile[] = [];
  const contested: (PlannedFile & { remoteModified: number })[] = [];
  const unproven: string[] = [];
  const invalid: string[] = [];
  for (const source of sources) {
    for (const file of source.files) {
      const planned = planFile(source, file);
      const reason = invalidKey(planned.key);
      if (reason) invalid.push(`  ${JSON.stringify(planned.key)}: ${reason}`);
      if (source.hashedNames.has(file.path) && hashOf(file.path) && !planned.immutable) unproven.push(file.path);
      const there = remote.get(planned.key);
      const known = ledger.objects.get(planned.key);
      if (there && isLeftover(source, file, known)) continue;
      const untouched = known !== undefined && there?.etag === known.etag && there.size === known.size;
      const sameBytes = there?.size === file.size && (untouched ? known.md5 : there.etag) === file.md5;
      if (!there) puts.push({ ...planned, reason: 'new' });
      else if (sameBytes && untouched && known.headers === planned.fingerprint) unchanged.push(planned);
      else if (sameBytes && untouched) puts.push({ ...planned, reason: 'headers' });
      // An ACL does not show in HEAD, so where one is wanted only sending again makes sure of it.
      else if (sameBytes && planned.acl === undefined) verify.push(planned);
      else if (sameBytes) puts.push({ ...planned, reason: 'headers' });
      else if (source.kind === 'media' && !untouched)
        contested.push({ ...planned, remoteModified: there.lastModified });
      else if (planned.immutable && known?.md5 !== file.md5) conflicts.push(planned);
      else puts.push({ ...planned, reason: 'changed' });
    }
  }
  if (invalid.length > 0) {
    const title = `${plural(invalid.length, 'file')} cannot be stored under this name:`;
    throw new DeployError('KEYS_INVALID', `${title}\n${listSome(invalid, 10, '\n')}`, { hint: 'Rename them.' });
  }
  return { puts, verify, unchanged, conflicts, contested, unproven };
}

export interface SyncCounts {
  readonly upload: number;
  readonly bytes: number;
  readonly unchanged: number;
}

export function countPlan(plan: SyncPlan): SyncCounts {
  const upload = plan.puts.length;
  const bytes = plan.puts.reduce((sum, { file }) => sum + file.size, 0);
  return { upload, bytes, unchanged: plan.unchanged.length + plan.verify.length };
}

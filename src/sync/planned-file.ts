import { isImmutable } from '../assets/hashed-names.ts';
import { fingerprint, type LedgerObject } from '../ledger/ledger.ts';
import type { Acl } from '../store/acl.ts';
import type { ListedObject, ObjectHeaders } from '../store/store.ts';
import type { Compressed } from './compress.ts';
import { isCompressible } from './compressible.ts';
import { type FileKind, headersOf } from './content-type.ts';
import type { Ruled } from './header-rules.ts';
import type { ScannedFile } from './read-files.ts';
import { type GzipRule, isOfType, type StorageForm } from './storage-forms.ts';

/**
 * Order of upload: pages may ask for the un-hashed only when all hashed are there, and for a release only at the end. Media
 * belongs to no release.
 */
export const phases = ['hashed', 'media', 'plain', 'manifest'] as const;
type Phase = (typeof phases)[number];

/** A folder and where it goes. */
export interface SyncSource {
  readonly kind: FileKind;
  /** Real path of the folder. */
  readonly root: string;
  readonly files: readonly ScannedFile[];
  /** '' or ends with a slash. */
  readonly prefix: string;
  /** Of the inputs; where they have none, that of the storage counts. */
  readonly acl: Acl | undefined;
  /** What the project's storage says of a path. */
  readonly formOf: (path: string) => StorageForm;
  /** Undefined where nothing is compressed. */
  readonly gzip: GzipRule | undefined;
  /** Hashed names of the release's manifest. */
  readonly hashedNames: ReadonlySet<string>;
  /** Names that a bundler made from the content, as its own manifest says. */
  readonly bundled: ReadonlySet<string>;
  /** Path of the manifest among the files. */
  readonly manifest: string | undefined;
  /** Un-hashed files and the manifest are left to the job that syncs all of the folder. */
  readonly onlyHashed: boolean;
  /** Headers that the input `headers` sets. */
  readonly ruled: (path: string) => Ruled;
  /** What compressing the files gave by path, null where it gains nothing; undefined where nothing is compressed. */
  readonly compressed: ReadonlyMap<string, Compressed | null> | undefined;
}

/** Headers and ACL of an object, and both as one string. One value for all objects that have the same. */
export interface Form {
  readonly headers: ObjectHeaders;
  readonly acl: Acl | undefined;
  readonly fingerprint: string;
}

/** The ways in which a file can be stored: as it is, and compressed where that is wanted. */
export interface Forms {
  /** The content can never change under its name. */
  readonly immutable: boolean;
  /** It did, under a name that a bundler made. */
  readonly reused: boolean;
  readonly plain: Form;
  readonly packed: Form | undefined;
  /** As it is, without having tried to compress it; the plain one where nothing is compressed. */
  readonly untried: Form;
}

export interface PlannedFile {
  readonly key: string;
  readonly file: ScannedFile;
  readonly source: SyncSource;
  readonly form: Form;
  readonly phase: Phase;
  readonly immutable: boolean;
  /** The bytes that are sent, where they are not those of the file. */
  readonly stored: Compressed | undefined;
  /** How the file itself can be sent, where the bucket has it compressed and so nothing was compressed here. */
  readonly uncompressed: Form | undefined;
}

/** Behind the fingerprint of a file that compressing makes no smaller. */
const triedMark = ' no smaller';

/** Behind the fingerprint of a file with a bundler's name under which there were other bytes before. */
const reusedMark = ' reused';

/**
 * Whether a bundler's name stood for other bytes before, so that it is no hash of them. Nobody can compute a bundler's hash
 * again; what shows a false one is that we put other bytes there, or that we found out about it in an earlier run.
 */
const isReused = (known: LedgerObject | undefined, file: ScannedFile): boolean =>
  known !== undefined && (known.md5 !== file.md5 || known.headers.endsWith(reusedMark));

/** Whether an object with the one fingerprint has the headers of the other. */
export const sameForm = (one: string, other: string): boolean =>
  one === other || one.replace(triedMark, '') === other.replace(triedMark, '');

/**
 * Gives the forms of the files of a source; 100,000 files have a dozen forms between them.
 * @param reused Keys of bundlers' names under which somebody else put other bytes.
 */
export function createForms(
  source: SyncSource,
  reused: ReadonlySet<string>,
): (file: ScannedFile, known: LedgerObject | undefined) => Forms {
  const forms = new Map<string, Form>();
  const formOf = (headers: ObjectHeaders, acl: Acl | undefined, mark: string): Form => {
    const print = fingerprint(headers, acl) + mark;
    const known = forms.get(print);
    if (known) return known;
    const form = { headers, acl, fingerprint: print };
    forms.set(print, form);
    return form;
  };
  return (file, known) => {
    const { path, md5, size, sniffed } = file;
    const form = source.formOf(path);
    const acl = source.acl ?? form.acl;
    const ruled = { ...form.headers, ...source.ruled(path) };
    const proven = source.kind === 'static' && isImmutable(path, md5, source.hashedNames);
    const bundled = !proven && source.kind === 'static' && source.bundled.has(path);
    const again = bundled && (reused.has(source.prefix + path) || isReused(known, file));
    const immutable = proven || (bundled && !again);
    const mark = again ? reusedMark : '';
    const headers = headersOf(path, source.kind, immutable, sniffed, ruled);
    // The app reads the manifest out of the bucket, and not everything that does so unpacks it.
    const packs =
      source.compressed !== undefined &&
      path !== source.manifest &&
      ruled.contentEncoding === undefined &&
      headers.contentEncoding === undefined &&
      packsType(source.gzip, headers.contentType, size);
    const untried = formOf(headers, acl, mark);
    if (!packs) return { immutable, reused: again, plain: untried, packed: undefined, untried };
    // Told apart in the ledger, so that what was stored before compressing was asked for is tried then.
    const packed = formOf({ ...headers, contentEncoding: 'gzip' }, acl, mark);
    return { immutable, reused: again, plain: formOf(headers, acl, triedMark + mark), packed, untried };
  };
}

const packsType = (rule: GzipRule | undefined, contentType: string, size: number): boolean =>
  rule?.types ? size > 0 && isOfType(contentType, rule.types) : isCompressible(contentType, size);

/** Whether the bucket still has what the ledger says that we put there. */
export const isUntouched = (known: LedgerObject | undefined, there: ListedObject | undefined): known is LedgerObject =>
  known !== undefined && there !== undefined && !known.doomed && there.etag === known.etag && there.size === known.size;

/** The form in which the bucket has this very file, so that it need not be compressed to know that. */
export function provenForm(
  file: ScannedFile,
  forms: Forms,
  known: LedgerObject | undefined,
  there: ListedObject | undefined,
): Form | undefined {
  if (!isUntouched(known, there) || known.md5 !== file.md5) return undefined;
  return [forms.plain, forms.packed].find((form) => form?.fingerprint === known.headers);
}

/** A file with everything that has to be true of its object. */
export function planFile(
  source: SyncSource,
  file: ScannedFile,
  forms: Forms,
  known: LedgerObject | undefined,
  there: ListedObject | undefined,
): PlannedFile {
  const { path } = file;
  const { immutable } = forms;
  const phase: Phase =
    source.kind === 'media' ? 'media' : path === source.manifest ? 'manifest' : immutable ? 'hashed' : 'plain';
  const stored = (forms.packed && source.compressed?.get(path)) ?? undefined;
  const form = stored ? (forms.packed ?? forms.plain) : (provenForm(file, forms, known, there) ?? forms.plain);
  const uncompressed = stored || form !== forms.packed ? undefined : forms.untried;
  // The listing's own text: of 100,000 keys a second one is 12 MB.
  const key = there?.key ?? source.prefix + path;
  return { key, file, source, form, phase, immutable, stored, uncompressed };
}

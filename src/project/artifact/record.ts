import { isNumber, isObject, isText, listOf, mapOf, orNothing, parseAs, shape } from '../../lib/shape.ts';
import type { Finding } from '../../report/finding.ts';
import type { Outcome } from '../django/outcome.ts';
import { isOutcome } from '../django/outcome-reader.ts';

/** Where an artifact says what it is made of. */
export const recordFolder = '.deploy-django';
export const recordPath = `${recordFolder}/release.json`;

/**
 * What an artifact says of itself: where it comes from, what Django said of the project, and the SHA-256 of every file. It
 * is the same for the same commit and tools, on every machine. A deploy in another job has nothing but this.
 */
export interface ReleaseRecord {
  readonly version: 1;
  /** The commit that was checked out; null without git. */
  readonly commit: string | null;
  readonly python: string;
  readonly django: string;
  /** The lock file, or what served as one, and its SHA-256; null where nothing was installed from a file. */
  readonly lock: { readonly path: string; readonly sha256: string } | null;
  /** Folder of the project in the checkout, which places in messages are relative to. */
  readonly workingDirectory: string;
  /** The collected static files, and the manifest of their storage: paths in the artifact. */
  readonly static: { readonly folder: string; readonly manifest: string | null } | null;
  /** Media files, and when each last changed, in seconds since the epoch, where git knows. */
  readonly media: { readonly folder: string; readonly changed: Readonly<Record<string, number>> } | null;
  /** Names of static files that bundlers made from the content. */
  readonly bundled: readonly string[];
  /** What there was to say of the project besides what Django says. */
  readonly findings: readonly Finding[];
  /** What Django said, without the collected files, and with `{workspace}` for the path of the checkout. */
  readonly outcome: Outcome;
  /** SHA-256 in hex of every file but this one, by its path. */
  readonly files: Readonly<Record<string, string>>;
}

const placeholder = '{workspace}';
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** An outcome that names no path of this machine. */
export function withoutWorkspace({ collected: _, ...outcome }: Outcome, workspace: string): Outcome {
  return JSON.parse(JSON.stringify(outcome).replaceAll(inJson(workspace), placeholder)) as Outcome;
}

/** An outcome whose paths lead into this workspace. */
export function withWorkspace(outcome: Outcome, workspace: string): Outcome {
  return JSON.parse(JSON.stringify(outcome).replaceAll(placeholder, inJson(workspace))) as Outcome;
}

/** Whether a path stays below the folder that it is put into, on every system. */
export function isSafePath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\\\u0000-\u001f\u007f]/.test(path) || /^[A-Za-z]:/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

const isSafe = (value: unknown) => isText(value) && isSafePath(value);
const isSum = (value: unknown) => isText(value) && /^[0-9a-f]{64}$/.test(value);
/** What Django said in a build that came to its end: a project, and no path of collected files. */
const isFinished = (value: unknown) =>
  isOutcome(value) && isObject(value) && value.project !== undefined && value.collected === undefined;

const isPlace = shape({ file: isSafe, line: (line) => line === undefined || isNumber(line) });
const isFinding = shape({
  level: (level) => ['error', 'warning', 'notice'].some((one) => one === level),
  id: isText,
  message: isText,
  at: (at) => at === undefined || isPlace(at),
});

const isRecord = shape({
  version: (value) => value === 1,
  commit: orNothing((value) => isText(value) && /^[0-9a-f]{40,64}$/.test(value)),
  python: isText,
  django: isText,
  lock: orNothing(shape({ path: isText, sha256: isSum })),
  workingDirectory: (value) => value === '.' || isSafe(value),
  static: orNothing(shape({ folder: isSafe, manifest: orNothing(isSafe) })),
  media: orNothing(shape({ folder: isSafe, changed: mapOf(isSafePath, isNumber) })),
  bundled: listOf(isSafe),
  findings: listOf(isFinding),
  outcome: isFinished,
  files: mapOf(isSafePath, isSum),
});

export const writeRecord = (record: ReleaseRecord): Uint8Array => Buffer.from(`${JSON.stringify(record, null, 1)}\n`);

/**
 * Reads a record. Code of the project ran in the job that wrote it, so everything in it is looked at before it is used.
 * Undefined where it is none.
 */
export const readRecord = (text: string): ReleaseRecord | undefined => parseAs<ReleaseRecord>(text, isRecord);

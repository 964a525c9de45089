import * as v from 'valibot';
import { count, hex, mapOf, type Parsed, parseJson, type Shaped } from '../../lib/json-shape.ts';
import { type Outcome, outcomeSchema } from '../django/outcome.ts';

/** Where an artifact says what it is made of. */
export const recordFolder = '.deploy-django';
export const recordPath = `${recordFolder}/release.json`;

/** Whether a path stays below the folder that it is put into, on every system. */
export function isSafePath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\\\u0000-\u001f\u007f]/.test(path) || /^[A-Za-z]:/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

const safePath = v.pipe(v.string(), v.check(isSafePath, 'not a safe path'));
const sum = hex(64);

/**
 * What an artifact says of itself: where it comes from, what Django said of the project, and the SHA-256 of every file. It
 * is the same for the same commit and tools, on every machine. A deploy in another job has nothing but this.
 */
const recordSchema = v.object({
  version: v.literal(1),
  /** The commit that was checked out; null without git. */
  commit: v.nullable(hex(40, 64)),
  python: v.string(),
  django: v.string(),
  /** The lock file, or what served as one, and its SHA-256; null if nothing was installed from a file. */
  lock: v.nullable(v.object({ path: v.string(), sha256: sum })),
  /** Folder of the project in the checkout, which places in messages are relative to. */
  workingDirectory: v.union([v.literal('.'), safePath]),
  /** The collected static files, and the manifest of their storage: paths in the artifact. */
  static: v.nullable(v.object({ folder: safePath, manifest: v.nullable(safePath) })),
  /** Media files, and when each last changed, in seconds since the epoch, if git knows. */
  media: v.nullable(v.object({ folder: safePath, changed: mapOf(v.number(), safePath) })),
  /** Names of static files that bundlers made from the content. */
  bundled: v.array(safePath),
  /** Findings in the project, apart from those of Django. */
  findings: v.array(
    v.object({
      level: v.picklist(['error', 'warning', 'notice']),
      id: v.string(),
      message: v.string(),
      at: v.exactOptional(v.object({ file: safePath, line: v.exactOptional(count()) })),
    }),
  ),
  /** What Django said in a build that came to its end, with `{workspace}` for the path of the checkout. */
  outcome: v.pipe(
    outcomeSchema,
    v.check(({ project }) => project !== undefined, 'not of a build that came to its end'),
    v.check(({ collected }) => collected === undefined, 'not without the folder of the collected files'),
  ),
  /** SHA-256 in hex of every file but this one, by its path. */
  files: mapOf(sum, safePath),
});

/** What an artifact says of itself. */
export type ReleaseRecord = Parsed<typeof recordSchema>;

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

export const writeRecord = (record: ReleaseRecord): Uint8Array => Buffer.from(`${JSON.stringify(record, null, 1)}\n`);

/** Reads a record. Code of the project ran in the job that wrote it, so everything in it is checked before it is used. */
export const readRecord = (text: string): Shaped<ReleaseRecord> => parseJson(text, recordSchema);

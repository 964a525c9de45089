import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DeployError } from '../core/errors.ts';
import { globs } from '../lib/globs.ts';
import { mapLimit } from '../lib/map-limit.ts';
import { listSome, plural } from '../lib/text.ts';
import { type WalkEntry, walk } from '../lib/walk.ts';
import { checkedRoot } from './checked-root.ts';
import { type Content, type ContentReader, createReader } from './content-reader.ts';
import { needsSniffing, type Sniffed, sniff } from './content-type.ts';
import { allowBlock, createGuard, refusedNames } from './guard.ts';

/** A file to be synced, read once. */
export interface ScannedFile {
  /** Relative to the scanned folder, with forward slashes. */
  readonly path: string;
  /** The file that a link leads to; undefined for what is no link. Of 100,000 files, their own paths take 10 MB. */
  readonly target: string | undefined;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** Hex. */
  readonly md5: string;
  readonly sniffed: Sniffed | undefined;
}

/** A folder whose names are known and let through, and whose files are not read yet. */
export interface Found {
  /** Its real path. */
  readonly root: string;
  readonly entries: readonly FoundEntry[];
  /** What was left out, each with the reason: devices, sockets, twins that the app serves. */
  readonly left: readonly string[];
  readonly refused: readonly Refusal[];
}

interface FoundEntry extends Pick<WalkEntry, 'path' | 'kind'> {
  /** The input allow-files names it. */
  readonly allowed: boolean;
}

interface Refusal {
  readonly path: string;
  readonly reason: string;
  /** The input allow-files can let it through. */
  readonly allowable: boolean;
}

/** The file on disk. */
export const fileOf = (root: string, { path, target }: Pick<ScannedFile, 'path' | 'target'>): string =>
  target ?? `${root}/${path}`;

const twin = /\.(gz|br)$/;

/** WhiteNoise's `app.js.gz` beside `app.js`: a bucket cannot choose by Accept-Encoding, so nobody would ask for it. */
function isTwin(path: string, paths: ReadonlySet<string>): boolean {
  return twin.test(path) && paths.has(path.replace(twin, ''));
}

/**
 * The names in a folder, and which of them may become public.
 * @param allow Globs of the input allow-files, relative to the folder.
 * @param input Name of the input that names the folder.
 * @param within Folders in which it must lie, whatever links lead to it: the checkout, and the folder of the run.
 */
export async function findFiles(
  folder: string,
  allow: readonly string[],
  input: string,
  within: readonly string[],
): Promise<Found> {
  const root = await checkedRoot(folder, input, within);
  const allows = globs(allow);
  const refuses = globs(refusedNames);
  const refused: Refusal[] = [];
  const left: string[] = [];
  const all: WalkEntry[] = [];
  for await (const entry of walk(root)) all.push(entry);
  const undecodable = all.filter(({ path }) => path.includes('\ufffd')).map(({ path }) => JSON.stringify(path));
  if (undecodable.length > 0) {
    const names = listSome(undecodable, 5);
    throw new DeployError('KEYS_INVALID', `Names in ${folder} are not UTF-8: ${names}.`, { hint: 'Rename them.' });
  }
  const twins = all.some(({ path }) => twin.test(path));
  const paths = new Set(twins ? all.map(({ path }) => path) : []);
  const entries: FoundEntry[] = [];
  for (const { path, kind } of all) {
    const allowed = allows(path);
    if (kind === 'other') left.push(`${path}: neither a file nor a folder`);
    else if (isTwin(path, paths)) left.push(`${path}: a compressed twin for servers that choose`);
    else if (!allowed && refuses(path)) refused.push({ path, reason: 'its name', allowable: true });
    else entries.push({ path, kind, allowed });
  }
  return { root, entries, left, refused };
}

/** A link is followed only to a file of the same folder. */
async function linkTarget(root: string, path: string): Promise<string | undefined> {
  const target = await realpath(join(root, path)).catch(() => undefined);
  return target?.startsWith(root + sep) ? target : undefined;
}

const largeAtOnce = 4;
/** Milliseconds for which reading may hold up answers of the bucket. */
const turn = 10;

/**
 * Reads every file of a folder once, and refuses what should never be public.
 * @throws DeployError FILES_REFUSED that names the files.
 */
export async function readFiles({ root, entries, refused }: Found, signal: AbortSignal): Promise<ScannedFile[]> {
  const reader = createReader(createGuard);
  const refusals = [...refused];
  const files: (ScannedFile | undefined)[] = new Array(entries.length);
  const large: { index: number; target: string | undefined }[] = [];
  const take = (index: number, target: string | undefined, content: Content | undefined) => {
    const { path, allowed } = entries[index] as FoundEntry;
    if (!content) return void refusals.push({ path, reason: 'a link to something that is no file', allowable: false });
    const { md5, size, modified, head, reason } = content;
    if (reason && !allowed) refusals.push({ path, reason, allowable: true });
    const sniffed = needsSniffing(path) ? sniff(head) : undefined;
    files[index] = { path, target, size, modified, md5, sniffed };
  };
  let began = performance.now();
  for (const [index, { path, kind }] of entries.entries()) {
    if (performance.now() - began > turn) {
      await nextTurn();
      signal.throwIfAborted();
      began = performance.now();
    }
    const target = kind === 'link' ? await linkTarget(root, path) : undefined;
    if (kind === 'link' && target === undefined) {
      refusals.push({ path, reason: 'a link that is broken or leads out of the folder', allowable: false });
      continue;
    }
    const content = readNow(reader, root, path, target);
    if (content === 'large') large.push({ index, target });
    else take(index, target, content);
  }
  signal.throwIfAborted();
  await mapLimit(large, largeAtOnce, signal, async ({ index, target }) => {
    const { path } = entries[index] as FoundEntry;
    const content = await reader.readLarge(fileOf(root, { path, target })).catch((error) => {
      throw unreadable(path, error);
    });
    take(index, target, content);
  });
  if (refusals.length > 0) throw refusal(refusals, root);
  return files.filter((file) => file !== undefined);
}

function readNow(reader: ContentReader, root: string, path: string, target: string | undefined) {
  try {
    return reader.readNow(fileOf(root, { path, target }));
  } catch (error) {
    throw unreadable(path, error as NodeJS.ErrnoException);
  }
}

function unreadable(path: string, { code }: NodeJS.ErrnoException): DeployError {
  return new DeployError('UPLOAD_FAILED', `${path} cannot be read: ${code}.`, {
    hint: 'Give the runner the right to read it, or take it away.',
  });
}

function refusal(refused: readonly Refusal[], folder: string): DeployError {
  const lines = refused.slice(0, 10).map(({ path, reason }) => `  ${path}: ${reason}`);
  const more = refused.length > 10 ? [`  and ${refused.length - 10} more`] : [];
  const title = `${plural(refused.length, 'file')} in ${folder} should not become public:`;
  const allowable = refused.filter((one) => one.allowable).map(({ path }) => path);
  const allow = `Take them away. If some of them may be public, name these under "with:" of the step:\n${allowBlock(allowable)}`;
  return new DeployError('FILES_REFUSED', [title, ...lines, ...more].join('\n'), {
    hint: `Nothing was uploaded. ${allowable.length > 0 ? allow : 'Take them away.'}`,
  });
}

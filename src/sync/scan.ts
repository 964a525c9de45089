import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, parse, sep } from 'node:path';
import picomatch from 'picomatch';
import { DeployError } from '../errors.ts';
import { mapLimit } from '../lib/pool.ts';
import { listSome, plural } from '../lib/text.ts';
import { type WalkEntry, walk } from '../lib/walk.ts';
import { refuseContent, refusedNames, sniffLimit } from './guard.ts';
import { needsSniffing, type Sniffed, sniff } from './headers.ts';

/** A file to be synced, read once. */
export interface ScannedFile {
  /** Relative to the scanned folder, with forward slashes. */
  readonly path: string;
  readonly absolute: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** Hex. */
  readonly md5: string;
  readonly sniffed: Sniffed | undefined;
}

export interface Scan {
  readonly files: readonly ScannedFile[];
  /** What was left out, each with the reason: devices, sockets, twins that the app serves. */
  readonly left: readonly string[];
}

const readsAtOnce = 16;
const blockSize = 1024 * 1024;

interface Content {
  readonly md5: string;
  readonly size: number;
  /** The first bytes, at most `blockSize`. */
  readonly head: Buffer;
}

/** Reads an open file once, in blocks; `expected` is the size that it had a moment ago. */
async function readContent(handle: FileHandle, expected: number): Promise<Content> {
  const hash = createHash('md5');
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(expected, blockSize)));
  let head: Buffer = Buffer.alloc(0);
  let size = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, size);
    if (bytesRead === 0) break;
    const block = buffer.subarray(0, bytesRead);
    hash.update(block);
    // The buffer is written again only by a file of more than one block.
    if (size === 0) head = expected <= buffer.length ? block : Buffer.from(block.subarray(0, sniffLimit));
    size += bytesRead;
  }
  return { md5: hash.digest('hex'), size, head };
}

interface Refusal {
  readonly path: string;
  readonly reason: string;
  /** The input allow-files can let it through. */
  readonly allowable: boolean;
}

/** A link is followed only to a file of the same folder. */
async function linkTarget(root: string, entry: WalkEntry): Promise<string | undefined> {
  const target = await realpath(entry.absolute).catch(() => undefined);
  return target?.startsWith(root + sep) ? target : undefined;
}

async function scanEntry(
  root: string,
  entry: WalkEntry,
  allowed: boolean,
  refused: Refusal[],
): Promise<ScannedFile | undefined> {
  const { path } = entry;
  const absolute = entry.kind === 'link' ? await linkTarget(root, entry) : entry.absolute;
  if (absolute === undefined) {
    refused.push({ path, reason: 'a link that is broken or leads out of the folder', allowable: false });
    return undefined;
  }
  const content = await readFile(absolute).catch((error: NodeJS.ErrnoException) => {
    throw new DeployError('UPLOAD_FAILED', `${path} cannot be read: ${error.code}.`, {
      hint: 'Give the runner the right to read it, or take it away.',
    });
  });
  if (!content) {
    refused.push({ path, reason: 'a link to something that is no file', allowable: false });
    return undefined;
  }
  const { modified, md5, size, head } = content;
  const reason = allowed ? undefined : refuseContent(head, size);
  if (reason) refused.push({ path, reason, allowable: true });
  const sniffed = needsSniffing(path) ? sniff(head.subarray(0, 4096)) : undefined;
  return { path, absolute, size, modified, md5, sniffed };
}

/** Reads a file whole; undefined where it is none. */
async function readFile(absolute: string): Promise<(Content & { modified: number }) | undefined> {
  // O_NOFOLLOW: what was a file a moment ago must not be a link to somewhere else now. O_NONBLOCK: a pipe must not wait.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(absolute, flags);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return undefined;
    return { modified: stat.mtimeMs, ...(await readContent(handle, stat.size)) };
  } finally {
    await handle.close();
  }
}

/** WhiteNoise's `app.js.gz` beside `app.js`: a bucket cannot choose by Accept-Encoding, so nobody would ask for it. */
function isTwin(path: string, paths: ReadonlySet<string>): boolean {
  return /\.(gz|br)$/.test(path) && paths.has(path.replace(/\.(gz|br)$/, ''));
}

/**
 * Reads every file below a folder once, and refuses what should never be public.
 * @param allow Globs of the input allow-files, relative to the folder.
 * @throws DeployError FILES_REFUSED that names the files.
 */
export async function scan(
  folder: string,
  allow: readonly string[],
  input: string,
  signal: AbortSignal,
): Promise<Scan> {
  const root = await checkedRoot(folder, input);
  const options = { dot: true, nocase: true };
  const allows = picomatch([...allow], options);
  const refuses = picomatch([...refusedNames], options);
  // A glob's wildcards stop at line breaks of every kind, and a name can have some.
  const oneLine = (path: string) => path.replace(/[\n\r\u2028\u2029]/g, '_');
  const isAllowed = (path: string) => allows(oneLine(path));
  const refused: Refusal[] = [];
  const left: string[] = [];
  const entries: WalkEntry[] = [];
  for await (const entry of walk(root)) entries.push(entry);
  const undecodable = entries.filter(({ path }) => path.includes('\ufffd')).map(({ path }) => JSON.stringify(path));
  if (undecodable.length > 0) {
    const names = listSome(undecodable, 5);
    throw new DeployError('KEYS_INVALID', `Names in ${folder} are not UTF-8: ${names}.`, { hint: 'Rename them.' });
  }
  const paths = new Set(entries.map(({ path }) => path));
  const chosen = entries.filter((entry) => {
    if (entry.kind === 'other') left.push(`${entry.path}: neither a file nor a folder`);
    else if (isTwin(entry.path, paths)) left.push(`${entry.path}: a compressed twin for servers that choose`);
    else if (refuses(oneLine(entry.path)) && !isAllowed(entry.path)) {
      refused.push({ path: entry.path, reason: 'its name', allowable: true });
    } else return true;
    return false;
  });
  const scanned = await mapLimit(chosen, readsAtOnce, signal, (entry) =>
    scanEntry(root, entry, isAllowed(entry.path), refused),
  );
  if (refused.length > 0) throw refusal(refused, folder);
  return { files: scanned.filter((file) => file !== undefined), left };
}

function refusal(refused: readonly Refusal[], folder: string): DeployError {
  const lines = refused.slice(0, 10).map(({ path, reason }) => `  ${path}: ${reason}`);
  const more = refused.length > 10 ? [`  and ${refused.length - 10} more`] : [];
  const title = `${plural(refused.length, 'file')} in ${folder} should not become public:`;
  const allowable = refused.filter((one) => one.allowable).map(({ path }) => path);
  const allow = `, or name the ones that may be public in allow-files: ${listSome(allowable, 3, ' ')}`;
  return new DeployError('FILES_REFUSED', [title, ...lines, ...more].join('\n'), {
    hint: `Nothing was uploaded. Take them away${allowable.length > 0 ? allow : ''}`,
  });
}

/** The real path of a folder, which must not be the whole checkout, a home or the root of the disk. */
async function checkedRoot(folder: string, input: string): Promise<string> {
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined || !(await lstat(root)).isDirectory()) {
    throw new DeployError('INVALID_INPUTS', `${input}: there is no folder "${folder}".`, {
      hint: 'Write the folder that holds the files, relative to working-directory.',
    });
  }
  const mark = ['.git', 'manage.py'].find((name) => existsSync(join(root, name)));
  const place =
    root === parse(root).root
      ? 'the root of the disk'
      : root === homedir()
        ? 'a home'
        : mark && `a folder with ${mark} in it`;
  if (place) {
    throw new DeployError('FILES_REFUSED', `${input}: "${folder}" is ${place}, and no folder of public files.`, {
      hint: 'Name the folder that holds nothing but files for the bucket.',
    });
  }
  return root;
}

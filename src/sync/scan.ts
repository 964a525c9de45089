import { DeployError } from '../core/errors.ts';
import { globs } from '../lib/globs.ts';
import { listSome } from '../lib/text.ts';
import { type WalkEntry, walk } from '../lib/walk.ts';
import { checkedRoot } from './checked-root.ts';
import { refusedNames } from './guard.ts';

/** A folder whose names are known and let through, and whose files are not read yet. */
export interface Found {
  /** Its real path. */
  readonly root: string;
  readonly entries: readonly FoundEntry[];
  /** What was left out, each with the reason: devices, sockets, twins that the app serves. */
  readonly left: readonly string[];
  readonly refused: readonly Refusal[];
}

export interface FoundEntry extends Pick<WalkEntry, 'path' | 'kind'> {
  /** The input allow-files names it. */
  readonly allowed: boolean;
}

export interface Refusal {
  readonly path: string;
  readonly reason: string;
  /** The input allow-files can let it through. */
  readonly allowable: boolean;
}

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

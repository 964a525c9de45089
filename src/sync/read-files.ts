import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { DeployError } from '../core/errors.ts';
import { mapLimit } from '../lib/map-limit.ts';
import { plural } from '../lib/text.ts';
import { needsSniffing } from './content-type.ts';
import { allowBlock } from './guard.ts';
import { type Placed, readLargeFiles, readSmallFiles, type Take } from './read-lanes.ts';
import type { FileRead, FileToRead, Readers } from './readers.ts';
import type { Found, FoundEntry, Refusal } from './scan.ts';

/** A file to be synced, read once. Of 100,000 files, their own paths take 10 MB. */
export type ScannedFile = Pick<FileToRead, 'path' | 'target'> & Omit<FileRead, 'reason'>;

/** A link is followed only to a file of the same folder. */
async function linkTarget(root: string, path: string): Promise<string | undefined> {
  const target = await realpath(join(root, path)).catch(() => undefined);
  return target?.startsWith(root + sep) ? target : undefined;
}

const linksAtOnce = 16;

/** Where the links of a folder lead, by their paths; undefined for one that must not be followed. */
async function linkTargets({ root, entries }: Found, signal: AbortSignal): Promise<Map<string, string | undefined>> {
  const links = entries.filter(({ kind }) => kind === 'link');
  return new Map(
    await mapLimit(links, linksAtOnce, signal, async ({ path }) => [path, await linkTarget(root, path)] as const),
  );
}

/**
 * Reads every file of a folder once, and refuses what should never be public.
 * @throws DeployError FILES_REFUSED that names the files; UPLOAD_FAILED for one that cannot be read.
 */
export async function readFiles(found: Found, readers: Readers, signal: AbortSignal): Promise<ScannedFile[]> {
  const { root, entries, refused } = found;
  const targets = await linkTargets(found, signal);
  const files: (ScannedFile | undefined)[] = new Array(entries.length);
  // By their places, because threads answer in any order.
  const refusals = new Map<number, Refusal>();
  const unreadable = new Map<number, string>();
  const batchOf = (start: number, end: number): Placed[] =>
    entries.slice(start, end).flatMap(({ path, kind }, at) => {
      const target = targets.get(path);
      if (kind !== 'link' || target !== undefined)
        return { index: start + at, file: { path, target, sniffs: needsSniffing(path) } };
      const reason = 'a link that is broken or leads out of the folder';
      refusals.set(start + at, { path, reason, allowable: false });
      return [];
    });
  const take: Take = (index, outcome) => {
    const { path, allowed } = entries[index] as FoundEntry;
    if (outcome === 'none')
      refusals.set(index, { path, reason: 'a link to something that is no file', allowable: false });
    else if ('code' in outcome) unreadable.set(index, outcome.code);
    else {
      const { reason, md5, size, modified, sniffed } = outcome;
      if (reason && !allowed) refusals.set(index, { path, reason, allowable: true });
      files[index] = { path, target: targets.get(path), md5, size, modified, sniffed };
    }
  };
  signal.throwIfAborted();
  const large = await readSmallFiles({ root, length: entries.length }, batchOf, readers, signal, take);
  await readLargeFiles(root, large, readers, signal, take);
  const [first] = inOrder(unreadable);
  if (first) throw unreadableError((entries[first[0]] as FoundEntry).path, first[1]);
  const all = [...refused, ...inOrder(refusals).map(([, one]) => one)];
  if (all.length > 0) throw refusal(all, root);
  return files.filter((file) => file !== undefined);
}

const inOrder = <T>(places: ReadonlyMap<number, T>): [number, T][] => [...places].sort(([one], [other]) => one - other);

function unreadableError(path: string, code: string): DeployError {
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

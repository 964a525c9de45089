import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DeployError } from '../core/errors.ts';
import { mapLimit } from '../lib/map-limit.ts';
import { plural } from '../lib/text.ts';
import { createReader } from './content-reader.ts';
import { needsSniffing } from './content-type.ts';
import { allowBlock, createGuard } from './guard.ts';
import { type FileRead, type FileToRead, type Readers, type ReadOutcome, readAny, readSmall } from './readers.ts';
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

/** A thread takes as long to start as some hundred files take to read: with fewer, it is started only where reading goes on. */
const manyFiles = 1_000;
/** Milliseconds of reading in this thread. */
const worthThreads = 60;
/** Batches of each thread: it reads one while the other is on its way. */
const batchesAtOnce = 2;
/** Files of a batch: many at first, and few at the end, so that all come to the end together. */
const batchSize = { least: 8, most: 256 };
const ownBatch = 8;
const largeAtOnce = 4;
/** Milliseconds for which reading may hold up answers of the bucket: a long answer comes in many pieces. */
const turn = 4;

/** A file with its place in the list. */
interface Placed {
  readonly index: number;
  readonly file: FileToRead;
}

/**
 * Calls `take` with what came of each file, by its place in the list. This thread reads small files, and the others what they are given.
 * @param batchOf The files of a piece of the list; those that are not to be read are left out.
 */
async function readAll(
  { root, entries: { length } }: Found,
  batchOf: (start: number, end: number) => readonly Placed[],
  readers: Readers,
  signal: AbortSignal,
  take: (index: number, outcome: ReadOutcome) => void,
): Promise<void> {
  const reader = createReader(createGuard);
  const large: Placed[] = [];
  const lanes: Promise<void>[] = [];
  let next = 0;
  const nextBatch = (most: number) => {
    const start = next;
    next = Math.min(length, start + most);
    return batchOf(start, next);
  };
  const elsewhere = async () => {
    while (next < length && !signal.aborted) {
      const share = Math.ceil((length - next) / (2 * lanes.length));
      const batch = nextBatch(Math.min(batchSize.most, Math.max(batchSize.least, share)));
      const outcomes = await readers.read(
        root,
        batch.map(({ file }) => file),
      );
      for (const [at, { index }] of batch.entries()) take(index, outcomes[at] as ReadOutcome);
    }
  };
  const startThreads = () => {
    for (let lane = 0; lane < readers.count * batchesAtOnce; lane++) lanes.push(elsewhere());
    // This thread goes on reading before it waits for them.
    for (const lane of lanes) lane.catch(() => undefined);
  };
  const here = async () => {
    let spent = 0;
    let began = performance.now();
    while (next < length && !signal.aborted) {
      for (const placed of nextBatch(ownBatch)) {
        if (performance.now() - began > turn) {
          spent += performance.now() - began;
          if (spent > worthThreads && lanes.length === 0) startThreads();
          await nextTurn();
          signal.throwIfAborted();
          began = performance.now();
        }
        const outcome = readSmall(reader, root, placed.file);
        if (outcome === 'large') large.push(placed);
        else take(placed.index, outcome);
      }
    }
  };
  if (length >= manyFiles) startThreads();
  await here();
  await Promise.all(lanes);
  signal.throwIfAborted();
  await mapLimit(large, readers.count || largeAtOnce, signal, async ({ index, file }) => {
    const [outcome] = readers.count > 0 ? await readers.read(root, [file]) : [await readAny(reader, root, file)];
    take(index, outcome as ReadOutcome);
  });
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
  await readAll(found, batchOf, readers, signal, (index, outcome) => {
    const { path, allowed } = entries[index] as FoundEntry;
    if (outcome === 'none')
      refusals.set(index, { path, reason: 'a link to something that is no file', allowable: false });
    else if ('code' in outcome) unreadable.set(index, outcome.code);
    else {
      const { reason, md5, size, modified, sniffed } = outcome;
      if (reason && !allowed) refusals.set(index, { path, reason, allowable: true });
      files[index] = { path, target: targets.get(path), md5, size, modified, sniffed };
    }
  });
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

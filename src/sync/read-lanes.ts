import { setImmediate as nextTurn } from 'node:timers/promises';
import { createReader } from './content-reader.ts';
import { createGuard, createGuardBy } from './guard.ts';
import { type FileToRead, type Readers, type ReadOutcome, readAny, readSmall } from './readers.ts';

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
/** Bytes of a file that are worth the start of a thread, which takes as long as some 30 MB. */
const worthSharing = 64 * 1024 * 1024;
/** Milliseconds for which reading may hold up answers of the bucket: a long answer comes in many pieces. */
const turn = 4;

/** A file with its place in the list. */
export interface Placed {
  readonly index: number;
  readonly file: FileToRead;
}

/** Called with what came of each file, by its place in the list. */
export type Take = (index: number, outcome: ReadOutcome) => void;

/**
 * Reads the small files of a list, in this thread and in the others, and returns those that are left: large ones, and those of a
 * thread that broke.
 * @param batchOf The files of a piece of the list; those that are not to be read are left out.
 */
export async function readSmallFiles(
  { root, length }: { readonly root: string; readonly length: number },
  batchOf: (start: number, end: number) => readonly Placed[],
  readers: Readers,
  signal: AbortSignal,
  take: Take,
): Promise<Placed[]> {
  const reader = createReader(createGuard);
  const lanes = readers.count * batchesAtOnce;
  const left: Placed[] = [];
  let next = 0;
  const nextBatch = (most: number) => {
    const start = next;
    next = Math.min(length, start + most);
    return batchOf(start, next);
  };
  const taken = (placed: Placed, outcome: ReadOutcome | 'large') => {
    if (outcome === 'large') left.push(placed);
    else take(placed.index, outcome);
  };
  const elsewhere = async () => {
    while (next < length && !signal.aborted) {
      const share = Math.ceil((length - next) / (2 * (lanes + 1)));
      const batch = nextBatch(Math.min(batchSize.most, Math.max(batchSize.least, share)));
      const files = batch.map(({ file }) => file);
      const outcomes = await readers.read(root, files).catch(() => undefined);
      for (const [at, placed] of batch.entries()) taken(placed, outcomes?.[at] ?? 'large');
      if (!outcomes) return;
    }
  };
  const others: Promise<void>[] = [];
  const startOthers = () => {
    if (others.length === 0) for (let lane = 0; lane < lanes; lane++) others.push(elsewhere());
  };
  if (length >= manyFiles) startOthers();
  let spent = 0;
  let began = performance.now();
  while (next < length) {
    for (const placed of nextBatch(ownBatch)) {
      if (performance.now() - began > turn) {
        spent += performance.now() - began;
        if (spent > worthThreads) startOthers();
        await nextTurn();
        signal.throwIfAborted();
        began = performance.now();
      }
      taken(placed, readSmall(reader, root, placed.file));
    }
  }
  await Promise.all(others);
  signal.throwIfAborted();
  return left;
}

/** Rejects when the signal is aborted: a thread that reads a large file knows nothing of it. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

/**
 * Reads files of any size, some at once: this thread, and one in each of the others. A thread that is left over looks into the
 * blocks that this one hashes.
 */
export async function readLargeFiles(
  root: string,
  files: readonly Placed[],
  readers: Readers,
  signal: AbortSignal,
  take: Take,
): Promise<void> {
  const reader = createReader(createGuard, (size) =>
    size < worthSharing ? createGuard() : createGuardBy(readers.refusedContents),
  );
  const queue = [...files];
  const lane = async (read: (file: FileToRead) => Promise<ReadOutcome>) => {
    for (let placed = queue.shift(); placed && !signal.aborted; placed = queue.shift())
      take(placed.index, await read(placed.file));
  };
  const here = (file: FileToRead) => readAny(reader, root, file);
  const elsewhere = (file: FileToRead) => readers.readAny(root, file).catch(() => here(file));
  const own = readers.count === 0 ? largeAtOnce : 1;
  const lanes = [
    ...Array.from({ length: own }, () => lane(here)),
    ...Array.from({ length: readers.count }, () => lane(elsewhere)),
  ];
  if (files.length > 0) await Promise.race([Promise.all(lanes), aborted(signal)]);
  signal.throwIfAborted();
}

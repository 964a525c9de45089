import { hash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FileToRead, Readers, ReadOutcome } from '../sync/readers.ts';
import { refusedContents } from '../sync/refused-contents.ts';

/** What a thread is asked: to read files; or, of bytes that it shares with this one, their MD5 or why they must not be public. */
export type ThreadRequest =
  | {
      readonly root: string;
      readonly files: readonly FileToRead[];
      /** Files of any size, and not only small ones. */
      readonly large: boolean;
    }
  | { readonly toHash: Uint8Array }
  | { readonly toSearch: Uint8Array };

/** One for each file; or the MD5 in hex, or the reason. */
export type ThreadAnswer = readonly (ReadOutcome | 'large')[] | string | undefined;

/** Messages have numbers, because a thread answers large files in any order. */
export interface Numbered<T> {
  readonly id: number;
  readonly content: T;
}

/** Megabytes of a thread's heap: left to itself, V8 lets what is thrown away take 40 before it looks. */
const threadMemory = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 64 };

/** More than these would wait for the disk and for this thread. */
const mostThreads = 3;

// The bundle has the thread in a file of its own beside this one.
const threadFile = join(import.meta.dirname, `reading-thread${extname(import.meta.filename)}`);

interface Waiting {
  readonly resolve: (answer: ThreadAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** @param file The thread's program. */
function startThread(file: string) {
  // Nothing of the environment: it reads files, and needs no secret for that.
  const worker = new Worker(file, { env: {}, execArgv: [], resourceLimits: threadMemory });
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let count = 0;
  let broken: Error | undefined;
  const fail = (error: Error) => {
    broken ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', ({ id, content }: Numbered<ThreadAnswer>) => {
    waiting.get(id)?.resolve(content);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', fail);
  worker.on('messageerror', fail);
  worker.on('exit', () => fail(new Error('The thread has ended.')));
  return {
    waiting: () => waiting.size,
    async ask(content: ThreadRequest): Promise<ThreadAnswer> {
      if (broken) throw broken;
      const id = count++;
      worker.ref();
      worker.postMessage({ id, content } satisfies Numbered<ThreadRequest>);
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    close: () => worker.terminate(),
  };
}

/** Threads, and what is asked of them beside reading. */
interface ReaderThreads extends Readers {
  /** The MD5 of bytes, from a thread where they are in shared memory, so that this one can send others meanwhile. */
  md5(bytes: Buffer): Promise<string>;
  close(): Promise<void>;
}

/** Threads of the cores that this one leaves free. */
export function createReaders(cores = availableParallelism(), file = threadFile): ReaderThreads {
  const count = Math.min(cores - 1, mostThreads);
  const threads: ReturnType<typeof startThread>[] = [];
  let closed = false;
  const isIdle = ({ waiting }: ReturnType<typeof startThread>) => waiting() === 0;
  const isShared = (bytes: Buffer) => bytes.buffer instanceof SharedArrayBuffer;
  const ask = async (request: ThreadRequest) => {
    if (closed) throw new Error('The run is over.');
    if (!threads.some(isIdle) && threads.length < count) threads.push(startThread(file));
    const [first] = threads.toSorted((one, other) => one.waiting() - other.waiting());
    if (!first) throw new Error('This machine has no core for a thread.');
    return first.ask(request);
  };
  return {
    count,
    read: async (root, files) => (await ask({ root, files, large: false })) as readonly (ReadOutcome | 'large')[],
    async readAny(root, file) {
      const [outcome] = (await ask({ root, files: [file], large: true })) as readonly ReadOutcome[];
      return outcome as ReadOutcome;
    },
    async md5(bytes) {
      const here = () => hash('md5', bytes);
      if (count === 0 || !isShared(bytes)) return here();
      return (await ask({ toHash: bytes }).catch(here)) as string;
    },
    refusedContents(bytes) {
      const here = () => refusedContents(bytes);
      const anyIdle = threads.length < count || threads.some(isIdle);
      if (!anyIdle || !isShared(bytes)) return here();
      return ask({ toSearch: bytes }).catch(here) as Promise<string | undefined>;
    },
    async close() {
      closed = true;
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

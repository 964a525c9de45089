import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FileToRead, Readers, ReadOutcome } from '../sync/readers.ts';

export interface ReadRequest {
  readonly id: number;
  readonly root: string;
  readonly files: readonly FileToRead[];
}

interface ReadAnswer {
  readonly id: number;
  readonly outcomes: readonly ReadOutcome[];
}

/** More than these would wait for the disk and for this thread. */
const mostThreads = 3;

// The bundle has the thread in a file of its own beside this one.
const threadFile = join(import.meta.dirname, `reading-thread${extname(import.meta.filename)}`);

interface Waiting {
  readonly resolve: (outcomes: readonly ReadOutcome[]) => void;
  readonly reject: (error: Error) => void;
}

function startThread() {
  // Nothing of the environment: it reads files, and needs no secret for that.
  const worker = new Worker(threadFile, { env: {}, execArgv: [] });
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let count = 0;
  worker.on('message', ({ id, outcomes }: ReadAnswer) => {
    waiting.get(id)?.resolve(outcomes);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  return {
    waiting,
    read(root: string, files: readonly FileToRead[]): Promise<readonly ReadOutcome[]> {
      const id = count++;
      worker.ref();
      worker.postMessage({ id, root, files } satisfies ReadRequest);
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    close: () => worker.terminate(),
  };
}

/** Threads of the cores that this one leaves free. */
export function createReaders(cores = availableParallelism()): Readers & { close(): Promise<void> } {
  const count = Math.min(cores - 1, mostThreads);
  const threads: ReturnType<typeof startThread>[] = [];
  return {
    count,
    read(root, files) {
      const idle = threads.find(({ waiting }) => waiting.size === 0);
      if (!idle && threads.length < count) threads.push(startThread());
      const thread = idle ?? threads.toSorted((one, other) => one.waiting.size - other.waiting.size)[0];
      if (!thread) throw new Error('This machine has no core for a thread.');
      return thread.read(root, files);
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

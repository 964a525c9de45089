import { parentPort } from 'node:worker_threads';
import { createReader } from '../sync/content-reader.ts';
import { createGuard } from '../sync/guard.ts';
import { type ReadOutcome, readAny } from '../sync/readers.ts';
import type { ReadRequest } from './reader-threads.ts';

/** A thread that reads files: it gets batches, and answers each in its turn. reader-threads.ts starts it. */
const reader = createReader(createGuard);

parentPort?.on('message', async ({ id, root, files }: ReadRequest) => {
  const outcomes: ReadOutcome[] = [];
  for (const file of files) outcomes.push(await readAny(reader, root, file));
  parentPort?.postMessage({ id, outcomes });
});

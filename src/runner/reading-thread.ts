import { parentPort } from 'node:worker_threads';
import { createReader } from '../sync/content-reader.ts';
import { createGuard } from '../sync/guard.ts';
import { readAny, readSmall } from '../sync/readers.ts';
import type { ReadAnswer, ReadRequest } from './reader-threads.ts';

/** A thread that reads files: small ones by the batch, and large ones one by one. reader-threads.ts starts it. */
const reader = createReader(createGuard);

parentPort?.on('message', async ({ id, root, files, large }: ReadRequest) => {
  const outcomes = large
    ? await Promise.all(files.map((file) => readAny(reader, root, file)))
    : files.map((file) => readSmall(reader, root, file));
  parentPort?.postMessage({ id, outcomes } satisfies ReadAnswer);
});

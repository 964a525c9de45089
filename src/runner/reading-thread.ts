import { hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { createReader } from '../sync/content-reader.ts';
import { createGuard } from '../sync/guard.ts';
import { readAny, readSmall } from '../sync/readers.ts';
import { refusedContents } from '../sync/refused-contents.ts';
import type { Numbered, ThreadAnswer, ThreadRequest } from './reader-threads.ts';

/** A thread that reads files: small ones by the batch, and large ones one by one. reader-threads.ts starts it. */
const reader = createReader(createGuard);

async function answerTo(request: ThreadRequest): Promise<ThreadAnswer> {
  if ('toHash' in request) return hash('md5', request.toHash);
  if ('toSearch' in request) {
    const { buffer, byteOffset, length } = request.toSearch;
    return refusedContents(Buffer.from(buffer, byteOffset, length));
  }
  const { root, files, large } = request;
  return large
    ? Promise.all(files.map((file) => readAny(reader, root, file)))
    : files.map((file) => readSmall(reader, root, file));
}

parentPort?.on('message', async ({ id, content }: Numbered<ThreadRequest>) => {
  parentPort?.postMessage({ id, content: await answerTo(content) } satisfies Numbered<ThreadAnswer>);
});

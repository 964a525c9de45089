import { hash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Buffers } from '../../lib/buffers.ts';
import { mapLimit } from '../../lib/map-limit.ts';
import type { WeightedSemaphore } from '../../lib/weighted-semaphore.ts';
import type { FileBody } from '../store.ts';
import { changedError } from './store-failures.ts';

/** Files above this go in parts, so that a lost connection costs one part, and memory holds a few of them. */
export const wholeLimit = 16 * 1024 * 1024;
const smallestPart = 16 * 1024 * 1024;
/** Parts of one file that wait at the limiter or are under way. */
const partsAtOnce = 16;

/** Size of the parts of a file, a whole number of MiB, so that there are no more than the vendor takes. */
export function partSizeOf(size: number, mostParts: number): number {
  const needed = Math.ceil(size / mostParts);
  return Math.max(smallestPart, Math.ceil(needed / 2 ** 20) * 2 ** 20);
}

export interface SentPart {
  readonly PartNumber: number;
  readonly ETag: string;
}

/** Sends one part, whose MD5 is given in hex, and returns its ETag as the store wants it back. */
export type SendPart = (number: number, body: Buffer, md5: string) => Promise<string>;

/** The MD5 of bytes, in hex. */
export type Md5 = (bytes: Buffer) => Promise<string>;

/** What parts go through. */
interface PartTools {
  readonly limiter: WeightedSemaphore;
  readonly buffers: Buffers;
  readonly md5: Md5;
}

/** Reads a part by its offset into the beginning of a buffer, as often as it is needed. */
async function readPart(file: string, offset: number, length: number, buffer: Buffer): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { bytesRead } = await handle.read(buffer, 0, length, offset);
    if (bytesRead !== length) throw changedError(file);
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
}

/** Whether a file is the one whose MD5 was taken, as far as its size and time tell. */
export const isAsBefore = (now: Pick<Stats, 'size' | 'mtimeMs'>, { size, modified }: FileBody): boolean =>
  now.size === size && now.mtimeMs === modified;

/** Sends a file in parts, as many at once as the limiter lets through, and makes sure that it was one file all the time. */
export async function sendParts(
  body: FileBody,
  partSize: number,
  { limiter, buffers, md5 }: PartTools,
  sendPart: SendPart,
  signal: AbortSignal,
): Promise<SentPart[]> {
  const offsets = Array.from({ length: Math.ceil(body.size / partSize) }, (_, index) => index * partSize);
  const parts = await mapLimit(offsets, partsAtOnce, signal, async (offset, index) => {
    const length = Math.min(partSize, body.size - offset);
    const send = async (buffer: Buffer) => {
      signal.throwIfAborted();
      const bytes = await readPart(body.file, offset, length, buffer);
      return sendPart(index + 1, bytes, await md5(bytes));
    };
    const ETag = await limiter.run(length, () => buffers.lend(partSize, send));
    return { PartNumber: index + 1, ETag };
  });
  // Parts carry MD5s of their own, which say nothing of a file that changed between two of them.
  if (!isAsBefore(await stat(body.file), body)) throw changedError(body.file);
  return parts;
}

/** The ETag that S3 gives an object of these parts: the MD5 of the parts' MD5s, and their number. */
export async function partsEtag(file: string, size: number, partSize: number): Promise<string> {
  const digests: Buffer[] = [];
  const buffer = Buffer.allocUnsafe(partSize);
  for (let offset = 0; offset < size; offset += partSize) {
    const part = await readPart(file, offset, Math.min(partSize, size - offset), buffer);
    digests.push(hash('md5', part, 'buffer'));
  }
  return `${hash('md5', Buffer.concat(digests))}-${digests.length}`;
}

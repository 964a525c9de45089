import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { tempFolder } from './project.ts';

/** Archives that are small and unpack to much. */
export const mebibyte = 1024 * 1024;

/** Bytes of one kind, as many as wanted, without ever being in memory. */
export function* filler(start: string, bytes: number): Generator<Buffer> {
  yield Buffer.from(start);
  const chunk = Buffer.alloc(mebibyte, ' ');
  for (let left = bytes; left > 0; left -= mebibyte) yield chunk;
}

export interface Member {
  readonly path: string;
  readonly start: string;
  /** Bytes of white space behind it. */
  readonly filler: number;
}

/** Writes an artifact of these members, and returns its path. */
export async function tarOf(members: readonly Member[]): Promise<string> {
  const path = join(tempFolder(), 'artifact.tar.gz');
  const tar = pack();
  const written = pipeline(tar, createGzip(), createWriteStream(path));
  for (const { path: name, start, filler: bytes } of members) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const done = (error?: Error | null) => (error ? reject(error) : resolve());
    const sink = tar.entry({ name, size: Buffer.byteLength(start) + bytes }, done);
    pipeline(Readable.from(filler(start, bytes)), sink).catch(reject);
    await promise;
  }
  tar.finalize();
  await written;
  return path;
}

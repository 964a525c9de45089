import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** How many bytes there were, and their SHA-256 in hex. */
export interface Measured {
  readonly bytes: number;
  readonly sha256: string;
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

/**
 * Reads bytes to their end, into `file` if one is named.
 * @param onBytes Told of each chunk's size before it is written; what it throws ends the reading.
 */
export async function measure(
  content: NodeJS.ReadableStream,
  file?: string,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<Measured> {
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        onBytes(chunk.length);
      } catch (error) {
        return done(error as Error);
      }
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(content, meter, file === undefined ? nowhere() : createWriteStream(file));
  return { bytes, sha256: hash.digest('hex') };
}

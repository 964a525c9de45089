import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { BodyPart, HttpRequest } from '../core/ports.ts';

const sizeOf = async (part: BodyPart): Promise<number> =>
  typeof part === 'object' && 'file' in part ? (await stat(part.file)).size : Buffer.byteLength(part);

async function* bytesOf(parts: readonly BodyPart[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (typeof part === 'object' && 'file' in part) yield* createReadStream(part.file) as AsyncIterable<Uint8Array>;
    else yield Buffer.from(part);
  }
}

/** A body as undici sends it. Parts have their length said, because many hosts take no chunked upload. */
export async function readyBody(
  body: HttpRequest['body'],
): Promise<{ body: string | Uint8Array | Readable | null; headers: Readonly<Record<string, string>> }> {
  if (body === undefined) return { body: null, headers: {} };
  if (typeof body === 'string' || body instanceof Uint8Array) return { body, headers: {} };
  const sizes = await Promise.all(body.map(sizeOf));
  const length = sizes.reduce((sum, size) => sum + size, 0);
  return { body: Readable.from(bytesOf(body)), headers: { 'content-length': String(length) } };
}

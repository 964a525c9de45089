import { hash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { mapLimit } from '../lib/map-limit.ts';
import { changedError } from '../store/s3/store-failures.ts';

/** A file as it is stored, where that is not as it is on disk. */
export interface Compressed {
  readonly file: string;
  readonly size: number;
  readonly modified: number;
  /** Of what is stored, hex. */
  readonly md5: string;
}

const atOnce = 4;

const compress = promisify(gzip);

/** Gzip without a time or a system in it (RFC 1952, 2.3): the same bytes in, the same bytes out. */
export async function gzipped(bytes: Uint8Array): Promise<Buffer> {
  const packed = await compress(bytes, { level: constants.Z_BEST_COMPRESSION });
  packed[9] = 255;
  return packed;
}

export interface CompressRequest {
  readonly path: string;
  /** On disk. */
  readonly file: string;
  /** Hex. */
  readonly md5: string;
}

/**
 * Compresses files into a folder, so that they can be sent as often as needed; null for those that it makes no smaller.
 * @param below Of the file's bytes, as in a GzipRule.
 * @param folder Is made where it is not there.
 */
export async function compressFiles(
  files: readonly CompressRequest[],
  below: number,
  folder: string,
  signal: AbortSignal,
): Promise<Map<string, Compressed | null>> {
  await mkdir(folder, { recursive: true });
  // Most files of a release are there twice, with and without the hash in their names.
  const byContent = [...Map.groupBy(files, ({ md5 }) => md5).values()];
  const done = new Map<string, Compressed | null>();
  await mapLimit(byContent, atOnce, signal, async (same) => {
    const result = await compressFile(same[0] as CompressRequest, below, folder);
    for (const { path } of same) done.set(path, result);
  });
  return done;
}

async function compressFile(
  { path, file, md5 }: CompressRequest,
  below: number,
  folder: string,
): Promise<Compressed | null> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined || hash('md5', bytes) !== md5) throw changedError(path);
  const packed = await gzipped(bytes);
  if (packed.length >= bytes.length * below) return null;
  const target = join(folder, `${md5}.gz`);
  await writeFile(target, packed);
  const { mtimeMs: modified } = await stat(target);
  return { file: target, size: packed.length, modified, md5: hash('md5', packed) };
}

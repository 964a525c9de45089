import { createReadStream } from 'node:fs';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Header, Pack } from 'tar-stream';
import type { ArchiveEntry, UnpackedEntry } from './archive.ts';
import { createHeaderGuard } from './unpack-limits.ts';

async function add(pack: Pack, entry: ArchiveEntry, mtime: Date): Promise<void> {
  const common = { name: entry.path, mtime, uid: 0, gid: 0, uname: '', gname: '' };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const done = (error?: Error | null) => (error ? reject(error) : resolve());
  const begin = (header: Partial<Header>, bytes?: Uint8Array) => {
    const whole = { ...common, ...header };
    const sink = bytes ? pack.entry(whole, Buffer.from(bytes), done) : pack.entry(whole, done);
    sink.on('error', reject);
    return sink;
  };
  const mode = 'executable' in entry && entry.executable ? 0o755 : 0o644;
  if ('target' in entry) begin({ type: 'symlink', mode: 0o777, linkname: entry.target }, new Uint8Array());
  else if ('bytes' in entry) begin({ mode }, entry.bytes);
  else pipeline(createReadStream(entry.file), begin({ mode, size: entry.size })).catch(reject);
  return promise;
}

/**
 * A tar.gz as a stream of bytes.
 * @param time Seconds since the epoch, for every file.
 */
export async function packTar(entries: readonly ArchiveEntry[], time: number): Promise<NodeJS.ReadableStream> {
  const { pack: createPack } = await import('tar-stream');
  const pack = createPack();
  const packed = new PassThrough();
  pipeline(pack, createGzip({ level: 6 }), packed).catch((error) => packed.destroy(error));
  const addAll = async () => {
    for (const entry of entries) await add(pack, entry, new Date(time * 1000));
    pack.finalize();
  };
  addAll().catch((error) => pack.destroy(error));
  return packed;
}

/** The entries of a tar.gz, in their order. */
export async function* unpackTar(path: string): AsyncGenerator<UnpackedEntry> {
  const { extract } = await import('tar-stream');
  const entries = extract();
  const guard = createHeaderGuard();
  pipeline(createReadStream(path), createGunzip(), guard, entries).catch((error) => entries.destroy(error));
  for await (const entry of entries) {
    const { name, type, size } = entry.header;
    guard.expect(type === 'file' ? (size ?? 0) : 0);
    if (type === 'file') yield { path: name, kind: 'file', content: entry as unknown as Readable };
    else {
      entry.resume();
      yield { path: name, kind: type === 'symlink' ? 'link' : 'other' };
    }
  }
}

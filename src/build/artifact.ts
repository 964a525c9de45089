import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import { posix } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Pack } from 'tar-stream';

/** One file of the artifact: where it goes, and where its bytes come from. */
export interface ArtifactEntry {
  readonly path: string;
  readonly executable: boolean;
  readonly from: { readonly file: string } | { readonly bytes: Uint8Array };
}

export interface Artifact {
  readonly path: string;
  /** Hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly files: number;
  /** Entries that were left out, each with the reason. */
  readonly left: readonly string[];
}

/** Where there is no commit to take a time from: the first day that a zip file knows. */
export const fallbackTime = 315_532_800;

/**
 * Whether a file that appeared during a build hook is meant to go along. Databases, keys, dot files and caches are what
 * tools leave behind; `.vite/manifest.json` is the one dot folder that Django needs at run time.
 */
export function isMadeOnPurpose(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.some((part) => part.startsWith('.') && part !== '.vite')) return false;
  return !/\.(sqlite3?|db|pyc|pyo|pem|key|log|tmp)$/i.test(name) && !/^(id_[a-z0-9]+|secret_key.*)$/.test(name);
}

/** A link is kept where it stays inside the artifact. */
function staysInside(path: string, target: string): boolean {
  if (posix.isAbsolute(target) || /^[A-Za-z]:/.test(target)) return false;
  return !posix.normalize(posix.join(posix.dirname(path), target)).startsWith('..');
}

async function addEntry(pack: Pack, entry: ArtifactEntry, mtime: Date): Promise<string | undefined> {
  const common = { name: entry.path, mtime, uid: 0, gid: 0, uname: '', gname: '' };
  const add = (header: object, bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      pack.entry({ ...common, ...header }, Buffer.from(bytes), (error) => (error ? reject(error) : resolve()));
    });
  const mode = entry.executable ? 0o755 : 0o644;
  if ('bytes' in entry.from) {
    await add({ mode }, entry.from.bytes);
    return undefined;
  }
  const stat = await lstat(entry.from.file).catch(() => undefined);
  if (!stat) return `${entry.path}: not in the work tree`;
  if (stat.isSymbolicLink()) {
    const linkname = (await readlink(entry.from.file)).replaceAll('\\', '/');
    if (!staysInside(entry.path, linkname)) return `${entry.path}: a link that leads out of the project`;
    await add({ type: 'symlink', mode: 0o777, linkname }, new Uint8Array());
    return undefined;
  }
  if (!stat.isFile()) return `${entry.path}: not a file`;
  const file = entry.from.file;
  await new Promise<void>((resolve, reject) => {
    const sink = pack.entry({ ...common, mode, size: stat.size }, (error) => (error ? reject(error) : resolve()));
    pipeline(createReadStream(file), sink).catch(reject);
  });
  return undefined;
}

/**
 * Writes a tar.gz that is the same, byte for byte, for the same entries: sorted, one time, no owners.
 * @param time Seconds since the epoch, for every file.
 */
export async function writeArtifact(entries: readonly ArtifactEntry[], time: number, path: string): Promise<Artifact> {
  const { pack: createPack } = await import('tar-stream');
  const pack = createPack();
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const written = pipeline(pack, createGzip({ level: 6 }), meter, createWriteStream(path));
  const left: string[] = [];
  const sorted = entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  try {
    for (const entry of sorted) {
      const reason = await addEntry(pack, entry, new Date(time * 1000));
      if (reason) left.push(reason);
    }
    pack.finalize();
  } catch (error) {
    pack.destroy(error as Error);
    await written.catch(() => undefined);
    throw error;
  }
  await written;
  return { path, sha256: hash.digest('hex'), bytes, files: sorted.length - left.length, left };
}

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, readlink, realpath } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Pack } from 'tar-stream';
import { below } from '../lib/paths.ts';

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

/** What tools leave behind: databases with their journals, keys, generated secrets, byte code, logs. */
export function isLeftover(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  return /\.(sqlite3?|db)(-journal|-wal|-shm)?$|\.(pyc|pyo|pem|key|log|tmp)$|^(id_[a-z0-9]+|secret_key.*)$/i.test(name);
}

/**
 * Whether a file that appeared during a build hook is meant to go along. `.vite/manifest.json` is in the one dot folder
 * that Django needs at run time.
 */
export function isMadeOnPurpose(path: string): boolean {
  return !isLeftover(path) && !path.split('/').some((part) => part.startsWith('.') && part !== '.vite');
}

/**
 * Why a link cannot go along, or undefined. It has to be relative, and what it leads to has to be in the project, also by
 * way of other links; where nothing is there yet, the folder that it would be in.
 */
async function refuseLink(entry: { path: string; file: string }, target: string): Promise<string | undefined> {
  const outside = 'a link that leads out of the project';
  if (posix.isAbsolute(target) || /^[A-Za-z]:/.test(target)) return outside;
  const root = await realpath(entry.file.slice(0, -entry.path.length));
  const folder = `${dirname(entry.file)}/${posix.dirname(target)}`;
  const real = (await resolved(entry.file)) ?? (await resolved(folder));
  if (real !== undefined) return real === root || below(root, real) !== undefined ? undefined : outside;
  const end = posix.normalize(posix.join(posix.dirname(entry.path), target));
  return end === '..' || end.startsWith('../') ? outside : undefined;
}

const resolved = (path: string): Promise<string | undefined> => realpath(path).catch(() => undefined);

async function addEntry(pack: Pack, entry: ArtifactEntry, mtime: Date): Promise<string | undefined> {
  const common = { name: entry.path, mtime, uid: 0, gid: 0, uname: '', gname: '' };
  const add = (header: object, bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      const sink = pack.entry({ ...common, ...header }, Buffer.from(bytes), (error) =>
        error ? reject(error) : resolve(),
      );
      sink.on('error', reject);
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
    const reason = await refuseLink({ path: entry.path, file: entry.from.file }, linkname);
    if (reason) return `${entry.path}: ${reason}`;
    await add({ type: 'symlink', mode: 0o777, linkname }, new Uint8Array());
    return undefined;
  }
  if (stat.isDirectory())
    return `${entry.path}: a submodule that is not checked out; set submodules: true of actions/checkout`;
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

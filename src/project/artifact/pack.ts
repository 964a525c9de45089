import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readlink, realpath } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import type { ArtifactFormat } from '../../core/artifact-format.ts';
import { below } from '../../lib/paths.ts';
import type { ArchiveEntry } from './archive.ts';
import { packTar } from './archive-tar.ts';
import { packZip } from './archive-zip.ts';
import type { Artifact, ArtifactEntry } from './artifact.ts';
import { measure } from './checksum.ts';
import { isSafePath, recordPath } from './record.ts';

export interface PackRequest {
  readonly entries: readonly ArtifactEntry[];
  readonly format: ArtifactFormat;
  /** Seconds since the epoch, for every file. */
  readonly time: number;
  /** Path to write. */
  readonly path: string;
  /** What the artifact says of itself, once the SHA-256 of its files is known. */
  readonly record: (files: Readonly<Record<string, string>>) => Uint8Array;
}

export interface Packed {
  readonly artifact: Artifact;
  /** Entries that were left out, each with the reason. */
  readonly left: readonly string[];
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

/** An entry as the archive takes it, or the reason to leave it out. */
async function inspect({ path, executable, from }: ArtifactEntry): Promise<ArchiveEntry | string> {
  if (path === recordPath) return `${path}: the artifact says there what it is made of`;
  if (!isSafePath(path)) return `${JSON.stringify(path)}: a name that not every system can hold`;
  if ('bytes' in from) return { path, executable, bytes: from.bytes, sha256: hash('sha256', from.bytes) };
  const { file } = from;
  const stat = await lstat(file).catch(() => undefined);
  if (!stat) return `${path}: not in the work tree`;
  if (stat.isSymbolicLink()) {
    const target = (await readlink(file)).replaceAll('\\', '/');
    const reason = await refuseLink({ path, file }, target);
    return reason ? `${path}: ${reason}` : { path, target };
  }
  if (stat.isDirectory())
    return `${path}: a submodule that is not checked out; set submodules: true of actions/checkout`;
  if (!stat.isFile()) return `${path}: not a file`;
  const { sha256 } = await measure(createReadStream(file));
  return { path, executable, file, size: stat.size, sha256 };
}

/**
 * Writes an archive that is the same, byte for byte, for the same entries: sorted, one time, no owners, and first of all the
 * record, so that a reader knows what is to come.
 */
export async function packArtifact(request: PackRequest): Promise<Packed> {
  const sorted = request.entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  const left: string[] = [];
  const found: ArchiveEntry[] = [];
  for (const entry of sorted) {
    const inspected = await inspect(entry);
    if (typeof inspected === 'string') left.push(inspected);
    else found.push(inspected);
  }
  const sums = Object.fromEntries(found.flatMap((entry) => ('sha256' in entry ? [[entry.path, entry.sha256]] : [])));
  const record: ArchiveEntry = { path: recordPath, executable: false, bytes: request.record(sums), sha256: '' };
  const pack = { 'tar.gz': packTar, zip: packZip }[request.format];
  const { bytes, sha256 } = await measure(await pack([record, ...found], request.time), request.path);
  return { artifact: { path: request.path, sha256, bytes, files: found.length }, left };
}

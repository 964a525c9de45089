import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DeployError } from '../../core/errors.ts';
import type { UnpackedEntry } from './archive.ts';
import { unpackTar } from './archive-tar.ts';
import { unpackZip } from './archive-zip.ts';
import type { Artifact } from './artifact.ts';
import { measure } from './checksum.ts';
import { isSafePath, type ReleaseRecord, readRecord, recordPath } from './record.ts';
import { createBudget, OverLimit, readWithin, unpackLimits } from './unpack-limits.ts';

export interface Unpacked {
  readonly artifact: Artifact;
  readonly record: ReleaseRecord;
}

function invalid(path: string, why: string, cause?: unknown): DeployError {
  return new DeployError('ARTIFACT_INVALID', `The artifact ${path} ${why}.`, {
    hint: 'Give the input artifact the file that "command: build" wrote (its output artifact-path), as actions/download-artifact gave it back.',
    cause,
  });
}

/** The archive itself: the path, or the one archive in the folder that actions/download-artifact filled. */
async function findArchive(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw invalid(path, 'is not there');
  if (!found.isDirectory()) return path;
  const archives = (await readdir(path)).filter((name) => /\.(tar\.gz|zip)$/.test(name));
  const [only, ...others] = archives;
  if (only === undefined) throw invalid(path, 'is a folder without a tar.gz or zip in it');
  if (others.length > 0) throw invalid(path, `is a folder with ${archives.length} archives in it`);
  return join(path, only);
}

/** By its first bytes, because names can be changed. */
async function entriesOf(path: string): Promise<AsyncGenerator<UnpackedEntry>> {
  const file = await open(path);
  const { buffer: head } = await file.read(Buffer.alloc(2), 0, 2, 0).finally(() => file.close());
  if (head.toString('latin1') === 'PK') return unpackZip(path);
  if (head.readUInt16BE() === 0x1f8b) return unpackTar(path);
  throw invalid(path, 'is neither a tar.gz nor a zip');
}

async function readFirst(path: string, entries: AsyncGenerator<UnpackedEntry>): Promise<ReleaseRecord> {
  const { value: first } = await entries.next();
  if (first?.path !== recordPath || first.kind !== 'file') throw invalid(path, 'was not made by "command: build"');
  const bytes = await readWithin(first.content, unpackLimits.record, `a ${recordPath}`);
  const { value: record, wrong } = readRecord(bytes.toString('utf8'));
  if (wrong === undefined) return record;
  throw invalid(path, `has a ${recordPath} that this version of the action cannot read: ${wrong}`);
}

/** What is wanted of an artifact: static and media files; the rest is for the host, as it is. */
const isWanted = ({ static: collected, media }: ReleaseRecord, path: string): boolean =>
  [collected?.folder, media?.folder].some((folder) => folder !== undefined && path.startsWith(`${folder}/`));

/**
 * Reads an artifact that another job made, and puts its static and media files below `folder`. No name in it leads anywhere
 * else, no link is made, and every file has the SHA-256 that its record says.
 * @throws DeployError ARTIFACT_INVALID.
 */
export async function unpackArtifact(given: string, folder: (record: ReleaseRecord) => string): Promise<Unpacked> {
  const path = await findArchive(given);
  let entries: AsyncGenerator<UnpackedEntry> | undefined;
  try {
    const budget = createBudget((await stat(path)).size);
    entries = await entriesOf(path);
    const record = await readFirst(path, entries);
    const missing = new Set(Object.keys(record.files));
    for await (const entry of entries) {
      budget.entry();
      if (!isSafePath(entry.path)) throw invalid(path, `has an entry ${JSON.stringify(entry.path)}`);
      if (entry.kind === 'link') continue;
      if (entry.kind !== 'file' || !missing.delete(entry.path))
        throw invalid(path, `has an entry "${entry.path}" that its record does not name`);
      const file = isWanted(record, entry.path) ? join(folder(record), entry.path) : undefined;
      if (file !== undefined) await mkdir(dirname(file), { recursive: true });
      const { sha256 } = await measure(entry.content, file, budget.bytes);
      if (sha256 !== record.files[entry.path])
        throw invalid(path, `has other bytes in "${entry.path}" than its record says`);
    }
    const [lost] = missing;
    if (lost !== undefined) throw invalid(path, `has no "${lost}", which its record names`);
    const whole = await measure(createReadStream(path));
    return { artifact: { path, ...whole, files: Object.keys(record.files).length }, record };
  } catch (error) {
    if (error instanceof DeployError) throw error;
    if (error instanceof OverLimit) throw invalid(path, error.message, error);
    throw invalid(path, `cannot be read: ${error instanceof Error ? error.message : error}`, error);
  } finally {
    await entries?.return(undefined);
  }
}

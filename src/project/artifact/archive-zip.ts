import type { Readable } from 'node:stream';
import type { ArchiveEntry, UnpackedEntry } from './archive.ts';

const fileType = 0o170000;
const linkType = 0o120000;
const regularType = 0o100000;

/** A zip keeps local time without saying where; this is a date whose local fields are those of UTC. */
function plainTime(seconds: number): Date {
  const at = new Date(seconds * 1000);
  return new Date(
    at.getUTCFullYear(),
    at.getUTCMonth(),
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  );
}

/**
 * A zip as a stream of bytes, with modes and links as Unix tools keep them.
 * @param time Seconds since the epoch, for every file.
 */
export async function packZip(entries: readonly ArchiveEntry[], time: number): Promise<NodeJS.ReadableStream> {
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  const common = { mtime: plainTime(time), forceDosTimestamp: true };
  for (const entry of entries) {
    if ('target' in entry) {
      zip.addBuffer(Buffer.from(entry.target), entry.path, { ...common, mode: linkType | 0o777, compress: false });
      continue;
    }
    const mode = regularType | (entry.executable ? 0o755 : 0o644);
    if ('bytes' in entry) zip.addBuffer(Buffer.from(entry.bytes), entry.path, { ...common, mode });
    else zip.addFile(entry.file, entry.path, { ...common, mode });
  }
  // A file that is gone by now is an error of the zip, which its stream does not show.
  zip.on('error', (error) => (zip.outputStream as Readable).destroy(error));
  zip.end();
  return zip.outputStream;
}

/** The entries of a zip, in the order of its directory. */
export async function* unpackZip(path: string): AsyncGenerator<UnpackedEntry> {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const type = (entry.externalFileAttributes >>> 16) & fileType;
      if (type === linkType) yield { path: entry.fileName, kind: 'link' };
      else if (entry.fileName.endsWith('/')) yield { path: entry.fileName, kind: 'other' };
      else yield { path: entry.fileName, kind: 'file', content: await zip.openReadStreamPromise(entry) };
    }
  } finally {
    zip.close();
  }
}

import { Transform } from 'node:stream';
import { formatBytes, formatCount } from '../../lib/text.ts';

const mebibyte = 1024 * 1024;

/** What an artifact may unpack to. All of it holds while the archive is read: what it says of its own sizes is not believed. */
export const unpackLimits = {
  /** Bytes of the record. One of 200,000 files with media has 50 MB. */
  record: 64 * mebibyte,
  /** Entries, links among them. */
  entries: 500_000,
  /** Bytes of a tar between the content of one entry and the next entry: headers and padding. */
  headers: 2 * mebibyte,
  /** Bytes of all files together; up to `small` the ratio is not looked at. */
  bytes: 32 * 1024 * mebibyte,
  small: 256 * mebibyte,
  /** Unpacked bytes for each byte of the archive: text packs 20 to 1, a bomb 1,000 to 1. */
  ratio: 200,
} as const;

/** A limit that an archive goes over; the message completes "The artifact …". */
export class OverLimit extends Error {
  override readonly name = 'OverLimit';
}

/** Counts what comes out of an archive. Both throw OverLimit. */
export interface UnpackBudget {
  entry(): void;
  bytes(count: number): void;
}

/** @param packed Bytes of the archive. */
export function createBudget(packed: number): UnpackBudget {
  const { small, ratio, bytes: most, entries: mostEntries } = unpackLimits;
  const largest = Math.min(most, Math.max(small, packed * ratio));
  let bytes = 0;
  let entries = 0;
  return {
    entry() {
      entries += 1;
      if (entries > mostEntries) throw new OverLimit(`has more than ${formatCount(mostEntries)} entries`);
    },
    bytes(count) {
      bytes += count;
      if (bytes > largest)
        throw new OverLimit(`has ${formatBytes(packed)} and unpacks to more than ${formatBytes(largest)}`);
    },
  };
}

/** Reads bytes to their end, and throws OverLimit as soon as there are more than `most`. */
export async function readWithin(content: AsyncIterable<Buffer>, most: number, what: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > most) throw new OverLimit(`has ${what} that unpacks to more than ${formatBytes(most)}`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/**
 * Passes the bytes of a tar through, and fails on more of them than the entry that was met last and its headers may have. A
 * long name or a pax header is kept in memory by whoever reads a tar, so a bomb can be in one.
 */
export function createHeaderGuard(): Transform & { expect(size: number): void } {
  let left: number = unpackLimits.headers;
  const guard = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      left -= chunk.length;
      if (left >= 0) done(null, chunk);
      else done(new OverLimit(`has headers of more than ${formatBytes(unpackLimits.headers)}`));
    },
  });
  return Object.assign(guard, {
    expect(size: number) {
      left = size + unpackLimits.headers;
    },
  });
}

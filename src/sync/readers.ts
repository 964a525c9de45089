import type { Content, ContentReader } from './content-reader.ts';
import { type Sniffed, sniff } from './sniff.ts';

/** A file to be read. */
export interface FileToRead {
  /** Relative to a folder, with forward slashes. */
  readonly path: string;
  /** The file that a link leads to; undefined for what is no link. */
  readonly target: string | undefined;
  /** Its type depends on its first bytes. */
  readonly sniffs: boolean;
}

/** What a file is. */
export interface FileRead {
  /** Hex. */
  readonly md5: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  readonly sniffed: Sniffed | undefined;
  /** Why it must not be public. */
  readonly reason: string | undefined;
}

/** What came of reading: `none` is no file, and a file that cannot be read has the system's code, such as EACCES. */
export type ReadOutcome = FileRead | 'none' | { readonly code: string };

/** Threads that read files beside this one. */
export interface Readers {
  /** How many there can be; 0 where the machine has no core to spare. */
  readonly count: number;
  /**
   * Reads small files of a folder, one after the other, in the thread that has least to do. The first call of each starts it; it
   * rejects where a thread cannot start, or breaks.
   */
  read(root: string, files: readonly FileToRead[]): Promise<readonly (ReadOutcome | 'large')[]>;
  /** Reads a file of any size in a thread. */
  readAny(root: string, file: FileToRead): Promise<ReadOutcome>;
  /** Why these bytes must not be public; from a thread that has nothing else to do, where there is one and it shares them. */
  refusedContents(bytes: Buffer): string | undefined | Promise<string | undefined>;
}

/** The file on disk. */
export const fileOf = (root: string, { path, target }: Pick<FileToRead, 'path' | 'target'>): string =>
  target ?? `${root}/${path}`;

function outcomeOf(content: Content | undefined, sniffs: boolean): ReadOutcome {
  if (!content) return 'none';
  const { md5, size, modified, head, reason } = content;
  return { md5, size, modified, reason, sniffed: sniffs ? sniff(head) : undefined };
}

const failed = (error: unknown): ReadOutcome => ({ code: (error as NodeJS.ErrnoException).code ?? String(error) });

/** Reads a file at once, if it is small. */
export function readSmall(reader: ContentReader, root: string, file: FileToRead): ReadOutcome | 'large' {
  try {
    const content = reader.readNow(fileOf(root, file));
    return content === 'large' ? content : outcomeOf(content, file.sniffs);
  } catch (error) {
    return failed(error);
  }
}

/** Reads a file of any size. */
export async function readAny(reader: ContentReader, root: string, file: FileToRead): Promise<ReadOutcome> {
  const outcome = readSmall(reader, root, file);
  if (outcome !== 'large') return outcome;
  return reader.readLarge(fileOf(root, file)).then((content) => outcomeOf(content, file.sniffs), failed);
}

import { createHash, hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** What a file is, read once. */
export interface Content {
  /** Hex. */
  readonly md5: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** The first bytes, as many as it takes to tell a type. Valid until the next file is read. */
  readonly head: Buffer;
  /** Why it must not be public. */
  readonly reason: string | undefined;
}

/** Looks at a file's bytes in their order while they are read; answers why the file must not be public, once that is known. */
export type Guard = (bytes: Buffer) => string | undefined;

/** A guard that may look at a block elsewhere, while this thread takes its hash and reads the next one. */
export type BlockGuard = (block: Buffer) => string | undefined | Promise<string | undefined>;

/** Reads files one after the other, through one buffer. */
export interface ContentReader {
  /** A file that fits the buffer, at once; `large` where it does not, undefined where it is no file. */
  readNow(path: string): Content | 'large' | undefined;
  /** A file of any size, in blocks. */
  readLarge(path: string): Promise<Content | undefined>;
}

const blockSize = 1024 * 1024;
const headSize = 4096;
/** So many bytes of the block before are looked at again: what must not be public can begin there. */
const overlap = 4096;

// O_NOFOLLOW: what was a file a moment ago must not be a link to somewhere else now. O_NONBLOCK: a pipe must not wait.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Memory for a block and what is looked at again, which another thread can look into. */
const allocateBlock = () => Buffer.from(new SharedArrayBuffer(overlap + blockSize));

/** What an open file is, and its size as it turned out; read block by block. */
async function digest(handle: FileHandle, guard: BlockGuard): Promise<Omit<Content, 'modified'>> {
  const sum = createHash('md5');
  // The guard looks at one block while the other is read.
  let [block, other] = [allocateBlock(), allocateBlock()];
  let head = Buffer.alloc(0);
  let reason: string | undefined;
  let looking: ReturnType<BlockGuard>;
  let size = 0;
  for (let kept = 0; ; ) {
    const { bytesRead } = await handle.read(block, kept, blockSize, size);
    if (bytesRead === 0) break;
    const end = kept + bytesRead;
    const before = looking;
    looking = guard(block.subarray(0, end));
    const read = block.subarray(kept, end);
    sum.update(read);
    if (size === 0) head = Buffer.from(read.subarray(0, headSize));
    size += bytesRead;
    reason ??= await before;
    kept = Math.min(overlap, end);
    block.copy(other, 0, end - kept, end);
    [block, other] = [other, block];
  }
  reason ??= await looking;
  return { md5: sum.digest('hex'), size, head, reason };
}

/**
 * Small files are read without the thread pool: of 100,000 of them, the way there and back is two thirds of the time.
 * @param createGuard Makes the guard of one file.
 * @param createBlockGuard Makes the guard of one large file of so many bytes.
 */
export function createReader(
  createGuard: () => Guard,
  createBlockGuard: (size: number) => BlockGuard = createGuard,
): ContentReader {
  const buffer = Buffer.allocUnsafe(blockSize);
  return {
    readNow(path) {
      const file = openSync(path, flags);
      try {
        const stat = fstatSync(file);
        if (!stat.isFile()) return undefined;
        if (stat.size >= blockSize) return 'large';
        let size = 0;
        for (;;) {
          const read = readSync(file, buffer, size, blockSize - size, size);
          if (read === 0) break;
          size += read;
          if (size === blockSize) return 'large';
        }
        const bytes = buffer.subarray(0, size);
        const head = bytes.subarray(0, headSize);
        return { md5: hash('md5', bytes), size, modified: stat.mtimeMs, head, reason: createGuard()(bytes) };
      } finally {
        closeSync(file);
      }
    },

    async readLarge(path) {
      const handle = await open(path, flags);
      try {
        const stat = await handle.stat();
        if (!stat.isFile()) return undefined;
        return { ...(await digest(handle, createBlockGuard(stat.size))), modified: stat.mtimeMs };
      } finally {
        await handle.close();
      }
    },
  };
}

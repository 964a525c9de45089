/** Lends buffers and takes them back. */
export interface Buffers {
  /** Runs the work with a buffer of so many bytes, in which anything may stand. */
  lend<T>(size: number, work: (buffer: Buffer) => Promise<T>): Promise<T>;
}

/**
 * Buffers that are used again: what is thrown away stays in memory until the collector comes by, and it does not see
 * what lies outside its heap. Keeps those of the size that was asked for last.
 */
export function createBuffers(): Buffers {
  let free: Buffer[] = [];
  let kept = 0;
  return {
    async lend(size, work) {
      if (size !== kept) free = [];
      kept = size;
      const buffer = free.pop() ?? Buffer.allocUnsafeSlow(size);
      try {
        return await work(buffer);
      } finally {
        if (size === kept) free.push(buffer);
      }
    },
  };
}

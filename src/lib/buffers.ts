/** Lends buffers and takes them back. */
export interface Buffers {
  /** Runs the work with a buffer of at least so many bytes, in which anything may stand. */
  lend<T>(size: number, work: (buffer: Buffer) => Promise<T>): Promise<T>;
}

/** Up to here buffers have the size of the next power of two, so that few kinds serve all; beyond, exactly what is asked for. */
const largestShared = 64 * 1024;

/** In between are few that are alike, and keeping them would be memory for nothing. */
const smallestOwn = 1024 * 1024;

/** Memory of large buffers is shared, so that another thread can look at them. */
const allocate = (size: number): Buffer =>
  size >= smallestOwn ? Buffer.from(new SharedArrayBuffer(size)) : Buffer.allocUnsafeSlow(size);

/**
 * Buffers that are used again: what is thrown away stays in memory until the collector comes by, and it comes by more
 * often. Of large ones only those of the size that was asked for last are kept.
 */
export function createBuffers(): Buffers {
  const shared = new Map<number, Buffer[]>();
  let own: { size: number; free: Buffer[] } = { size: 0, free: [] };

  /** Where buffers of this size come from and go back to; undefined where they are not kept. */
  function shelf(size: number): Buffer[] | undefined {
    if (size > largestShared && size < smallestOwn) return undefined;
    if (size >= smallestOwn) {
      if (own.size !== size) own = { size, free: [] };
      return own.free;
    }
    const free = shared.get(size) ?? [];
    shared.set(size, free);
    return free;
  }

  return {
    async lend(size, work) {
      const capacity = size > largestShared ? size : 2 ** Math.ceil(Math.log2(Math.max(1, size)));
      const free = shelf(capacity);
      const buffer = free?.pop() ?? allocate(capacity);
      try {
        return await work(buffer);
      } finally {
        free?.push(buffer);
      }
    },
  };
}

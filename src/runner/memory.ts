import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/** Bytes of heap up to which V8 may do as it likes: a run with some thousand files stays below. */
const unbounded = 32 * 1024 * 1024;
const everyMilliseconds = 10;

/**
 * Keeps a large heap close to what is in use. Left to itself, V8 lets new objects take 130 MB before it looks what of them
 * is left, and the old ones grow to a multiple; of a run with 100,000 files that is half of the memory. A small heap is
 * left alone, because looking more often takes time.
 */
export function boundMemory(): void {
  const watch = setInterval(() => {
    if (getHeapStatistics().total_heap_size < unbounded) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    setFlagsFromString('--heap-growing-percent=10');
    clearInterval(watch);
  }, everyMilliseconds);
  watch.unref();
}

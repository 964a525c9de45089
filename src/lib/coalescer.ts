/** Work that is only ever done for the newest value: what came in the meantime is left out. */
export interface Coalescer<T> {
  /** Does the work for this value as soon as the one before is done. Returns at once. */
  offer(value: T): void;
  /** Waits until nothing is left to do. */
  settled(): Promise<void>;
}

/** @param work Must not reject. */
export function createCoalescer<T>(work: (value: T) => Promise<void>): Coalescer<T> {
  let next: { readonly value: T } | undefined;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    for (let now = next; now; now = next) {
      next = undefined;
      await work(now.value);
    }
    running = undefined;
  }

  return {
    offer(value) {
      next = { value };
      running ??= run();
    },
    settled: async () => running,
  };
}

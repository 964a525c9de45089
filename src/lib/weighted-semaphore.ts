/** Lets work through, so much at once and no more. */
export interface WeightedSemaphore {
  /** Runs the work when there is room for its weight; what is heavier than all the room runs alone. */
  run<T>(weight: number, work: () => Promise<T>): Promise<T>;
}

/**
 * A gate for a number of works and for the sum of their weights (bytes in memory, say), first come, first served.
 * @param limit Read anew each time, so that it can change.
 * @param onDone Told of each work that succeeded, with its weight.
 */
export function createWeightedSemaphore(
  limit: { readonly value: number },
  room: number,
  onDone: (weight: number) => void = () => undefined,
): WeightedSemaphore {
  let running = 0;
  let taken = 0;
  const waiting: { weight: number; start: () => void }[] = [];
  let first = 0;

  function admit(): void {
    for (let next = waiting[first]; next; next = waiting[first]) {
      if (running >= limit.value || (running > 0 && taken + next.weight > room)) return;
      running += 1;
      taken += next.weight;
      // A queue by its index: shifting an array of 100,000 costs more than the work.
      first += 1;
      if (first > 1_000 && first * 2 > waiting.length) {
        waiting.splice(0, first);
        first = 0;
      }
      next.start();
    }
  }

  return {
    async run(weight, work) {
      await new Promise<void>((start) => {
        waiting.push({ weight, start });
        admit();
      });
      try {
        const result = await work();
        onDone(weight);
        return result;
      } finally {
        running -= 1;
        taken -= weight;
        admit();
      }
    },
  };
}

import type { Clock } from '../../src/core/ports.ts';

/** A clock of one of several runs. `leave` when the run is over. */
export interface RunClock extends Clock {
  leave(): void;
}

/**
 * A time that several runs share, which passes only while all of them sleep: then the one that has to wake first does. What
 * runs do in between, as real requests to an emulator, takes no time.
 */
export function sharedClock(start = Date.parse('2026-03-01T12:00:00Z')): () => RunClock {
  let now = start;
  let runs = 0;
  const sleepers = new Map<object, { readonly at: number; readonly wake: () => void }>();

  function pass(): void {
    if (sleepers.size === 0 || sleepers.size < runs) return;
    const [[who, first] = []] = [...sleepers].sort(([, a], [, b]) => a.at - b.at);
    if (who === undefined || first === undefined) return;
    sleepers.delete(who);
    now = Math.max(now, first.at);
    first.wake();
  }

  return () => {
    const who = {};
    runs += 1;
    return {
      now: () => now,
      sleep: (milliseconds, signal) =>
        new Promise((resolve, reject) => {
          signal.throwIfAborted();
          const abort = () => {
            sleepers.delete(who);
            reject(signal.reason);
          };
          signal.addEventListener('abort', abort, { once: true });
          const wake = () => {
            signal.removeEventListener('abort', abort);
            resolve();
          };
          sleepers.set(who, { at: now + milliseconds, wake });
          pass();
        }),
      leave() {
        runs -= 1;
        pass();
      },
    };
  };
}

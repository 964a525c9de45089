import type { Repeat } from '../lib/repeat.ts';
import { leaseTime } from './lease.ts';

/**
 * Milliseconds after which a lease is stored anew: twice before it ends, so that one failure does no harm, and four times in the
 * five minutes in which DigitalOcean Spaces takes five PUTs of one key.
 */
const renewalTime = (leaseTime * 5) / 12;

/** Stores a lease anew as long as the run exchanges or deletes files, however long that takes over a slow line. */
export function createLeaseKeeper(repeat: Repeat) {
  let stop: (() => void) | undefined;
  let last: Promise<void> = Promise.resolve();
  return {
    /** @param renew Stores the lease; what it rejects with is tried again at the next time. */
    start(renew: () => Promise<void>): void {
      stop?.();
      stop = repeat(renewalTime, () => {
        last = last.then(renew).catch(() => undefined);
      });
    },
    /** Resolves when nothing is being stored any more, so that the lease can be deleted. */
    async end(): Promise<void> {
      stop?.();
      stop = undefined;
      await last;
    },
  };
}

import type { RunOrder } from '../core/run-order.ts';
import { type Note, runOf } from './notes.ts';

/** Milliseconds for which a run may exchange files without saying so again, before it is taken for dead. */
export const leaseTime = 180_000;

/**
 * Tells which leases of others still hold. Clocks of runners can be wrong by years, so no time that a lease names is
 * believed: its age is the time between two PUTs by the store's clock, and from then on what this run's own clock counts.
 */
export function createLeaseWatch(own: RunOrder) {
  const ends = new Map<string, number>();
  return {
    /**
     * @param now Milliseconds by this run's clock.
     * @param mine When this run's own lease was stored, by the store's clock; undefined if it has none.
     */
    holder(notes: Iterable<Note>, now: number, mine: number | undefined): Note | undefined {
      for (const note of notes) {
        const run = runOf(note);
        if (note.kind !== 'lease' || !run) continue;
        // An attempt begins only when the one before it has ended, however it ended.
        if (run.id === own.id && run.attempt <= own.attempt) continue;
        const id = `${note.key} ${note.etag}`;
        const age = mine === undefined ? 0 : Math.max(0, mine - note.lastModified);
        const end = Math.min(ends.get(id) ?? Number.POSITIVE_INFINITY, now + leaseTime - age);
        ends.set(id, end);
        if (now < end) return note;
      }
      return undefined;
    },
  };
}

/** How many things may be done at once, as it is at this moment. */
export interface Limit {
  readonly value: number;
  /** Something is done. `amount` measures it, so that many small and a few large ones compare. */
  done(amount: number, now: number): void;
  /** The other side asks to slow down. */
  slow(now: number): void;
}

export interface LimitRange {
  readonly start: number;
  readonly least: number;
  readonly most: number;
}

/** More at once have to bring at least so much more in the same time, or they are not worth it. */
const worthwhile = 1.1;
const growth = 1.5;
/** Milliseconds after a halving in which answers to requests that were sent before it do not count again. */
const halvingLasts = 1_000;

/**
 * A limit that grows by half while that brings more, halves when the other side asks to slow down, and from there on
 * comes back by a sixteenth (slow start and congestion avoidance as in RFC 5681). `now` is in milliseconds.
 */
export function adaptiveLimit({ start, least, most }: LimitRange, now: number): Limit {
  let value = Math.min(start, most);
  /** Where the other side was content the last time that it complained. */
  let ceiling = most;
  let halved = Number.NEGATIVE_INFINITY;
  let growing = true;
  let rateBefore = 0;
  let round = { since: now, count: 0, amount: 0 };

  function endRound(at: number): void {
    const rate = round.amount / Math.max(1, at - round.since);
    growing = rate >= rateBefore * worthwhile || value > ceiling;
    if (growing) value = Math.min(most, value < ceiling ? Math.ceil(value * growth) : value + Math.ceil(value / 16));
    rateBefore = rate;
    round = { since: at, count: 0, amount: 0 };
  }

  return {
    get value() {
      return value;
    },
    done(amount, at) {
      round.count += 1;
      round.amount += amount;
      // Twice as many as run at once, so that the round before no longer shows.
      if (growing && value < most && round.count >= value * 2) endRound(at);
    },
    slow(at) {
      if (at - halved < halvingLasts) return;
      halved = at;
      value = Math.max(least, Math.floor(value / 2));
      ceiling = value;
      growing = true;
      rateBefore = 0;
      round = { since: at, count: 0, amount: 0 };
    },
  };
}

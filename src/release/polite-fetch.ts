import type { Clock, Http } from '../core/ports.ts';
import { retryAfter } from '../lib/retry-after.ts';
import { type LoadOptions, load, type PageLoad } from './page.ts';

export interface FetchIO {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const mostTries = 10;
/** Milliseconds between two requests, once there was a limit: twice as many after each limit, and slowly fewer again. */
const firstGap = 100;
const longestGap = 1_000;
const shortestGap = 50;
const narrower = 0.95;

/** A server that limits how often it may be asked: how long it wants to be left alone, in milliseconds; undefined if it does not. */
export function limitOf(loaded: PageLoad, now: number): number | undefined {
  if (loaded.kind !== 'page') return undefined;
  const { status, headers } = loaded.response;
  const wait = retryAfter(headers, now);
  if (status === 429) return wait ?? 2_000;
  return status === 503 ? wait : undefined;
}

/** Loads files, and slows down together as soon as a server says that it is asked too often. */
export function politeFetch(io: FetchIO, deadline: number) {
  let gap = 0;
  let next = 0;
  let widenedAt = 0;
  let quietUntil = 0;
  /** Requests that were under way together meet the same limit, which counts once. */
  function widen(began: number, wait: number): void {
    const now = io.clock.now();
    quietUntil = Math.max(quietUntil, now + wait);
    next = Math.max(next, quietUntil);
    if (began <= widenedAt) return;
    widenedAt = now;
    gap = Math.min(longestGap, Math.max(firstGap, gap * 2));
  }
  /** Waits for the next turn; false where it would come too late. */
  async function turn(): Promise<boolean> {
    for (;;) {
      const now = io.clock.now();
      const at = Math.max(now, next);
      if (at >= deadline) return false;
      next = at + gap;
      if (at > now) await io.clock.sleep(at - now, io.signal);
      // Another request may have met a limit in the meantime.
      if (io.clock.now() >= quietUntil) return true;
    }
  }
  /** The answer; `limited` where a limit was all that the server said until the deadline. */
  return async (url: string, options: LoadOptions): Promise<{ loaded: PageLoad | undefined; limited: boolean }> => {
    let loaded: PageLoad | undefined;
    for (let attempt = 1; attempt <= mostTries && (await turn()); attempt++) {
      const began = io.clock.now();
      loaded = await load(io.http, url, options, io.signal);
      const wait = limitOf(loaded, io.clock.now());
      if (wait !== undefined) widen(began, wait);
      else {
        if (gap > shortestGap) gap = Math.max(shortestGap, gap * narrower);
        return { loaded, limited: false };
      }
    }
    return { loaded, limited: true };
  };
}

import type { Clock } from '../core/ports.ts';

export interface RetryPolicy {
  /** Tries in all. */
  readonly attempts: number;
  /** Milliseconds of the first wait, doubled each time; the wait is between half of it and all of it ("equal jitter"). */
  readonly base: number;
  /** The longest wait in milliseconds. */
  readonly cap: number;
  /** Milliseconds since the epoch after which nothing is tried any more. */
  readonly until?: number;
  /** Milliseconds that the failure itself asks for (Retry-After), `true` for the policy's own wait, `false` to give up. */
  readonly again: (error: unknown) => boolean | number;
}

export interface RetryTools {
  readonly clock: Clock;
  readonly random: () => number;
  readonly onRetry?: (error: unknown, attempt: number, wait: number) => void;
}

/** The wait before try `attempt + 1`, in milliseconds: half to all of base * 2^(attempt-1), at most `cap`. */
export function backoff(attempt: number, base: number, cap: number, random: () => number): number {
  return Math.round(Math.min(cap, base * 2 ** (attempt - 1)) * (0.5 + random() / 2));
}

/** Tries `work` until it succeeds, the policy gives up, or the signal is aborted. */
export async function retry<T>(
  work: (attempt: number) => Promise<T>,
  policy: RetryPolicy,
  tools: RetryTools,
  signal: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      const again = !signal.aborted && attempt < policy.attempts && policy.again(error);
      if (again === false) throw error;
      const own = backoff(attempt, policy.base, policy.cap, tools.random);
      const wait = again === true ? own : Math.max(own, again);
      if (policy.until !== undefined && tools.clock.now() + wait >= policy.until) throw error;
      tools.onRetry?.(error, attempt, wait);
      await tools.clock.sleep(wait, signal);
    }
  }
}

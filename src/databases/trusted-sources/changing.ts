import { HttpError } from '../../core/http-error.ts';
import type { Clock } from '../../core/ports.ts';
import { HostAnswerError, type HostIO } from '../../hosts/contract/host.ts';
import { backoff, retry } from '../../lib/retry.ts';
import type { Pending } from './trusted-source.ts';

/** What repeats requests and waits. */
export interface ChangeTools {
  readonly io: HostIO;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Milliseconds for one change, with all its attempts; Azure and Cloud SQL take minutes at times. */
const patience = 5 * 60_000;

/** Statuses after which the same change is asked for again, on what is there then: a conflict, a stale version, a limit, an outage. */
function again(error: unknown): boolean | number {
  if (error instanceof HttpError) return error.failure !== 'tls' && error.failure !== 'blocked';
  if (!(error instanceof HostAnswerError)) return false;
  const { status } = error;
  return (status === 409 || status === 412 || status === 429 || status >= 500) && (error.retryAfter ?? true);
}

/** Asks until the vendor answers, and, where it makes a change later, until that is made. */
export async function persist<T>(work: (io: HostIO) => Promise<T>, { io, clock, random }: ChangeTools): Promise<T> {
  const policy = { attempts: 8, base: 1_000, cap: 20_000, until: clock.now() + patience, again };
  return retry(() => work(io), policy, { clock, random }, io.signal);
}

/** The same for a change. Doing it twice does no harm. */
export async function change(work: (io: HostIO) => Promise<Pending | undefined>, tools: ChangeTools): Promise<void> {
  const { clock, random, io } = tools;
  const until = clock.now() + patience;
  const pending = await persist(work, tools);
  for (let round = 1; pending && !(await persist(pending, tools)); round++) {
    const wait = backoff(round, 1_000, 5_000, random);
    if (clock.now() + wait >= until)
      throw new HostAnswerError(`the change is not made after ${patience / 60_000} minutes`, 504);
    await clock.sleep(wait, io.signal);
  }
}

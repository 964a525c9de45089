import type { Cdn, CdnDefinition, PurgeRequest } from '../cdn/cdn.ts';
import { HttpError } from '../core/http-error.ts';
import { HostAnswerError } from '../hosts/contract/host.ts';
import { retry } from '../lib/retry.ts';
import { formatDuration } from '../lib/text.ts';
import { mayPass } from './host-errors.ts';
import { hostIO } from './host-io.ts';
import type { ReleaseIO } from './release-to-host.ts';

export type PurgeIO = Pick<ReleaseIO, 'http' | 'machine' | 'clock' | 'random' | 'signal' | 'onLine'>;

export interface PurgeJob {
  readonly definition: Pick<CdnDefinition, 'title' | 'right'>;
  readonly cdn: Cdn;
  readonly requests: readonly PurgeRequest[];
  /** Milliseconds since the epoch after which nobody waits any more. */
  readonly deadline: number;
  /** Wait until the CDN says that it is done, where it does. */
  readonly wait: boolean;
}

/** `sent`: the CDN took it and was not asked how it goes on. `waiting`: it was, and was not done at the deadline. */
export type PurgeState = 'sent' | 'done' | 'waiting';

/** The same purge twice at once is refused (409 at DigitalOcean), and is done when it is asked for again. */
const again = (error: unknown): boolean | number => {
  if (error instanceof HostAnswerError && error.retryAfter !== undefined && mayPass(error)) return error.retryAfter;
  return mayPass(error) || (error instanceof HostAnswerError && error.status === 409);
};

const askEvery = 10_000;

/** Why a purge failed and what to do, as sentences. */
export function whyNotPurged(error: unknown, { title, right }: Pick<CdnDefinition, 'title' | 'right'>): string {
  const reason = `${(error as Error).message.replace(/\.+$/, '')}.`;
  if (error instanceof HttpError) return `${reason} Check cdn-api-url, and whether ${title} can be reached from here.`;
  const status = error instanceof HostAnswerError ? error.status : 0;
  if (status === 401) return `${reason} The credential is wrong or was revoked. ${right}`;
  if (status === 403) return `${reason} ${right}`;
  if (status === 404) return `${reason} Check the id in the input cdn.`;
  if (status === 429) return `${reason} It limits how often it may be asked.`;
  return reason;
}

/**
 * Sends every request of a purge, again where the CDN is asked too often or fails for a moment, and waits for its end if
 * asked to. A purge that is sent twice does no harm.
 * @throws HostAnswerError, HttpError, or DeployError for missing credentials.
 */
export async function purge(job: PurgeJob, io: PurgeIO): Promise<PurgeState> {
  const { cdn, definition, requests, deadline } = job;
  const onRetry = (error: unknown, attempt: number, wait: number) =>
    io.onLine(
      `${definition.title}: ${(error as Error).message}; attempt ${attempt} of 5, the next in ${formatDuration(wait)}`,
    );
  const policy = { attempts: 5, base: 2_000, cap: 30_000, until: deadline, again };
  const ids: string[] = [];
  for (const request of requests) {
    const id = await retry(() => cdn.send(request, hostIO(io)), policy, { ...io, onRetry }, io.signal);
    if (id !== undefined) ids.push(id);
  }
  const { isDone } = cdn;
  if (!job.wait || !isDone) return 'sent';
  for (const id of ids) {
    while (!(await retry(() => isDone(id, hostIO(io)), policy, { ...io, onRetry }, io.signal))) {
      if (io.clock.now() + askEvery >= deadline) return 'waiting';
      await io.clock.sleep(askEvery, io.signal);
    }
  }
  return 'done';
}

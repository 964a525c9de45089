import { DeployError } from '../core/errors.ts';
import { HttpError } from '../core/http-error.ts';
import type { Clock, Http } from '../core/ports.ts';
import {
  type Host,
  HostAnswerError,
  type HostIO,
  type HostRelease,
  type HostStatus,
  type ReleaseRequest,
} from '../hosts/contract/host.ts';
import type { HostMachine } from '../hosts/contract/host-io.ts';
import { backoff, retry } from '../lib/retry.ts';
import type { Redactor } from '../lib/secret.ts';
import { Tail } from '../lib/tail.ts';
import { formatDuration } from '../lib/text.ts';

export interface ReleaseIO {
  readonly http: Http;
  readonly machine: HostMachine;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
  /** Told what the host says of its deploy, as soon as it does: id and page are needed most where the deploy fails. */
  readonly onRelease?: (release: HostRelease) => void;
  /** For the last lines of the host's log. */
  readonly redactor: Redactor;
}

/** What the host said in the end. `asked`: it took the request, and tells nothing more. */
export type ReleaseOutcome =
  | { readonly phase: 'asked'; readonly release: HostRelease }
  | { readonly phase: 'live'; readonly release: HostRelease; readonly hostSays: string }
  | { readonly phase: 'superseded'; readonly release: HostRelease; readonly by: string | undefined };

const firstWait = 2_000;
const longestWait = 5_000;
const logEvery = 30_000;
/** Failures of the host's API in a row that are waited out while its deploy runs. */
const mostFailures = 10;
/** Lines of the host's log that an error shows. */
const shownLines = 20;

export const hostIO = (io: Pick<ReleaseIO, 'http' | 'clock' | 'signal' | 'machine'>, signal = io.signal): HostIO => ({
  ...io.machine,
  request: (request) => io.http(request, signal),
  now: () => io.clock.now(),
  run: (command) => io.machine.run(command, signal),
  signal,
});

/** Whether the host surely did nothing with a request to deploy. */
function surelyNotTaken(error: unknown): boolean {
  if (error instanceof HttpError) return !error.sent;
  return error instanceof HostAnswerError && ((error.status >= 300 && error.status < 500) || error.status === 503);
}

const hints: Readonly<Record<number, string>> = {
  401: 'The credential is wrong or was revoked. Make a new one at the host and put it into the secret.',
  403: 'The credential may not deploy this service. Give it that right, or use one that has it.',
  404: 'Nothing is there (any more). Check service, or copy the deploy hook again from the host.',
  429: 'The host limits how often it may be asked. Run the job again in some minutes.',
};

/**
 * A failed request to a host as an error that says what to do; the address is not in it, because a hook's is a secret.
 * @param asked What the host was asked: to deploy, or how its deploy goes. Only a request to deploy that the host surely
 * did not take is HOST_REFUSED; after all others it may be deploying.
 */
export function hostError(
  error: unknown,
  title: string,
  asked: 'deploy' | 'status' | 'service' | 'teardown',
): DeployError {
  if (error instanceof DeployError) return error;
  if (!(error instanceof HostAnswerError || error instanceof HttpError)) throw error;
  const what = {
    deploy: 'did not take the request',
    status: 'does not say how its deploy goes',
    service: 'could not be asked for the service',
    teardown: 'did not take the preview away',
  }[asked];
  const refused = asked === 'service' || asked === 'teardown' || (asked === 'deploy' && surelyNotTaken(error));
  const hint =
    error instanceof HttpError
      ? 'Check deploy-hook or api-url, and whether the host is up.'
      : (hints[error.status] ?? 'Look at the host’s status page and log, and run the job again.');
  return new DeployError(refused ? 'HOST_REFUSED' : 'HOST_UNCLEAR', `${title} ${what}: ${error.message}.`, {
    hint: refused ? hint : `${hint} It may be deploying all the same.`,
    cause: error,
  });
}

/** Only what surely did not start a deploy is asked again: two deploys are worse than an error. */
function againForTrigger(error: unknown): boolean | number {
  if (error instanceof HttpError) return !error.sent;
  if (error instanceof HostAnswerError && (error.status === 429 || error.status === 503))
    return error.retryAfter ?? true;
  return false;
}

export const mayPass = (error: unknown): boolean =>
  error instanceof HttpError || (error instanceof HostAnswerError && (error.status === 429 || error.status >= 500));

/** Asks the host to deploy, and follows its deploy to the end where it tells. */
export async function releaseTo(
  host: Host,
  title: string,
  request: ReleaseRequest,
  deadline: number,
  io: ReleaseIO,
): Promise<ReleaseOutcome> {
  const policy = { attempts: 4, base: 2_000, cap: 30_000, until: deadline, again: againForTrigger };
  const onRetry = (error: unknown, attempt: number, wait: number) =>
    io.onLine(`${title}: ${(error as Error).message}; attempt ${attempt} of 4, the next in ${formatDuration(wait)}`);
  let release: HostRelease;
  try {
    release = await retry(() => host.trigger(request, hostIO(io)), policy, { ...io, onRetry }, io.signal);
  } catch (error) {
    io.signal.throwIfAborted();
    throw hostError(error, title, 'deploy');
  }
  io.onRelease?.(release);
  io.onLine(`${title} took the request${release.id ? ` (${release.id})` : ''}`);
  if (!host.status) return { phase: 'asked', release };
  try {
    return await follow(host, title, release, deadline, io);
  } catch (error) {
    if (io.signal.aborted) await cancel(host, release, io);
    throw error;
  }
}

/** Cancels the host's deploy after the run was cancelled; never fails, because there is nobody left to tell. */
async function cancel(host: Host, release: HostRelease, io: ReleaseIO): Promise<void> {
  try {
    await host.cancel?.(release, hostIO(io, AbortSignal.timeout(5_000)));
  } catch {
    io.onLine('The host did not cancel its deploy.');
  }
}

async function follow(
  host: Host,
  title: string,
  begun: HostRelease,
  deadline: number,
  io: ReleaseIO,
): Promise<ReleaseOutcome> {
  let release = begun;
  let failures = 0;
  let reported = '';
  let unanswered: unknown;
  let logged = io.clock.now();
  for (let round = 1; ; round++) {
    let status: HostStatus | undefined;
    let asked = 0;
    try {
      status = await host.status?.(release, hostIO(io));
      failures = 0;
      unanswered = undefined;
    } catch (error) {
      io.signal.throwIfAborted();
      unanswered = error;
      asked = (error instanceof HostAnswerError && error.retryAfter) || 0;
      // A host that says when to come back is no broken one.
      if (asked === 0) failures += 1;
      if (!mayPass(error) || failures >= mostFailures) throw hostError(error, title, 'status');
    }
    if (status) {
      release = {
        ...release,
        ...(status.id ? { id: status.id } : {}),
        ...(status.logUrl ? { logUrl: status.logUrl } : {}),
      };
      io.onRelease?.(release);
      const outcome = await conclude(host, title, release, status, io);
      if (outcome) return outcome;
      if (wordOf(status) !== reported || io.clock.now() - logged >= logEvery) {
        reported = wordOf(status);
        logged = io.clock.now();
        io.onLine(`${title}: ${reported} (${formatDuration(io.clock.now() - release.startedAt)})`);
      }
    }
    const wait = Math.max(asked, backoff(round, firstWait, longestWait, io.random));
    if (io.clock.now() + wait >= deadline)
      throw await tooLate(host, title, release, { state: reported, unanswered }, io);
    await io.clock.sleep(wait, io.signal);
  }
}

/** The phase, and the host's own word for it where that is another. */
const wordOf = (status: HostStatus): string =>
  'state' in status && status.state && status.state !== status.phase
    ? `${status.phase}, in state ${status.state}`
    : status.phase;

/** The end of a deploy, or undefined while it goes on. */
async function conclude(
  host: Host,
  title: string,
  release: HostRelease,
  status: HostStatus,
  io: ReleaseIO,
): Promise<ReleaseOutcome | undefined> {
  if (status.phase === 'superseded') return { phase: 'superseded', release, by: status.by };
  if (status.phase === 'live') {
    if (status.commit !== undefined && status.commit !== release.sha)
      return { phase: 'superseded', release, by: status.commit };
    const hostSays = `${title} says that ${release.id ?? 'the deploy'} is live${status.commit ? ` with ${status.commit.slice(0, 12)}` : ''}`;
    return { phase: 'live', release: { ...release, ...(status.url ? { url: status.url } : {}) }, hostSays };
  }
  if (status.phase === 'failed' || status.phase === 'cancelled') {
    const wasCancelled = status.phase === 'cancelled';
    const message = `The deploy at ${title} ${wasCancelled ? 'was cancelled' : 'failed'}: ${status.reason}.`;
    const look = release.logUrl ? `The whole log is at ${release.logUrl}` : 'Look at the log of the host.';
    throw new DeployError('HOST_FAILED', message + (await lastLines(host, release, io)), {
      hint: wasCancelled ? `Run the job again if that was not meant. ${look}` : look,
    });
  }
  return undefined;
}

/** The last lines of the host's log as the end of a message, without secrets; empty where there are none. */
async function lastLines(host: Host, release: HostRelease, io: ReleaseIO): Promise<string> {
  const tail = new Tail(shownLines, io.redactor);
  try {
    for await (const line of host.logs?.(release, hostIO(io)) ?? []) tail.push(Buffer.from(`${line}\n`));
  } catch {
    io.signal.throwIfAborted();
  }
  const lines = tail.lines();
  return lines.length > 0 ? [' Its last lines:', ...lines.map((line) => `  ${line}`)].join('\n') : '';
}

/** What is known when nobody waits any longer: the last state, and why there is no newer one. */
async function tooLate(
  host: Host,
  title: string,
  release: HostRelease,
  { state, unanswered }: { readonly state: string; readonly unanswered: unknown },
  io: ReleaseIO,
): Promise<DeployError> {
  const waited = formatDuration(io.clock.now() - release.startedAt);
  const silent = unanswered instanceof Error ? `; its last answer was ${unanswered.message}` : '';
  const message = `The deploy at ${title} is still ${state || 'not to be seen'} after ${waited}${silent}.`;
  return new DeployError('NOT_PROVEN', message + (await lastLines(host, release, io)), {
    hint: `Raise timeout, or look why it takes so long${release.logUrl ? ` at ${release.logUrl}` : ''}.`,
  });
}

import { DeployError } from '../core/errors.ts';
import {
  type Host,
  HostAnswerError,
  type HostRelease,
  type HostStatus,
  type ReleaseRequest,
} from '../hosts/contract/host.ts';
import { reasonOf } from '../hosts/contract/reason.ts';
import { backoff, retry } from '../lib/retry.ts';
import type { Redactor } from '../lib/secret.ts';
import { Tail } from '../lib/tail.ts';
import { formatDuration } from '../lib/text.ts';
import { tracesOnce } from '../lib/traces.ts';
import { againForTrigger, hostError, mayPass } from './host-errors.ts';
import { type HostPorts, hostIO, patientIO } from './host-io.ts';

export interface ReleaseIO extends HostPorts {
  readonly random: () => number;
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
const logEvery = 15_000;
/** Failures of the host's API in a row that are waited out while its deploy runs. */
const mostFailures = 10;
/** Answers in a row that cannot be read, as a page of a proxy is one; what stays so is no answer of the host. */
const mostUnreadable = 3;
/** So long after the request a deploy may not be there yet for another server of the host. */
const unknownTime = 30_000;
/** The last question is asked so long before the deadline. */
const lastQuestion = 2_000;
/** The log of a deploy that ended may take this long, and that of one whose time is up. */
const logTime = 15_000;
const logTimeAfterDeadline = 5_000;
/** Lines of the host's log that an error shows. */
const shownLines = 20;
/** Lines of it that are read for that: the same failure can stand there for many requests. */
const readLines = 200;

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
  const { io: asking, onlyRead } = patientIO(io, deadline);
  try {
    release = await retry(() => host.trigger(request, asking), policy, { ...io, onRetry }, io.signal);
  } catch (error) {
    io.signal.throwIfAborted();
    throw hostError(error, title, onlyRead() ? 'question' : 'deploy');
  }
  io.onRelease?.(release);
  if (!host.status) return { phase: 'asked', release };
  io.onLine(`${title} took the request${release.id ? ` (${release.id})` : ''}`);
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
  const asking = hostIO(io, io.signal, deadline);
  for (let round = 1; ; round++) {
    let status: HostStatus | undefined;
    let asked = 0;
    try {
      status = await host.status?.(release, asking);
      failures = 0;
      unanswered = undefined;
    } catch (error) {
      io.signal.throwIfAborted();
      unanswered = error;
      asked = (error instanceof HostAnswerError && error.retryAfter) || 0;
      // A host that says when to come back is no broken one.
      if (asked === 0) failures += 1;
      const isNew = reported === '' && io.clock.now() - release.startedAt < unknownTime;
      if (failures >= patience(error, isNew)) throw hostError(error, title, 'status');
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
    const left = deadline - lastQuestion - io.clock.now();
    const wait = Math.max(asked, Math.min(left, backoff(round, firstWait, longestWait, io.random)));
    if (left <= 0 || asked > left) throw await tooLate(host, title, release, { state: reported, unanswered }, io);
    await io.clock.sleep(wait, io.signal);
  }
}

/**
 * How many failures in a row there may be of that kind.
 * @param isNew The host was asked just now, and has told nothing of the deploy yet.
 */
function patience(error: unknown, isNew: boolean): number {
  if (mayPass(error)) return mostFailures;
  if (!(error instanceof HostAnswerError)) return 1;
  if (error.status === 404) return isNew ? mostFailures : 1;
  return error.status < 300 ? mostUnreadable : 1;
}

/** The phase, and the host's own word for it where that is another. */
const wordOf = (status: HostStatus): string =>
  'state' in status && status.state && status.state !== status.phase
    ? `${status.phase}, in state ${status.state}`
    : status.phase;

/**
 * Whether what the host made live is the commit that was asked for. Hosts and people cut commits off, and a rollback can ask for
 * the release before, of which only the host knows the commit.
 */
const isCommit = (live: string, asked: string): boolean =>
  live.startsWith(asked) || (live.length >= 7 && asked.startsWith(live));

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
    if (status.commit !== undefined && !isCommit(status.commit, release.sha))
      return { phase: 'superseded', release, by: status.commit };
    const hostSays = `${title} says that ${release.id ?? 'the deploy'} is live${status.commit ? ` with ${status.commit.slice(0, 12)}` : ''}`;
    const told = { ...(status.url ? { url: status.url } : {}), ...(release.sha ? {} : { sha: status.commit ?? '' }) };
    return { phase: 'live', release: { ...release, ...told }, hostSays };
  }
  if (status.phase === 'failed' || status.phase === 'cancelled') {
    const wasCancelled = status.phase === 'cancelled';
    const message = `The deploy at ${title} ${wasCancelled ? 'was cancelled' : 'failed'}: ${reasonOf(status.reason, 'it does not say why')}.`;
    const lines = await lastLines(host, release, io);
    const ownLog = lines === '' ? 'Look at the log of the host.' : 'The host has the whole log.';
    const look = release.logUrl ? `The whole log is at ${release.logUrl}` : ownLog;
    throw new DeployError('HOST_FAILED', message + lines, {
      hint: wasCancelled ? `Run the job again if that was not meant. ${look}` : look,
    });
  }
  return undefined;
}

/** The last lines of the host's log as the end of a message, without secrets; empty where there are none. */
async function lastLines(host: Host, release: HostRelease, io: ReleaseIO, time = logTime): Promise<string> {
  const tail = new Tail(readLines, io.redactor);
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(time)]);
  try {
    for await (const line of host.logs?.(release, hostIO(io, signal)) ?? []) tail.push(Buffer.from(`${line}\n`));
  } catch {
    io.signal.throwIfAborted();
  }
  const lines = tracesOnce(tail.lines()).slice(-shownLines);
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
  return new DeployError('NOT_PROVEN', message + (await lastLines(host, release, io, logTimeAfterDeadline)), {
    hint: `Raise timeout, or look why it takes so long${release.logUrl ? ` at ${release.logUrl}` : ''}.`,
  });
}

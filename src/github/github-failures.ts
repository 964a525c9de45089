import { DeployError } from '../core/errors.ts';
import { retryAfter } from '../lib/retry-after.ts';
import { GitHubError, type Permission } from './github.ts';

/** An answer that is none, as far as it is known. */
export interface FailedAnswer {
  /** Undefined where there was no answer at all. */
  readonly status: number | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** What the answer, or the connection, says. */
  readonly reply: string;
  /** Whether GitHub may have done what it was asked: false only where it is sure that it has not. */
  readonly sent: boolean;
}

/** GitHub asks to wait a minute after a secondary limit that names no time. */
const unnamedWait = 60_000;

/** Milliseconds until GitHub takes requests again, where it is a limit that refused this one. */
export function limitWait({ status, headers, reply }: FailedAnswer, now: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const named = retryAfter(headers, now);
  if (named !== undefined) return named;
  if (headers['x-ratelimit-remaining'] === '0') {
    return Math.max(0, Number(headers['x-ratelimit-reset'] ?? 0) * 1_000 - now);
  }
  return status === 429 || /rate limit/i.test(reply) ? unnamedWait : undefined;
}

/**
 * Whether a request may be made again, and after how many milliseconds. One that creates something is made again only where
 * GitHub has surely not done it: a second comment or deployment is worse than none.
 */
export function mayRepeat(answer: FailedAnswer, creates: boolean, now: number): boolean | number {
  const wait = limitWait(answer, now);
  if (wait !== undefined) return wait;
  if (answer.status === undefined) return !(creates && answer.sent);
  return !creates && answer.status >= 500;
}

const short = (reply: string): string => {
  const plain = /^\s*</.test(reply)
    ? ''
    : reply
        .replace(/\s+-\s+https:\S+$/, '')
        .replace(/\s+/g, ' ')
        .trim();
  return plain.slice(0, 200);
};

/**
 * A failed request as an error that says what it means.
 * @param what The request in words, for example "the list of comments".
 * @param permission What a token needs for it.
 */
export function toGitHubError(
  answer: FailedAnswer,
  what: string,
  permission: Permission | undefined,
  now: number,
  cause: unknown,
): GitHubError {
  const { status, reply } = answer;
  const reason = short(reply);
  const message = `GitHub, ${what}: ${status === undefined ? reason : `HTTP ${status}${reason && ` (${reason})`}`}`;
  const wait = limitWait(answer, now);
  if (wait !== undefined) {
    return new GitHubError('unavailable', `${message}; its limit ends in ${Math.ceil(wait / 1_000)} s`, { cause });
  }
  if (status === 401) return new GitHubError('forbidden', message, { cause });
  if (status === 403 && /\blocked\b/i.test(reply)) return new GitHubError('locked', message, { cause });
  if (status === 403) return new GitHubError('forbidden', message, { permission, cause });
  if (status === 404 || status === 410) return new GitHubError('notFound', message, { cause });
  if (status === 409 || status === 422) return new GitHubError('validation', message, { cause });
  return new GitHubError('unavailable', message, { cause });
}

/**
 * A question to GitHub without whose answer a run cannot go on.
 * @param what That was asked, as half a sentence.
 */
export function githubError(error: unknown, what: string): DeployError {
  if (!(error instanceof GitHubError)) throw error;
  const lines = error.permission ? ` Add to the permissions of the job: ${error.permission}` : '';
  return new DeployError('GITHUB_FAILED', `GitHub does not say ${what}: ${error.message}.`, {
    hint: lines ? lines.trim() : 'Run the job again; https://www.githubstatus.com says whether GitHub is well.',
    cause: error,
  });
}

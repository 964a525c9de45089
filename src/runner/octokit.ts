import type * as ActionsGitHub from '@actions/github';
import { HttpError } from '../core/http-error.ts';
import type { Clock, Http, HttpRequest } from '../core/ports.ts';
import { GitHubError, type Permission } from '../github/github.ts';
import { type FailedAnswer, mayRepeat, toGitHubError } from '../github/github-failures.ts';
import { retry } from '../lib/retry.ts';
import type { Secret } from '../lib/secret.ts';

export interface GitHubOptions {
  readonly token: Secret;
  /** `owner/name`. */
  readonly repository: string;
  /** Base of the API, which a GitHub Enterprise Server has below `/api/v3`. */
  readonly apiUrl: string;
  readonly http: Http;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

type Octokit = ReturnType<typeof ActionsGitHub.getOctokit>;

/** An answer as octokit gives it. */
interface Answer<T> {
  readonly status: number;
  readonly data: T;
  readonly headers: { readonly link?: string | undefined };
}

/** Requests in words, with the permission that they need, so that one that fails says what is missing. */
export interface Asker {
  /** Makes a request, and gives its data. */
  ask<T>(
    what: string,
    permission: Permission | undefined,
    request: (octokit: Octokit) => Promise<Answer<T>>,
  ): Promise<T>;
  /** Asks for page after page of a list while there is one more. */
  pages<T, U>(
    what: string,
    permission: Permission,
    request: (octokit: Octokit, page: { per_page: number; page: number }) => Promise<Answer<T[]>>,
    to: (item: T) => U,
  ): AsyncGenerator<readonly U[]>;
}

/** Milliseconds for one answer; nothing of this is worth more of a deploy's time. */
const timeout = 15_000;
/** Milliseconds after which a request is not made again. A limit that lasts longer than a minute is not waited for. */
const patience = 65_000;
const apiVersion = '2022-11-28';
/** What is sent by POST and may be sent twice: a question, and a state that is the same the second time. */
const repeatable = /\/(graphql|statuses)$/;
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** What octokit asks `fetch` for, as far as it uses it. */
interface FetchOptions {
  readonly method: HttpRequest['method'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** octokit's connection: the action's own client, with its proxy, its limit of time and its guard. */
function fetchBy(http: Http, signal: AbortSignal) {
  return async (url: string, { method, headers, body }: FetchOptions): Promise<Response> => {
    const answer = await http({ method, url, headers, timeout, ...(body === undefined ? {} : { body }) }, signal);
    const empty = answer.status === 204 || answer.status === 205 || answer.status === 304;
    return new Response(empty ? null : Buffer.from(answer.body), { status: answer.status, headers: answer.headers });
  };
}

/** A failed request as octokit throws it, put plainly. */
function answerOf(error: unknown): FailedAnswer {
  const { cause, message, status, response } = error as Error & {
    readonly status?: number;
    readonly response?: { readonly headers: Record<string, string> };
  };
  if (!response)
    return { status: undefined, headers: {}, said: message, sent: !(cause instanceof HttpError) || cause.sent };
  return { status, headers: response.headers, said: message, sent: true };
}

/** An answer of 2xx that is no JSON comes from something between here and GitHub. */
function refuseForeign(response: { status: number; data: unknown }, what: string): void {
  const { status, data } = response;
  if (status < 300 && (status === 204 || (typeof data === 'object' && !(data instanceof ArrayBuffer)))) return;
  throw new GitHubError('unavailable', `GitHub, ${what}: HTTP ${status} with an answer that is not GitHub's`);
}

/** Asks GitHub by octokit, which is loaded with the first request. */
export function createAsker(options: GitHubOptions): Asker {
  const { signal, clock } = options;
  let loading: Promise<Octokit> | undefined;

  async function load(): Promise<Octokit> {
    const { getOctokit } = await import('@actions/github');
    const octokit = getOctokit(options.token.reveal(), {
      baseUrl: options.apiUrl,
      log: silent,
      request: { fetch: fetchBy(options.http, signal) },
    });
    octokit.hook.before('request', ({ headers }) => {
      headers['x-github-api-version'] = apiVersion;
    });
    octokit.hook.wrap('request', (request, parameters) => {
      const creates = parameters.method === 'POST' && !repeatable.test(parameters.url);
      const again = (error: unknown) => mayRepeat(answerOf(error), creates, clock.now());
      const policy = { attempts: 4, base: 1_000, cap: 10_000, until: clock.now() + patience, again };
      return retry(async () => request(parameters), policy, options, signal);
    });
    return octokit;
  }

  const ask: Asker['ask'] = async (what, permission, request) => {
    loading ??= load();
    const octokit = await loading;
    try {
      const response = await request(octokit);
      refuseForeign(response, what);
      return response.data;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof GitHubError) throw error;
      throw toGitHubError(answerOf(error), what, permission, clock.now(), error);
    }
  };

  return {
    ask,
    async *pages(what, permission, request, to) {
      for (let page = 1, more = true; more; page++) {
        const found = await ask(what, permission, async (octokit) => {
          const response = await request(octokit, { per_page: 100, page });
          more = /;\s*rel="next"/.test(response.headers.link ?? '');
          return response;
        });
        yield found.map(to);
      }
    },
  };
}

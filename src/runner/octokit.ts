import type * as ActionsGitHub from '@actions/github';
import * as v from 'valibot';
import { HttpError } from '../core/http-error.ts';
import type { Clock, Http, HttpRequest } from '../core/ports.ts';
import { GitHubError, type Permission } from '../github/github.ts';
import { type FailedAnswer, mayRepeat, toGitHubError } from '../github/github-failures.ts';
import { type Parsed, parseValue } from '../lib/json-shape.ts';
import { retry } from '../lib/retry.ts';
import type { Secret } from '../lib/secret.ts';
import { readPages } from './read-pages.ts';

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

/** An answer as octokit gives it; its data may come from anywhere between here and GitHub. */
interface Answer {
  readonly status: number;
  readonly data: unknown;
  readonly headers: { readonly link?: string | undefined };
}

/** Requests in words, with the permission that they need, so that one that fails says what is missing. */
export interface Asker {
  /** Makes a request, and gives its data as the schema says. */
  ask<Schema extends v.GenericSchema>(
    what: string,
    permission: Permission | undefined,
    schema: Schema,
    request: (octokit: Octokit) => Promise<Answer>,
  ): Promise<Parsed<Schema>>;
  /** Makes a request of whose answer nothing but its success counts. */
  tell(what: string, permission: Permission | undefined, request: (octokit: Octokit) => Promise<Answer>): Promise<void>;
  /** Asks for page after page of a list, to its end. */
  pages<Schema extends v.GenericSchema>(
    what: string,
    permission: Permission,
    item: Schema,
    idOf: (item: Parsed<Schema>) => number,
    request: (octokit: Octokit, page: { per_page: number; page: number }) => Promise<Answer>,
  ): AsyncGenerator<readonly Parsed<Schema>[]>;
}

/** Milliseconds for one answer; nothing of this is worth more of a deploy's time. */
const timeout = 15_000;
/** Milliseconds after which a request is not made again. A limit that lasts longer than a minute is not waited for. */
const patience = 65_000;
/** The largest page that GitHub gives. */
const pageSize = 100;
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
    return { status: undefined, headers: {}, reply: message, sent: !(cause instanceof HttpError) || cause.sent };
  return { status, headers: response.headers, reply: message, sent: true };
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

  async function answer(
    what: string,
    permission: Permission | undefined,
    request: (octokit: Octokit) => Promise<Answer>,
  ): Promise<Answer> {
    loading ??= load();
    const octokit = await loading;
    try {
      const response = await request(octokit);
      refuseForeign(response, what);
      return response;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof GitHubError) throw error;
      throw toGitHubError(answerOf(error), what, permission, clock.now(), error);
    }
  }

  function dataOf<Schema extends v.GenericSchema>({ data }: Answer, schema: Schema, what: string): Parsed<Schema> {
    const { value, wrong } = parseValue(data, schema);
    if (wrong === undefined) return value;
    throw new GitHubError('unavailable', `GitHub, ${what}: the answer is not GitHub's, ${wrong}`);
  }

  return {
    ask: async (what, permission, schema, request) => dataOf(await answer(what, permission, request), schema, what),
    async tell(what, permission, request) {
      await answer(what, permission, request);
    },
    pages(what, permission, item, idOf, request) {
      const list = v.array(item);
      const page = async (number: number) => {
        const given = await answer(what, permission, (octokit) =>
          request(octokit, { per_page: pageSize, page: number }),
        );
        return { items: dataOf(given, list, what) as readonly Parsed<typeof item>[], link: given.headers.link };
      };
      const incomplete = (why: string) => new GitHubError('unavailable', `GitHub, ${what}: it is not complete, ${why}`);
      return readPages(page, pageSize, idOf, incomplete);
    },
  };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from 'openapi-backend';
import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { openApiJudge } from '../openapi.ts';
import { forbidden } from './replies.ts';
import { routes } from './routes.ts';
import { createState, type GitHubState, type TokenRights } from './state.ts';

export const githubToken = 'ghs_token_of_the_emulator';
export const repository = 'octo/site';
/** GitHub's id of it. */
export const repositoryId = '1296269';

export interface GitHubOptions {
  /** `/api/v3`, where a GitHub Enterprise Server has its API. */
  readonly prefix?: string;
  /** Who the token is; the token of a job is this bot. */
  readonly login?: string;
  /** An answer instead of GitHub's own; it can also keep one waiting. */
  readonly fault?: (request: EmulatorRequest) => EmulatorReply | Promise<EmulatorReply> | undefined;
  /** Lists come without the header `Link`, as through some proxies. */
  readonly noLinks?: boolean;
}

export interface GitHubEmulator extends Emulator {
  /** Base of the API. */
  readonly api: string;
  readonly state: GitHubState;
  /** What of the exchanges is not as GitHub's description says. */
  readonly complaints: readonly string[];
}

const file = join(import.meta.dirname, '..', '..', 'fixtures', 'github-api.json');
const judging = openApiJudge(JSON.parse(readFileSync(file, 'utf8')) as Document);

const levels = ['none', 'read', 'write'];
const may = (rights: TokenRights, [scope, level]: readonly [keyof TokenRights, string]): boolean =>
  levels.indexOf(rights[scope]) >= levels.indexOf(level);

/** GitHub's API for one repository, with state, as far as the action uses it. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubEmulator> {
  const { prefix = '', login = 'github-actions[bot]' } = options;
  const judge = await judging;
  const state = createState();
  const complaints: string[] = [];
  const root = `${prefix}/repos/${repository}`;
  const graphql = prefix === '' ? '/graphql' : '/api/graphql';

  function answer(request: EmulatorRequest): { reply: EmulatorReply; described: boolean } {
    const { method, path, headers, body } = request;
    const undescribed = (reply: EmulatorReply) => ({ reply, described: false });
    if (!headers['user-agent']) return undescribed(forbidden('Request forbidden by administrative rules.'));
    if (headers.authorization !== `token ${githubToken}`) {
      return undescribed({ status: 401, body: { message: 'Bad credentials', status: '401' } });
    }
    const url = new URL(path, 'http://github');
    if (method === 'POST' && url.pathname === graphql) {
      const { query } = JSON.parse(body) as { query: string };
      if (query !== '{ viewer { login } }') complaints.push(`GraphQL: ${query}`);
      return undescribed({ status: 200, body: { data: { viewer: { login } } } });
    }
    const below = url.pathname.startsWith(`${root}/`) ? url.pathname.slice(root.length) : '';
    for (const route of routes) {
      const parts = route.method === method ? route.path.exec(below)?.slice(1) : undefined;
      if (!parts) continue;
      if (!may(state.rights, route.needs)) return undescribed(forbidden());
      const base = `${emulator.origin}${root}`;
      const sent = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
      const call = { state, base, login, query: url.searchParams, body: sent, parts: parts.map(decodeURIComponent) };
      const reply = route.answer(call);
      // GitHub refuses more than its description lists for each operation.
      return { reply, described: reply.status !== 403 && reply.status !== 404 };
    }
    return undescribed({ status: 404, body: { message: 'Not Found', status: '404' } });
  }

  const emulator = await startEmulator(async (request) => {
    const fault = options.fault?.(request);
    if (fault) return fault;
    const { reply, described } = answer(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const path = request.path.slice(prefix.length);
    if (!request.path.startsWith(graphql)) {
      if (headers['x-github-api-version'] !== '2022-11-28') complaints.push(`${path}: no version of the API`);
      const status = described ? reply.status : undefined;
      complaints.push(...judge({ ...request, path, headers, status, reply: reply.body }));
    }
    const { body } = reply;
    const type = { 'content-type': 'application/json; charset=utf-8' };
    const { link, ...others } = reply.headers ?? {};
    const kept = link === undefined || options.noLinks ? others : { link, ...others };
    return { ...reply, headers: { ...(body === undefined ? {} : type), ...kept } };
  });
  return Object.assign(emulator, { api: `${emulator.origin}${prefix}`, state, complaints });
}

import * as v from 'valibot';
import { ask, askJson } from '../contract/api.ts';
import {
  type Host,
  HostAnswerError,
  type HostInputs,
  type HostIO,
  type HostRelease,
  type HostStatus,
} from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { authorize } from './hook-auth.ts';
import { readText } from './hook-path.ts';
import { headersOf, send } from './hook-send.ts';
import { fill, type HookRequest } from './hook-template.ts';

/** Options that say which words mean which end. */
export const wordNames = {
  live: 'live-words',
  failed: 'failed-words',
  cancelled: 'cancelled-words',
  superseded: 'superseded-words',
} as const;

export const wordsOf = ({ options }: HostInputs, name: string): string[] =>
  (option(options, name) ?? '')
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter(Boolean);

/** A request about a deploy that was asked for, with the same headers. */
function about(inputs: HostInputs, name: string, request: HookRequest) {
  const { url, authorization } = authorize(
    inputs,
    fill(option(inputs.options, name) ?? '', request, encodeURIComponent),
  );
  return { method: 'GET', url, headers: headersOf(inputs, request, authorization) } as const;
}

async function askStatus(inputs: HostInputs, request: HookRequest, io: HostIO): Promise<HostStatus> {
  const { options } = inputs;
  const what = 'the status at status-url';
  if (request.id === undefined && /\{id\}/.test(`${option(options, 'status-url')}${option(options, 'status')}`)) {
    const place = option(options, 'id') ?? 'deploy.id, deployment.id, job.id or id';
    throw new HostAnswerError(`the answer of the hook has no id at ${place}, and its status is asked for by {id}`, 200);
  }
  const answer = await askJson(io, what, about(inputs, 'status-url', request), v.unknown());
  const at = (name: string): string | undefined => {
    const path = option(options, name);
    if (path === undefined) return undefined;
    try {
      return readText(answer, path, (template) => fill(template, request, (value) => value));
    } catch (error) {
      throw error instanceof HostAnswerError ? new HostAnswerError(`${what}: ${error.message}`, error.status) : error;
    }
  };
  const word = at('status');
  const logUrl = at('log');
  const isInHeader = option(options, 'id')?.startsWith('header:');
  const id = request.id ?? (isInHeader ? undefined : at('id'));
  const known = { ...(logUrl === undefined ? {} : { logUrl }), ...(id === undefined ? {} : { id }) };
  if (word === undefined) return { phase: 'running', state: `without ${option(options, 'status')}`, ...known };
  const is = (name: string) => wordsOf(inputs, name).includes(word.trim().toLowerCase());
  if (is(wordNames.live)) {
    const [commit, url] = [at('commit'), at('url')];
    return { phase: 'live', ...known, ...(commit ? { commit } : {}), ...(url ? { url } : {}) };
  }
  if (is(wordNames.superseded)) return { phase: 'superseded', ...known };
  const reason = at('reason');
  // "failed" is said already where this is the reason of it.
  const ended = reason && /^failed$/i.test(word) ? reason : `its state is ${word}${reason ? `: ${reason}` : ''}`;
  if (is(wordNames.failed)) return { phase: 'failed', reason: ended, ...known };
  if (is(wordNames.cancelled)) return { phase: 'cancelled', reason: ended, ...known };
  return { phase: 'running', state: word, ...known };
}

/** A host that sends a request, and follows what it began where host-options say how. */
export function followed(
  inputs: HostInputs,
  name: string,
  hookOf: (request: HookRequest) => string,
  requestOf: (request: HookRequest) => HookRequest,
): Host {
  // A question about a deploy has the same values as the request that began it.
  let asked: HookRequest | undefined;
  const trigger: Host['trigger'] = (request, io) => {
    asked = requestOf(request);
    return send(inputs, name, hookOf(asked), asked, io);
  };
  if (option(inputs.options, 'status-url') === undefined) return { trigger };
  const requestFor = ({ id, sha }: HostRelease): HookRequest => {
    if (!asked) throw new HostAnswerError('nobody asked for this deploy', 0);
    return { ...asked, sha, id };
  };
  return {
    trigger,
    status: (release, io) => askStatus(inputs, requestFor(release), io),
    ...(option(inputs.options, 'logs-url') === undefined
      ? {}
      : {
          async *logs(release, io) {
            const { body } = await ask(io, 'the log at logs-url', about(inputs, 'logs-url', requestFor(release)));
            yield* new TextDecoder().decode(body).split(/\r?\n/);
          },
        }),
  };
}

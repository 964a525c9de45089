import { createHmac } from 'node:crypto';
import * as v from 'valibot';
import type { Mistake } from '../../core/mistake.ts';
import { safeDecode } from '../../lib/masking/urls.ts';
import { ask, parseJson } from '../contract/api.ts';
import {
  type Host,
  HostAnswerError,
  type HostDefinition,
  type HostInputs,
  type HostIntent,
  type HostIO,
  type HostRelease,
  type Preview,
  type RollbackTarget,
} from '../contract/host.ts';
import { checkCredentialUrl, option } from '../contract/options.ts';
import { headerLine, hookNames, hookOptions, type methods } from './hook-options.ts';
import { checkPlaces, fill, type HookRequest, headerEscape, jsonEscape } from './hook-template.ts';

const signatureHeader = 'x-hub-signature-256';

/** `sha256=<hex of HMAC-SHA256 of the body>`, as GitHub signs its own webhooks, so that receivers' libraries know it. */
function sign(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Why a capability is not there; each has a hook of its own, so that production's is never called for a preview. */
function lacks(capability: 'preview' | 'rollback', { options }: HostInputs): string | undefined {
  const name = `${capability}-hook`;
  if (option(options, name)) return undefined;
  const what = { preview: 'deploys a preview', rollback: 'goes back to an earlier release' }[capability];
  return `no hook ${what}; write one into host-options: "${name}: https://…"`;
}

function check(inputs: HostInputs, intent: HostIntent = 'deploy'): Mistake[] {
  const { options } = inputs;
  const { deployHook } = inputs;
  const mistakes = deployHook ? checkCredentialUrl('deploy-hook', deployHook.reveal()) : [];
  const add = (message: string) => mistakes.push({ input: 'host-options', message });
  const missing = intent === 'deploy' ? undefined : lacks(intent, inputs);
  if (missing) add(missing);
  if (option(options, 'teardown-hook') && !option(options, 'preview-hook'))
    add('teardown-hook takes away what preview-hook made; write preview-hook too');
  const method = option(options, 'method') ?? 'POST';
  const body = option(options, 'body');
  if (method === 'GET' && body !== undefined) add('method GET sends no body; leave out body or write method: POST');
  const hooks = hookNames.map((name) => option(options, name) ?? '');
  for (const message of checkPlaces([body ?? '', ...(options.header ?? []), ...hooks])) add(message);
  if (option(options, 'signature-header') && !option(options, 'signature-secret')) {
    add('signature-header needs signature-secret');
  }
  return mistakes;
}

const idSchema = v.nullish(v.union([v.string(), v.number()]));
const placeSchema = v.nullish(v.object({ id: idSchema }));
/** Where hosts' answers name the id of a deploy. Somebody's own answer may say anything else. */
const answerSchema = v.object({ deploy: placeSchema, deployment: placeSchema, job: placeSchema, id: idSchema });

function answeredId(body: Uint8Array): string | undefined {
  const { output, success } = v.safeParse(answerSchema, parseJson(new TextDecoder().decode(body)));
  const id = success ? (output.deploy?.id ?? output.deployment?.id ?? output.job?.id ?? output.id) : undefined;
  return id === undefined || id === null ? undefined : String(id);
}

/** A URL without the user and password in it, and these as the header that they stand for (RFC 7617). */
function withoutCredentials(address: string): { url: string; headers: Record<string, string> } {
  const url = new URL(address);
  if (url.username === '' && url.password === '') return { url: address, headers: {} };
  const credentials = `${safeDecode(url.username)}:${safeDecode(url.password)}`;
  url.username = '';
  url.password = '';
  return { url: url.href, headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } };
}

/** Sends one request to a hook, which `name` is in errors. */
async function send(
  inputs: HostInputs,
  name: string,
  address: string,
  request: HookRequest,
  io: HostIO,
): Promise<HostRelease> {
  const { options } = inputs;
  const method = (option(options, 'method') ?? 'POST') as (typeof methods)[number];
  const secret = option(options, 'signature-secret');
  const template = option(options, 'body');
  const body = template === undefined ? '' : fill(template, request, jsonEscape);
  const { url, headers } = withoutCredentials(address);
  if (template !== undefined) headers['content-type'] = option(options, 'content-type') ?? 'application/json';
  if (inputs.token) headers.authorization = `Bearer ${inputs.token.reveal()}`;
  for (const line of options.header ?? []) {
    const [, header = '', value = ''] = headerLine.exec(line) ?? [];
    headers[header.toLowerCase()] = fill(value, request, headerEscape);
  }
  if (secret !== undefined) headers[option(options, 'signature-header') ?? signatureHeader] = sign(body, secret);
  const startedAt = io.now();
  const answer = await ask(io, name, { method, url, headers, ...(method === 'GET' ? {} : { body }) });
  const id = answeredId(answer.body);
  return { startedAt, sha: request.sha, ...(id === undefined ? {} : { id }) };
}

function createPreview(inputs: HostInputs, previewHook: string, pullRequest: number): Preview {
  const teardownHook = option(inputs.options, 'teardown-hook');
  const call = (name: string, hook: string, request: HookRequest, io: HostIO) => {
    const asked = { ...request, pullRequest };
    return send(inputs, name, fill(hook, asked, encodeURIComponent), asked, io);
  };
  return {
    trigger: (request, io) => call('the preview hook', previewHook, request, io),
    async destroy(request, io) {
      if (teardownHook === undefined)
        return { outcome: 'left', message: 'host-options has no teardown-hook, so the preview is left to its host' };
      try {
        await call('the teardown hook', teardownHook, request, io);
        return { outcome: 'removed', message: 'the teardown hook took the request' };
      } catch (error) {
        if (!(error instanceof HostAnswerError) || (error.status !== 404 && error.status !== 410)) throw error;
        return { outcome: 'gone', message: `the teardown hook knows no such preview (any more): HTTP ${error.status}` };
      }
    },
  };
}

/** The release to go back to stands in the places of the request; they are empty where it is the one before. */
function createRollback(inputs: HostInputs, rollbackHook: string, to: RollbackTarget | undefined): Host {
  return {
    trigger(request, io) {
      const asked = { ...request, sha: to?.sha ?? '', release: to?.release ?? '', artifact: undefined };
      return send(inputs, 'the rollback hook', fill(rollbackHook, asked, encodeURIComponent), asked, io);
    },
  };
}

/** A deploy hook: one request, and whatever its URL proves afterwards. */
function create(inputs: HostInputs): Host {
  const previewHook = option(inputs.options, 'preview-hook');
  const rollbackHook = option(inputs.options, 'rollback-hook');
  return {
    trigger: (request, io) => send(inputs, 'the deploy hook', inputs.deployHook?.reveal() ?? '', request, io),
    ...(previewHook === undefined ? {} : { preview: (number: number) => createPreview(inputs, previewHook, number) }),
    ...(rollbackHook === undefined
      ? {}
      : { rollback: (to: RollbackTarget | undefined) => createRollback(inputs, rollbackHook, to) }),
  };
}

export const hook = {
  title: 'the deploy hook',
  page: 'hook.md',
  token: { meaning: 'what is sent as `Authorization: Bearer …`', example: 'example' },
  deployHook: { meaning: 'the URL', example: 'https://deploy.example.com/hook?key=example', requiredFor: ['deploy'] },
  options: hookOptions,
  ways: [
    ['deploy-hook', 'url'],
    ['deploy-hook', 'url', 'preview-hook', 'teardown-hook', 'rollback-hook'],
  ],
  matches: ({ deployHook, options }) =>
    deployHook !== undefined || hookNames.some((name) => option(options, name) !== undefined),
  check,
  lacks,
  create,
} as const satisfies HostDefinition;

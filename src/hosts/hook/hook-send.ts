import { createHmac } from 'node:crypto';
import * as v from 'valibot';
import type { HttpResponse } from '../../core/ports.ts';
import { ask, parseJson } from '../contract/api.ts';
import type { HostInputs, HostIO, HostRelease } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { authorize } from './hook-auth.ts';
import { headerLine, type methods } from './hook-options.ts';
import { readText } from './hook-path.ts';
import { fill, type HookRequest, headerEscape, jsonEscape } from './hook-template.ts';

const signatureHeader = 'x-hub-signature-256';

/** `sha256=<hex of HMAC-SHA256 of the body>`, as GitHub signs its own webhooks, so that receivers' libraries know it. */
function sign(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** The headers that every request has. */
export function headersOf(inputs: HostInputs, request: HookRequest, authorization: string | undefined) {
  const headers: Record<string, string> = {};
  if (authorization !== undefined) headers.authorization = authorization;
  for (const line of inputs.options.header ?? []) {
    const [, header = '', value = ''] = headerLine.exec(line) ?? [];
    headers[header.toLowerCase()] = fill(value, request, headerEscape);
  }
  return headers;
}

const idSchema = v.nullish(v.union([v.string(), v.number()]));
const placeSchema = v.nullish(v.object({ id: idSchema }));
/** Where hosts' answers name the id of a deploy. Somebody's own answer may say anything else. */
const answerSchema = v.object({ deploy: placeSchema, deployment: placeSchema, job: placeSchema, id: idSchema });

/** The id where most answers have it. */
function usualId(json: unknown): string | undefined {
  const { output, success } = v.safeParse(answerSchema, json);
  const id = success ? (output.deploy?.id ?? output.deployment?.id ?? output.job?.id ?? output.id) : undefined;
  return id === undefined || id === null ? undefined : String(id);
}

/** An option `header:name` is that header; of an address in it the last part. */
const fromHeader = ({ headers }: HttpResponse, name: string): string | undefined =>
  headers[name.toLowerCase()]?.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1);

/** What the answer to a hook names, by the mapping of host-options. */
function mapped({ options }: HostInputs, answer: HttpResponse, request: HookRequest): { id?: string; url?: string } {
  const json = parseJson(new TextDecoder().decode(answer.body));
  // The deploy began: what its answer does not have, the answer of status-url may have.
  const text = (path: string) => {
    try {
      return readText(json, path, (template) => fill(template, request, (value) => value));
    } catch {
      return undefined;
    }
  };
  const idPath = option(options, 'id');
  const [, header] = /^header:(.+)$/.exec(idPath ?? '') ?? [];
  const id = header ? fromHeader(answer, header) : idPath === undefined ? usualId(json) : text(idPath);
  const urlPath = option(options, 'url');
  const url = urlPath === undefined ? undefined : text(urlPath);
  return { ...(id ? { id } : {}), ...(url ? { url } : {}) };
}

/** Sends one request to a hook, which `name` is in errors. */
export async function send(
  inputs: HostInputs,
  name: string,
  hook: string,
  request: HookRequest,
  io: HostIO,
): Promise<HostRelease> {
  const { options } = inputs;
  const method = (option(options, 'method') ?? 'POST') as (typeof methods)[number];
  const secret = option(options, 'signature-secret');
  const template = option(options, 'body');
  const body = template === undefined ? '' : fill(template, request, jsonEscape);
  const { url, authorization } = authorize(inputs, hook);
  const headers = {
    ...(template === undefined ? {} : { 'content-type': option(options, 'content-type') ?? 'application/json' }),
    ...headersOf(inputs, request, authorization),
    ...(secret === undefined ? {} : { [option(options, 'signature-header') ?? signatureHeader]: sign(body, secret) }),
  };
  const startedAt = io.now();
  const answer = await ask(io, name, { method, url, headers, ...(method === 'GET' ? {} : { body }) });
  return { startedAt, sha: request.sha, ...mapped(inputs, answer, request) };
}

import { createHmac } from 'node:crypto';
import { fillTemplate } from '../lib/text.ts';
import { ask, parseJson } from './api.ts';
import type { Host, HostDefinition, HostInputs, Mistake, ReleaseRequest } from './host.ts';
import { checkCredentialUrl, option } from './options.ts';

const methods = ['POST', 'GET', 'PUT'] as const;
const headerLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/;
const signatureHeader = 'x-hub-signature-256';

/** The values that `{…}` in the body and the headers stands for. */
export function templateValues(request: ReleaseRequest): Record<string, string | undefined> {
  return {
    sha: request.sha,
    release: request.release,
    branch: request.branch ?? '',
    environment: request.environment,
    repository: request.repository,
    'run-url': request.runUrl,
    'artifact-path': request.artifact?.path ?? '',
    'artifact-sha256': request.artifact?.sha256 ?? '',
  };
}

const sample: ReleaseRequest = {
  release: '',
  sha: '',
  branch: '',
  environment: '',
  repository: '',
  runUrl: '',
  artifact: undefined,
};

function fill(template: string, request: ReleaseRequest, encode: (value: string) => string): string {
  const values = templateValues(request);
  const escaped = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value && encode(value)]));
  return fillTemplate(template, escaped).text;
}

const jsonEscape = (value: string) => JSON.stringify(value).slice(1, -1);

/** Headers hold ASCII only; a branch can be called anything. */
const headerEscape = (value: string) => value.replace(/[^\x20-\x7e]/gu, encodeURIComponent);

/** `sha256=<hex of HMAC-SHA256 of the body>`, as GitHub signs its own webhooks, so that receivers' libraries know it. */
export function sign(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

function check(inputs: HostInputs): Mistake[] {
  const mistakes: Mistake[] = [];
  const add = (message: string) => mistakes.push({ input: 'host-options', message });
  if (!inputs.deployHook) {
    mistakes.push({
      input: 'deploy-hook',
      message: `is empty; put the URL into a secret and pass \${{ secrets.DEPLOY_HOOK }}`,
    });
  } else {
    mistakes.push(...checkCredentialUrl('deploy-hook', inputs.deployHook.reveal()));
  }
  const method = option(inputs.options, 'method') ?? 'POST';
  if (!methods.some((known) => known === method)) add(`method "${method}" is none of ${methods.join(', ')}`);
  const body = option(inputs.options, 'body');
  if (method === 'GET' && body !== undefined) add('method GET sends no body; leave out body or write method: POST');
  for (const line of inputs.options.header ?? []) {
    // Without a colon the line may be a secret whose name was forgotten, so it is not quoted.
    const name = line.includes(':') ? ` "${line.split(':')[0]}"` : '';
    if (!headerLine.test(line)) add(`header${name} is not "Name: value"`);
  }
  const templates = [body ?? '', ...(inputs.options.header ?? [])];
  const names = Object.keys(templateValues(sample));
  for (const unknown of templates.flatMap((text) => fillTemplate(text, templateValues(sample)).unknown)) {
    add(`{${unknown}} stands for nothing; there are {${names.join('}, {')}}`);
  }
  if (option(inputs.options, 'signature-header') && !option(inputs.options, 'signature-secret')) {
    add('signature-header needs signature-secret');
  }
  return mistakes;
}

/** The id that an answer names, wherever hosts put it: `deploy.id`, `deployment.id`, `job.id`, `id`. */
function answeredId(json: Record<string, unknown> | undefined): string | undefined {
  const places = [json?.deploy, json?.deployment, json?.job, json];
  for (const place of places) {
    const id = (place as Record<string, unknown> | undefined)?.id;
    if (typeof id === 'string' || typeof id === 'number') return String(id);
  }
  return undefined;
}

/** A deploy hook: one request, and whatever its URL proves afterwards. */
function create(inputs: HostInputs): Host {
  const { options } = inputs;
  const method = (option(options, 'method') ?? 'POST') as (typeof methods)[number];
  const secret = option(options, 'signature-secret');
  return {
    async trigger(request, io) {
      const url = inputs.deployHook?.reveal() ?? '';
      const template = option(options, 'body');
      const body = template === undefined ? '' : fill(template, request, jsonEscape);
      const headers: Record<string, string> = {};
      if (template !== undefined) headers['content-type'] = option(options, 'content-type') ?? 'application/json';
      if (inputs.token) headers.authorization = `Bearer ${inputs.token.reveal()}`;
      for (const line of options.header ?? []) {
        const [, name = '', value = ''] = headerLine.exec(line) ?? [];
        headers[name.toLowerCase()] = fill(value, request, headerEscape);
      }
      if (secret !== undefined) headers[option(options, 'signature-header') ?? signatureHeader] = sign(body, secret);
      const startedAt = io.now();
      const answer = await ask(io, 'the deploy hook', { method, url, headers, ...(method === 'GET' ? {} : { body }) });
      const json = parseJson(new TextDecoder().decode(answer.body));
      const id = answeredId(json);
      return { startedAt, sha: request.sha, ...(id === undefined ? {} : { id }) };
    },
  };
}

export const hook: HostDefinition = {
  title: 'the deploy hook',
  options: ['method', 'body', 'content-type', 'header', 'signature-secret', 'signature-header'],
  matches: (inputs) => inputs.deployHook !== undefined,
  check,
  secrets: ({ options }) => [
    ...(options['signature-secret'] ?? []),
    ...(options.header ?? []).map((line) => headerLine.exec(line)?.[2] ?? ''),
  ],
  create,
};

import type { HostOption } from '../contract/host-option.ts';
import { parsePath } from './hook-path.ts';
import { fixedParts, hookUrlMistake } from './hook-template.ts';

export const methods = ['POST', 'GET', 'PUT'] as const;
/** Options that are URLs of hooks of their own. */
export const hookNames = ['preview-hook', 'teardown-hook', 'rollback-hook'] as const;
/** A line of the option `header`. */
export const headerLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/;

/** Without a colon the line may be a secret whose name was forgotten, so it is not quoted. */
function headerMistake(line: string): string | undefined {
  if (headerLine.test(line)) return undefined;
  return line.includes(':') ? `"${line.split(':')[0]}" is not "Name: value"` : 'is not "Name: value"';
}

const hookOption = (name: (typeof hookNames)[number], example: string, meaning: string): HostOption => ({
  name,
  example,
  meaning,
  secret: (template) => [template, fixedParts(template)],
  check: hookUrlMistake,
});

/** A URL that a question about a deploy goes to: its address can be shown, what its query holds may be a key. */
const questionOption = (name: string, example: string, meaning: string): HostOption => ({
  name,
  example,
  meaning,
  secret: (template) => [...new URLSearchParams(template.split('?')[1] ?? '').values()].filter(isFixed),
  check: hookUrlMistake,
});

const isFixed = (value: string): boolean => !value.includes('{') && value.length >= 16;

/** Where something is in an answer. */
const pathOption = (name: string, example: string, meaning: string): HostOption => ({
  name,
  example,
  meaning,
  check: (path) =>
    parsePath(path) || (name === 'id' && /^header:[\w-]+$/.test(path))
      ? undefined
      : `"${path}" is not a path into JSON; write it like data.state, items[0].state or items[name={id}].state`,
});

const wordsOption = (name: string, example: string, meaning: string): HostOption => ({ name, example, meaning });

/** How the answers of the hook and of a question about its deploy are read. */
const mappingOptions: readonly HostOption[] = [
  pathOption(
    'id',
    'deployment.id',
    'where the answer of the hook, or that of `status-url`, has the id of the deploy; `header:location` is the end of the address in that header. Where absent, `deploy.id`, `deployment.id`, `job.id` or `id`',
  ),
  questionOption(
    'status-url',
    'https://deploy.example.com/deployments/{id}',
    'is asked how the deploy goes, until it ended; `{id}` is the id',
  ),
  pathOption('status', 'data.state', 'where that answer has the word for the state'),
  wordsOption('live-words', 'ready, success', 'words that mean that the deploy is live'),
  wordsOption('failed-words', 'error, failed', 'words that mean that it failed; every other word is running'),
  wordsOption('cancelled-words', 'cancelled, aborted', 'words that mean that somebody cancelled it'),
  wordsOption('superseded-words', 'superseded', 'words that mean that a newer deploy took its place'),
  pathOption(
    'commit',
    'data.commit',
    'where that answer has the commit that is live; another one than ours is never called live',
  ),
  pathOption('reason', 'data.message', 'where it says why it failed'),
  pathOption('log', 'data.log_url', 'where it has the address of a page with the log'),
  questionOption(
    'logs-url',
    'https://deploy.example.com/deployments/{id}/log',
    'answers with the log as text; its last lines are shown where the deploy failed',
  ),
  pathOption('url', 'data.url', 'where the answer of the hook or of the question has the public URL'),
];

export const hookOptions: readonly HostOption[] = [
  { name: 'method', example: 'GET', meaning: '`POST`, `GET` or `PUT`; `POST` where absent', choices: methods },
  { name: 'body', example: '{"sha": "{sha}"}', meaning: 'what is sent' },
  { name: 'content-type', example: 'text/plain', meaning: 'its type; `application/json` where absent' },
  {
    name: 'signature-secret',
    example: `\${{ secrets.HOOK_SECRET }}`,
    meaning: 'signs the body with HMAC-SHA256',
    secret: true,
  },
  {
    name: 'signature-header',
    example: 'X-Signature',
    meaning:
      'header of the signature; `X-Hub-Signature-256` where absent, `sha256=<hex>` as GitHub’s own webhooks have it',
  },
  {
    name: 'header',
    example: 'X-Name: value',
    meaning: 'a header',
    repeatable: true,
    secret: (line) => [headerLine.exec(line)?.[2] ?? ''],
    check: headerMistake,
  },
  hookOption(
    'preview-hook',
    'https://deploy.example.com/preview/{pr}',
    'deploys the [preview](#previews-of-pull-requests) of a pull request',
  ),
  hookOption('teardown-hook', 'https://deploy.example.com/teardown/{pr}', 'takes it away'),
  hookOption('rollback-hook', 'https://deploy.example.com/rollback', '[goes back](#rollback) to an earlier release'),
  ...mappingOptions,
];

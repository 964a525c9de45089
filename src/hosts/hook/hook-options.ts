import type { HostOption } from '../contract/host-option.ts';
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

export const hookOptions: readonly HostOption[] = [
  { name: 'method', example: 'GET', meaning: '`POST`, `GET` or `PUT`; `POST` where absent', choices: methods },
  { name: 'body', example: '{"ref": "{sha}"}', meaning: 'what is sent' },
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
];

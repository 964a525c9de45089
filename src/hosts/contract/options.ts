import type { Mistake } from '../../core/mistake.ts';
import { isLoopback } from '../../lib/loopback.ts';
import type { HostDefinition, HostInputs, HostOptions } from './host.ts';
import type { HostOption } from './host-option.ts';

/** A header as a line: name, then value. */
const headerLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x20-\x7e]+)$/;

/** Headers by name, in lower case, that the proof sends to the site itself: a password, or what lets it past a firewall. */
export function proofRequestHeaders(options: HostOptions): Record<string, string> {
  const lines = (options['proof-request-header'] ?? []).map((line) => headerLine.exec(line));
  return Object.fromEntries(lines.flatMap((match) => (match ? [[match[1]?.toLowerCase(), match[2]?.trim()]] : [])));
}

/** The line is a secret; only its name may be quoted. */
function headerMistake(line: string): string | undefined {
  const name = line.includes(':') ? ` "${line.split(':')[0]}"` : '';
  return headerLine.test(line) ? undefined : `${name} is not "Name: value" in plain ASCII`.trimStart();
}

/** Options that every host has. */
export const commonOptions: readonly HostOption[] = [
  {
    name: 'proof-header',
    example: 'X-Release',
    meaning: 'header that shows the commit or the release, see [proof](../proof.md)',
  },
  {
    name: 'proof-path',
    example: '/version',
    meaning: 'page that shows the commit or the release',
    check: (value) => (value.startsWith('/') ? undefined : `"${value}" does not start with /`),
  },
  {
    name: 'proof-body',
    example: 'build {short-sha}',
    meaning: 'what the page shows: `{sha}`, `{short-sha}` or `{release}` with text around it, or `true`',
    check: (value) =>
      value === 'true' || /\{(sha|short-sha|release)\}/.test(value)
        ? undefined
        : 'is the same in every release; write {sha}, {short-sha} or {release} where the page shows it, or true',
  },
  {
    name: 'proof-request-header',
    example: 'Authorization: Basic example',
    meaning: 'a header that the proof sends to the site itself: a password, or what lets it past a firewall',
    repeatable: true,
    secret: (line) => [headerLine.exec(line)?.[2] ?? ''],
    check: headerMistake,
  },
  {
    name: 'preview-url',
    example: 'https://pr-{pr}.example.com',
    meaning: 'address of the preview, where the host cannot tell it; `{pr}` is the number',
    check: (value) =>
      value.includes('{pr}') && URL.canParse(value.replaceAll('{pr}', '1'))
        ? undefined
        : `"${value}" is the same for every pull request; write it like https://pr-{pr}.example.com`,
  },
  {
    name: 'api-url',
    example: 'https://proxy.example.com',
    meaning: 'another address of the host’s API: your own installation, a proxy',
    check: (value) => checkCredentialUrl('host-options', value)[0]?.message,
  },
];

/**
 * Options of other parts of the step, which `host-options` may hold whatever the host is; the docs of those parts explain
 * them.
 */
const stepOptions: readonly HostOption[] = [
  {
    name: 'cdn-api-url',
    example: 'https://proxy.example.com',
    meaning: 'another address of the API of the CDN: a proxy',
    check: (value) => checkCredentialUrl('host-options', value)[0]?.message,
  },
  {
    name: 'cdn-wait',
    example: 'true',
    meaning: 'wait until CloudFront says that the purge is done',
    choices: ['true', 'false'],
  },
];

/** Every option of a host: its own, then the common ones that it does not say itself. */
export function optionsOf({ options }: Pick<HostDefinition, 'options'>): readonly HostOption[] {
  const own = new Set(options.map(({ name }) => name));
  return [...options, ...commonOptions.filter(({ name }) => !own.has(name))];
}

/** The first value of an option. */
export function option(options: HostOptions, name: string): string | undefined {
  return options[name]?.[0];
}

/** Mistakes in a URL that a credential is sent to: it must be https, or plain http on this machine. */
export function checkCredentialUrl(input: string, value: string): Mistake[] {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    return [{ input, message: 'is not a URL; it starts with https://' }];
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return [{ input, message: 'uses plain http, which shows the credential to everyone on the way; write https://' }];
  }
  return [];
}

/** What is wrong with the values of one option. */
function checkValues(option: HostOption, values: readonly string[]): string[] {
  const { name, required, repeatable, choices, check } = option;
  if (values.length === 0) return required ? [`${name} is missing; write "${name}: ${option.example}"`] : [];
  if (values.length > 1 && !repeatable) return [`${name} is on ${values.length} lines; leave one of them`];
  return values.flatMap((value) => {
    if (choices && !choices.includes(value)) return `${name} "${value}" is not one of ${choices.join(', ')}`;
    const problem = check?.(value);
    return problem === undefined ? [] : `${name} ${problem}`;
  });
}

/** Mistakes in the options of a host: names that it does not have, values that they cannot have, and missing ones. */
export function checkOptions(inputs: HostInputs, definition: Pick<HostDefinition, 'title' | 'options'>): Mistake[] {
  const known = optionsOf(definition);
  const names = known.map(({ name }) => name);
  const all = [...names, ...stepOptions.map(({ name }) => name)];
  const unknown = Object.keys(inputs.options).filter((name) => !all.includes(name));
  const messages = unknown.map((name) => `${definition.title} has no option "${name}"; it has ${names.join(', ')}`);
  messages.push(...known.flatMap((one) => checkValues(one, inputs.options[one.name] ?? [])));
  return messages.map((message) => ({ input: 'host-options', message }));
}

/** Mistakes in the options that belong to no host. */
export function checkStepOptions(options: HostOptions): Mistake[] {
  const messages = stepOptions.flatMap((one) => checkValues(one, options[one.name] ?? []));
  return messages.map((message) => ({ input: 'host-options', message }));
}

/** `api-url` of the options, or the host's own; a bare origin gets the path of the host's own. */
export function apiUrl(options: HostOptions, standard: string): string {
  const given = option(options, 'api-url');
  if (given === undefined) return standard;
  const url = new URL(given);
  const path = url.pathname === '/' ? new URL(standard).pathname : url.pathname;
  return url.origin + path.replace(/\/$/, '');
}

import type { Mistake } from '../../core/mistake.ts';
import { isLoopback } from '../../lib/loopback.ts';
import type { HostInputs, HostOptions } from './host.ts';

/** Names that `host-options` may hold for every host. */
const commonOptions = ['proof-header', 'proof-path', 'proof-body', 'proof-request-header', 'preview-url'] as const;
const headerLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x20-\x7e]+)$/;

/** Headers by name, in lower case, that the proof sends to the site itself: a password, or what lets it past a firewall. */
export function proofRequestHeaders(options: HostOptions): Record<string, string> {
  const lines = (options['proof-request-header'] ?? []).map((line) => headerLine.exec(line));
  return Object.fromEntries(lines.flatMap((match) => (match ? [[match[1]?.toLowerCase(), match[2]?.trim()]] : [])));
}

/** Values of the common options that must never be shown: those headers, and user and password in them. */
export function secretOptions(options: HostOptions): string[] {
  return Object.values(proofRequestHeaders(options)).flatMap((value) => {
    const [, token] = /^(?:basic|bearer|token)\s+(.+)$/i.exec(value) ?? [];
    if (token === undefined) return [value];
    const [, password = ''] = /^basic/i.test(value)
      ? (/^[^:]*:(.*)$/s.exec(Buffer.from(token, 'base64').toString()) ?? [])
      : [];
    return [value, token, password].filter((one) => one !== '');
  });
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

/** Mistakes in the options of a host: names that it does not have, and common ones that could prove nothing. */
export function checkOptions(inputs: HostInputs, title: string, names: readonly string[]): Mistake[] {
  const known = [...names, ...commonOptions];
  const unknown = Object.keys(inputs.options).filter((name) => !known.includes(name));
  const messages = unknown.map((name) => `${title} has no option "${name}"; it has ${known.join(', ')}`);
  const path = option(inputs.options, 'proof-path');
  if (path !== undefined && !path.startsWith('/')) messages.push(`proof-path "${path}" does not start with /`);
  const body = option(inputs.options, 'proof-body');
  if (body !== undefined && body !== 'true' && !/\{(sha|short-sha|release)\}/.test(body)) {
    messages.push(
      'proof-body is the same in every release; write {sha}, {short-sha} or {release} where the page shows it, or true',
    );
  }
  for (const line of inputs.options['proof-request-header'] ?? []) {
    // The line is a secret; only its name may be quoted.
    const name = line.includes(':') ? ` "${line.split(':')[0]}"` : '';
    if (!headerLine.test(line)) messages.push(`proof-request-header${name} is not "Name: value" in plain ASCII`);
  }
  const preview = option(inputs.options, 'preview-url');
  if (preview !== undefined && !(preview.includes('{pr}') && URL.canParse(preview.replaceAll('{pr}', '1')))) {
    messages.push(
      `preview-url "${preview}" is the same for every pull request; write it like https://pr-{pr}.example.com`,
    );
  }
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

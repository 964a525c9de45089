import type { Mistake } from '../../core/mistake.ts';
import { isLoopback } from '../../lib/loopback.ts';
import type { HostInputs, HostOptions } from './host.ts';

/** Names that `host-options` may hold for every host. */
const commonOptions = ['proof-header', 'proof-path', 'proof-body', 'preview-url'] as const;

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

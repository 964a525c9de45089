import { fillTemplate } from '../../lib/text.ts';
import type { ReleaseRequest } from '../contract/host.ts';
import { checkCredentialUrl } from '../contract/options.ts';

/** What a request of a hook is about: the release, in pull requests their number, and the id that the hook answered with. */
export type HookRequest = ReleaseRequest & { readonly pullRequest?: number; readonly id?: string | undefined };

/** The values that `{…}` in URLs, the body and the headers stands for. */
function templateValues(request: HookRequest): Record<string, string> {
  return {
    sha: request.sha,
    release: request.release,
    branch: request.branch ?? '',
    environment: request.environment,
    pr: String(request.pullRequest ?? ''),
    repository: request.repository,
    'run-url': request.runUrl,
    'database-url': request.databaseUrl ?? '',
    'artifact-path': request.artifact?.path ?? '',
    'artifact-sha256': request.artifact?.sha256 ?? '',
    ...(request.id === undefined ? {} : { id: request.id }),
  };
}

const sample: HookRequest = {
  release: '',
  sha: '',
  branch: '',
  environment: '',
  repository: '',
  runUrl: '',
  variables: {},
  artifact: undefined,
};

/** Fills the places of a template with values that are escaped for where they stand. */
export function fill(template: string, request: HookRequest, encode: (value: string) => string): string {
  const escaped = Object.entries(templateValues(request)).map(([name, value]) => [name, encode(value)]);
  return fillTemplate(template, Object.fromEntries(escaped)).text;
}

export const jsonEscape = (value: string): string => JSON.stringify(value).slice(1, -1);

/** Headers hold ASCII only; a branch can be called anything. */
export const headerEscape = (value: string): string => value.replace(/[^\x20-\x7e]/gu, encodeURIComponent);

/** What is wrong with the places of templates; `{id}` is there once the hook has answered. */
export function checkPlaces(templates: readonly string[], answered = false): string[] {
  const values = templateValues(answered ? { ...sample, id: '' } : sample);
  const unknown = templates.flatMap((text) => fillTemplate(text, values).unknown);
  return unknown.map((name) => `{${name}} stands for nothing; there are {${Object.keys(values).join('}, {')}}`);
}

const place = /\{[a-z][a-z0-9-]*\}/g;

/** The server that the request goes to where every place but the number of the pull request has that value. */
function serverOf(template: string, value: string): string | undefined {
  const url = template.replace(place, (found) => (found === '{pr}' ? '1' : value));
  return URL.canParse(url) ? new URL(url).host : undefined;
}

/**
 * What is wrong with a hook's URL that may have places in it. Its credential goes to the server that was written and no
 * other.
 */
export function hookUrlMistake(template: string): string | undefined {
  if (serverOf(template, '1') !== serverOf(template, '2'))
    return 'has a place in its host, which may have {pr} alone; put the others into the path';
  return checkCredentialUrl('host-options', template.replace(place, '1'))[0]?.message;
}

/**
 * The URL without its places, so that each fixed part of it is a part of its own: a number in the middle of a token must not
 * keep either half of the token from being masked.
 */
export function fixedParts(template: string): string {
  const path = /^[^/?#]*(\/\/[^/?#]*)?/.exec(template)?.[0].length ?? 0;
  const query = template.includes('?') ? template.indexOf('?') : template.length;
  return template.replace(place, (_found, at: number) => (at < path ? '1' : at < query ? '/' : '&'));
}

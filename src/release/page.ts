import { decodeHTML } from 'entities/decode';
import { HttpError } from '../core/http-error.ts';
import type { Http, HttpResponse } from '../core/ports.ts';
import { isLoopback } from '../lib/loopback.ts';
import { tlsFault } from '../lib/tls-faults.ts';
import { stoppedBy } from './edge.ts';

/** A page as a browser ends up with it, or why there is none. */
export type PageLoad =
  | {
      readonly kind: 'page';
      readonly url: string;
      readonly response: HttpResponse;
      readonly redirects: readonly string[];
    }
  | { readonly kind: 'unreachable'; readonly error: HttpError; readonly redirects: readonly string[] }
  | {
      readonly kind: 'redirects';
      readonly redirects: readonly string[];
      readonly reason: 'circle' | 'too many' | 'downgrade';
    };

const mostRedirects = 5;

/** Headers that only the site itself may see: a password, or what lets the proof past a firewall. */
export interface SiteHeaders {
  /** Any address of the site. */
  readonly site: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Whether an address is of the site: the same origin, or the same host that went from http to https. */
function isOfSite(url: URL, site: URL): boolean {
  if (url.origin === site.origin) return true;
  const standard = url.port === '' && site.port === '';
  return standard && url.hostname === site.hostname && url.protocol === 'https:' && site.protocol === 'http:';
}

export interface LoadOptions {
  /** More headers than the standard ones. */
  readonly headers: Readonly<Record<string, string>>;
  readonly own?: SiteHeaders | undefined;
  /** Each request over a connection of its own. */
  readonly fresh?: boolean;
  /** Milliseconds for each request. */
  readonly timeout: number;
}

/** Loads a page or a file as a browser does: redirects are followed, but never from https to http. */
export async function load(http: Http, url: string, options: LoadOptions, signal: AbortSignal): Promise<PageLoad> {
  const { own, fresh, timeout } = options;
  const redirects: string[] = [];
  let at = url;
  for (;;) {
    const mayKnow = own !== undefined && isOfSite(new URL(at), new URL(own.site));
    const headers = { ...options.headers, ...(mayKnow ? own.headers : {}) };
    let response: HttpResponse;
    try {
      response = await http({ method: 'GET', url: at, headers, timeout, ...(fresh ? { fresh } : {}) }, signal);
    } catch (error) {
      if (error instanceof HttpError) return { kind: 'unreachable', error, redirects };
      throw error;
    }
    const next = redirectTarget(response, at);
    if (!next) return { kind: 'page', url: at, response, redirects };
    if (redirects.includes(next.href) || next.href === url) {
      return { kind: 'redirects', redirects: [...redirects, next.href], reason: 'circle' };
    }
    redirects.push(next.href);
    if (redirects.length > mostRedirects) return { kind: 'redirects', redirects, reason: 'too many' };
    if (new URL(at).protocol === 'https:' && next.protocol !== 'https:' && !isLoopback(next.hostname)) {
      return { kind: 'redirects', redirects, reason: 'downgrade' };
    }
    at = next.href;
  }
}

/** Where an answer sends a browser, if that is another page. */
function redirectTarget({ status, headers }: HttpResponse, at: string): URL | undefined {
  const { location } = headers;
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined || !URL.canParse(location, at))
    return undefined;
  const next = new URL(location, at);
  return /^https?:$/.test(next.protocol) ? next : undefined;
}

const pageHeaders = { accept: 'text/html,*/*;q=0.8', 'cache-control': 'no-cache' };

/** Loads a page over a connection of its own. `no-cache` asks the caches in between to look again. */
export const loadPage = (
  http: Http,
  url: string,
  timeout: number,
  signal: AbortSignal,
  own?: SiteHeaders,
): Promise<PageLoad> => load(http, url, { headers: pageHeaders, own, fresh: true, timeout }, signal);

/**
 * One sentence on a page that cannot be the new release, and what to do; undefined where the page is fine (2xx).
 * @param sameFiles The page was fine before, and the release has no static file that is new to it.
 */
export function diagnose(loaded: PageLoad, sameFiles = false): string | undefined {
  if (loaded.kind === 'unreachable') return unreachable(loaded);
  if (loaded.kind === 'redirects') return redirected(loaded);
  const { response, url } = loaded;
  const host = new URL(url).hostname;
  const { status } = response;
  const stopped = stoppedBy(response);
  if (stopped !== undefined) return `it answers ${status}: ${stopped}`;
  if (status >= 200 && status < 300) return undefined;
  if (status === 400) {
    return `it answers 400: Django does not know the host "${host}" (DisallowedHost). Add it to ALLOWED_HOSTS.`;
  }
  if (status === 401 || status === 403) {
    return `it answers ${status}: the page asks who you are. Set health-path to a page that everybody may see, or send a password with "proof-request-header: Name: value" in host-options.`;
  }
  if (status === 404) return 'it answers 404: there is no such page. Set health-path to one that there is.';
  if (status === 429) return 'it answers 429: the host limits how often it may be asked.';
  if (status === 502 || status === 503 || status === 504) {
    return `it answers ${status}: the host is there and the app behind it is not (yet). Look at the host's log.`;
  }
  if (status >= 500) {
    const body = decodeHTML(new TextDecoder().decode(response.body.subarray(0, 256 * 1024)));
    const entry = /Missing staticfiles manifest entry for [^<\n]+/.exec(body)?.[0];
    const collect =
      'Where the host\'s build does not run "python manage.py collectstatic --noinput", the app has no staticfiles.json and fails so.';
    const log = "Look at the app's log: often a variable is not set there, or a migration is not applied.";
    if (!entry && sameFiles) return `it answers ${status}: the app fails. ${log}`;
    const why = entry
      ? `${entry}. ${collect} Else a template names a file that is not there.`
      : `${collect} Else look at the app's log: often a variable is not set there, or a template names a static file that is not there.`;
    return `it answers ${status}: the app fails. ${why}`;
  }
  return `it answers ${status}.`;
}

function unreachable({ error, redirects }: Extract<PageLoad, { kind: 'unreachable' }>): string {
  const last = redirects.at(-1);
  const fault = error.failure === 'tls' ? tlsFault(error.message) : undefined;
  if (fault?.kind === 'plain') {
    const led = last ? `the page redirected to ${last}, where` : 'there';
    const django = last ? ' Django does so by SECURE_SSL_REDIRECT: turn it off until the site has https.' : '';
    return `it does not answer (${error.message}): ${led} ${fault.words}.${django}`;
  }
  const advice = {
    refused: 'Nothing listens there (yet).',
    unresolved: 'The name does not resolve: check the input url and the DNS record.',
    timeout: 'Check that the app is up and its firewall lets GitHub’s runners in.',
    reset: 'The connection was cut while it answered.',
    tls: fault?.words ?? '',
    blocked: 'Such an address is never asked.',
    other: '',
  }[error.failure];
  return `it does not answer (${error.message}). ${advice}`.trim();
}

function redirected({ redirects, reason }: Extract<PageLoad, { kind: 'redirects' }>): string {
  const last = redirects.at(-1);
  if (reason === 'downgrade') return `it leads from https to ${last}, which is not followed.`;
  const advice =
    'Behind a proxy SECURE_SSL_REDIRECT needs SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https").';
  return `it redirects ${reason === 'circle' ? 'in a circle' : 'too often'} (${last}). ${advice}`;
}

/** Whether a cache between us and the app gave this answer: then it may be old though the app is new. */
export function fromCache(response: HttpResponse): string | undefined {
  const { age } = response.headers;
  const hit = response.headers['x-cache'] ?? response.headers['cf-cache-status'] ?? '';
  if (Number(age) > 0) return `Age: ${age}`;
  return /hit/i.test(hit) ? hit : undefined;
}

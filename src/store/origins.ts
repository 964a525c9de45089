/** Origins as browsers send them: https://www.rfc-editor.org/rfc/rfc6454#section-6.2. */

/** An origin that `allowed-origins` names: as a browser sends it, with one `*` in its first label, or `*`. */
export type OriginPattern = string;

const example = 'write it like https://www.example.com';

/** Loopback, where plain http is as safe as https. */
const isLocal = (hostname: string) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);

/** A `*` may stand in the first label, and two labels have to come after it, so that no whole top domain is let in. */
const wildcard = /^[a-z0-9-]*\*[a-z0-9-]*\.[^*]+\.[^*.]+$/;

/**
 * Reads one line of `allowed-origins`.
 * @returns The origin as a browser sends it (lower case, without a standard port or a slash at its end), or in `problem` half a
 * sentence with what to write instead.
 */
export function parseOrigin(line: string): { readonly origin: OriginPattern } | { readonly problem: string } {
  if (line === '*') return { origin: '*' };
  if (/[\s,;]/.test(line)) return { problem: 'is more than one origin; write one a line' };
  if (line === 'null') return { problem: `is what any page in a sandbox sends; ${example}` };
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(line)) {
    const host = /^[^/]+/.exec(line)?.[0] ?? 'www.example.com';
    return { problem: `has no scheme; write https://${host}` };
  }
  if (!URL.canParse(line)) return { problem: `is no origin; ${example}` };
  const url = new URL(line);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return { problem: `is neither https nor http, and browsers send no other origins; ${example}` };
  if (url.username || url.password) return { problem: `holds a user name or password; write ${url.origin}` };
  if (url.pathname !== '/' || url.search || url.hash)
    return { problem: `is more than scheme, host and port; write ${url.origin}` };
  const { hostname, origin } = url;
  if (!hostname.includes('*')) return { origin };
  if (!wildcard.test(hostname))
    return { problem: 'has its * in a place that lets strangers in; write it like https://*.example.com' };
  return { origin };
}

/** The origin of an address; undefined where it is none. */
export const originOf = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;

/** Whether a pattern admits an origin: S3's `*` stands for any characters. */
export function admitsOrigin(pattern: OriginPattern, origin: string): boolean {
  if (pattern === '*') return true;
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === origin;
  return origin.length >= before.length + after.length && origin.startsWith(before) && origin.endsWith(after);
}

/** An origin that a pattern admits, to ask with. */
export const sampleOrigin = (pattern: OriginPattern): string =>
  pattern === '*' ? 'https://origin-check.example.com' : pattern.replace('*', 'origin-check');

/** Whether two addresses are of one site: the same host, with or without `www.`, and never from https to plain http. */
export function isSameSite(url: string, other: string): boolean {
  const bare = (address: URL) => address.hostname.replace(/^www\./, '');
  const [from, to] = [new URL(url), new URL(other)];
  const safe = to.protocol === 'https:' || from.protocol === 'http:' || isLocal(to.hostname);
  return safe && bare(from) === bare(to);
}

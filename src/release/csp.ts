import parsePolicy from 'content-security-policy-parser';
import type { AssetLink, AssetUse } from './asset-link.ts';

/** One Content-Security-Policy: sources by directive. */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** Directives that decide about a use of a file, the nearest first. */
const directives: Readonly<Record<AssetUse, readonly string[]>> = {
  style: ['style-src-elem', 'style-src', 'default-src'],
  script: ['script-src-elem', 'script-src', 'default-src'],
  image: ['img-src', 'default-src'],
  font: ['font-src', 'default-src'],
  media: ['media-src', 'default-src'],
  manifest: ['manifest-src', 'default-src'],
  object: ['object-src', 'default-src'],
  frame: ['frame-src', 'child-src', 'default-src'],
  other: [],
};

/** The policies of a page: each of the header and of its meta tags. */
export function policiesOf(header: string | undefined, inPage: readonly string[]): Policy[] {
  const texts = [...(header ?? '').split(','), ...inPage].map((text) => text.trim()).filter((text) => text !== '');
  return texts.map((text) => parsePolicy(text));
}

/** Whether the page asks browsers to load http files by https. */
export const upgradesInsecure = (policies: readonly Policy[]): boolean =>
  policies.some((policy) => policy.has('upgrade-insecure-requests'));

const ports: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const portOf = (url: URL) => url.port || ports[url.protocol];
/** A source without a scheme, or of http, also allows the secure form. */
const schemeAllows = (wanted: string, actual: string) =>
  wanted === actual || (wanted === 'http:' && actual === 'https:');

const hostSource = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^\s/:*]+)(?::(\d+|\*))?(\/[^?#]*)?$/i;

/** https://www.w3.org/TR/CSP3/#match-url-to-source-expression */
function matches(source: string, url: URL, page: URL): boolean {
  const lower = source.toLowerCase();
  if (lower === '*') return /^https?:$/.test(url.protocol) || url.protocol === page.protocol;
  if (lower === "'self'") {
    return (
      url.hostname === page.hostname &&
      schemeAllows(page.protocol, url.protocol) &&
      (portOf(url) === portOf(page) || (portOf(page) === ports[page.protocol] && portOf(url) === ports[url.protocol]))
    );
  }
  if (/^[a-z][a-z0-9+.-]*:$/.test(lower)) return schemeAllows(lower, url.protocol);
  const [, scheme, host = '', port, path] = hostSource.exec(source) ?? [];
  if (host === '') return false;
  if (!schemeAllows(scheme === undefined ? page.protocol : `${scheme.toLowerCase()}:`, url.protocol)) return false;
  const name = host.toLowerCase();
  const hostFits =
    name === '*' || (name.startsWith('*.') ? url.hostname.endsWith(name.slice(1)) : url.hostname === name);
  if (!hostFits) return false;
  if (port === undefined ? portOf(url) !== ports[url.protocol] : port !== '*' && port !== portOf(url)) return false;
  if (path === undefined || path === '/') return true;
  return path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path;
}

/** Whether an integrity attribute holds nothing but hashes that the policy allows; then the origin does not matter. */
function hashesAllow(sources: readonly string[], integrity: string | undefined): boolean {
  const hashes = (integrity ?? '').split(/\s+/).filter(Boolean);
  return hashes.length > 0 && hashes.every((hash) => sources.includes(`'${hash}'`));
}

function allows(sources: readonly string[], link: AssetLink, page: URL): boolean {
  const scriptLike = link.use === 'script' || link.use === 'style';
  if (scriptLike && link.nonce && sources.includes(`'nonce-${link.nonce}'`)) return true;
  if (link.use === 'script') {
    if (hashesAllow(sources, link.integrity)) return true;
    // Then scripts may load scripts, and addresses do not count.
    if (sources.includes("'strict-dynamic'")) return link.from !== page.href;
  }
  return sources.some((source) => matches(source, new URL(link.url), page));
}

/** The directive that keeps a file from the page, as it is written; undefined where all policies allow it. */
export function forbiddenBy(policies: readonly Policy[], link: AssetLink, page: string): string | undefined {
  for (const policy of policies) {
    const name = directives[link.use].find((one) => policy.has(one));
    if (name === undefined) continue;
    const sources = policy.get(name) ?? [];
    if (!allows(sources, link, new URL(page))) return `${name} ${sources.join(' ')}`.trim();
  }
  return undefined;
}

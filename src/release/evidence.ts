import type { HttpResponse } from '../ports.ts';
import { hashOf, withoutHash } from '../sync/immutable.ts';

/** What shows that the new release answers, the strongest first. */
export type Evidence =
  | { readonly kind: 'commit'; readonly seen: string }
  | { readonly kind: 'host'; readonly seen: string }
  | { readonly kind: 'asset'; readonly seen: string };

/** What the release can be known by. */
export interface Marks {
  readonly sha: string;
  readonly release: string;
  /** Options `proof-header`, `proof-path` and `proof-body`: where one is set, only that counts. */
  readonly header: string | undefined;
  readonly path: string | undefined;
  readonly body: string | undefined;
  /** The host's API says that the deploy which this run triggered is the one that serves. */
  readonly hostSays: string | undefined;
  /** Hashed names that only this release has; empty where assets cannot tell it from the one before. */
  readonly assets: ReadonlySet<string>;
}

/** Header names that apps and hosts tell their version by, asked for by nobody. */
const commonHeaders = /^x-(.*-)?(release|commit|revision|version|git-sha|sha|build)(-id|-sha)?$/;
/** `<meta name="release" content="…">` and its like. */
const commonMeta = /<meta\s[^>]*name=["']?(?:release|commit|revision|version|git-commit|git-sha|build)["']?[^>]*>/gi;

/** Whether a text names this release: the whole commit, the release's id, or a word of 7 or more of its characters. */
export function namesRelease(text: string, sha: string, release: string): boolean {
  const lower = text.toLowerCase();
  if (sha.length >= 7 && lower.includes(sha.toLowerCase())) return true;
  if (release !== '' && lower.includes(release.toLowerCase())) return true;
  return (lower.match(/\b[0-9a-f]{7,40}\b/g) ?? []).some((word) => sha.toLowerCase().startsWith(word));
}

const decode = (body: Uint8Array) => new TextDecoder().decode(body);
const cut = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 80);

/** The filled `proof-body`; `true` asks for the commit or the release's id anywhere in the page. */
function bodyNames(body: string, wanted: string, marks: Marks): boolean {
  if (wanted === 'true') return body.includes(marks.sha) || body.includes(marks.release);
  const values = { sha: marks.sha, release: marks.release, 'short-sha': marks.sha.slice(0, 7) };
  return body.includes(wanted.replace(/\{(sha|release|short-sha)\}/g, (_, name: keyof typeof values) => values[name]));
}

/** The commit where the user said it stands. `proven` is answered by the page, `versionPage` by `proof-path`. */
function askedCommit(
  page: HttpResponse,
  versionPage: HttpResponse | undefined,
  marks: Marks,
): { evidence?: Evidence; seen: string } {
  if (marks.header !== undefined) {
    const value = page.headers[marks.header.toLowerCase()];
    if (value === undefined) return { seen: `no header ${marks.header}` };
    const seen = `${marks.header}: ${cut(value)}`;
    return namesRelease(value, marks.sha, marks.release) ? { evidence: { kind: 'commit', seen }, seen } : { seen };
  }
  if (marks.path !== undefined) {
    if (!versionPage || versionPage.status >= 300)
      return { seen: `${marks.path} answers ${versionPage?.status ?? 'nothing'}` };
    const body = decode(versionPage.body);
    const seen = `${marks.path} says ${cut(body)}`;
    return namesRelease(body, marks.sha, marks.release) ? { evidence: { kind: 'commit', seen }, seen } : { seen };
  }
  const found = bodyNames(decode(page.body), marks.body ?? '', marks);
  const seen = found
    ? `the page holds ${marks.body === 'true' ? marks.sha.slice(0, 12) : marks.body}`
    : 'the page does not hold the text of proof-body';
  return found ? { evidence: { kind: 'commit', seen }, seen } : { seen };
}

function unaskedCommit(page: HttpResponse, marks: Marks): Evidence | undefined {
  for (const [name, value] of Object.entries(page.headers)) {
    const named = commonHeaders.test(name)
      ? namesRelease(value, marks.sha, marks.release)
      : marks.sha.length === 40 && value.includes(marks.sha);
    if (named) return { kind: 'commit', seen: `${name}: ${cut(value)}` };
  }
  const body = decode(page.body);
  const meta = body.match(commonMeta)?.find((tag) => namesRelease(tag, marks.sha, marks.release));
  if (meta) return { kind: 'commit', seen: cut(meta) };
  if (marks.sha.length === 40 && body.includes(marks.sha))
    return { kind: 'commit', seen: `${marks.sha.slice(0, 12)} in the page` };
  return undefined;
}

/** Every word of a page that could be a static file with Django's hash in its name. */
const hashedWord = /[^\s"'<>()\\,=]+\.[0-9a-f]{12}(?:\.[A-Za-z0-9_-]+)?/g;

/** The hashed names of `known` that a page mentions, whatever address stands before them. */
export function namedAssets(body: string, known: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  for (const word of body.match(hashedWord) ?? []) {
    let name: string;
    try {
      name = decodeURIComponent(word);
    } catch {
      name = word;
    }
    for (let at = 0; ; ) {
      const rest = name.slice(at);
      if (known.has(rest)) {
        found.add(rest);
        break;
      }
      const slash = name.indexOf('/', at);
      if (slash < 0) break;
      at = slash + 1;
    }
  }
  return found;
}

/**
 * Assets that the page as it was before the deploy names, and that the new release has under another hash: a new
 * instance cannot show that page any more.
 */
export function replacedAssets(body: string, newNames: ReadonlySet<string>): string[] {
  const bySource = new Map([...newNames].map((name) => [withoutHash(name), name]));
  const replaced = new Set<string>();
  for (const word of body.match(hashedWord) ?? []) {
    const parts = word.split('/');
    for (let at = 0; at < parts.length; at++) {
      const name = parts.slice(at).join('/');
      const successor = bySource.get(withoutHash(name));
      if (successor === undefined) continue;
      if (hashOf(successor) !== hashOf(name)) replaced.add(successor);
      break;
    }
  }
  return [...replaced];
}

/** Whether the user said where the commit stands. */
export const asksForCommit = (marks: Marks): boolean => (marks.header ?? marks.path ?? marks.body) !== undefined;

/** Looks at a page (2xx) for the strongest evidence; `seen` says what was there instead. */
export function judge(
  page: HttpResponse,
  versionPage: HttpResponse | undefined,
  marks: Marks,
): { evidence?: Evidence; seen: string } {
  if (asksForCommit(marks)) return askedCommit(page, versionPage, marks);
  const commit = unaskedCommit(page, marks);
  if (commit) return { evidence: commit, seen: commit.seen };
  if (marks.hostSays !== undefined) return { evidence: { kind: 'host', seen: marks.hostSays }, seen: marks.hostSays };
  const body = decode(page.body);
  const [asset] = namedAssets(body, marks.assets);
  if (asset !== undefined) return { evidence: { kind: 'asset', seen: asset }, seen: asset };
  return { seen: describeAssets(body) };
}

function describeAssets(body: string): string {
  const names = [...new Set(body.match(hashedWord) ?? [])].map((word) => word.split('/').at(-1) ?? word);
  if (names.length === 0) return 'a page without hashed static files';
  return `a page with ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}

import { splitBundled } from '../assets/bundlers.ts';
import { hashOf, withoutHash } from '../assets/hashed-names.ts';
import type { HttpResponse } from '../core/ports.ts';
import type { Evidence } from '../report/evidence.ts';

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
  // `g` stands before the commit in what git describe says.
  const words = [...lower.matchAll(/(?<![0-9a-z])g?([0-9a-f]{7,40})(?![0-9a-z])/g)];
  return words.some(([, word]) => sha.toLowerCase().startsWith(word ?? ''));
}

const decode = (body: Uint8Array) => new TextDecoder().decode(body);
const cut = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 80);

/** `proof-body` with its placeholders filled; `true` is the commit or the release's id anywhere in the page. */
function wantedTexts(wanted: string, marks: Marks): string[] {
  if (wanted === 'true') return [marks.sha, marks.release];
  const values = { sha: marks.sha, release: marks.release, 'short-sha': marks.sha.slice(0, 7) };
  return [wanted.replace(/\{(sha|release|short-sha)\}/g, (_, name: keyof typeof values) => values[name])];
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
  const body = decode(page.body);
  const found = wantedTexts(marks.body ?? '', marks).find((text) => body.includes(text));
  if (found === undefined) return { seen: 'the page does not hold the text of proof-body' };
  const seen = `the page holds ${cut(found)}`;
  return { evidence: { kind: 'commit', seen }, seen };
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

/** No key of a bucket is longer; longer words are images and sources inside the page. */
const longestWord = 1_024;

/** Every address in a page, without query and fragment, that ends in a file with Django's or a bundler's hash in its name. */
function hashedWords(body: string): string[] {
  const words = body.replaceAll('\\/', '/').split(/[\s"'<>()\\,;=?#&]+/);
  const isHashed = (word: string) => hashOf(word) !== undefined || splitBundled(word) !== undefined;
  return words.filter((word) => word.length <= longestWord && isHashed(word)).map(decodePath);
}

function decodePath(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

/** The path itself and what is left of it after each of its slashes, the longest first. */
function suffixes(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, at) => parts.slice(at).join('/'));
}

/** The hashed names of `known` that a page mentions, whatever address stands before them. */
export function namedAssets(body: string, known: ReadonlySet<string>): Set<string> {
  return new Set(hashedWords(body).flatMap((word) => suffixes(word).find((name) => known.has(name)) ?? []));
}

/** What a file's name has in common with those of its successors, whoever put the hash there; maybe both did. */
function sourceOf(name: string): string {
  const plain = withoutHash(name);
  const bundled = splitBundled(plain);
  if (bundled === undefined) return plain;
  // Collected by a manifest storage, a file of a bundler is there twice.
  return plain === name ? `bundled ${bundled.source}` : `bundled and hashed ${bundled.source}`;
}

/**
 * Names by what they are made from. Bundlers and compressors call several files of a release the same but for the hash, and
 * nobody knows which of them took the place of an older one, so none of them counts.
 */
function successors(names: ReadonlySet<string>): Map<string, string> {
  const bySource = new Map<string, string>();
  const several = new Set<string>();
  for (const name of names) {
    const source = sourceOf(name);
    if (bySource.has(source)) several.add(source);
    bySource.set(source, name);
  }
  for (const source of several) bySource.delete(source);
  return bySource;
}

/**
 * Files of the new release that a page names under another hash: it is a page of another release, and a new instance
 * cannot show it.
 */
export function replacedAssets(body: string, newNames: ReadonlySet<string>): string[] {
  const bySource = successors(newNames);
  const replaced = new Set<string>();
  for (const word of hashedWords(body)) {
    const paths = suffixes(word);
    const at = paths.findIndex((path) => bySource.has(sourceOf(path)));
    const successor = bySource.get(sourceOf(paths[at] ?? ''));
    if (successor !== undefined && successor !== paths[at]) replaced.add(successor);
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
  const names = [...new Set(hashedWords(body).map((word) => word.split('/').at(-1) ?? word))];
  if (names.length === 0) return 'a page without hashed static files';
  return `a page with ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}

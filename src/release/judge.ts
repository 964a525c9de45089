import type { HttpResponse } from '../core/ports.ts';
import type { Evidence } from '../report/evidence.ts';
import type { Expectation } from './expectation.ts';
import { describeAssets, longestText, namedAssets, replacedAssets } from './hashed-words.ts';

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
  /** The page held the commit before the release too, so that it is no sign of it: a list of commits, perhaps. */
  readonly shownBefore?: boolean;
  /** Before the release an instance failed that bore the same mark, so that a mark on a failure is no sign of it. */
  readonly failedBefore?: boolean;
  /** Hashed names that only this release has; empty where assets cannot tell it from the one before. */
  readonly assets: ReadonlySet<string>;
}

/** Header names that apps and hosts tell their version by, asked for by nobody. */
const commonHeaders = /^x-(.*-)?(release|commit|revision|version|git-sha|sha|build)(-id|-sha)?$/;
/** `<meta name="release" content="…">` and its like. */
const metaTag = /<meta\s[^<>]{0,1000}>/gi;
const commonMeta = /\sname=["']?(?:release|commit|revision|version|git-commit|git-sha|build)["']?(?=[\s/>])/i;
const metaTags = (body: string) => (body.match(metaTag) ?? []).filter((tag) => commonMeta.test(tag));

/** Whether a text names this release: the whole commit, the release's id, or a word of 7 or more of its characters. */
export function namesRelease(text: string, sha: string, release: string): boolean {
  const lower = text.toLowerCase();
  if (sha.length >= 7 && lower.includes(sha.toLowerCase())) return true;
  if (release !== '' && lower.includes(release.toLowerCase())) return true;
  // `g` stands before the commit in what git describe says.
  const words = [...lower.matchAll(/(?<![0-9a-z])g?([0-9a-f]{7,40})(?![0-9a-z])/g)];
  return words.some(([, word]) => sha.toLowerCase().startsWith(word ?? ''));
}

/** Whether an answer, of whatever status, says in a header that it is of this release. */
export const bearsRelease = (headers: HttpResponse['headers'], { sha, release, header }: Marks): boolean =>
  Object.entries(headers).some(
    ([name, value]) =>
      (commonHeaders.test(name) || name === header?.toLowerCase()) && namesRelease(value, sha, release),
  );

const decode = (body: Uint8Array) => new TextDecoder().decode(body.subarray(0, longestText));
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

/** The headers by which a page tells its version, whatever it says there. */
const versionHeaders = ({ headers }: HttpResponse): string[] =>
  Object.entries(headers).flatMap(([name, value]) =>
    commonHeaders.test(name) ? [`${name}: ${cut(value) || '(empty)'}`] : [],
  );

function unaskedCommit(page: HttpResponse, marks: Marks): Evidence | undefined {
  for (const [name, value] of Object.entries(page.headers)) {
    const named = commonHeaders.test(name)
      ? namesRelease(value, marks.sha, marks.release)
      : marks.sha.length === 40 && value.includes(marks.sha);
    if (named) return { kind: 'commit', seen: `${name}: ${cut(value)}` };
  }
  const body = decode(page.body);
  const meta = metaTags(body).find((tag) => namesRelease(tag, marks.sha, marks.release));
  if (meta) return { kind: 'commit', seen: cut(meta) };
  if (marks.sha.length === 40 && !marks.shownBefore && body.includes(marks.sha))
    return { kind: 'commit', seen: `${marks.sha.slice(0, 12)} in the page` };
  return undefined;
}

/** Whether the user said where the commit stands. */
export const asksForCommit = (marks: Marks): boolean => (marks.header ?? marks.path ?? marks.body) !== undefined;

/** A commit id: a whole one, or a short one that is not a word or a date, and so has a letter and a digit. */
const commitWord =
  /(?<![0-9a-z])(?:[0-9a-f]{40}|[0-9a-f]{64}|(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{7,64})(?![0-9a-z])/i;
const commitHeaders = /^x-(.*-)?(release|commit|revision|git-sha|sha)(-id|-sha)?$/;

/** Where a page says that it is of another commit. */
function otherCommit(page: HttpResponse, { sha, release }: Marks): string | undefined {
  const isOther = (text: string) => commitWord.test(text) && !namesRelease(text, sha, release);
  const header = Object.entries(page.headers).find(([name, value]) => commitHeaders.test(name) && isOther(value));
  if (header) return `${header[0]}: ${cut(header[1])}`;
  const names = /name=["']?(?:release|commit|revision|git-commit|git-sha)["'\s/>]/i;
  const content = (tag: string) => /content=["']?([^"'<>]*)/i.exec(tag)?.[1] ?? '';
  const tag = metaTags(decode(page.body)).find((one) => names.test(one) && isOther(content(one)));
  return tag && cut(tag);
}

/**
 * What shows that a page (2xx) is of another release, whoever says that this one is live: an older form of a file that this
 * release changed, or another commit where pages say theirs.
 */
export function contradiction(page: HttpResponse, marks: Marks, expectation: Expectation): string | undefined {
  const body = decode(page.body);
  const { assets, names } = expectation;
  if (replacedAssets(body, names).some((name) => assets.has(name))) return describeAssets(body);
  return sha40(marks) && !asksForCommit(marks) ? otherCommit(page, marks) : undefined;
}

const sha40 = ({ sha }: Marks) => sha.length >= 40;

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
  return { seen: [...versionHeaders(page), describeAssets(body)].join('; ') };
}

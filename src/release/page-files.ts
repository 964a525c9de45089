import { isLoopback } from '../lib/loopback.ts';
import { mapLimit } from '../lib/map-limit.ts';
import { type CorsSetting, checkAsset, showsMd5, typeOf } from './asset-check.ts';
import { type AssetLink, unique } from './asset-link.ts';
import { type AssetProblem, type AssetReport, forbidden, insecure, missing } from './asset-report.ts';
import { forbiddenBy, type Policy, policiesOf, upgradesInsecure } from './csp.ts';
import { cssLinks } from './css-links.ts';
import { diagnose, type PageLoad, type SiteHeaders } from './page.ts';
import { type PageLinks, pageLinks } from './page-links.ts';
import { type FetchIO, politeFetch } from './polite-fetch.ts';
import { type OwnFile, ownFile, type PathByHand, pathByHand, type ReleaseFiles } from './release-files.ts';
import { scriptLinks } from './script-links.ts';
import { servedFiles } from './served-files.ts';

/** What a file turned out to be. */
interface Verdict {
  readonly problem?: string | undefined;
  readonly remark?: string | undefined;
  /** What is wrong with it if the hashes in the release's names are the MD5 of the content. */
  readonly ifMd5?: string | undefined;
  readonly limited?: boolean;
  readonly children: readonly AssetLink[];
  readonly cut?: boolean;
}

/** Verdicts of files that loaded, by address: within one proof nothing is asked for again that was fine. */
export type AssetMemory = Map<string, Verdict>;

export interface AssetScope {
  /** Origins that belong to this site: its own, the bucket's, STATIC_URL's and MEDIA_URL's. */
  readonly ours: ReadonlySet<string>;
  readonly files: ReleaseFiles;
  readonly own?: SiteHeaders | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly memory?: AssetMemory;
  /** What decides whether pages may use files of another origin; nothing is known where absent. */
  readonly cors?: CorsSetting | undefined;
}

export interface CheckedPage {
  readonly url: string;
  readonly body: string;
  /** Its Content-Security-Policy header. */
  readonly policy?: string | undefined;
  /** The body is not all of it. */
  readonly cut?: boolean | undefined;
}

/** More is not looked at; the report says how many were, and the release's own files come first. */
const mostAssets = 1_000;
const mostBytes = 256 * 1024 * 1024;
const deepest = 12;
const atOnce = 8;
const fileTimeout = 20_000;

/** How a browser loads a file of an https page whose address is http: not at all, or by https. */
function secured(link: AssetLink, page: URL, policies: readonly Policy[]): AssetLink | undefined {
  const url = new URL(link.url);
  if (page.protocol !== 'https:' || url.protocol !== 'http:' || isLoopback(url.hostname)) return link;
  const lenient = link.use === 'image' || link.use === 'media';
  if (!lenient && !upgradesInsecure(policies)) return undefined;
  url.protocol = 'https:';
  return { ...link, url: url.href };
}

/** One look at the files of a page: what is known of the page, and what was found so far. */
class PageCheck {
  readonly #io: FetchIO;
  readonly #page: CheckedPage;
  readonly #scope: AssetScope;
  readonly #links: PageLinks;
  readonly #policies: readonly Policy[];
  readonly #fetch: ReturnType<typeof politeFetch>;
  readonly #hosts: ReadonlySet<string>;
  readonly #seen = new Set<string>();
  readonly #foreign = new Set<string>();
  readonly #problems: AssetProblem[] = [];
  readonly #remarks: AssetProblem[] = [];
  readonly #fine = new Set<string>();
  readonly #unseen = new Set<string>();
  #found = 0;
  #checked = 0;
  #limited = 0;
  #bytes = 0;
  readonly #served: ReturnType<typeof servedFiles>;
  /** Some file's content has the MD5 that its name says, so that this is what hashes in names are. */
  #hashIsMd5 = false;
  readonly #doubtful: [link: AssetLink, problem: string][] = [];

  constructor(io: FetchIO, page: CheckedPage, scope: AssetScope, links: PageLinks, policies: readonly Policy[]) {
    this.#io = io;
    this.#page = page;
    this.#scope = scope;
    this.#links = links;
    this.#policies = policies;
    this.#fetch = politeFetch(io, scope.deadline);
    this.#served = servedFiles(new URL(page.url).origin, this.#fetch);
    // A bucket's name before an IP address is not a host name.
    const origins = [...scope.ours, page.url].filter((origin) => URL.canParse(origin));
    this.#hosts = new Set(origins.map((origin) => new URL(origin).host));
    if (page.cut && !links.cut) this.#unseen.add('The page is too long to be read whole.');
    if (links.cut) this.#unseen.add(`The page has more than ${links.cut}; what comes after that was not looked at.`);
  }

  #own(url: string): OwnFile | undefined {
    return ownFile(url, this.#page.url, this.#scope.files);
  }

  #byHand(url: string, own: OwnFile | undefined): PathByHand | undefined {
    return own ? undefined : pathByHand(url, this.#page.url, this.#scope.files);
  }

  #say(list: AssetProblem[], link: AssetLink, message: string): void {
    const own = this.#own(link.url);
    const place = own ?? this.#byHand(link.url, own);
    list.push({ url: link.url, message, own: place === undefined ? 'no' : own?.known ? 'file' : 'place' });
  }

  /** The links that are ours and were not seen yet, the release's own files first. */
  #next(links: readonly AssetLink[]): AssetLink[] {
    // Of what stands in a frame only files are looked at: pages of the app may want a login.
    const { origin } = new URL(this.#page.url);
    const isFile = ({ use, url }: AssetLink) =>
      use !== 'frame' || new URL(url).origin !== origin || this.#own(url) !== undefined;
    const fresh = unique(links.filter(isFile)).filter(({ url }) => !this.#seen.has(url));
    const ours: AssetLink[] = [];
    for (const link of fresh) {
      this.#seen.add(link.url);
      if (!this.#hosts.has(new URL(link.url).host)) this.#foreign.add(link.url);
      else ours.push(link);
    }
    this.#found += ours.length;
    const rank = ({ url }: AssetLink) => {
      const own = this.#own(url);
      return own === undefined ? 2 : own.known ? 0 : 1;
    };
    const ranked = ours.map((link) => ({ link, rank: rank(link) })).toSorted((a, b) => a.rank - b.rank);
    return ranked.map(({ link }) => link);
  }

  /** What the page itself names: its links, and what the modules inside it import. */
  async #first(): Promise<AssetLink[]> {
    const { links, scripts, importMap, base } = this.#links;
    const all = [...links];
    for (const { source, nonce } of scripts.slice(0, 100)) {
      const script = { url: base, module: true, credentials: false, ...(nonce ? { nonce } : {}) };
      const found = await scriptLinks(source, script, importMap, base);
      all.push(...found.links.map((link) => ({ ...link, from: this.#page.url })));
      for (const name of found.missing)
        this.#problems.push({ url: this.#page.url, message: missing(name), own: 'place' });
    }
    return all;
  }

  async #children(link: AssetLink, loaded: PageLoad): Promise<Pick<Verdict, 'problem' | 'children' | 'cut'>> {
    if (loaded.kind !== 'page' || loaded.response.status !== 200) return { children: [] };
    const { body, cut = false } = loaded.response;
    const text = () => new TextDecoder().decode(body);
    if (typeOf(loaded.response) === 'text/css') {
      const found = await cssLinks(text(), loaded.url);
      return { children: found.links.map((one) => ({ ...one, from: link.url })), cut: found.cut || cut };
    }
    if (link.use !== 'script') return { children: [] };
    const { importMap, base } = this.#links;
    const found = await scriptLinks(text(), { ...link, url: loaded.url }, importMap, base);
    const [name] = found.missing;
    return { children: found.links, cut: found.cut || cut, ...(name === undefined ? {} : { problem: missing(name) }) };
  }

  async #look(link: AssetLink): Promise<Verdict> {
    const { origin } = new URL(this.#page.url);
    const known = this.#scope.memory?.get(link.url);
    if (known) return known;
    const policy = forbiddenBy(this.#policies, link, this.#page.url);
    if (policy !== undefined) return { problem: forbidden(policy, link), children: [] };
    const target = secured(link, new URL(this.#page.url), this.#policies);
    if (!target) return { problem: insecure, children: [] };
    const headers = { accept: '*/*', ...(link.cors ? { origin } : {}) };
    const options = { headers, own: this.#scope.own, timeout: fileTimeout };
    const { loaded, limited } = await this.#fetch(target.url, options);
    if (!loaded || limited) return { limited: true, children: [] };
    if (loaded.kind !== 'page') return { problem: (diagnose(loaded) ?? '').replace(/^it /, ''), children: [] };
    this.#bytes += loaded.response.body.length;
    const own = this.#own(link.url);
    this.#hashIsMd5 ||= showsMd5(own, loaded.response);
    const byHand = this.#byHand(link.url, own);
    const found = checkAsset(target, loaded.response, { origin, own, byHand, cors: this.#scope.cors });
    const byName = own?.hash === undefined || own.md5 !== undefined || found.problem !== undefined;
    const ifMd5 = byName ? undefined : checkAsset(target, loaded.response, { origin, own, hashIsMd5: true }).problem;
    const served =
      found.problem === undefined && own ? await this.#served.look(target, loaded.response, own, options) : {};
    const inside = found.problem === undefined ? await this.#children(target, loaded) : { children: [] };
    const problem = found.problem ?? served.problem ?? inside.problem;
    const verdict = { ...inside, ...served, ...found, ifMd5, problem };
    if (verdict.problem === undefined && ifMd5 === undefined) this.#scope.memory?.set(link.url, verdict);
    return verdict;
  }

  #note(link: AssetLink, { problem, remark, ifMd5, limited, cut }: Verdict): void {
    if (ifMd5 !== undefined && !problem) this.#doubtful.push([link, ifMd5]);
    if (limited) this.#limited += 1;
    else if (problem) this.#say(link.optional ? this.#remarks : this.#problems, link, problem);
    else this.#fine.add(link.url);
    if (remark) this.#say(this.#remarks, link, remark);
    if (cut) this.#unseen.add(`${link.url} is too long to be read whole.`);
  }

  async run(): Promise<AssetReport> {
    let level = this.#next(await this.#first());
    for (let depth = 0; level.length > 0 && depth < deepest; depth++) {
      const room = this.#bytes > mostBytes ? 0 : mostAssets - this.#checked;
      const looked = level.slice(0, Math.max(0, room));
      this.#checked += looked.length;
      const verdicts = await mapLimit(looked, atOnce, this.#io.signal, (link) => this.#look(link));
      for (const [at, link] of looked.entries()) this.#note(link, verdicts[at] as Verdict);
      level = this.#next(verdicts.flatMap(({ children }) => children));
    }
    for (const [link, problem] of this.#doubtful)
      this.#say(this.#hashIsMd5 ? this.#problems : this.#remarks, link, problem);
    for (const { link, message } of this.#served.remarks()) this.#say(this.#remarks, link, message);
    if (this.#limited > 0)
      this.#unseen.add(
        `${this.#limited} of ${this.#found} files could not be looked at: the server limits how often it may be asked (429).`,
      );
    if (this.#checked < this.#found)
      this.#unseen.add(
        `${this.#checked} of ${this.#found} files of the page were looked at, those of the release first.`,
      );
    return {
      checked: this.#checked - this.#limited,
      found: this.#found,
      foreign: this.#foreign.size,
      problems: this.#problems,
      remarks: this.#remarks,
      unseen: [...this.#unseen],
      fine: this.#fine,
      encodings: this.#served.encodings(),
    };
  }
}

/** Fetches every file that the page names, and what its style sheets and modules name, as a browser would ask for them. */
export async function checkAssets(page: CheckedPage, scope: AssetScope, io: FetchIO): Promise<AssetReport> {
  const links = await pageLinks(page.body, page.url);
  const policies = policiesOf(page.policy, links.policies);
  return new PageCheck(io, page, scope, links, policies).run();
}

import type { Clock, Http, HttpResponse } from '../core/ports.ts';
import type { Evidence } from '../report/evidence.ts';
import type { Expectation } from './expectation.ts';
import { bearsRelease, contradiction, judge, type Marks } from './judge.ts';
import { diagnose, fromCache, loadPage, type PageLoad, type SiteHeaders } from './page.ts';
import type { CheckedPage } from './page-files.ts';
import { limitOf } from './polite-fetch.ts';

/** How the release before can be put back: by a run that is told to, or by this one, because `rollback` says so. */
export type WayBack = 'by hand' | 'by itself';

export interface LookRequest {
  /** The public URL and the path on it that is looked at. */
  readonly url: string;
  readonly healthPath: string;
  readonly marks: Marks;
  readonly expectation: Expectation;
  readonly own?: SiteHeaders | undefined;
  /** The page was fine (2xx) before the release. */
  readonly fineBefore?: boolean;
  /** Undefined where the host cannot put an earlier release back, or there is none. */
  readonly wayBack?: WayBack | undefined;
  /** Whether the host names an address as one of the service; asked where the URL leads to another host name. */
  readonly isHostsOwn?: ((url: string) => Promise<boolean>) | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

export interface LookIO {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * What one request was answered with. `shows`: evidence of the release. `plain`: a page that could be of any. `old`: a page
 * of another release. `wrong`: no page (yet). `limited`: the site wants to be left alone for so long.
 */
export type Answer =
  | { readonly kind: 'shows'; readonly evidence: Evidence; readonly page: CheckedPage }
  | {
      readonly kind: 'plain';
      readonly seen: string;
      readonly page: CheckedPage;
      readonly isHtml: boolean;
      /** It stands on another host name, which the host does not name: its word does not count there. */
      readonly isAway: boolean;
    }
  | { readonly kind: 'old'; readonly seen: string }
  /** `own`: the new release itself answers so, and nothing that still starts. */
  | { readonly kind: 'wrong'; readonly seen: string; readonly own: boolean }
  | { readonly kind: 'limited'; readonly seen: string; readonly wait: number };

export const join = (url: string, path: string): string => url.replace(/\/+$/, '') + path;

const isHtml = ({ headers, body }: HttpResponse) =>
  /\bx?html\b/i.test(headers['content-type'] ?? 'html') && body.length > 0;

const hostOf = (url: string) => new URL(url).host;

/** Whether a redirect led out of what the host's word counts for: to a login elsewhere, or to somebody else's site. */
async function isAway({ url, marks, isHostsOwn }: LookRequest, page: string): Promise<boolean> {
  return marks.hostSays !== undefined && hostOf(page) !== hostOf(url) && !(await isHostsOwn?.(page));
}

/**
 * Whether a 500 is an answer of the new release: it says so itself, or the host says that this release is what serves. Of any other
 * it is not known, because an app that starts slowly answers so too, and so may the one that goes.
 */
async function isOwnFailure(request: LookRequest, load: PageLoad): Promise<boolean> {
  if (load.kind !== 'page' || load.response.status !== 500) return false;
  const { marks } = request;
  if (!marks.failedBefore && bearsRelease(load.response.headers, marks)) return true;
  return marks.hostSays !== undefined && !(await isAway(request, load.url));
}

/** Asks the site once, over connections of its own. */
async function ask(request: LookRequest, io: LookIO): Promise<Answer> {
  const { expectation, own } = request;
  const timeout = Math.max(1_000, Math.min(20_000, request.deadline - io.clock.now()));
  const { path: versionPath } = request.marks;
  const get = (path: string) => loadPage(io.http, join(request.url, path), timeout, io.signal, own);
  const load = await get(request.healthPath);
  const limit = limitOf(load, io.clock.now());
  const sameFiles = request.fineBefore === true && expectation.assets.size === 0 && expectation.expected === '';
  const wrong = diagnose(load, sameFiles);
  if (limit !== undefined) return { kind: 'limited', seen: wrong ?? 'it is asked too often', wait: limit };
  if (wrong !== undefined || load.kind !== 'page')
    return { kind: 'wrong', seen: wrong ?? 'it does not answer', own: await isOwnFailure(request, load) };
  const version = versionPath === undefined ? undefined : await get(versionPath);
  if (version && limitOf(version, io.clock.now()) !== undefined)
    return { kind: 'limited', seen: `${versionPath} is asked too often`, wait: limitOf(version, io.clock.now()) ?? 0 };
  const away = await isAway(request, load.url);
  const marks = away ? { ...request.marks, hostSays: undefined } : request.marks;
  const { response } = load;
  const cached = fromCache(response);
  const say = (seen: string) =>
    `it answers ${response.status} with ${seen}${cached ? `, out of a cache (${cached})` : ''}`;
  const contradicts = contradiction(response, marks, expectation);
  if (contradicts !== undefined) return { kind: 'old', seen: say(contradicts) };
  const { evidence, seen } = judge(response, version?.kind === 'page' ? version.response : undefined, marks);
  const policy = response.headers['content-security-policy'];
  const page = { url: load.url, body: new TextDecoder().decode(response.body), policy, cut: response.cut };
  if (evidence) return { kind: 'shows', evidence, page };
  const where = away ? `, at ${hostOf(load.url)}` : '';
  return { kind: 'plain', seen: say(seen) + where, page, isHtml: isHtml(response), isAway: away };
}

/** Requests of one round: behind a load balancer a single good answer can be luck. */
const perRound = 5;

/** What the answers of one round come to. */
export interface Round {
  readonly answers: readonly Answer[];
  /** The first answer, where all are as good as it; undefined where they differ or are no page. */
  readonly whole: Extract<Answer, { kind: 'shows' | 'plain' }> | undefined;
  /** What is wrong, in one sentence; '' where nothing. */
  readonly wrong: string;
  /** How long the site wants to be left alone, in milliseconds. */
  readonly wait: number;
}

/** One request, and where it shows the release some more, each over a connection of its own. */
export async function lookRound(request: LookRequest, gently: boolean, io: LookIO): Promise<Round> {
  const answers: Answer[] = [];
  let wait = 0;
  for (let count = 0; count < (gently ? 1 : perRound); count++) {
    const answer = await ask(request, io);
    if (answer.kind === 'limited') wait = answer.wait;
    // A limit says nothing about the release where another answer did.
    if (answer.kind !== 'limited' || count === 0) answers.push(answer);
    if (answer.kind !== 'shows' || io.clock.now() >= request.deadline) break;
  }
  const [first] = answers;
  const bad = answers.find(({ kind }) => kind !== 'shows');
  if (first?.kind === 'plain') return { answers, whole: first, wrong: first.seen, wait };
  if (first?.kind === 'shows' && !bad) return { answers, whole: first, wrong: '', wait };
  return { answers, whole: undefined, wrong: bad && bad.kind !== 'shows' ? bad.seen : '', wait };
}

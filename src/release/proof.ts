import { DeployError } from '../core/errors.ts';
import type { Clock, Http } from '../core/ports.ts';
import { backoff } from '../lib/retry.ts';
import { formatDuration, plural } from '../lib/text.ts';
import type { Evidence } from '../report/evidence.ts';
import type { Expectation } from './expectation.ts';
import { asksForCommit, judge, type Marks, replacedAssets } from './judge.ts';
import { diagnose, fromCache, loadPage } from './page.ts';
import { type AssetProblem, type AssetReport, checkAssets } from './page-files.ts';

export interface ProofRequest {
  /** The public URL and the path on it that is looked at. */
  readonly url: string;
  readonly healthPath: string;
  readonly marks: Marks;
  readonly expectation: Expectation;
  /** Origins whose files belong to the site. */
  readonly ours: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

export interface ProofIO {
  readonly http: Http;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Told now and then what the page says. */
  readonly onWait: (line: string) => void;
}

export interface Proof {
  /** Absent where nothing could tell the release from the one before. */
  readonly evidence: Evidence | undefined;
  /** Address of the page, after redirects. */
  readonly page: string;
  readonly assets: AssetReport;
  /** Rounds until it was proven. */
  readonly rounds: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Good rounds in a row: behind a load balancer one good answer can be luck. */
const goodRounds = 2;
/** Broken files are reported after as many rounds in a row, and not before this time: an app that starts may stumble. */
const brokenRounds = 4;
const brokenPatience = 15_000;
/** How long a page is watched that may show the release and need not. */
const settleTime = 180_000;
const firstWait = 1_000;
const longestWait = 10_000;
const logEvery = 30_000;

interface Round {
  /** Good, or one sentence on what is wrong. */
  readonly wrong?: string;
  readonly evidence?: Evidence | undefined;
  readonly page?: string;
  readonly assets?: AssetReport;
  readonly broken?: readonly AssetProblem[];
}

const join = (url: string, path: string) => url.replace(/\/+$/, '') + path;

async function look(request: ProofRequest, acceptAny: boolean, io: ProofIO): Promise<Round> {
  const { marks } = request;
  const timeout = Math.max(1_000, Math.min(20_000, request.deadline - io.clock.now()));
  const load = await loadPage(io.http, join(request.url, request.healthPath), timeout, io.signal);
  const wrong = diagnose(load);
  if (wrong !== undefined || load.kind !== 'page') return { wrong: wrong ?? 'it does not answer' };
  const version =
    marks.path === undefined ? undefined : await loadPage(io.http, join(request.url, marks.path), timeout, io.signal);
  const { evidence, seen } = judge(load.response, version?.kind === 'page' ? version.response : undefined, marks);
  const body = new TextDecoder().decode(load.response.body);
  // A page with an older form of a file that this very release changed is of another release, whatever else it may be.
  const { assets: fresh, names } = request.expectation;
  const older = replacedAssets(body, names).some((name) => fresh.has(name));
  if (!evidence && (!acceptAny || older)) {
    const cached = fromCache(load.response);
    return { wrong: `it answers ${load.response.status} with ${seen}${cached ? `, out of a cache (${cached})` : ''}` };
  }
  const assets = await checkAssets(io.http, { url: load.url, body }, request.ours, io.signal);
  if (assets.problems.length === 0) return { evidence, page: load.url, assets };
  const [first] = assets.problems;
  return { wrong: `${first?.url} ${first?.message}`, broken: assets.problems };
}

/**
 * Looks at the URL until it shows this release twice in a row, with every file of the page loading.
 * @throws DeployError NOT_PROVEN at the deadline, with what was expected and what was seen; ASSETS_BROKEN where the release
 * answers and files of its page keep failing.
 */
export async function prove(request: ProofRequest, io: ProofIO): Promise<Proof> {
  const { clock } = io;
  const began = clock.now();
  const settled = request.expectation.need === 'possible' ? began + settleTime : began;
  const mustShow =
    asksForCommit(request.marks) || request.marks.hostSays !== undefined || request.expectation.need === 'required';
  let good = 0;
  /** Evidence of the rounds in a row that were good; undefined as soon as one of them had none. */
  let evidence: Evidence | undefined;
  let broken = 0;
  let brokenSince = 0;
  let logged = began;
  for (let round = 1; ; round++) {
    const acceptAny = !mustShow && clock.now() >= Math.min(settled, request.deadline - 2 * longestWait);
    const seen = await look(request, acceptAny, io);
    good = seen.wrong === undefined ? good + 1 : 0;
    evidence = good === 1 || evidence ? seen.evidence : undefined;
    if (seen.page && seen.assets && good >= goodRounds) {
      return { evidence, page: seen.page, assets: seen.assets, rounds: round, at: clock.now() };
    }
    if (seen.broken) {
      if (broken++ === 0) brokenSince = clock.now();
      const patient = broken < brokenRounds || clock.now() - brokenSince < brokenPatience;
      if (!patient || clock.now() + longestWait > request.deadline) throw brokenAssets(seen.broken);
    } else broken = 0;
    if (seen.wrong !== undefined && clock.now() - logged >= logEvery) {
      logged = clock.now();
      io.onWait(`${request.url}: ${seen.wrong} (${formatDuration(clock.now() - began)})`);
    }
    const wait = good > 0 ? firstWait : backoff(round, firstWait, longestWait, io.random);
    if (clock.now() + wait >= request.deadline) {
      if (seen.wrong === undefined) continue;
      throw notProven(request, seen.wrong, clock.now() - began);
    }
    await clock.sleep(wait, io.signal);
  }
}

function brokenAssets(problems: readonly AssetProblem[]): DeployError {
  const lines = problems.slice(0, 8).map(({ url, message }) => `  ${url} ${message}`);
  const more = problems.length > 8 ? [`  and ${problems.length - 8} more`] : [];
  const title = `The new release answers, but its page links ${plural(problems.length, 'file')} that browsers do not load:`;
  return new DeployError('ASSETS_BROKEN', [title, ...lines, ...more].join('\n'), {
    hint: 'Each line says what to do. Visitors see a broken page until it is fixed.',
  });
}

function expected(request: ProofRequest): string {
  const { marks, expectation } = request;
  const commit = marks.sha.slice(0, 12);
  if (marks.header !== undefined) return `${marks.header}: ${commit}`;
  if (marks.path !== undefined) return `${commit} at ${marks.path}`;
  if (marks.body !== undefined) return `the text of proof-body for ${commit}`;
  if (marks.hostSays !== undefined) return 'a page that answers 200';
  return expectation.expected;
}

function notProven(request: ProofRequest, seen: string, waited: number): DeployError {
  const { url, healthPath } = request;
  const message = [
    `${join(url, healthPath)} did not show release ${request.marks.release} within ${formatDuration(waited)}.`,
    `  expected: ${expected(request)}`,
    `  seen:     ${seen}`,
  ].join('\n');
  return new DeployError('NOT_PROVEN', message, {
    hint: "Look at the host's deploy: it may have failed, or still run (then raise timeout). If this page never names static files, prove the release by proof-header, proof-path or another health-path.",
  });
}

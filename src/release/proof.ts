import { backoff } from '../lib/retry.ts';
import { formatDuration } from '../lib/text.ts';
import type { Evidence } from '../report/evidence.ts';
import { type AssetProblem, type AssetReport, type FilesBefore, split } from './asset-report.ts';
import { asksForCommit } from './judge.ts';
import { type AssetMemory, type AssetScope, checkAssets } from './page-files.ts';
import { brokenAssets, FailingReleaseError, notProven } from './proof-errors.ts';
import { type Answer, type LookIO, type LookRequest, lookRound, type Round } from './round.ts';

export interface ProofRequest extends LookRequest {
  /** Origins whose files belong to the site, and the files of the release. */
  readonly scope: Pick<AssetScope, 'ours' | 'files' | 'cors'>;
  /** The files of the page before the release; undefined where nobody looked. */
  readonly filesBefore?: FilesBefore | undefined;
}

export interface ProofIO extends LookIO {
  readonly random: () => number;
  /** Told now and then what the page says, in one line. */
  readonly onWait: (line: string) => void;
  /** Called with the address of a page that is good, before its files are looked at. */
  readonly onPage?: ((page: string) => Promise<void>) | undefined;
}

export interface Proof {
  /** Absent where nothing could tell the release from the one before. */
  readonly evidence: Evidence | undefined;
  /** Address of the page, after redirects. */
  readonly page: string;
  readonly assets: AssetReport;
  /** Problems of files that are not the release's. */
  readonly passing: readonly AssetProblem[];
  /** Answers that showed the release one after the other. */
  readonly answers: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The last good round comes so long after the first, so that old instances of a rolling deploy have their say. */
const windowTime = 10_000;
/** From one good round to the next; each is several requests. The last one begins at the end of the window. */
const goodWait = 2_500;
/** Good answers in a row, at least; fewer only where the site limits how often it may be asked. */
const goodAnswers = 5;
const goodAnswersUnderLimit = 2;
/** Broken files are reported after as many looks in a row, and not before this time: an app that starts may stumble. */
const brokenRounds = 4;
const brokenPatience = 15_000;
/**
 * Until the release is seen the site gets no more than one request in `firstWait`, and half as many once it takes long. So a
 * release is seen at most two seconds after the site serves it.
 */
const firstWait = 1_000;
const laterWait = 2_000;
const eager = 60_000;
/** A release that itself answers 500 is given up after so long without any other answer: it may wait for its database. */
const failingPatience = 90_000;
/** Files that are broken are loaded again less and less often. */
const longestWait = 10_000;
/** A wait says so often what the site answers now. */
const logEvery = 15_000;
const tooShort = 'it showed this release, and not for long enough before the deadline';

/** Watches one URL until it is proven or not. */
class Watch {
  readonly #request: ProofRequest;
  readonly #io: ProofIO;
  readonly #began: number;
  /** The run of good rounds: since when, how many answers, the page of the first, and evidence of all. */
  #good: { since: number; answers: number; evidence: Evidence | undefined; memory: AssetMemory } | undefined;
  #files: AssetReport | undefined;
  #filesOf: string | undefined;
  #firstPage: number | undefined;
  #broken = 0;
  #brokenSince = 0;
  #failingSince: number | undefined;
  #logged: number;
  #told: string | undefined;
  /** Answers since the first that showed the release, and how many of them did. */
  #shown = { yes: 0, all: 0 };
  #gently = false;

  constructor(request: ProofRequest, io: ProofIO) {
    this.#request = request;
    this.#io = io;
    this.#began = io.clock.now();
    this.#logged = this.#began;
  }

  /** Whether a page that shows nothing of the release is none that could be its own. */
  #mustShow(answer: NonNullable<Round['whole']>): boolean {
    const { marks, expectation } = this.#request;
    const hasWord = marks.hostSays !== undefined && !(answer.kind === 'plain' && answer.isAway);
    return asksForCommit(marks) || hasWord || expectation.need === 'required';
  }

  #count(answers: readonly Answer[]): void {
    const yes = answers.filter(({ kind }) => kind === 'shows').length;
    if (yes === 0 && this.#shown.all === 0) return;
    this.#shown = { yes: this.#shown.yes + yes, all: this.#shown.all + answers.length };
  }

  /** How many answers showed the release, where not all did; '' otherwise. */
  #mixed(): string {
    const { yes, all } = this.#shown;
    return yes > 0 && yes < all
      ? `${all - yes} of ${all} answers did not show this release; old and new are served side by side. `
      : '';
  }

  /** Loads the files of a page that is good, unless that was done with this very page. Returns what is the release's fault. */
  async #failing(answer: NonNullable<Round['whole']>, memory: AssetMemory): Promise<AssetProblem[]> {
    const { scope, own, deadline, filesBefore } = this.#request;
    if (this.#filesOf !== answer.page.body || !this.#files) {
      await this.#io.onPage?.(answer.page.url);
      this.#files = await checkAssets(answer.page, { ...scope, own, deadline, memory }, this.#io);
      this.#filesOf = answer.page.body;
    }
    const { failing } = split(this.#files.problems, filesBefore);
    if (failing.length > 0) this.#filesOf = undefined;
    return failing;
  }

  /** Whether a page that shows nothing of the release has been watched long enough. */
  #settled(answer: Extract<Answer, { kind: 'plain' }>): boolean {
    const now = this.#io.clock.now();
    const patience = answer.isHtml ? this.#request.expectation.patience : 0;
    return now - (this.#firstPage ?? now) >= Math.max(patience, windowTime) || this.#isLast();
  }

  #isLast(): boolean {
    return this.#io.clock.now() + longestWait + firstWait >= this.#request.deadline;
  }

  /** A round that is as good as can be: the proof, once there were enough of them. */
  async #takeGood(round: Round, answer: NonNullable<Round['whole']>): Promise<Proof | undefined> {
    const now = this.#io.clock.now();
    const evidence = answer.kind === 'shows' ? answer.evidence : undefined;
    // Evidence has to be in every round; a glimpse of it begins a run of its own.
    if (this.#good && (this.#good.evidence === undefined) !== (evidence === undefined)) this.#good = undefined;
    this.#good ??= { since: now, answers: 0, evidence, memory: new Map() };
    const { memory } = this.#good;
    const answers = this.#good.answers + round.answers.length;
    this.#good = { ...this.#good, answers, evidence };
    const least = this.#gently || evidence === undefined ? goodAnswersUnderLimit : goodAnswers;
    const longEnough = now - this.#good.since >= windowTime && answers >= least;
    const enough =
      answer.kind === 'shows' ? longEnough : this.#settled(answer) && (longEnough || this.#isLast()) && answers > 1;
    if (answers > round.answers.length && !enough) return undefined;
    const failing = await this.#failing(answer, memory);
    if (failing.length > 0) {
      this.#good = undefined;
      this.#takeBroken(failing, evidence);
      return undefined;
    }
    this.#broken = 0;
    if (!enough || !this.#files) return undefined;
    const { passing } = split(this.#files.problems, this.#request.filesBefore);
    return { evidence, page: answer.page.url, assets: this.#files, passing, answers, at: this.#io.clock.now() };
  }

  /** @throws DeployError ASSETS_BROKEN once files stayed broken for long enough. */
  #takeBroken(problems: readonly AssetProblem[], evidence: Evidence | undefined): void {
    const now = this.#io.clock.now();
    if (this.#broken++ === 0) this.#brokenSince = now;
    const patient = this.#broken < brokenRounds || now - this.#brokenSince < brokenPatience;
    if (!patient || now + longestWait > this.#request.deadline) throw brokenAssets(problems, evidence);
  }

  /** @throws DeployError NOT_PROVEN once the release has answered nothing but 500 for long enough. */
  #takeFailing({ answers, wrong }: Round): void {
    const now = this.#io.clock.now();
    const isOwn = answers.every((answer) => answer.kind === 'wrong' && answer.own);
    this.#failingSince = isOwn ? (this.#failingSince ?? now) : undefined;
    if (this.#failingSince === undefined || now - this.#failingSince < failingPatience) return;
    throw new FailingReleaseError(this.#request, wrong);
  }

  #tell(wrong: string): void {
    const now = this.#io.clock.now();
    if (now - this.#logged < logEvery) return;
    this.#logged = now;
    const waited = formatDuration(now - this.#began);
    const seen = this.#mixed() + wrong;
    // The same advice every 15 seconds would be read once.
    const told = seen === this.#told ? 'as before.' : seen;
    this.#told = seen;
    // What it waits for, and where, is the first line and the title of the group.
    this.#io.onWait(`Not yet after ${waited}: ${told}`);
  }

  /** How long to wait after a round, whatever the site asks for. */
  #pause(asked: number): number {
    const now = this.#io.clock.now();
    if (this.#good) {
      const passed = now - this.#good.since;
      const next = Math.min(windowTime, (Math.floor(passed / goodWait) + 1) * goodWait);
      return Math.max(firstWait / 2, next - passed);
    }
    if (this.#broken > 0) return backoff(this.#broken, firstWait, longestWait, this.#io.random);
    return Math.max(now - this.#began < eager ? firstWait : laterWait, asked * firstWait);
  }

  async run(): Promise<Proof> {
    const { clock, signal } = this.#io;
    const { deadline } = this.#request;
    for (;;) {
      const round = await lookRound(this.#request, this.#gently, this.#io);
      signal.throwIfAborted();
      if (round.wait > 0) this.#gently = true;
      this.#count(round.answers);
      const { whole } = round;
      if (whole) this.#firstPage ??= clock.now();
      // A round that a limit kept from saying anything neither proves nor disproves.
      const silent = round.answers.every(({ kind }) => kind === 'limited');
      const good = whole !== undefined && (whole.kind === 'shows' || !this.#mustShow(whole));
      if (good) {
        const proof = await this.#takeGood(round, whole);
        signal.throwIfAborted();
        if (proof) return proof;
      } else if (!silent) {
        this.#good = undefined;
        this.#broken = 0;
      }
      if (!silent) this.#takeFailing(round);
      if (round.wrong !== '') this.#tell(round.wrong);
      const perAnswer = this.#request.marks.path === undefined ? 1 : 2;
      const wait = Math.max(this.#pause(round.answers.length * perAnswer), round.wait);
      const now = clock.now();
      // The end of the window may come before the deadline, and the next round would come after it.
      const last = this.#good && Math.max(firstWait, this.#good.since + windowTime - now);
      if (now + wait < deadline) await clock.sleep(wait, signal);
      else if (last !== undefined && round.wait <= last && now + last < deadline) await clock.sleep(last, signal);
      // The time is up before a failing release is given up: it is the same end, with the same words.
      else if (this.#failingSince !== undefined) throw new FailingReleaseError(this.#request, round.wrong);
      else throw notProven(this.#request, this.#mixed() + (round.wrong || tooShort), now - this.#began);
    }
  }
}

/**
 * Looks at the URL until it shows this release for some seconds, over many connections, with every file of the release that
 * its page needs.
 * @throws DeployError NOT_PROVEN at the deadline, with what was expected and what was seen; ASSETS_BROKEN where the release
 * answers and its files, or files that loaded before it, keep failing.
 */
export const prove = (request: ProofRequest, io: ProofIO): Promise<Proof> => new Watch(request, io).run();

import type { Cost } from './measure.ts';

/**
 * What a client has to do: the first time, again, after a checkout that made all times new, with one file in a hundred new; and
 * from a push to the live site: the first time, after a commit that no page shows, after one that changes a style sheet.
 */
const treeSteps = ['cold', 'same', 'checkout', 'changed'] as const;
export const liveSteps = ['first', 'commit', 'style'] as const;
export const steps = [...treeSteps, ...liveSteps] as const;
export type Step = (typeof steps)[number];
export type TreeStep = (typeof treeSteps)[number];

export const stepTitles: Readonly<Record<Step, string>> = {
  cold: 'cold',
  same: 'nothing changed',
  checkout: 'CI checkout',
  changed: 'one in a hundred changed',
  first: 'first time',
  commit: 'new commit, no file changed',
  style: 'one CSS file changed',
};

/** One run of one client. */
export interface Sample extends Cost {
  readonly suite: string;
  readonly peer: string;
  readonly step: Step;
  readonly round: number;
  readonly requests: Readonly<Record<string, number>>;
  /** Requests for the action's own ledger. */
  readonly ledger: Readonly<Record<string, number>>;
  /** Seconds of CPU that the bucket took. */
  readonly server: number;
  /** The machine had nothing else to do when it began. */
  readonly quiet: boolean;
  /** What the site saw of a deploy. */
  readonly site?: SiteSample;
  /** Seconds of each stage, by its name, as the run reports them. */
  readonly stages?: Readonly<Record<string, number>>;
}

interface SiteSample {
  /** Seconds from the moment that the site served the release to the end of the run. */
  readonly lag: number;
  /** Requests a second for pages of the site until it served the release, by the time from the first to the last. */
  readonly rate: number;
  /** Requests for pages from then to the end of the run: those that prove it. */
  readonly after: number;
}

/** The middle of some numbers; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export type Measure = (sample: Sample) => number;

export const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

export interface Run {
  readonly suite: string;
  readonly peer: string;
  readonly step: Step;
}

/** The median of a client's rounds; NaN where it did not run. */
export function medianOf(samples: readonly Sample[], { suite, peer, step }: Run, measure: Measure): number {
  const own = samples.filter((one) => one.suite === suite && one.peer === peer && one.step === step);
  return median(own.map(measure));
}

/** How many times as much as ours a client takes. */
export function ratioOf(samples: readonly Sample[], run: Run, measure: Measure): number {
  return medianOf(samples, run, measure) / medianOf(samples, { ...run, peer: 'ours' }, measure);
}

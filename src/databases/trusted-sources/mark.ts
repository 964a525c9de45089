import { randomInt } from 'node:crypto';
import type { RunOrder } from '../../core/run-order.ts';

/**
 * What a rule of ours is known by. It is in the description or the name of the rule, which MySQL at Azure limits to 80
 * letters, digits and hyphens.
 */
export interface Mark {
  /** `deploy-django-1296269-1001-1-k3f9a2-202603011800` */
  readonly text: string;
  /** GitHub's id of the repository; 0 where none is told. */
  readonly repository: string;
  readonly run: RunOrder;
  /** Milliseconds since the epoch: no job that began before lasts longer. */
  readonly until: number;
}

const pattern = /deploy-django-(\d+)-(\d+)-(\d+)-[a-z0-9]{6}-(\d{12})/;
/** Between the marks of several runs that share a rule. */
const separator = '--';

/**
 * How long a job can last at most, in milliseconds: 6 hours on a runner of GitHub, 5 days on one's own
 * (https://docs.github.com/en/actions/reference/limits).
 */
export const longestJob = (onGitHub: boolean): number => (onGitHub ? 6 : 5 * 24) * 3_600_000;

/** The minute as `202603011800`, in UTC. */
const minute = (time: number): string => new Date(time).toISOString().replace(/\D/g, '').slice(0, 12);

const timeOf = (minutes: string): number =>
  Date.parse(minutes.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:00Z'));

/** A mark for one step of a run; the six characters keep two steps and two jobs of a run apart. */
export function makeMark(repositoryId: string, run: RunOrder, until: number): string {
  const repository = /^\d+$/.test(repositoryId) ? repositoryId : '0';
  const nonce = randomInt(36 ** 6)
    .toString(36)
    .padStart(6, '0');
  // The next minute, so that nothing ends before its time.
  return `deploy-django-${repository}-${run.id}-${run.attempt}-${nonce}-${minute(until + 60_000)}`;
}

export function parseMark(text: string): Mark | undefined {
  const [whole, repository = '', id, attempt, until = ''] = new RegExp(`^${pattern.source}$`).exec(text) ?? [];
  if (whole === undefined || Number.isNaN(timeOf(until))) return undefined;
  return { text, repository, run: { id: Number(id), attempt: Number(attempt) }, until: timeOf(until) };
}

/** The marks of a label that holds nothing else; none where somebody else wrote in it. */
export function marksOf(label: string): readonly Mark[] {
  const marks = label.split(separator).map(parseMark);
  return marks.every((mark) => mark !== undefined) ? marks : [];
}

export const isOurs = (label: string): boolean => marksOf(label).length > 0;

export const hasMark = (label: string, mark: string): boolean => marksOf(label).some(({ text }) => text === mark);

/** A label with one mark more, or one less; empty where none is left. */
export const withMark = (label: string, mark: string): string =>
  hasMark(label, mark) ? label : [...marksOf(label).map(({ text }) => text), mark].join(separator);

export const withoutMark = (label: string, mark: string): string =>
  marksOf(label)
    .map(({ text }) => text)
    .filter((text) => text !== mark)
    .join(separator);

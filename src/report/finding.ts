import { type Place, placeText } from '../core/errors.ts';
import { listSome, sentences } from '../lib/text.ts';

/** One thing that the preflight found. */
export interface Finding {
  /** A notice is worth knowing and stops nothing. */
  readonly level: 'error' | 'warning' | 'notice';
  /** Django's id (`security.W018`), or ours (`deploy.migrations`); docs/preflight.md has each of ours. */
  readonly id: string;
  /** What was seen as its first sentence, and then what to do. */
  readonly message: string;
  readonly at?: Place;
}

/**
 * A finding as the log shows it: its id with what was seen, and below it the place and what to do, each sentence in a line of its own. No
 * line is wrapped, because many are to be copied.
 */
export function findingText({ id, message, at }: Finding): string {
  const [seen = '', ...others] = message.split('\n').flatMap((line, index) => (index === 0 ? sentences(line) : line));
  const place = at ? [placeText(at)] : [];
  return [`${id}: ${seen}`, ...[...place, ...others].map((line) => `  ${line}`)].join('\n');
}

/** What to do about findings, in one line: about a single one what it says itself, about several where to look for which. */
export function todoOf(findings: readonly Finding[]): string {
  const [first, ...others] = findings;
  if (first && others.length === 0) return sentences(first.message).slice(1).join(' ') || first.message;
  return `See below: ${listSome([...new Set(findings.map(({ id }) => id))], 5)}.`;
}

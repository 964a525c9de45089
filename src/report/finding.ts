import type { Place } from '../core/errors.ts';
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

/** What to do about findings, in one line: about a single one what it says itself, about several where to look for which. */
export function todoOf(findings: readonly Finding[]): string {
  const [first, ...others] = findings;
  if (first && others.length === 0) return sentences(first.message).slice(1).join(' ') || first.message;
  return `See below: ${listSome([...new Set(findings.map(({ id }) => id))], 5)}.`;
}

import type { Place } from '../core/errors.ts';

/** One thing that the preflight found. */
export interface Finding {
  /** A notice is worth knowing and stops nothing. */
  readonly level: 'error' | 'warning' | 'notice';
  /** Django's id (`security.W018`), or ours (`deploy.migrations`); docs/preflight.md has each of ours. */
  readonly id: string;
  readonly message: string;
  readonly at?: Place;
}

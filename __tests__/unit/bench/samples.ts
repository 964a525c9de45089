import type { Sample } from '../../../bench/samples.ts';

/** A run that took a second of everything and asked for nothing. */
export const sample = (given: Partial<Sample>): Sample => ({
  suite: 'small-0',
  peer: 'ours',
  step: 'cold',
  round: 0,
  wall: 1,
  cpu: 1,
  memory: 100 * 1024 * 1024,
  requests: {},
  ledger: {},
  server: 0,
  quiet: true,
  ...given,
});

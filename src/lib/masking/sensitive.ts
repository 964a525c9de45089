/**
 * How sure it is that a value is secret. A `credential` is secret by the input that it came by and is masked whatever else equals it. A
 * `secret` (by its name or its kind) and a `part` of a secret address yield to what the run itself makes public.
 */
type Rank = 'credential' | 'secret' | 'part';

/** A value that must not be shown. */
export interface Sensitive {
  readonly value: string;
  readonly rank: Rank;
}

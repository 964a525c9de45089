/** One mistake in the step's inputs: which input, and what to type instead. */
export interface Mistake {
  readonly input: string;
  readonly message: string;
}

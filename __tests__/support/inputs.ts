import type { Inputs } from '../../src/inputs/inputs.ts';
import { invalidInputs, parseInputs } from '../../src/inputs/parse-inputs.ts';

/** The inputs of a step, read as a run reads them that stops at mistakes. */
export function readInputs(...from: Parameters<typeof parseInputs>): Inputs {
  const { inputs, mistakes } = parseInputs(...from);
  if (mistakes.length > 0) throw invalidInputs(mistakes);
  return inputs;
}

import { type DeployError, toDeployError } from '../../core/errors.ts';
import type { Mistake } from '../../core/mistake.ts';
import { invalidInputs } from '../../inputs/parse-inputs.ts';
import type { InputName } from '../../inputs/table.ts';
import { headline, listSome } from '../../lib/text.ts';
import { marks, type StageResult } from '../../report/recorder.ts';
import type { Checkup } from '../../report/report.ts';
import type { Run } from './run.ts';

/** Runs stages of which one that fails hides no other, and keeps what each found in their order. */
export class Doctor {
  readonly problems: DeployError[] = [];
  /** Inputs that the step lacks, for the workflow that fits. */
  readonly advised = new Map<InputName, string>();
  readonly #checkups: Checkup[] = [];
  readonly #run: Run;
  readonly #mistaken: ReadonlySet<string>;

  /** @param mistakes In the inputs; they are told at once, each in a row, before anything is looked at. */
  constructor(run: Run, mistakes: readonly Mistake[]) {
    this.#run = run;
    this.#mistaken = new Set(mistakes.map(({ input }) => input));
    if (mistakes.length > 0) this.problems.push(invalidInputs(mistakes));
    else this.note({ name: 'Inputs', level: 'ok', found: 'They can be read, and fit together', todo: undefined });
    for (const { input, message } of mistakes) {
      const found = `${input}: ${message}`;
      run.ports.log.info(`${marks.error} Inputs: ${found}`);
      this.note({
        name: 'Inputs',
        level: 'error',
        found,
        todo: 'Fix it under "with:" of the step.',
        code: 'INVALID_INPUTS',
      });
    }
  }

  note(checkup: Checkup): void {
    this.#checkups.push(checkup);
    this.#run.recorder.note({ checkups: [...this.#checkups] });
  }

  /** @throws what ends the whole run: that it was cancelled, or a mistake of the action itself. */
  keep(name: string, thrown: unknown): undefined {
    this.#run.ports.signal.throwIfAborted();
    const error = toDeployError(thrown);
    if (error.code === 'INTERNAL' || error.code === 'UNTRUSTED_CODE') throw error;
    this.problems.push(error);
    const { code, message, hint } = error;
    this.note({ name, level: 'error', found: headline(message), todo: hint, code });
  }

  /** Work that says itself what came out, as a stage or as a value. */
  async look<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
    return work().catch((thrown: unknown) => this.keep(name, thrown));
  }

  /** Whether nothing can be asked with these inputs, because there is a mistake in one of them; then a row says so. */
  lacks(name: string, inputs: readonly InputName[]): boolean {
    const mistaken = inputs.filter((input) => this.#mistaken.has(input));
    if (mistaken.length === 0) return false;
    this.note({
      name,
      level: 'open',
      found: `Not looked at, before ${listSome(mistaken, 5)} ${mistaken.length > 1 ? 'are' : 'is'} right`,
      todo: undefined,
    });
    return true;
  }

  stage<T>(name: string, work: () => Promise<StageResult<T>>): Promise<T | undefined> {
    return this.look(name, async () => {
      const warned = this.#run.recorder.report().warnings.length;
      let done: StageResult<T> | undefined;
      const value = await this.#run.recorder.stage(name, async () => {
        done = await work();
        return done;
      });
      this.note({ name, ...shownOf(done, this.#run.recorder.report().warnings.length - warned) });
      return value;
    });
  }
}

/** A stage as a row of the table; one that warned is not simply good. */
function shownOf(done: StageResult<unknown> | undefined, warned: number): Omit<Checkup, 'name'> {
  const { result: found = '', level = 'ok', todo } = done ?? {};
  if (level === 'warning' || warned === 0) return { level, found, todo };
  return { level: 'warning', found, todo: warned === 1 ? 'See the warning below.' : `See ${warned} warnings below.` };
}

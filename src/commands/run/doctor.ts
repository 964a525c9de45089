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
  readonly #todo: string[] = [];
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

  /** What there is to do apart from findings and problems: for the end of the log, because the table stands in the summary only. */
  get todo(): readonly string[] {
    return this.#todo;
  }

  /** @param told What the end of the log says to do. */
  note(checkup: Checkup, told = checkup.level === 'error' || !checkup.todo ? [] : [checkup.todo]): void {
    this.#checkups.push(checkup);
    this.#todo.push(...told.map((line) => `${checkup.name}: ${line}`));
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
      const { warnings: before } = this.#run.recorder.report();
      let done: StageResult<unknown> = { value: undefined, result: '' };
      const value = await this.#run.recorder.stage(name, async () => {
        const result = await work();
        done = result;
        return result;
      });
      const warnings = this.#run.recorder.report().warnings.slice(before.length);
      this.note({ name, ...shownOf(done, warnings.length) }, toldOf(done, warnings));
      return value;
    });
  }
}

/** What the end of the log says to do after a stage, where that is not what its row says. */
function toldOf({ isTold, level }: StageResult<unknown>, warnings: readonly string[]): string[] | undefined {
  if (isTold) return [];
  return level === 'warning' || warnings.length === 0 ? undefined : warnings.map(headline);
}

/** A stage as a row of the table; one that warned is not simply good. */
function shownOf(done: StageResult<unknown>, warned: number): Omit<Checkup, 'name'> {
  const { result: found, todo } = done;
  const level: Checkup['level'] = done.level ?? 'ok';
  if (level === 'warning' || warned === 0) return { level, found, todo };
  return { level: 'warning', found, todo: warned === 1 ? 'See the warning below.' : `See ${warned} warnings below.` };
}

import { type Place, toDeployError } from '../core/errors.ts';
import type { Clock, Log } from '../core/ports.ts';
import { formatDuration, headline } from '../lib/text.ts';
import { type Checkup, type Draft, emptyReport, type Report, type Status } from './report.ts';

/** Facts of the report that a stage or a command finds out. */
type Facts = Partial<Omit<Draft, 'stages' | 'warnings'>>;

/** What a stage gives back: its value, one line for the log and the summary, and what the report says of it. */
export interface StageResult<T> {
  readonly value: T;
  readonly result: string;
  readonly facts?: Facts;
  /** How `command: check` shows it, where it is not simply good; `todo` says what to do about it. */
  readonly level?: Exclude<Checkup['level'], 'ok' | 'error'>;
  readonly todo?: string;
  /** The log says what to do where it shows the findings. */
  readonly isTold?: boolean;
}

/** The run as it is being written down: stages with their times, warnings, and the facts of the report. */
export interface Recorder {
  /** Facts for the report; later ones replace earlier ones. */
  note(facts: Facts): void;
  /** A warning in the log and in the report. */
  warn(message: string, at?: Place): void;
  /** Runs a stage, and writes down how long it took, what came out, and its facts. */
  stage<T>(name: string, work: () => Promise<StageResult<T>>): Promise<T>;
  /** Has somebody told of every stage as it begins. */
  watch(told: (stage: string) => void): void;
  /** Sets what became of the run. */
  end(status: Status, reason?: string): void;
  report(): Report;
}

/** Facts of the report that the run makes public: they are outputs, and stand in summary, comment and deployment. */
const publicFacts = [
  'environment',
  'release',
  'url',
  'staticUrl',
  'mediaUrl',
  'hostDeploymentId',
  'logUrl',
] as const satisfies readonly (keyof Draft)[];

/** How what came out of a stage or look is marked in the log. */
export const marks = { ok: '✓', open: '–', warning: '!', error: '✗' } as const satisfies Readonly<
  Record<Checkup['level'], string>
>;

/** @param publish Is told of every fact that becomes public, before anything that holds it is shown. */
export function createRecorder(
  log: Log,
  clock: Clock,
  publish: (value: string | undefined) => void = () => undefined,
): Recorder {
  const draft = emptyReport();
  let tell = (_stage: string) => {};
  return {
    note(facts) {
      for (const name of publicFacts) publish(facts[name]);
      Object.assign(draft, facts);
    },
    warn(message, at) {
      draft.warnings.push(message);
      log.warning(message, at);
    },
    watch(told) {
      tell = told;
    },
    async stage(name, work) {
      tell(name);
      const began = clock.now();
      const close = (failed: boolean, result: string, mark: string) => {
        const milliseconds = clock.now() - began;
        draft.stages.push({ name, milliseconds, failed, result });
        // Outside the folded groups, so that the log reads as a list of stages.
        log.info(`${mark} ${name}: ${result} (${formatDuration(milliseconds)})`);
      };
      try {
        const { value, result, facts, level } = await work();
        Object.assign(draft, facts);
        close(false, result, marks[level ?? 'ok']);
        return value;
      } catch (error) {
        close(true, headline(toDeployError(error).message), marks.error);
        throw error;
      }
    },
    end(status, reason) {
      draft.status = status;
      draft.reason = reason;
    },
    report: () => ({ ...draft, stages: [...draft.stages], warnings: [...draft.warnings] }),
  };
}

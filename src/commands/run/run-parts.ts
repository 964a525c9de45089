import type { Context } from '../../event/context.ts';
import type { GitHub } from '../../github/github.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { RunPlan } from '../../plan/run-plan.ts';
import type { Recorder } from '../../report/recorder.ts';
import type { Ports } from './ports.ts';

/** What a run is made from: ports, inputs and event, and what was decided from them. */
export interface RunParts {
  readonly ports: Ports;
  readonly recorder: Recorder;
  readonly context: Context;
  readonly inputs: Inputs;
  readonly plan: RunPlan;
  /** Undefined if the step has no token. */
  readonly github: GitHub | undefined;
  /** Folder of this run's files. */
  readonly scratch: string;
}

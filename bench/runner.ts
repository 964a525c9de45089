import { hash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tools } from './install.ts';
import { type Command, plainEnv } from './measure.ts';

interface Step {
  readonly tools: Tools;
  readonly workspace: string;
  /** Counts the runs. */
  readonly run: number;
  /** Those without a value in action.yml that are set. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The commit; one that is made up where absent. */
  readonly sha?: string;
  /** More variables of the runner. */
  readonly env?: Readonly<Record<string, string>>;
  readonly says?: string;
}

const files = { GITHUB_OUTPUT: 'output', GITHUB_STATE: 'state', GITHUB_STEP_SUMMARY: 'summary' };

/** The folder in which the last step left its outputs; RUNNER_TEMP is `temp` in it. */
export const runnerFolder = (tools: Tools): string => join(tools.scratch, 'runner');

/** The bundled action as the runner starts it. */
export function actionCommand({ tools, workspace, run, inputs, sha, env, says }: Step): Command {
  const folder = runnerFolder(tools);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'temp'), { recursive: true });
  for (const file of Object.values(files)) writeFileSync(join(folder, file), '');
  return {
    program: tools.node,
    args: [join(tools.dist, 'index.cjs')],
    cwd: workspace,
    ...(says === undefined ? {} : { says }),
    env: {
      ...plainEnv(),
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REPOSITORY: 'bench/bench',
      GITHUB_SHA: sha ?? hash('sha1', `commit ${run}`),
      GITHUB_RUN_ID: String(run),
      GITHUB_RUN_NUMBER: String(run),
      GITHUB_RUN_ATTEMPT: '1',
      RUNNER_TEMP: join(folder, 'temp'),
      ...Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(folder, file)])),
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ...env,
    },
  };
}

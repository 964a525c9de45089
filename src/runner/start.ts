import { readFileSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import * as core from '@actions/core';
import steps from '../build/django_steps.py';
import { DeployError, toDeployError } from '../errors.ts';
import { hosts } from '../hosts/index.ts';
import { systemClock } from '../lib/clock.ts';
import { createHttp } from '../lib/http.ts';
import { main } from '../main.ts';
import { createS3Store } from '../store/s3.ts';
import { runnerExec } from './exec.ts';
import { runnerLog } from './log.ts';

const scratchState = 'scratch';

function readPayload(path: string | undefined): Record<string, unknown> {
  if (!path) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** The runner sends SIGINT when a job is cancelled, SIGTERM 7.5 seconds later, and then ends the process. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      const hint = 'Nothing was deleted. What is stored already is not sent again.';
      controller.abort(new DeployError('CANCELLED', 'The run was cancelled.', { hint }));
    });
  }
  return controller.signal;
}

/** The step itself. */
async function run(): Promise<void> {
  const signal = abortOnSignals();
  const http = createHttp('deploy-django (+https://github.com/features/actions)');
  const report = await main({
    env: process.env,
    payload: readPayload(process.env.GITHUB_EVENT_PATH),
    input: (name) => core.getInput(name),
    hosts,
    log: runnerLog,
    exec: runnerExec,
    http,
    clock: systemClock,
    random: Math.random,
    signal,
    steps,
    write: (text) => process.stdout.write(text),
    hide: (value) => core.setSecret(value),
    saveScratch: (path) => core.saveState(scratchState, path),
    openStore: createS3Store,
    setOutput: (name, value) => core.setOutput(name, value),
    writeSummary: async (markdown) => {
      const path = process.env.GITHUB_STEP_SUMMARY;
      if (path) await appendFile(path, markdown);
    },
  });
  await http.close();
  if (report.status === 'failed') process.exitCode = core.ExitCode.Failure;
}

/** The end of the job: takes away what the step kept for the steps after it. */
async function post(scratch: string): Promise<void> {
  await rm(scratch, { recursive: true, force: true });
}

/** What the runner calls, for `main` and for `post`. */
export async function start(): Promise<void> {
  try {
    const scratch = core.getState(scratchState);
    await (scratch ? post(scratch) : run());
  } catch (thrown) {
    const { message, hint, stack } = toDeployError(thrown);
    core.setFailed(`${message}\n${hint ?? ''}`);
    core.debug(stack ?? '');
  }
}

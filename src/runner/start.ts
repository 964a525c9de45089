import { rm } from 'node:fs/promises';
import * as core from '@actions/core';
import { boundMemory } from './memory.ts';

const scratchState = 'scratch';

/** The step itself. Everything that it needs is loaded here, because the end of the job needs none of it. */
async function run(): Promise<void> {
  const [{ main }, { createPorts }] = await Promise.all([import('../main.ts'), import('./ports.ts')]);
  const ports = createPorts((path) => core.saveState(scratchState, path));
  const report = await main(ports);
  await ports.close();
  if (report.status === 'failed') process.exitCode = core.ExitCode.Failure;
}

/** The end of the job: takes away what the step kept for the steps after it. */
async function post(scratch: string): Promise<void> {
  await rm(scratch, { recursive: true, force: true });
}

/** What the runner calls, for `main` and for `post`. */
export async function start(): Promise<void> {
  boundMemory();
  try {
    const scratch = core.getState(scratchState);
    await (scratch ? post(scratch) : run());
  } catch (thrown) {
    core.setFailed(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  }
}

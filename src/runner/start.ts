import * as core from '@actions/core';
import type { Ports } from '../commands/run/ports.ts';
import { removeScratch } from '../core/scratch-folder.ts';
import type { Report } from '../report/report.ts';
import { openCommandFiles, undone } from '../workflow/command-files.ts';
import { announcementState, cacheState, scratchState, trustedSourceState } from '../workflow/post-state.ts';
import { takeInputs, wipeEnvironmentBlock } from './environ.ts';
import { saveCacheEntry } from './github-cache.ts';
import { boundMemory } from './memory.ts';

/** A run with everything that it does to the world. */
type Main = (ports: Ports) => Promise<Report>;

/** The step itself. Everything that it needs is loaded here, because the end of the job needs none of it. */
async function run(input: (name: string) => string, loadMain: () => Promise<Main>): Promise<void> {
  const files = openCommandFiles(process.env);
  const [main, { createPorts }] = await Promise.all([loadMain(), import('./runner-ports.ts')]);
  const ports = createPorts(input, files);
  const report = await main(ports);
  await ports.close();
  // What the build left running can write to them until the runner reads them.
  const others = files.undoOthers();
  if (others.length > 0) core.warning(undone(others));
  if (report.error) process.exitCode = core.ExitCode.Failure;
}

/** The end of the job: takes this runner out of the database's firewall, closes what was left open, keeps the packages that were installed, and takes away what the step kept for the steps after it. */
async function post(scratch: string, input: (name: string) => string): Promise<void> {
  const rule = core.getState(trustedSourceState);
  if (rule) {
    const { takeOutLeftover } = await import('./leftover-rule.ts');
    await takeOutLeftover(rule, input, process.env);
  }
  const left = core.getState(announcementState);
  if (left) {
    const { closeLeftover } = await import('./leftover.ts');
    await closeLeftover(left, input, process.env);
  }
  const key = core.getState(cacheState);
  if (key) await saveCacheEntry(key, process.env);
  await removeScratch(scratch, process.env);
}

/**
 * What the runner calls, for `main` and for `post`.
 * @param loadMain Loads the run itself, which the end of the job does without.
 */
export async function start(loadMain: () => Promise<Main>): Promise<void> {
  const input = takeInputs(process.env);
  const refused = wipeEnvironmentBlock(process.env);
  if (refused) core.debug(`Other processes of this user can read the environment of this one: ${refused}`);
  boundMemory();
  try {
    const scratch = core.getState(scratchState);
    await (scratch ? post(scratch, input) : run(input, loadMain));
  } catch (thrown) {
    core.setFailed(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  }
}

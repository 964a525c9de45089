import * as core from '@actions/core';
import type { Ports } from '../commands/run/ports.ts';
import { removeScratch } from '../core/scratch-folder.ts';
import type { Report } from '../report/report.ts';
import { openCommandFiles, undone } from '../workflow/command-files.ts';
import { announcementState, cacheState, scratchState, trustedSourceState } from '../workflow/post-state.ts';
import { takeInputs, wipeEnvironmentBlock } from './environ.ts';
import { saveCacheEntry } from './github-cache.ts';
import type { closeLeftover } from './leftover.ts';
import type { takeOutLeftover } from './leftover-rule.ts';
import { boundMemory } from './memory.ts';
import type { createPorts } from './runner-ports.ts';

/** What a run needs beyond its start. */
interface Rest {
  /** A run with everything that it does to the world. */
  readonly main: (ports: Ports) => Promise<Report>;
  readonly createPorts: typeof createPorts;
  readonly takeOutLeftover: typeof takeOutLeftover;
  readonly closeLeftover: typeof closeLeftover;
}

/** Loads it: the end of a job mostly does without. */
type Load = () => Promise<Rest>;

/** The step itself. */
async function run(input: (name: string) => string, load: Load): Promise<void> {
  const files = openCommandFiles(process.env);
  const { main, createPorts } = await load();
  const ports = createPorts(input, files);
  const report = await main(ports);
  await ports.close();
  // What the build left running can write to them until the runner reads them.
  const others = files.undoOthers();
  if (others.length > 0) core.warning(undone(others));
  if (report.error) process.exitCode = core.ExitCode.Failure;
}

/** The end of the job: takes this runner out of the database's firewall, closes what was left open, keeps the packages that were installed, and takes away what the step kept for the steps after it. */
async function post(scratch: string, input: (name: string) => string, load: Load): Promise<void> {
  const rule = core.getState(trustedSourceState);
  if (rule) await (await load()).takeOutLeftover(rule, input, process.env);
  const left = core.getState(announcementState);
  if (left) await (await load()).closeLeftover(left, input, process.env);
  const key = core.getState(cacheState);
  if (key) await saveCacheEntry(key, process.env);
  await removeScratch(scratch, process.env);
}

/** What the runner calls, for `main` and for `post`. */
export async function start(load: Load): Promise<void> {
  const input = takeInputs(process.env);
  const refused = wipeEnvironmentBlock(process.env);
  if (refused) core.debug(`Other processes of this user can read the environment of this one: ${refused}`);
  boundMemory();
  try {
    const scratch = core.getState(scratchState);
    await (scratch ? post(scratch, input, load) : run(input, load));
  } catch (thrown) {
    core.setFailed(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  }
}

import { rm } from 'node:fs/promises';
import * as core from '@actions/core';
import type { CacheEntry } from './cache.ts';
import { boundMemory } from './memory.ts';

const scratchState = 'scratch';
const cacheState = 'cache';

/** The step itself. Everything that it needs is loaded here, because the end of the job needs none of it. */
async function run(): Promise<void> {
  const [{ main }, { createPorts }] = await Promise.all([import('../main.ts'), import('./ports.ts')]);
  const ports = createPorts({
    saveScratch: (path) => core.saveState(scratchState, path),
    saveCacheEntry: (entry) => core.saveState(cacheState, entry),
  });
  const report = await main(ports);
  await ports.close();
  if (report.status === 'failed') process.exitCode = core.ExitCode.Failure;
}

/** The end of the job: saves the packages that were installed, and takes away what the step kept for the steps after it. */
async function post(scratch: string): Promise<void> {
  const entry = core.getState(cacheState);
  if (entry) {
    const { saveCacheEntry } = await import('./cache.ts');
    await saveCacheEntry(JSON.parse(entry) as CacheEntry);
  }
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

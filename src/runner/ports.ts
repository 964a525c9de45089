import { readFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import * as core from '@actions/core';
import { DeployError } from '../errors.ts';
import { hosts } from '../hosts/index.ts';
import { systemClock } from '../lib/clock.ts';
import { createHttp } from '../lib/http.ts';
import type { Ports } from '../run.ts';
import { createS3Store } from '../store/s3.ts';
import type { ObjectStore } from '../store/store.ts';
import { runnerExec } from './exec.ts';
import { withinLimits } from './limits.ts';
import { runnerLog } from './log.ts';
import { steps } from './steps.ts';

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

/** The world as the runner gives it to a step. `close` lets go of its connections. */
export function createPorts(saveScratch: (path: string) => void): Ports & { close(): Promise<void> } {
  const http = createHttp('deploy-django');
  const stores: ObjectStore[] = [];
  return {
    env: process.env,
    payload: readPayload(process.env.GITHUB_EVENT_PATH),
    input: (name) => core.getInput(name),
    hosts,
    log: withinLimits(runnerLog),
    exec: runnerExec,
    http,
    clock: systemClock,
    random: Math.random,
    signal: abortOnSignals(),
    steps,
    write: (text) => process.stdout.write(text),
    hide: (value) => core.setSecret(value),
    saveScratch,
    async openStore(options) {
      const store = await createS3Store({ ...options, clock: systemClock, random: Math.random, http });
      stores.push(store);
      return store;
    },
    setOutput: (name, value) => core.setOutput(name, value),
    writeSummary: async (markdown) => {
      const path = process.env.GITHUB_STEP_SUMMARY;
      if (path) await appendFile(path, markdown);
    },
    async close() {
      await Promise.all([http.close(), ...stores.map((store) => store.close())]);
    },
  };
}

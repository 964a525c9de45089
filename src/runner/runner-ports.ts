import { existsSync, readFileSync } from 'node:fs';
import * as core from '@actions/core';
import type { Ports } from '../commands/run/ports.ts';
import { DeployError } from '../core/errors.ts';
import type { HostDefinition } from '../hosts/contract/host.ts';
import { hosts } from '../hosts/index.ts';
import { lingering } from '../lib/lingering.ts';
import { createRedactor } from '../lib/secret.ts';
import { type BucketOptions, createS3Store } from '../store/s3/s3-store.ts';
import type { ObjectStore } from '../store/store.ts';
import { withinLimits } from '../workflow/annotations.ts';
import { type CommandFiles, namedValue } from '../workflow/command-files.ts';
import { announcementState, cacheState, scratchState, trustedSourceState } from '../workflow/post-state.ts';
import { connect } from './connect.ts';
import { databaseScripts } from './database-scripts.ts';
import { steps } from './django-steps.ts';
import { createCache } from './github-cache.ts';
import { createHostMachine } from './host-machine.ts';
import { createHttp } from './http-client.ts';
import { createGitHub } from './octokit-github.ts';
import { createReaders } from './reader-threads.ts';
import { runnerExec } from './runner-exec.ts';
import { createRunnerLog } from './runner-log.ts';
import { systemClock } from './system-clock.ts';

/** The event's JSON; as text if it is none, which its reader then says. */
function readPayload(path: string | undefined): unknown {
  if (!path) return {};
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
    return JSON.parse(text);
  } catch {
    return text;
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

/** Milliseconds in which a cancelled run says at GitHub that it was: the runner ends it 2.5 seconds after that. */
const farewell = 5_000;

/** The world as the runner gives it to a step. `close` lets go of its connections. */
export function createPorts(input: (name: string) => string, files: CommandFiles): Ports & { close(): Promise<void> } {
  const signal = abortOnSignals();
  const redactor = createRedactor();
  const hide: Ports['hide'] = (value, rank) => {
    for (const long of redactor.add(value, rank)) core.setSecret(long);
  };
  const http = createHttp('deploy-django');
  const stores: ObjectStore[] = [];
  const readers = createReaders();
  const otherAddresses = [process.env.AWS_USE_FIPS_ENDPOINT, process.env.AWS_USE_DUALSTACK_ENDPOINT].includes('true');
  const openStore = async (options: BucketOptions) => {
    const store = await createS3Store({
      ...options,
      clock: systemClock,
      random: Math.random,
      md5: readers.md5,
      http,
      hide,
      otherAddresses,
    });
    stores.push(store);
    return store;
  };
  const machine = createHostMachine(process.env, Object.values<HostDefinition>(hosts), runnerExec, openStore);
  return {
    env: process.env,
    payload: readPayload(process.env.GITHUB_EVENT_PATH),
    input,
    hosts,
    log: withinLimits(createRunnerLog(redactor, process.env.GITHUB_ACTIONS === 'true' && !process.env.NO_COLOR)),
    exec: runnerExec,
    exists: existsSync,
    http,
    connect,
    machine,
    clock: systemClock,
    random: Math.random,
    signal,
    steps,
    databaseScripts,
    write: (text) => process.stdout.write(text),
    redactor,
    hide,
    saveScratch: (path) => files.append('GITHUB_STATE', namedValue(scratchState, path)),
    cache: createCache(process.env, (key) => files.append('GITHUB_STATE', namedValue(cacheState, key))),
    readers,
    openStore,
    setOutput: (name, value) => files.append('GITHUB_OUTPUT', namedValue(name, value)),
    writeSummary: (markdown) => files.append('GITHUB_STEP_SUMMARY', markdown),
    openGitHub: (access) =>
      createGitHub({ ...access, http, clock: systemClock, random: Math.random, signal: lingering(signal, farewell) }),
    saveAnnouncement: (what) =>
      files.append('GITHUB_STATE', namedValue(announcementState, what ? JSON.stringify(what) : '')),
    saveTrustedSource: (left) =>
      files.append('GITHUB_STATE', namedValue(trustedSourceState, left ? JSON.stringify(left) : '')),
    undoOthers: files.undoOthers,
    async close() {
      await Promise.all([http.close(), machine.close(), readers.close(), ...stores.map((store) => store.close())]);
    },
  };
}

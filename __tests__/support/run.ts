import type { Ports } from '../../src/commands/run/ports.ts';
import { createRun as makeRun, type Run } from '../../src/commands/run/run.ts';
import type { Http } from '../../src/core/ports.ts';
import type { Context } from '../../src/event/context.ts';
import type { Announcement } from '../../src/github/announcer.ts';
import type { Inputs } from '../../src/inputs/inputs.ts';
import { createRedactor, Secret } from '../../src/lib/secret.ts';
import { type RunPlan, releaseOf } from '../../src/plan/run-plan.ts';
import { createRecorder } from '../../src/report/recorder.ts';
import { createContext } from './context.ts';
import {
  createInputs,
  fakeClock,
  fakeHttp,
  fakeLog,
  type MemoryStore,
  memoryStore,
  never,
  noCache,
  noReaders,
} from './fakes.ts';
import { type MemoryGitHub, memoryGitHub } from './github/memory.ts';
import { createHarbour, type Harbour } from './harbour.ts';
import { fakeMachine } from './host-io.ts';
import { identityOf } from './identity.ts';

export interface RunOptions {
  readonly inputs?: Partial<Inputs>;
  readonly context?: Partial<Context>;
  readonly plan?: PlanOf<RunPlan>;
  readonly store?: MemoryStore;
  /** Null where the step has no token. */
  readonly github?: MemoryGitHub | null;
  readonly harbour?: Harbour;
  readonly signal?: AbortSignal;
  /** The network instead of the host's page. */
  readonly http?: Http;
}

/** A plan, whose identity and release need not be given. */
export type PlanOf<T> = T extends RunPlan ? Omit<T, 'identity' | 'release'> & { environment?: string } : never;

export type TestRun = Run & {
  readonly lines: string[];
  readonly store: MemoryStore;
  readonly harbour: Harbour;
  readonly hub: MemoryGitHub;
  /** What the end of the job was told of, the newest last. */
  readonly saved: (Announcement | undefined)[];
};

/** One run between a bucket, a host and a GitHub that are all in memory. */
export function createRun(options: RunOptions = {}): TestRun {
  const { store = memoryStore(), harbour = createHarbour(), github = memoryGitHub(), signal = never } = options;
  const context = createContext(options.context);
  const log = fakeLog();
  const clock = fakeClock();
  const recorder = createRecorder(log, clock);
  const redactor = createRedactor();
  const saved: (Announcement | undefined)[] = [];
  const ports: Ports = {
    env: {},
    input: () => '',
    payload: {},
    hosts: { harbour: harbour.definition },
    log,
    exec: async () => 1,
    exists: () => false,
    http: options.http ?? fakeHttp(harbour.page),
    connect: async () => undefined,
    machine: fakeMachine(),
    clock,
    random: () => 1,
    signal,
    steps: {},
    databaseScripts: {},
    write: () => undefined,
    hide: (value, rank) => void redactor.add(value, rank),
    redactor,
    saveScratch: () => undefined,
    cache: noCache,
    readers: noReaders,
    openStore: async () => store,
    setOutput: () => undefined,
    writeSummary: () => undefined,
    openGitHub: () => github ?? memoryGitHub(),
    saveAnnouncement: (what) => void saved.push(what),
    saveTrustedSource: () => undefined,
    undoOthers: () => [],
  };
  const { environment, ...given } = options.plan ?? { kind: 'deploy' as const };
  const standard = 'pullRequest' in given ? `preview/pr-${given.pullRequest}` : 'production';
  const inputs = createInputs({ host: 'harbour', githubToken: new Secret('ghs_test'), ...options.inputs });
  const identity = identityOf(environment ?? standard, inputs.workingDirectory);
  const plan = { identity, release: releaseOf(context), ...given } as RunPlan;
  recorder.note({ environment: identity.name, release: plan.release, sha: context.sha });
  const parts = { ports, recorder, context, inputs, plan, github: github ?? undefined, scratch: '/scratch' };
  return {
    ...makeRun(parts),
    lines: log.lines,
    store,
    harbour,
    hub: github ?? memoryGitHub(),
    saved,
  };
}

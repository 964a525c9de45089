import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bucket } from './bucket.ts';
import type { Tools } from './install.ts';
import { type Command, type Cost, measureAll } from './measure.ts';
import { type PeerName, peers } from './peers.ts';
import { waitForQuiet } from './quiet.ts';
import type { Sample, TreeStep } from './samples.ts';
import type { Suite } from './suites.ts';
import { changeTree, makeTree, touchTree } from './trees.ts';

export interface Track {
  readonly tools: Tools;
  readonly bucket: Bucket;
  readonly onSample: (sample: Sample) => Promise<void>;
}

/** The least that GitHub's machines have. */
const usualCores = 2;
/** Milliseconds. */
const patience = 20_000;

let runs = 0;
/** A number for each run, as GitHub gives one. */
export const nextRun = (): number => ++runs;

/** The clients of a round in its order: each round begins with another one, so that none always comes first. */
export function orderOf<T>(names: readonly T[], round: number): T[] {
  const first = names.length === 0 ? 0 : round % names.length;
  return [...names.slice(first), ...names.slice(0, first)];
}

interface SampleOptions {
  /** How many cores the commands may use. */
  readonly cores?: number | undefined;
  /** What else there is to tell of the run, asked for at its end. */
  readonly also?: () => Promise<Pick<Sample, 'site' | 'stages'>>;
}

/** Runs commands, one after the other, and adds what the bucket saw of them. */
export async function sampleOf(
  { tools, bucket, onSample }: Track,
  commands: readonly Command[],
  run: Pick<Sample, 'suite' | 'peer' | 'step' | 'round'>,
  { cores = usualCores, also = async () => ({}) }: SampleOptions = {},
): Promise<{ objects: number }> {
  const quiet = await waitForQuiet(patience);
  const before = await bucket.counts();
  const cost: Cost = await measureAll(
    { python: tools.python, log: join(tools.scratch, 'last-run.log'), cores },
    commands,
  );
  const more = await also();
  const { requests, ledger, objects, cpu } = await bucket.counts();
  const sample = { ...run, ...cost, requests, ledger, server: (cpu - before.cpu) / 1000, quiet };
  await onSample({ ...sample, ...more });
  return { objects };
}

/** When the files of a tree are from, before a checkout makes them new: older than all uploads. */
const longAgo = new Date('2026-01-01T00:00:00Z');

/**
 * All steps of one client, each on what it has put into the bucket itself in the steps before.
 * @throws Error where files are missing in the bucket after it said that it is done.
 */
async function runPeer(suite: Suite, name: PeerName, round: number, files: number, track: Track): Promise<void> {
  const { tools, bucket } = track;
  const workspace = join(tools.scratch, 'trees', suite.tree);
  const folder = join(workspace, 'static');
  const prepare: Readonly<Record<TreeStep, () => Promise<unknown>>> = {
    cold: () => bucket.clear(),
    same: async () => undefined,
    checkout: () => touchTree(suite.tree, folder, new Date()),
    changed: () => changeTree(suite.tree, folder, true),
  };
  for (const step of suite.steps) {
    await prepare[step]();
    const job = { tools, endpoint: bucket.endpoint, workspace, run: nextRun() };
    const sample = { suite: suite.name, peer: name, step, round };
    const { objects } = await sampleOf(track, [peers[name].command(job)], sample, { cores: suite.cores });
    if (objects < files) throw new Error(`${name} put ${objects} of ${files} files into the bucket (${step}).`);
  }
  if (suite.steps.includes('changed')) await changeTree(suite.tree, folder, false);
  if (suite.steps.includes('checkout')) await touchTree(suite.tree, folder, longAgo);
}

/** All rounds of a suite; in each, every client that still has rounds to go runs its steps. */
export async function race(suite: Suite, track: Track): Promise<void> {
  const folder = join(track.tools.scratch, 'trees', suite.tree, 'static');
  // What a run that was ended has left may be the changed tree.
  await rm(folder, { recursive: true, force: true });
  const files = await makeTree(suite.tree, folder);
  await touchTree(suite.tree, folder, longAgo);
  await track.bucket.setLine(suite.latency, suite.rate);
  const names = Object.keys(suite.rounds) as PeerName[];
  for (let round = 0; round < Math.max(...Object.values(suite.rounds)); round++) {
    const running = names.filter((name) => (suite.rounds[name] ?? 0) > round);
    for (const name of orderOf(running, round)) await runPeer(suite, name, round, files, track);
  }
}

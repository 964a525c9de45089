import { execFile } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Bucket, startBucket } from './bucket.ts';
import type { Tools } from './install.ts';
import { peers } from './peers.ts';
import { type CpuProfile, type ProfilePart, profileParts, secondsOfParts } from './profile-parts.ts';
import { markdownTable } from './table.ts';
import { makeTree, type TreeName } from './trees.ts';

const run = promisify(execFile);

/** One run of ours, and the seconds of its first thread. */
interface ProfiledRun {
  readonly title: string;
  readonly seconds: readonly (readonly [ProfilePart, number])[];
}

export type Profile = readonly ProfiledRun[];

/** Microseconds between two looks of the profiler. */
const interval = 500;

/** Runs ours under Node's profiler. */
async function profiled(tools: Tools, bucket: Bucket, workspace: string, number: number) {
  const folder = join(tools.scratch, 'profile');
  await rm(folder, { recursive: true, force: true });
  const job = { tools, endpoint: bucket.endpoint, workspace, run: number };
  const { program, args, cwd, env, says = '' } = peers.ours.command(job);
  const profiler = ['--cpu-prof', '--cpu-prof-dir', folder, '--cpu-prof-interval', String(interval)];
  const { stdout } = await run(program, [...profiler, ...args], { cwd, env, maxBuffer: 2 ** 26 });
  if (!stdout.includes(says)) throw new Error(`The run under the profiler does not say "${says}".`);
  // CPU.date.time.process.thread.number: the first thread is 0, and each other one has a profile of its own.
  const file = (await readdir(folder)).find((name) => name.split('.')[4] === '0');
  if (file === undefined) throw new Error('The profiler left no profile of the first thread.');
  const profile = JSON.parse(await readFile(join(folder, file), 'utf8')) as CpuProfile;
  return [...secondsOfParts(profile, await readFile(join(tools.dist, 'run.cjs'), 'utf8'))];
}

/** Where the time of `command: sync` goes, at a round trip of 0 ms: at first and again. */
export async function measureProfile(tools: Tools): Promise<Profile> {
  const runs: ProfiledRun[] = [];
  const bucket = await startBucket();
  try {
    for (const tree of ['small', 'many', 'large'] satisfies TreeName[]) {
      const workspace = join(tools.scratch, 'trees', tree);
      await makeTree(tree, join(workspace, 'static'));
      await bucket.clear();
      for (const [at, step] of ['cold', 'nothing changed'].entries())
        runs.push({ title: `${tree}: ${step}`, seconds: await profiled(tools, bucket, workspace, at + 1) });
    }
  } finally {
    await bucket.stop();
  }
  return runs;
}

/** What each part takes of its run, in percent. */
export function profileTable(profile: Profile): string {
  const shareOf = ({ seconds }: ProfiledRun, part: ProfilePart) => {
    const all = seconds.reduce((sum, [, value]) => sum + value, 0);
    const own = seconds.find(([name]) => name === part)?.[1] ?? 0;
    return own === 0 ? '–' : ((100 * own) / all).toFixed(own / all < 0.095 ? 1 : 0);
  };
  return markdownTable(
    ['%', ...profile.map(({ title }) => title)],
    profileParts.map((part) => [part, ...profile.map((one) => shareOf(one, part))]),
  );
}

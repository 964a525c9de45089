import { execFile } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type BenchHost, startBenchHost, type Visits } from './host.ts';
import type { Tools } from './install.ts';
import { type Command, plainEnv } from './measure.ts';
import { awsEnv, bucketInputs } from './peers.ts';
import { nextRun, orderOf, sampleOf, type Track } from './race.ts';
import { actionCommand, runnerFolder } from './runner.ts';
import { liveSteps, type Sample } from './samples.ts';
import { type WholePeer, type WholeSuite, wholePeers } from './suites.ts';
import { makeWagtail, type WagtailProject } from './wagtail.ts';

const run = promisify(execFile);

/**
 * Milliseconds that the host takes for a release: between two looks of a loop that looks every five seconds, so that it waits as
 * long as on average.
 */
const hostTakes = 7_500;

interface Stage {
  readonly track: Track;
  readonly host: BenchHost;
  readonly project: WagtailProject;
}

/** How this machine reaches the indexes of packages, and packages that are there already, as from the caches of setup-python and setup-uv. */
export function packagesEnv({ scratch }: Tools): Record<string, string> {
  const own = Object.entries(process.env).filter(
    ([name, value]) => /^(PIP_|UV_|SSL_CERT_|REQUESTS_CA_)|_proxy$/i.test(name) && value !== undefined,
  ) as [string, string][];
  return {
    ...Object.fromEntries(own),
    PIP_CACHE_DIR: join(scratch, 'pip-cache'),
    UV_CACHE_DIR: join(scratch, 'uv-cache'),
  };
}

const storages: Readonly<Record<WholePeer, string>> = {
  ours: 'local',
  'same-settings': 'storages',
  'by-hand': 'storages',
  'fast-tools': 'collectfasta',
};

/** The action, from the checkout to the proof. uv is there, as it is for the fast tools. */
function action(peer: WholePeer, sha: string, workspace: string, { track, host }: Stage): Command {
  const { tools, bucket } = track;
  const env = packagesEnv(tools);
  return actionCommand({
    tools,
    workspace,
    sha,
    run: nextRun(),
    says: 'Live: ',
    env: { ...env, PATH: `${dirname(tools.uv)}:${process.env.PATH ?? ''}` },
    inputs: {
      command: 'deploy',
      ...bucketInputs(bucket.endpoint),
      'settings-module': 'mysite.settings.production',
      env: `BENCH_STORAGE=${storages[peer]}\nBENCH_ENDPOINT=${bucket.endpoint}`,
      'media-dir': 'auto',
      host: 'hook',
      'deploy-hook': host.hook,
      'host-options': 'body: {"sha": "{sha}"}',
      url: host.url,
      timeout: '5m',
    },
  });
}

/** The steps of a workflow without the action. */
async function script(peer: WholePeer, sha: string, workspace: string, { track, host }: Stage): Promise<Command> {
  const { tools, bucket } = track;
  const temp = runnerFolder(tools);
  await rm(temp, { recursive: true, force: true });
  await mkdir(temp, { recursive: true });
  return {
    program: '/usr/bin/env',
    args: ['bash', join(import.meta.dirname, 'whole', `${peer}.sh`)],
    cwd: workspace,
    says: 'Live.',
    env: {
      ...awsEnv(),
      ...packagesEnv(tools),
      DJANGO_SETTINGS_MODULE: 'mysite.settings.production',
      BENCH_STORAGE: storages[peer],
      BENCH_ENDPOINT: bucket.endpoint,
      BENCH_CACHE: join(temp, 'collectfasta'),
      RUNNER_TEMP: temp,
      GITHUB_SHA: sha,
      AWS: tools.aws,
      S5CMD: tools.s5cmd,
      UV: tools.uv,
      PYTHON: tools.python,
      HOOK: host.hook,
      // A header has the commit, and the page too.
      SITE: host.url,
    },
  };
}

/** Installs once with pip and once with uv, so that each finds the packages in its cache when it counts. */
async function fillCaches({ track: { tools }, project }: Stage): Promise<void> {
  const workspace = await project.checkout(project.commits.first);
  const env = { ...plainEnv(), ...packagesEnv(tools) };
  const venv = join(tools.scratch, 'throw-away');
  const into = join(venv, 'bin', 'python');
  for (const [program, ...args] of [
    [tools.python, '-m', 'venv', '--clear', venv],
    [into, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', 'requirements.txt'],
    [tools.uv, 'venv', '--quiet', '--clear', '--python', tools.python, venv],
    [tools.uv, 'pip', 'install', '--quiet', '--python', into, '-r', 'requirements.txt'],
  ] as [string, ...string[]][])
    await run(program, args, { cwd: workspace, env });
  await rm(venv, { recursive: true, force: true });
}

/** Seconds of the stages, from the report that the action left. */
async function stagesOf(tools: Tools): Promise<Record<string, number>> {
  const outputs = await readFile(join(runnerFolder(tools), 'output'), 'utf8');
  const path = /^report<<(\S+)\n([^\n]+)\n/m.exec(outputs)?.[2] ?? /^report=(.+)$/m.exec(outputs)?.[1] ?? '';
  const { stages } = JSON.parse(await readFile(path, 'utf8')) as { stages: { name: string; milliseconds: number }[] };
  const sums: Record<string, number> = {};
  for (const { name, milliseconds } of stages) sums[name] = (sums[name] ?? 0) + milliseconds / 1_000;
  return sums;
}

/**
 * What the site saw of a run that has just ended.
 * @throws Error where the run ended before its release was served.
 */
export function siteOf({ served, pages }: Visits, ended: number) {
  if (served === undefined || served > ended) throw new Error('The run ended before the site served its release.');
  const waiting = pages.filter((time) => time < served);
  const [first = served, last = served] = [waiting[0], waiting.at(-1)];
  return {
    lag: (ended - served) / 1_000,
    // Between two requests is one interval.
    rate: waiting.length < 2 ? 0 : (waiting.length - 1) / ((last - first) / 1_000),
    after: pages.length - waiting.length,
  };
}

async function runPeer(peer: WholePeer, suite: WholeSuite, round: number, stage: Stage): Promise<void> {
  const { track, host, project } = stage;
  const isOurs = peer === 'ours' || peer === 'same-settings';
  await track.bucket.clear();
  host.reset();
  for (const step of liveSteps) {
    const sha = project.commits[step];
    const workspace = await project.checkout(sha);
    const command = isOurs ? action(peer, sha, workspace, stage) : await script(peer, sha, workspace, stage);
    const also = async (): Promise<Pick<Sample, 'site' | 'stages'>> => {
      const ended = Date.now();
      const site = siteOf(host.visits(), ended);
      return isOurs ? { site, stages: await stagesOf(track.tools) } : { site };
    };
    await sampleOf(track, [command], { suite: suite.name, peer, step, round }, { also });
  }
}

/** From a push to the live site: ours, and what teams do without it. */
export async function raceWhole(suite: WholeSuite, track: Track): Promise<void> {
  const project = await makeWagtail(track.tools);
  const staticUrl = `${track.bucket.endpoint}/bench/static/`;
  const host = await startBenchHost(hostTakes, (sha) => project.page(sha, staticUrl));
  const stage: Stage = { track, host, project };
  await track.bucket.setLine(0);
  try {
    await fillCaches(stage);
    await track.bucket.setLine(suite.latency);
    const names = Object.keys(wholePeers) as WholePeer[];
    for (let round = 0; round < Math.max(...Object.values(suite.rounds)); round++) {
      const running = names.filter((name) => suite.rounds[name] > round);
      for (const peer of orderOf(running, round)) await runPeer(peer, suite, round, stage);
    }
  } finally {
    await host.stop();
  }
}

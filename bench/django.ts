import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Command, plainEnv } from './measure.ts';
import { awsEnv, peers } from './peers.ts';
import { nextRun, orderOf, sampleOf, type Track } from './race.ts';
import type { Step } from './samples.ts';
import { type DjangoPeer, type DjangoSuite, djangoPeers } from './suites.ts';
import { contentOf, treeFiles } from './trees.ts';

/** With those of Django's admin it is about 500, and twice as many with their hashed copies. */
const ownFiles = 372;

/** A style sheet refers to pictures and fonts, which is what takes Django's hashing its time. */
function styleSheet(index: number, targets: readonly string[]): string {
  const uses = Array.from({ length: 6 }, (_, at) => targets[(index * 6 + at) % targets.length]);
  return uses.map((target, at) => `.rule${index}-${at} { background: url("../../${target}"); }\n`).join('');
}

/** Writes the project and its static files: those of the small tree, style sheets with references in them. */
async function makeProject(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await cp(join(import.meta.dirname, 'project'), folder, { recursive: true });
  const files = treeFiles('small').slice(0, ownFiles);
  const targets = files.map(({ path }) => path).filter((path) => /\.(png|svg|jpg|woff2)$/.test(path));
  for (const file of files) {
    const path = join(folder, 'assets', file.path);
    await mkdir(dirname(path), { recursive: true });
    const content = Buffer.concat([...contentOf(file)]);
    const head = file.path.endsWith('.css') ? Buffer.from(styleSheet(file.seed, targets)) : Buffer.alloc(0);
    await writeFile(path, Buffer.concat([head, content]));
  }
}

/** What a client runs for one collect: one command, or Django's own and then our sync. */
async function commandsOf(name: DjangoPeer, project: string, track: Track): Promise<Command[]> {
  const { tools, bucket } = track;
  const storage = name === 'ours' ? 'local' : name === 'django-storages' ? 'storages' : 'collectfasta';
  const cache = join(tools.scratch, 'collectfasta-cache');
  const collect = {
    program: tools.djangoPython,
    args: ['manage.py', 'collectstatic', '--noinput', '--verbosity', '0'],
    cwd: project,
    env: {
      ...(name === 'ours' ? plainEnv() : awsEnv()),
      BENCH_STORAGE: storage,
      BENCH_ENDPOINT: bucket.endpoint,
      BENCH_CACHE: cache,
    },
  };
  // A job begins with a fresh checkout: there is no folder of collected files and no cache on disk.
  await rm(join(project, 'static'), { recursive: true, force: true });
  await rm(cache, { recursive: true, force: true });
  if (name !== 'ours') return [collect];
  return [collect, peers.ours.command({ tools, endpoint: bucket.endpoint, workspace: project, run: nextRun() })];
}

/** From the project's static files to the bucket, the first time and again. */
export async function raceDjango(suite: DjangoSuite, track: Track): Promise<void> {
  const project = join(track.tools.scratch, 'project');
  await makeProject(project);
  await track.bucket.setLine(suite.latency);
  const steps: readonly Step[] = ['cold', 'same'];
  for (let round = 0; round < Math.max(...Object.values(suite.rounds)); round++) {
    const running = djangoPeers.filter((name) => suite.rounds[name] > round);
    for (const peer of orderOf(running, round)) {
      await track.bucket.clear();
      for (const step of steps) {
        const commands = await commandsOf(peer, project, track);
        const { objects } = await sampleOf(track, commands, { suite: suite.name, peer, step, round });
        if (objects < ownFiles * 2) throw new Error(`${peer} put ${objects} files into the bucket (${step}).`);
      }
    }
  }
}

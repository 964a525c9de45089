import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Tools, versions } from './install.ts';
import { measureAll, plainEnv } from './measure.ts';
import { median } from './samples.ts';
import { makeWagtail } from './wagtail.ts';
import { packagesEnv } from './whole.ts';

/** A part of what the stage Build does, in seconds. */
export interface BuildPart {
  readonly title: string;
  readonly seconds: number;
}

const rounds = 3;

/**
 * Where the seconds of a build go: the commands that the action runs, one by one, on the project of `whole` with the packages in
 * the caches. What runs inside Django counts without Django's own start.
 */
export async function measureBuild(tools: Tools): Promise<BuildPart[]> {
  const project = await makeWagtail(tools);
  const workspace = await project.checkout(project.commits.first);
  const venv = join(tools.scratch, 'build-venv');
  const own = join(tools.scratch, 'build-uv');
  const python = join(venv, 'bin', 'python');
  const env = {
    ...plainEnv(),
    ...packagesEnv(tools),
    DJANGO_SETTINGS_MODULE: 'mysite.settings.production',
    BENCH_STORAGE: 'local',
    BENCH_ENDPOINT: 'http://127.0.0.1:9',
  };
  const log = join(tools.scratch, 'last-run.log');
  const time = async (program: string, ...args: string[]) =>
    (await measureAll({ python: tools.python, log, cores: 2 }, [{ program, args, cwd: workspace, env }])).wall;
  const install = ['pip', 'install', '--python', python, '-r', 'requirements.txt'];
  const start = ['-c', 'import django; django.setup()'];

  const seconds: Record<string, number[]> = {};
  const note = (title: string, value: number) => {
    seconds[title] = [...(seconds[title] ?? []), value];
  };
  // The first round fills caches.
  for (let round = 0; round <= rounds; round++) {
    await rm(join(workspace, 'static'), { recursive: true, force: true });
    const withPip =
      (await time(tools.python, '-m', 'venv', '--clear', own)) +
      (await time(join(own, 'bin', 'python'), '-m', 'pip', 'install', '--quiet', `uv==${versions.uv}`));
    const made = await time(tools.uv, 'venv', '--quiet', '--clear', '--python', tools.python, venv);
    const resolved = await time(tools.uv, ...install, '--dry-run');
    const installed = await time(tools.uv, ...install);
    const first = await time(python, ...start);
    const again = await time(python, ...start);
    const collected = await time(python, 'manage.py', 'collectstatic', '--noinput');
    const migrations = await time(python, 'manage.py', 'makemigrations', '--check', '--dry-run');
    const checked = await time(python, 'manage.py', 'check', '--deploy');
    if (round === 0) continue;
    note('uv itself, where neither the machine nor the cache has it (not in the runs of the other tables)', withPip);
    note('make the environment: `uv venv`', made);
    note('resolve: `uv pip install --dry-run`', resolved);
    note('unpack and link: the rest of `uv pip install`', Math.max(0, installed - resolved));
    note('first start of Django in a new environment, which compiles all modules', first);
    note('each other start of Django, imports above all', again);
    note('`collectstatic`, without the start', Math.max(0, collected - again));
    note('look for migrations that are missing, without the start', Math.max(0, migrations - again));
    note('`check --deploy`, without the start', Math.max(0, checked - again));
  }
  return Object.entries(seconds).map(([title, values]) => ({ title, seconds: median(values) }));
}

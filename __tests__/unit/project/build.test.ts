import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { DeployError } from '../../../src/core/errors.ts';
import type { Command } from '../../../src/core/ports.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { building, files, packed, warnings } from '../../support/building.ts';
import { failure, projectSettings, repository, stepFailure } from '../../support/project.ts';

/** The commands that run code of the project or of its packages. */
const isProjectCode = ({ program, args }: Command): boolean =>
  program === 'bash' || args.includes('install') || basename(args[0] ?? '') === 'django_steps.py';

describe('a build', () => {
  const hooks = {
    buildCommand: 'mkdir dist; echo "$STAGE" > dist/app.js; echo x > dist/cache.sqlite3',
    postBuildCommand: 'cp staticfiles/app.0a1b.css staticfiles/app.min.css; echo 1 > version.txt',
    env: { STAGE: new Secret('production') },
  };

  test('tells installers and commands that this is a runner, and Django not, unless the input env does', async () => {
    const runner = { CI: 'true', GITHUB_ACTIONS: 'true' };
    const marksOf = async (env: Record<string, Secret>) => {
      const { work, commands } = building(await repository(files), { ...hooks, env }, undefined, runner);
      const { migrated, findings } = await work();
      expect(findings).toEqual([]);
      const ran = [...commands.filter(isProjectCode), migrated.python];
      return ran.map((one) => Object.keys(runner).filter((name) => name in (one.env ?? {})));
    };
    const both = ['CI', 'GITHUB_ACTIONS'];
    expect(await marksOf({})).toEqual([both, both, [], both, []]);
    expect(await marksOf({ CI: new Secret('1') })).toEqual([both, both, ['CI'], both, ['CI']]);
  });

  test('installs, runs the hook before, Django, and the hook after, in this order', async () => {
    const { work, ran, said } = building(await repository(files), hooks);
    await work();
    expect(ran).toEqual(['install', hooks.buildCommand, 'django', hooks.postBuildCommand]);
    expect(warnings(said)).toEqual([]);
  });

  test('packs what git holds, what the hooks made and what was collected, and no leftovers', async () => {
    const { artifact } = await building(await repository(files), hooks).work();
    expect(packed(artifact.path)).toEqual([
      '.gitignore',
      'config/settings.py',
      'dist/app.js',
      'manage.py',
      'requirements.txt',
      'staticfiles/app.0a1b.css',
      'staticfiles/app.min.css',
      'version.txt',
    ]);
    expect(execFileSync('tar', ['-xOzf', artifact.path, 'dist/app.js']).toString()).toBe('production\n');
  });

  test('of the same commit is the same, byte for byte, on another machine', async () => {
    const first = await building(await repository(files), hooks).work();
    const second = await building(await repository(files), hooks).work();
    expect(second.artifact.sha256).toBe(first.artifact.sha256);
  });

  test('gives nothing of the runner’s secrets to any command, and to the project’s code the host’s variables and before them the input env', async () => {
    const inputs = { ...hooks, settingsModule: 'config.production' };
    const { work, commands } = building(await repository(files), inputs);
    await work();
    expect(JSON.stringify(commands.map(({ env }) => env))).not.toContain('canary');
    const own = commands.filter(isProjectCode);
    expect(own).toHaveLength(4);
    for (const { env } of own)
      expect(env).toMatchObject({ STAGE: 'production', HOST: 'here', DJANGO_SETTINGS_MODULE: 'config.production' });
    for (const { env } of commands.filter(({ program }) => program === 'git')) expect(env).not.toHaveProperty('STAGE');
  });

  test('looks at checks and migrations unless they are off', async () => {
    const on = building(await repository(files));
    const off = building(await repository(files), { checks: 'off', migrate: 'off' });
    await Promise.all([on.work(), off.work()]);
    expect(on.asked).toMatchObject([{ checks: true, migrations: true }]);
    expect(off.asked).toMatchObject([{ checks: false, migrations: false }]);
  });
});

describe('a front-end that nothing has built', () => {
  const unbuilt = { ...files, 'package.json': '{"scripts": {"build": "vite build --outDir static/dist"}}' };

  test('is found, at its place in the checkout', async () => {
    const workspace = await repository(
      Object.fromEntries(Object.entries(unbuilt).map(([path, text]) => [`shop/${path}`, text])),
    );
    const { findings } = await building(workspace, { workingDirectory: 'shop' }).work();
    expect(findings).toMatchObject([{ id: 'deploy.front-end', at: { file: 'shop/package.json' } }]);
  });

  test('is not looked for where a command builds', async () => {
    const { work } = building(await repository(unbuilt), { buildCommand: 'true' });
    expect((await work()).findings).toEqual([]);
  });
});

describe('a build stops', () => {
  test('at a hook that fails, before Django', async () => {
    const { work, ran } = building(await repository(files), { buildCommand: 'echo no vite; exit 4' });
    const error = await failure<DeployError>(work);
    expect(error).toMatchObject({ code: 'COMMAND_FAILED', hint: expect.stringContaining('build-command') });
    expect(error.message).toContain('exit code 4. Its last lines:\n  no vite');
    expect(ran).not.toContain('django');
  });

  test('where Django cannot collect, before the hook after it', async () => {
    const django = async () => ({ project: projectSettings(), failures: [stepFailure({ step: 'collect' })] });
    const { work, ran } = building(await repository(files), { postBuildCommand: 'true' }, django);
    expect(await failure(work)).toMatchObject({ code: 'COLLECT_FAILED' });
    expect(ran.at(-1)).toBe('django');
  });

  test('where there is no project, before anything is installed', async () => {
    const { work, commands } = building(await repository({ 'node_modules/x/manage.py': '', '.venv/manage.py': '' }));
    expect(await failure(work)).toMatchObject({ code: 'PROJECT_NOT_FOUND' });
    expect(commands).toEqual([]);
  });
});

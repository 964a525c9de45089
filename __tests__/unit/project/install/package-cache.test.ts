import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../../../src/core/ports.ts';
import {
  cacheAccess,
  cacheKey,
  cacheVariables,
  isKeptElsewhere,
  machineOf,
  type PackageCache,
} from '../../../../src/project/install/package-cache.ts';
import { toolVersions } from '../../../../src/project/install/tool-versions.ts';
import { installing, type Machine } from '../../../support/installing.ts';
import { failure, tempFolder, writeFiles } from '../../../support/project.ts';

describe('the cache', () => {
  const runner = { ACTIONS_RUNTIME_TOKEN: 'x', ACTIONS_RESULTS_URL: 'https://results', RUNNER_TEMP: '/temp' };
  test.each<[string, Record<string, string>, string]>([
    ['written by a push', { ...runner, GITHUB_EVENT_NAME: 'push' }, 'write'],
    ['written by a pull request, which has its own', { ...runner, GITHUB_EVENT_NAME: 'pull_request' }, 'write'],
    ['read by pull_request_target', { ...runner, GITHUB_EVENT_NAME: 'pull_request_target' }, 'read'],
    ['read by workflow_run', { ...runner, GITHUB_EVENT_NAME: 'workflow_run' }, 'read'],
    ['read by issue_comment', { ...runner, GITHUB_EVENT_NAME: 'issue_comment' }, 'read'],
    ['written on an older server', { ...runner, ACTIONS_RESULTS_URL: '', ACTIONS_CACHE_URL: 'https://cache' }, 'write'],
    ['not there without a token', { ...runner, ACTIONS_RUNTIME_TOKEN: '' }, 'none'],
    ['not there without an address', { ...runner, ACTIONS_RESULTS_URL: '' }, 'none'],
    ['not there without a folder', { ...runner, RUNNER_TEMP: '' }, 'none'],
  ])('is %s', (_what, env, access) => {
    expect(cacheAccess(env)).toBe(access);
  });

  test.each<[string, Parameters<typeof isKeptElsewhere>[0], Record<string, string>, boolean]>([
    ['uv’s, for uv.lock', 'uv', { UV_CACHE_DIR: '/kept' }, true],
    ['uv’s, for requirements', 'requirements', { UV_CACHE_DIR: '/kept' }, true],
    ['uv’s, for Poetry', 'poetry', { UV_CACHE_DIR: '/kept' }, false],
    ['Poetry’s, for Poetry', 'poetry', { POETRY_CACHE_DIR: '/kept' }, true],
    ['none', 'uv', {}, false],
  ])('is an earlier step’s where that keeps %s: %s', (_what, kind, env, elsewhere) => {
    expect(isKeptElsewhere(kind, env)).toBe(elsewhere);
  });

  test('has one folder for all tools', () => {
    expect(cacheVariables('/temp/packages')).toEqual({
      UV_CACHE_DIR: '/temp/packages/uv',
      PIP_CACHE_DIR: '/temp/packages/pip',
      POETRY_CACHE_DIR: '/temp/packages/poetry',
      PDM_CACHE_DIR: '/temp/packages/pdm',
      PIPENV_CACHE_DIR: '/temp/packages/pipenv',
    });
  });
});

describe('the key', () => {
  const bytes = (text: string) => Buffer.from(text);
  const contents = { kind: 'uv', python: '3.13', machine: 'ubuntu24-x64', files: [bytes('lock')] } as const;
  const { key, prefix } = cacheKey(contents);

  test('tells what it is for, and the lock file', () => {
    expect(key).toMatch(/^deploy-django-2-ubuntu24-x64-py3\.13-uv-[0-9a-f]{64}$/);
    expect(key.startsWith(prefix)).toBe(true);
    expect(cacheKey(contents).key).toBe(key);
  });

  test.each([
    ['another lock file', { files: [bytes('other')] }, true],
    ['the same text in two files', { files: [bytes('lo'), bytes('ck')] }, true],
    ['another Python', { python: '3.12' }, false],
    ['another machine', { machine: 'ubuntu22-x64' }, false],
    ['another tool', { kind: 'poetry' as const }, false],
  ])('is another one with %s', (_what, change, samePrefix) => {
    const other = cacheKey({ ...contents, ...change });
    expect(other.key).not.toBe(key);
    expect(other.prefix === prefix).toBe(samePrefix);
  });

  test.each([
    [{ ImageOS: 'ubuntu24' }, `ubuntu24-${process.arch}`],
    [{}, `${process.platform}-${process.arch}`],
  ])('names the machine of %j as %s', (env, machine) => {
    expect(machineOf(env)).toBe(machine);
  });
});

describe('an install', () => {
  /** A cache that has one entry, and keeps what it is asked. */
  function fakeCache(
    has: (key: string) => string | undefined,
    folder = '/temp/packages',
  ): PackageCache & { asked: string[]; saved: string[] } {
    const asked: string[] = [];
    const saved: string[] = [];
    return {
      asked,
      saved,
      folder,
      restore: async (key, prefix) => {
        asked.push(key, prefix);
        return has(key);
      },
      saveAtEnd: (key) => void saved.push(key),
    };
  }
  const files = { 'uv.lock': 'locked' };
  const prune = 'uv cache prune --ci';

  test.each<[string, (key: string) => string | undefined, boolean]>([
    ['has its packages saved where there were none', () => undefined, true],
    ['has its packages saved where there were older ones', () => 'deploy-django-2-older', true],
    ['has nothing saved where the same were there', (key) => key, false],
  ])('%s', async (_what, has, saves) => {
    const cache = fakeCache(has);
    const given = await installing({ cache }, { files });
    await given.work();
    expect(cache.asked).toHaveLength(2);
    expect(cache.saved).toEqual(saves ? [cache.asked[0]] : []);
    expect(given.changes().includes(prune)).toBe(saves);
    const sync = given.commands.find(({ args }) => args[0] === 'sync');
    expect(sync?.env).toMatchObject({ UV_CACHE_DIR: '/temp/packages/uv' });
  });

  test.each<[string, Machine, string]>([
    ['where an earlier step keeps them', { env: { UV_CACHE_DIR: '/kept' } }, 'auto'],
    ['with a command line', {}, 'make'],
    ['with none', {}, 'none'],
  ])('asks for nothing %s', async (_what, machine, input) => {
    const cache = fakeCache(() => undefined);
    await (await installing({ ...machine, cache }, { files, input })).work();
    expect([...cache.asked, ...cache.saved]).toEqual([]);
  });

  test('takes the uv that an earlier run had to bring, and brings none', async () => {
    const folder = tempFolder();
    const cache = fakeCache(() => undefined, folder);
    await writeFiles(folder, { [`tools/${toolVersions.uv}/uv`]: '' });
    const next = await installing({ programs: [], cache }, { files });
    await next.work();
    expect(next.changes()[0]).toBe(`${join(folder, 'tools', toolVersions.uv, 'uv')} sync --locked --no-default-groups`);
  });

  // Two requirements can have the same folder, by the first as by the second.
  test.each([
    ['>=1.0', 'uv_=1.0', '2.1.0', true],
    ['~=1.0', 'uv_=1.0', '2.1.0', false],
    ['~=0.5.0', 'uv_=0.5.0', '0.5.9', true],
    ['<=0.5.0', 'uv_=0.5.0', '0.5.9', false],
  ])(
    'of a project that wants uv %s looks into %s, and takes version %s of it: %p',
    async (wanted, kept, version, taken) => {
      const folder = tempFolder();
      await writeFiles(folder, { [`tools/${kept}/uv`]: '' });
      const machine = {
        programs: [],
        cache: fakeCache(() => undefined, folder),
        results: { '/uv --version': { output: `uv ${version}\n` } },
      };
      const next = await installing(machine, { files: { ...files, 'uv.toml': `required-version = "${wanted}"` } });
      await next.work();
      const brings = next.changes().some((command) => command.includes(' -m pip install '));
      expect(brings).toBe(!taken);
    },
  );

  test('is another one where the project asks for another uv', async () => {
    const keyOf = async (version: string) => {
      const cache = fakeCache(() => undefined);
      await (await installing({ cache }, { files: { ...files, 'uv.toml': `required-version = "${version}"` } })).work();
      return cache.asked[0];
    };
    expect(await keyOf('>=0.5')).not.toBe(await keyOf('>=0.6'));
    expect(await keyOf('>=0.5')).toBe(await keyOf('>=0.5'));
  });

  test.each(['uv', 'uv.exe'])('keeps the %s that it had to bring, and the next one takes it', async (name) => {
    const folder = tempFolder();
    const cache = fakeCache(() => undefined, folder);
    const putsIt = async ({ args }: Command) => {
      await writeFiles(args[args.indexOf('--target') + 1] ?? '', { [`bin/${name}`]: '' });
      return {};
    };
    const first = await installing({ programs: [], cache, results: { '--target VENV-uv': putsIt } }, { files });
    await first.work();
    expect(first.changes()).toContain(`uv:${name} sync --locked --no-default-groups`);
    const next = await installing({ programs: [], cache }, { files });
    await next.work();
    expect(next.changes()[0]).toBe(`${join(folder, 'tools', toolVersions.uv, name)} sync --locked --no-default-groups`);
  });

  test('that fails has nothing saved', async () => {
    const cache = fakeCache(() => undefined);
    const { work } = await installing({ cache, results: { 'uv sync': { exit: 2 } } }, { files });
    expect(await failure(work)).toMatchObject({ code: 'INSTALL_FAILED' });
    expect(cache.saved).toEqual([]);
  });

  test('leaves no cache folder to the project’s own code', async () => {
    const { python } = await (await installing({ cache: fakeCache(() => undefined) }, { files })).work();
    expect(python.env).not.toHaveProperty('UV_CACHE_DIR');
  });
});

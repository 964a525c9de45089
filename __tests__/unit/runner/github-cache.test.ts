import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createCache, saveCacheEntry } from '../../../src/runner/github-cache.ts';
import { type CacheService, startCacheService } from '../../support/cache-service.ts';
import { never } from '../../support/fakes.ts';
import { failure, tempFolder } from '../../support/project.ts';

/** @actions/cache itself, against a cache on loopback. It reads its addresses from the environment of the process. */
let service: CacheService;
const own = { ...process.env };
const printed: string[] = [];
const { write } = process.stdout;

beforeAll(async () => {
  service = await startCacheService();
  Object.assign(process.env, service.env, { GITHUB_WORKSPACE: tempFolder(), RUNNER_TEMP: tempFolder() });
  process.stdout.write = (chunk: string | Uint8Array) => {
    printed.push(chunk.toString());
    return true;
  };
});
afterEach(() => {
  printed.length = 0;
  service.failWith(undefined);
});
afterAll(async () => {
  process.stdout.write = write;
  for (const name of Object.keys(process.env)) if (!(name in own)) delete process.env[name];
  Object.assign(process.env, own);
  await service.stop();
});

/** The cache of a run, whose folder holds one file, and what it wants saved. */
async function open(env: Record<string, string> = {}) {
  const keys: string[] = [];
  const cache = createCache({ ...process.env, ...env }, (key) => void keys.push(key));
  if (cache.folder !== undefined) {
    await mkdir(cache.folder, { recursive: true });
    await writeFile(join(cache.folder, 'wheel'), 'built');
  }
  return { cache, keys, file: join(cache.folder ?? '', 'wheel') };
}

describe('GitHub’s cache', () => {
  test('gives back what a run before it saved, by the key and by the part before the lock file', async () => {
    const { cache, keys, file } = await open();
    cache.saveAtEnd('deploy-django-uv-1');
    for (const key of keys) await saveCacheEntry(key, process.env);
    expect(service.keys()).toEqual(['deploy-django-uv-1']);
    for (const key of ['deploy-django-uv-1', 'deploy-django-uv-2']) {
      await rm(cache.folder ?? '', { recursive: true });
      expect(await cache.restore(key, 'deploy-django-uv-', never)).toBe('deploy-django-uv-1');
      expect(await readFile(file, 'utf8')).toBe('built');
    }
    expect(printed.join('')).toBe(
      "Packages kept in GitHub's cache: deploy-django-uv-1\nPackages from GitHub's cache: deploy-django-uv-1\nPackages from GitHub's cache: deploy-django-uv-1\n",
    );
  });

  test('has nothing where no run saved anything', async () => {
    const { cache } = await open();
    expect(await cache.restore('deploy-django-pdm-1', 'deploy-django-pdm-', never)).toBeUndefined();
    expect(printed.join('')).toBe("No packages in GitHub's cache yet.\n");
  });

  test('is one line where it fails, and no error of the run', async () => {
    const { cache } = await open();
    service.failWith(403);
    expect(await cache.restore('deploy-django-uv-1', 'deploy-django-uv-', never)).toBeUndefined();
    await saveCacheEntry('deploy-django-uv-3', process.env);
    expect(printed).toEqual([
      expect.stringMatching(/^No packages from GitHub's cache: Failed to restore: .*403/),
      expect.stringMatching(/^Packages not kept in GitHub's cache: .*deploy-django-uv-3/),
    ]);
  });

  test('is one line where there is no folder to save', async () => {
    await saveCacheEntry('deploy-django-uv-4', { ...process.env, RUNNER_TEMP: join(tempFolder(), 'gone') });
    expect(printed).toEqual([expect.stringMatching(/^Packages not kept in GitHub's cache: .*do\(es\) not exist/)]);
  });

  test('saves nothing for an event that a stranger can cause in the name of the default branch', async () => {
    const { cache, keys } = await open({ GITHUB_EVENT_NAME: 'workflow_run' });
    cache.saveAtEnd('deploy-django-uv-5');
    expect(keys).toEqual([]);
    expect(await cache.restore('deploy-django-uv-1', 'deploy-django-uv-', never)).toBe('deploy-django-uv-1');
  });

  test.each(['uv-7', '../deploy-django-7'])('keeps nothing under a key that is not ours: %s', async (key) => {
    await open();
    await saveCacheEntry(key, process.env);
    expect(service.keys()).not.toContain(key);
    expect(printed).toEqual([]);
  });

  test('is not asked where there is none', async () => {
    const { cache, keys } = await open({ ACTIONS_RUNTIME_TOKEN: '' });
    cache.saveAtEnd('deploy-django-uv-6');
    expect({
      folder: cache.folder,
      found: await cache.restore('deploy-django-uv-1', 'deploy-django-uv-', never),
      keys,
    }).toEqual({
      folder: undefined,
      found: undefined,
      keys: [],
    });
    expect(printed).toEqual([]);
  });

  test('is not waited for where the run is cancelled', async () => {
    const { cache } = await open();
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const restoring = failure(() => cache.restore('deploy-django-uv-1', 'deploy-django-uv-', controller.signal));
    controller.abort(reason);
    expect(await restoring).toBe(reason);
    // What is under way comes to its end, and whoever prints in the meantime is heard.
    while (!printed.join('').includes('Cache restored successfully')) await delay(10);
    const again = await failure(() => cache.restore('deploy-django-uv-1', 'deploy-django-uv-', controller.signal));
    expect(again).toBe(reason);
  });
});

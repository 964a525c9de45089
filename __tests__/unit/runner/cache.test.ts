import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type CacheEntry, createCache, saveCacheEntry } from '../../../src/runner/cache.ts';
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
  const entries: CacheEntry[] = [];
  const cache = createCache({ ...process.env, ...env }, (entry) => void entries.push(entry));
  if (cache.folder !== undefined) {
    await mkdir(cache.folder, { recursive: true });
    await writeFile(join(cache.folder, 'wheel'), 'built');
  }
  return { cache, entries, file: join(cache.folder ?? '', 'wheel') };
}

describe('GitHub’s cache', () => {
  test('gives back what a run before it saved, by the key and by the part before the lock file', async () => {
    const { cache, entries, file } = await open();
    cache.saveAtEnd('uv-1');
    for (const entry of entries) await saveCacheEntry(entry);
    expect(service.keys()).toEqual(['uv-1']);
    for (const key of ['uv-1', 'uv-2']) {
      await rm(cache.folder ?? '', { recursive: true });
      expect(await cache.restore(key, 'uv-', never)).toBe('uv-1');
      expect(await readFile(file, 'utf8')).toBe('built');
    }
    expect(printed.join('')).toBe(
      "Packages kept in GitHub's cache: uv-1\nPackages from GitHub's cache: uv-1\nPackages from GitHub's cache: uv-1\n",
    );
  });

  test('has nothing where no run saved anything', async () => {
    const { cache } = await open();
    expect(await cache.restore('pdm-1', 'pdm-', never)).toBeUndefined();
    expect(printed.join('')).toBe("No packages in GitHub's cache yet.\n");
  });

  test('is one line where it fails, and no error of the run', async () => {
    const { cache } = await open();
    service.failWith(403);
    expect(await cache.restore('uv-1', 'uv-', never)).toBeUndefined();
    await saveCacheEntry({ folder: cache.folder ?? '', key: 'uv-3' });
    expect(printed).toEqual([
      expect.stringMatching(/^No packages from GitHub's cache: Failed to restore: .*403/),
      expect.stringMatching(/^Packages not kept in GitHub's cache: .*uv-3/),
    ]);
  });

  test('is one line where there is no folder to save', async () => {
    await saveCacheEntry({ folder: join(tempFolder(), 'gone'), key: 'uv-4' });
    expect(printed).toEqual([expect.stringMatching(/^Packages not kept in GitHub's cache: .*do\(es\) not exist/)]);
  });

  test('saves nothing for an event that a stranger can cause in the name of the default branch', async () => {
    const { cache, entries } = await open({ GITHUB_EVENT_NAME: 'workflow_run' });
    cache.saveAtEnd('uv-5');
    expect(entries).toEqual([]);
    expect(await cache.restore('uv-1', 'uv-', never)).toBe('uv-1');
  });

  test('is not asked where there is none', async () => {
    const { cache, entries } = await open({ ACTIONS_RUNTIME_TOKEN: '' });
    cache.saveAtEnd('uv-6');
    expect({ folder: cache.folder, found: await cache.restore('uv-1', 'uv-', never), entries }).toEqual({
      folder: undefined,
      found: undefined,
      entries: [],
    });
    expect(printed).toEqual([]);
  });

  test('is not waited for where the run is cancelled', async () => {
    const { cache } = await open();
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const restoring = failure(() => cache.restore('uv-1', 'uv-', controller.signal));
    controller.abort(reason);
    expect(await restoring).toBe(reason);
    // What is under way comes to its end, and whoever prints in the meantime is heard.
    while (!printed.join('').includes('Cache restored successfully')) await delay(10);
    const again = await failure(() => cache.restore('uv-1', 'uv-', controller.signal));
    expect(again).toBe(reason);
  });
});

import * as core from '@actions/core';
import { cacheAccess, cacheFolder, isCacheKey, type PackageCache } from '../project/install/package-cache.ts';

/** A cache that takes longer than this to answer is slower than the indexes of packages. */
const patience = 120_000;

interface Quiet<T> {
  readonly value: T | undefined;
  /** What went wrong, in one line. */
  readonly trouble: string | undefined;
}

/**
 * Runs work of @actions/cache without its output. It reports a failing cache as errors of the run, and asks the runner to
 * mask signed addresses while no command is obeyed; so nothing of what it prints is shown, and what went wrong comes back as a value.
 */
async function quietly<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<Quiet<T>> {
  const { write } = process.stdout;
  let printed = '';
  process.stdout.write = (chunk: string | Uint8Array) => {
    printed += chunk.toString();
    return true;
  };
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  let value: T | undefined;
  try {
    value = await Promise.race([work(), aborted]);
  } catch (error) {
    signal?.throwIfAborted();
    printed += `\n::warning::${error instanceof Error ? error.message : error}`;
  } finally {
    process.stdout.write = write;
    signal?.removeEventListener('abort', abort);
  }
  const reported = /^::(?:warning|error)[^:]*::(.*)$/m.exec(printed)?.[1];
  const refused = /^Failed to save: (.*)$/m.exec(printed)?.[1];
  // A signed address is a key to the entry.
  return { value, trouble: (reported ?? refused)?.replace(/\?\S+/g, '?…') };
}

/** GitHub's cache, as the runner's variables allow it. */
export function createCache(
  env: Readonly<Record<string, string | undefined>>,
  saveKey: (key: string) => void,
): PackageCache {
  const folder = cacheFolder(env);
  return {
    folder,
    async restore(key, prefix, signal) {
      if (folder === undefined) return undefined;
      signal.throwIfAborted();
      const options = { segmentTimeoutInMs: patience, timeoutInMs: patience };
      const { value, trouble } = await quietly(async () => {
        const { restoreCache } = await import('@actions/cache');
        return restoreCache([folder], key, [prefix], options);
      }, signal);
      if (trouble) core.info(`No packages from GitHub's cache: ${trouble}`);
      else core.info(value ? `Packages from GitHub's cache: ${value}` : "No packages in GitHub's cache yet.");
      return value;
    },
    saveAtEnd(key) {
      if (cacheAccess(env) === 'write') saveKey(key);
    },
  };
}

/**
 * Saves the packages for the runs after this one, and nothing else: the key comes back through a file that others can write
 * to, so it has to be one of ours, and the folder is not taken from there.
 */
export async function saveCacheEntry(key: string, env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const folder = cacheFolder(env);
  if (folder === undefined || !isCacheKey(key)) return;
  const { value, trouble } = await quietly(async () => {
    const { saveCache } = await import('@actions/cache');
    return saveCache([folder], key);
  });
  const saved = value !== undefined && value >= 0;
  core.info(
    saved
      ? `Packages kept in GitHub's cache: ${key}`
      : `Packages not kept in GitHub's cache: ${trouble ?? 'it is read-only'}`,
  );
}

import type { Ledger } from '../ledger/ledger.ts';
import { mapLimit } from '../lib/map-limit.ts';
import type { ListedObject, ObjectStore } from '../store/store.ts';
import type { SyncSource } from './planned-file.ts';
import { isOtherForm } from './remote.ts';

/**
 * Keys of bundlers' names under which the bucket has other bytes, of which the ledger knows nothing. Such a name is no hash
 * of the content, or one that somebody cannot be held to, and a file under it may change again.
 */
export async function findReused(
  sources: readonly SyncSource[],
  objects: ReadonlyMap<string, ListedObject>,
  ledger: Ledger,
  store: ObjectStore,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const reused = new Set<string>();
  for (const { files, prefix, bundled } of sources) {
    const strange = files.filter(({ path, md5 }) => {
      const key = prefix + path;
      const there = objects.get(key);
      return bundled.has(path) && !ledger.objects.has(key) && there !== undefined && there.etag !== md5;
    });
    await mapLimit(strange, store.atOnce, signal, async ({ path, md5 }) => {
      const head = await store.head(prefix + path, signal);
      if (head && head.md5 !== md5 && !isOtherForm(head)) reused.add(prefix + path);
    });
  }
  return reused;
}

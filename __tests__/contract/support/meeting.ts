import type { ObjectStore } from '../../../src/store/store.ts';

/** Waits until so many have come, once; whoever comes later goes on. */
function barrier(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    come += 1;
    if (come === count) resolve();
    return promise;
  };
}

/** Stores that take their first look, their first write and their second look together. */
export function meeting(stores: readonly ObjectStore[]): ObjectStore[] {
  const looked = barrier(stores.length);
  const written = barrier(stores.length);
  return stores.map((store) => ({
    ...store,
    head: async (key, signal) => {
      const found = await store.head(key, signal);
      await looked();
      return found;
    },
    put: async (request, signal) => {
      const etag = await store.put(request, signal);
      await written();
      return etag;
    },
  }));
}

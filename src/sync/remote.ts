import { mapLimit } from '../lib/map-limit.ts';
import type { ListedObject, ObjectHead, ObjectStore } from '../store/store.ts';

/** What is asked of the bucket: everything below a prefix, or only what is there of these paths. */
export interface LookRequest {
  readonly prefix: string;
  /** Keys without the prefix: 100,000 strings that are there already. */
  readonly paths: ReadonlySet<string>;
  /** Other keys that are of interest if they are there. */
  readonly isKnown: (key: string) => boolean;
  /** The prefix may hold far more than these keys: users' uploads. */
  readonly shared: boolean;
}

/** Whether an object can hold the same content although its ETag is another: compressed, encrypted, or sent in parts. */
export const isOtherForm = ({ headers, encrypted, etag }: ObjectHead): boolean =>
  Boolean(headers.contentEncoding) || encrypted || etag.includes('-');

/** One page has so many objects. */
const pageSize = 1_000;
/** A listing may be so much longer than the files that it is about, in objects. */
const patience = { times: 10, pages: 5 };

/**
 * What the bucket has of these paths. A listing tells it a thousand at a time; where the bucket turns out to hold far more
 * than was asked for, the rest is asked for one by one, so that the requests stay in proportion to the files.
 */
export async function lookAt(
  store: ObjectStore,
  { prefix, paths, isKnown, shared }: LookRequest,
  signal: AbortSignal,
): Promise<Map<string, ListedObject>> {
  const found = new Map<string, ListedObject>();
  const mostPages = shared ? Math.ceil((paths.size * patience.times) / pageSize) + patience.pages : Infinity;
  let pages = 0;
  for await (const page of store.list(prefix, signal)) {
    for (const object of page) {
      const { key } = object;
      if (paths.has(key.slice(prefix.length)) || isKnown(key)) found.set(key, object);
    }
    pages += 1;
    if (pages >= mostPages && page.length >= pageSize) {
      const missing = [...paths].map((path) => prefix + path).filter((key) => !found.has(key));
      await mapLimit(missing, store.atOnce, signal, async (key) => {
        const head = await store.head(key, signal);
        if (head) found.set(key, { key, size: head.size, etag: head.etag, lastModified: head.lastModified });
      });
      return found;
    }
  }
  return found;
}

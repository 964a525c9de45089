import { mapLimit } from '../lib/map-limit.ts';
import type { ListedObject, ObjectHead, ObjectStore } from '../store/store.ts';
import { type ListRange, listRanges, pageSize } from './list-ranges.ts';

/** What is asked of the bucket: everything below a prefix, or only what is there of these paths. */
export interface LookRequest {
  readonly prefix: string;
  /** Keys without the prefix: 100,000 strings that are there already. */
  readonly paths: ReadonlySet<string>;
  /** Other keys that are of interest if they are there: those that an earlier release put there. */
  readonly known: ReadonlyMap<string, Pick<ListedObject, 'etag'>>;
  /** The prefix may hold far more than these keys: users' uploads. */
  readonly shared: boolean;
  /** The listing from its beginning, where it was begun already. */
  readonly begun?: AsyncIterable<readonly ListedObject[]> | undefined;
}

/** Listings whose first page has been asked for, by prefix. */
export type BegunListings = ReadonlyMap<string, AsyncIterable<readonly ListedObject[]>>;

/** Asks for the first page of a listing now. Who reads the listing gets it, or what goes wrong. */
function beginListing(store: ObjectStore, prefix: string, signal: AbortSignal): AsyncIterable<readonly ListedObject[]> {
  const pages = store.list(prefix, signal)[Symbol.asyncIterator]();
  const first = pages.next();
  first.catch(() => undefined);
  return (async function* () {
    for (let next = await first; !next.done; next = await pages.next()) yield next.value;
  })();
}

/** Begins the listing of each prefix, so that its first page comes together with the ledger. */
export const beginListings = (store: ObjectStore, prefixes: Iterable<string>, signal: AbortSignal): BegunListings =>
  new Map([...new Set(prefixes)].map((prefix) => [prefix, beginListing(store, prefix, signal)]));

/** Whether an object can hold the same content although its ETag is another: compressed, encrypted, or sent in parts. */
export const isOtherForm = ({ headers, encrypted, etag }: ObjectHead): boolean =>
  Boolean(headers.contentEncoding) || encrypted || etag.includes('-');

/** A listing may be so much longer than the files that it is about, in objects. */
const patience = { times: 10, pages: 5 };

/** Pages that are asked for at once, each with 1,000 objects in memory. */
const pagesAtOnce = 4;

/** What the bucket has. */
export interface Look {
  readonly objects: Map<string, ListedObject>;
  /** Everything below the prefix was seen: what is not among the objects is not there. */
  readonly whole: boolean;
}

/** How a look at parts of a listing ended: `strange` where the bucket does not know the query's start-after. */
type Ended = 'whole' | 'too long' | 'strange';

/**
 * What the bucket has of these paths. A listing tells it a thousand at a time, and several pages at once where it is known
 * what is likely to be there; where the bucket turns out to hold far more than was asked for, the rest is asked for one by
 * one, so that the requests stay in proportion to the files.
 */
export async function lookAt(
  store: ObjectStore,
  { prefix, paths, known, shared, begun }: LookRequest,
  signal: AbortSignal,
): Promise<Look> {
  const found = new Map<string, ListedObject>();
  const mostPages = shared ? Math.ceil((paths.size * patience.times) / pageSize) + patience.pages : Infinity;

  let beginning = begun;

  async function lookIn(ranges: readonly ListRange[]): Promise<Ended> {
    let pages = 0;
    let ended: Ended = 'whole';
    await mapLimit(ranges, pagesAtOnce, signal, async ({ after, until }) => {
      const listing = (after === undefined && beginning) || store.list(prefix, signal, after);
      if (after === undefined) beginning = undefined;
      for await (const page of listing) {
        const [first] = page;
        if (after !== undefined && first && first.key <= after) ended = 'strange';
        if (ended !== 'whole') return;
        for (const object of page) {
          const { key, size, etag, lastModified } = object;
          const row = known.get(key);
          // Of 100,000 objects the same text twice is memory.
          if (row?.etag === etag) found.set(key, { key, size, etag: row.etag, lastModified });
          else if (row || paths.has(key.slice(prefix.length))) found.set(key, object);
        }
        pages += 1;
        if (pages >= mostPages && page.length >= pageSize) ended = 'too long';
        const last = page.at(-1);
        if (until !== undefined && last && last.key >= until) return;
      }
    });
    return ended;
  }

  let ended = await lookIn(listRanges(known.keys(), prefix));
  if (ended === 'strange') ended = await lookIn([{ after: undefined, until: undefined }]);
  if (ended === 'whole') return { objects: found, whole: true };
  const missing = [...paths].map((path) => prefix + path).filter((key) => !found.has(key));
  await mapLimit(missing, store.atOnce, signal, async (key) => {
    const head = await store.head(key, signal);
    if (head) found.set(key, { key, size: head.size, etag: head.etag, lastModified: head.lastModified });
  });
  return { objects: found, whole: false };
}

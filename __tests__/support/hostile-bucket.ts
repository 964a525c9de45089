import { type Identity, identityPath } from '../../src/core/identity.ts';
import { listPages } from '../../src/store/s3/list-pages.ts';
import type { ListedObject, ObjectStore } from '../../src/store/store.ts';
import { type MemoryStore, memoryStore } from './fakes.ts';

/** What can be wrong with the answer to a listing. */
export type ListingFault = 'none' | 'cut' | 'doubled' | 'html' | 'error' | 'unfiltered' | 'other-prefix';
export const listingFaults: readonly ListingFault[] = [
  'none',
  'cut',
  'doubled',
  'html',
  'error',
  'unfiltered',
  'other-prefix',
];

const inXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const contents = (objects: readonly ListedObject[]) =>
  objects
    .map(
      ({ key, size, etag }) =>
        `<Contents><Key>${inXml(key)}</Key><Size>${size}</Size><ETag>&quot;${etag}&quot;</ETag></Contents>`,
    )
    .join('');
const listing = (prefix: string, objects: readonly ListedObject[], more = '') =>
  `<?xml version="1.0"?><ListBucketResult><Prefix>${inXml(prefix)}</Prefix>${more}${contents(objects)}</ListBucketResult>`;

/** A bucket that several share, that knows who wrote what, and whose listings go wrong as they are told. */
export function hostileBucket() {
  const memory: MemoryStore = memoryStore();
  /** Who wrote the bytes that are there, the last one at the end. */
  const writers = new Map<string, string[]>();
  /** Deletes of what the run did not put there, or somebody else wrote since. */
  const foreign: string[] = [];
  let fault: ListingFault = 'none';

  function wrote(key: string, who: string, before: string | undefined): void {
    const same = before !== undefined && memory.objects.get(key)?.etag === before;
    writers.set(key, [...(same ? (writers.get(key) ?? []) : []), who]);
  }

  async function body(prefix: string): Promise<string> {
    const all: ListedObject[] = [];
    for await (const page of memory.list('', new AbortController().signal)) all.push(...page);
    const found = all.filter(({ key }) => key.startsWith(prefix));
    const whole = listing(prefix, found);
    if (fault === 'cut') return whole.slice(0, whole.length * 0.7);
    if (fault === 'html') return '<html><body>Bad gateway</body></html>';
    if (fault === 'error') return '<?xml version="1.0"?><Error><Code>InternalError</Code></Error>';
    if (fault === 'unfiltered') return listing('', all);
    if (fault === 'other-prefix') return listing('static/', found);
    const more = '<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>';
    return fault === 'doubled' ? listing(prefix, found, more) : whole;
  }

  /** The bucket as a run of this identity uses it; a string is somebody who is no run of ours. */
  function as(actor: Identity | string): ObjectStore {
    const who = typeof actor === 'string' ? actor : identityPath(actor);
    return {
      ...memory,
      list: (prefix) =>
        listPages(prefix, undefined, async () => ({ status: 200, headers: {}, body: Buffer.from(await body(prefix)) })),
      async put(request, signal) {
        const before = memory.objects.get(request.key)?.etag;
        const etag = await memory.put(request, signal);
        wrote(request.key, who, before);
        return etag;
      },
      async putIf(request, condition, signal) {
        const before = memory.objects.get(request.key)?.etag;
        const result = await memory.putIf(request, condition, signal);
        if (typeof result === 'object') wrote(request.key, who, before);
        return result;
      },
      async delete(keys, signal) {
        for (const key of keys) {
          const last = writers.get(key)?.at(-1);
          if (memory.objects.has(key) && last !== undefined && last !== who) foreign.push(`${who} deletes ${key}`);
          writers.delete(key);
        }
        return memory.delete(keys, signal);
      },
    };
  }

  return {
    as,
    memory,
    foreign,
    setFault(next: ListingFault) {
      fault = next;
    },
    /** This identity's ledger is gone, so that it no longer wants what it wrote. */
    forget(actor: Identity) {
      const who = identityPath(actor);
      for (const [key, all] of writers)
        writers.set(
          key,
          all.filter((one) => one !== who),
        );
    },
  };
}

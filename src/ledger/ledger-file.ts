import { hash } from 'node:crypto';
import { type Identity, sameIdentity } from '../core/identity.ts';
import type { ObjectStore } from '../store/store.ts';
import { readLedger, writeLedger } from './codec.ts';
import { emptyLedger, type Ledger } from './ledger.ts';

/** What is in the bucket: the ledger and the ETag of its object, null if there is none. */
export interface Seen {
  readonly ledger: Ledger;
  readonly etag: string | null;
}

/** Never with the ACL of the public files. */
const headers = { contentType: 'application/json', cacheControl: 'no-store' };

export const putRequest = (key: string, ledger: Ledger, identity: Identity) => {
  const body = writeLedger(ledger, identity);
  return { key, body, md5: hash('md5', body), headers, acl: undefined };
};

const whose = ({ repository, app, kind, name }: Identity) =>
  `${kind} "${name}" of the repository ${repository}${app === '.' ? '' : `, app ${app}`}`;

/** The object that holds the ledger of an identity. */
export function createLedgerFile(store: ObjectStore, key: string, identity: Identity, warn: (message: string) => void) {
  const anew = 'so it is written anew from what is there. Nothing is deleted.';
  return {
    /** A ledger that is corrupt, or somebody else's, counts as empty, and a warning says so. */
    async read(signal: AbortSignal): Promise<Seen> {
      const stored = await store.get(key, signal);
      if (!stored) return { ledger: emptyLedger, etag: null };
      const { etag } = stored;
      const ledger = readLedger(stored.body, (wrong) =>
        warn(`The ledger ${key} in the bucket cannot be read (${wrong}), ${anew}`),
      );
      if (!ledger) return { ledger: emptyLedger, etag };
      if (ledger.identity && sameIdentity(ledger.identity, identity)) return { ledger, etag };
      const owner = ledger.identity ? whose(ledger.identity) : 'an older version of this action';
      warn(`The ledger ${key} in the bucket is that of ${owner}, ${anew}`);
      return { ledger: emptyLedger, etag };
    },

    etagNow: async (signal: AbortSignal): Promise<string | null> => (await store.head(key, signal))?.etag ?? null,

    /** Writes a ledger over the one that was seen last; undefined if somebody else was faster. */
    async write(ledger: Ledger, seen: Seen, signal: AbortSignal): Promise<Seen | undefined> {
      const put = putRequest(key, ledger, identity);
      const own = { ...ledger, identity };
      const result = await store.putIf(put, seen.etag, signal);
      if (result === 'changed') return undefined;
      if (result !== 'unsupported') return { ledger: own, etag: result.etag };
      // Without conditions: look, write, and look again who wrote last.
      if ((await this.etagNow(signal)) !== seen.etag) return undefined;
      const etag = await store.put(put, signal);
      return (await this.etagNow(signal)) === etag ? { ledger: own, etag } : undefined;
    },
  };
}

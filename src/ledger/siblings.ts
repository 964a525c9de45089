import { type Identity, sameIdentity } from '../core/identity.ts';
import { ledgerFolder } from '../store/ledger-folder.ts';
import type { ObjectStore } from '../store/store.ts';
import { readLedger } from './codec.ts';
import { type Ledger, ledgerKey, ledgerOwner } from './ledger.ts';

/** The other ledgers in a bucket. */
export interface Siblings {
  /** Of the same identity: what the jobs of a sharded sync have put there. */
  readonly shards: readonly Ledger[];
  /** Of other identities. */
  readonly others: readonly Ledger[];
  /** Keys of those that cannot be read. */
  readonly unreadable: readonly string[];
}

/** Reads every ledger but the identity's own. Few runs need them, so nobody else pays for the requests. */
export async function readSiblings(store: ObjectStore, identity: Identity, signal: AbortSignal): Promise<Siblings> {
  const shards: Ledger[] = [];
  const others: Ledger[] = [];
  const unreadable: string[] = [];
  for await (const page of store.list(ledgerFolder, signal)) {
    for (const { key } of page) {
      const owner = ledgerOwner(key);
      if (!owner || key === ledgerKey(identity)) continue;
      const stored = await store.get(key, signal);
      const ledger = stored && readLedger(stored.body);
      if (!ledger) unreadable.push(key);
      else if (sameIdentity(owner.identity, identity)) shards.push(ledger);
      else others.push(ledger);
    }
  }
  return { shards, others, unreadable };
}

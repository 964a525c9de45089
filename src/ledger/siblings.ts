import { ledgerFolder } from '../store/ledger-folder.ts';
import type { ObjectStore } from '../store/store.ts';
import { readLedger } from './codec.ts';
import { type Ledger, ledgerKey, ledgerOwner, onlyApp } from './ledger.ts';

/** The other ledgers in a bucket. */
export interface Siblings {
  /** Of the same environment and app: what the jobs of a sharded sync have put there. */
  readonly shards: readonly Ledger[];
  /** Of other environments and apps. */
  readonly others: readonly Ledger[];
  /** Keys of those that cannot be read. */
  readonly unreadable: readonly string[];
}

/** Reads every ledger but the environment's own of this app. Few runs need them, so nobody else pays for the requests. */
export async function readSiblings(
  store: ObjectStore,
  environment: string,
  signal: AbortSignal,
  app = onlyApp,
): Promise<Siblings> {
  const shards: Ledger[] = [];
  const others: Ledger[] = [];
  const unreadable: string[] = [];
  for await (const page of store.list(ledgerFolder, signal)) {
    for (const { key } of page) {
      const owner = ledgerOwner(key);
      if (!owner || key === ledgerKey(environment, undefined, app)) continue;
      const stored = await store.get(key, signal);
      const ledger = stored && readLedger(stored.body);
      if (!ledger) unreadable.push(key);
      else if (owner.environment === environment && owner.app === app) shards.push(ledger);
      else others.push(ledger);
    }
  }
  return { shards, others, unreadable };
}

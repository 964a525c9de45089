import { DeployError } from '../core/errors.ts';
import { type Identity, sameIdentity } from '../core/identity.ts';
import { ledgerFolder } from '../store/ledger-folder.ts';
import type { ObjectStore } from '../store/store.ts';
import { readLedger } from './codec.ts';
import { type LedgerOwner, ledgerKey, ledgerOwner } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** The other ledgers in a bucket. */
export interface Siblings {
  /** Of the same identity: what the jobs of a sharded sync have put there. */
  readonly shards: readonly Ledger[];
  /** Of the same identity: what runs that have not ended, or were killed, were about to send. */
  readonly plans: readonly Ledger[];
  /** Of everybody else: other environments, apps and repositories, and of older versions of this action. */
  readonly others: readonly Ledger[];
  /** Keys of those that cannot be read. */
  readonly unreadable: readonly string[];
  /** Every key of the identity's own ledgers and notes, with its ETag. */
  readonly own: ReadonlyMap<string, string>;
}

/** Whether a key may be a ledger: ours, or one of the old format, which stood directly in the folder. */
const isLedger = (key: string): boolean => ledgerOwner(key) !== undefined || /^[^/]+\/[^/]+\.json$/.test(key);

/** Whether a ledger is the identity's by both its key and what stands in it. */
const isOwn = (owner: LedgerOwner | undefined, inside: Identity | undefined, identity: Identity): boolean =>
  owner !== undefined &&
  inside !== undefined &&
  sameIdentity(owner.identity, identity) &&
  sameIdentity(inside, identity);

/** Most times that all are read again because a run ended meanwhile. */
const mostTries = 5;

/**
 * Reads every ledger and note but the identity's own ledger. Few runs need them, so nobody else pays for the requests.
 * @throws DeployError BUCKET_FAILED if ledgers come and go all the time.
 */
export async function readSiblings(store: ObjectStore, identity: Identity, signal: AbortSignal): Promise<Siblings> {
  for (let round = 1; round <= mostTries; round++) {
    const found = await readOnce(store, identity, signal);
    if (found) return found;
  }
  throw new DeployError('BUCKET_FAILED', `The ledgers in ${ledgerFolder} change all the time.`, {
    hint: 'Run this job again when fewer deploys into this bucket are under way.',
  });
}

/** Undefined if a run ended meanwhile: what its note said is in its ledger now, which may have been read before. */
async function readOnce(store: ObjectStore, identity: Identity, signal: AbortSignal): Promise<Siblings | undefined> {
  const shards: Ledger[] = [];
  const plans: Ledger[] = [];
  const others: Ledger[] = [];
  const unreadable: string[] = [];
  const own = new Map<string, string>();
  for await (const page of store.list(ledgerFolder, signal)) {
    for (const { key, size, etag } of page) {
      if (!isLedger(key)) continue;
      const owner = ledgerOwner(key);
      if (owner && sameIdentity(owner.identity, identity)) own.set(key, etag);
      if (key === ledgerKey(identity) || (size === 0 && owner?.note)) continue;
      const stored = await store.get(key, signal);
      if (!stored) return undefined;
      const ledger = readLedger(stored.body);
      if (!ledger) unreadable.push(key);
      else if (!isOwn(owner, ledger.identity, identity)) others.push(ledger);
      else if (owner?.note === undefined) shards.push(ledger);
      else if (owner.note === 'plan') plans.push(ledger);
    }
  }
  return { shards, plans, others, unreadable, own };
}

/** Identities of the previews of a repository's app that have left something in the bucket. */
export async function findPreviewLedgers(
  store: ObjectStore,
  { repository, app }: Pick<Identity, 'repository' | 'app'>,
  signal: AbortSignal,
): Promise<Identity[]> {
  const found = new Map<string, Identity>();
  for await (const page of store.list(ledgerFolder, signal)) {
    for (const { key } of page) {
      const identity = ledgerOwner(key)?.identity;
      if (identity?.kind === 'preview' && identity.repository === repository && identity.app === app)
        found.set(ledgerKey(identity), identity);
    }
  }
  return [...found.values()];
}

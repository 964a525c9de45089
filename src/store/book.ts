import { createHash } from 'node:crypto';
import {
  emptyLedger,
  enterRelease,
  type Ledger,
  type LedgerObject,
  type LedgerRelease,
  ledgerKey,
  readLedger,
  withRelease,
  writeLedger,
} from './ledger.ts';
import type { ObjectStore } from './store.ts';

/** The ledger of one environment in its bucket, read once and written only when something in it changed. */
export interface LedgerBook {
  /** As it was before this run. */
  readonly before: Ledger;
  /** Entry of this run's release. */
  readonly entry: LedgerRelease;
  /** Writes the entry and what is known of these objects. */
  save(entry: LedgerRelease, objects: ReadonlyMap<string, LedgerObject>, signal: AbortSignal): Promise<void>;
}

export interface BookRequest {
  readonly environment: string;
  readonly release: string;
  readonly sha: string;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * Opens the ledger. It is the first request of a run, so wrong keys and missing buckets come out before the build.
 * @throws DeployError as the store names it.
 */
export async function openBook(
  store: ObjectStore,
  request: BookRequest,
  warn: (message: string) => void,
  signal: AbortSignal,
): Promise<LedgerBook> {
  const { environment, release, sha, at } = request;
  const key = ledgerKey(environment);
  const stored = await store.get(key, signal);
  let written = stored && new TextDecoder().decode(stored);
  const before = (written === undefined ? undefined : readLedger(written)) ?? emptyLedger;
  if (written !== undefined && before === emptyLedger) {
    warn(
      `The ledger ${key} in the bucket cannot be read, so it is written anew from what is there. Nothing is deleted.`,
    );
  }
  let current = before;
  return {
    before,
    entry: enterRelease(before, release, sha, at),
    async save(entry, objects, abort) {
      current = withRelease(current, entry, objects);
      const text = writeLedger(current, environment);
      if (text === written) return;
      const body = Buffer.from(text);
      const md5 = createHash('md5').update(body).digest('hex');
      // Never with the ACL of the public files.
      const headers = { contentType: 'application/json', cacheControl: 'no-store' };
      await store.put({ key, body, md5, headers, acl: undefined }, abort);
      written = text;
    },
  };
}

import { DeployError } from '../core/errors.ts';
import { type Identity, previewFolder, sameIdentity } from '../core/identity.ts';
import { listSome } from '../lib/text.ts';
import type { ObjectStore } from '../store/store.ts';
import { readLedger } from './codec.ts';
import { type Decide, type Deleted, deleteOwn, type Left, refusal } from './delete-gate.ts';
import { ledgerKey, ledgerOwner } from './keys.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerSession } from './session.ts';
import { readSiblings, type Siblings } from './siblings.ts';

export interface RemoveRequest {
  readonly store: ObjectStore;
  /** Session of the preview's ledger; undefined if none was opened. It writes nothing any more from now on. */
  readonly session: Pick<LedgerSession, 'end'> | undefined;
  /** Of the preview. */
  readonly identity: Identity;
  readonly signal: AbortSignal;
  /** Decides over each key; the gate, unless a test takes it out. */
  readonly decide?: Decide;
}

/** What our ledgers say of each key: everything that a run of the preview left, or was about to. */
function candidatesIn(ledgers: readonly Ledger[]): Map<string, Left[]> {
  const found = new Map<string, Left[]>();
  for (const { objects } of ledgers) {
    for (const [key, { md5, etag, size }] of objects) {
      const known = found.get(key);
      if (known) known.push({ md5, etag, size });
      else found.set(key, [{ md5, etag, size }]);
    }
  }
  return found;
}

/** The preview's own ledger; an empty list if there is none. */
async function readOwn({ store, identity, signal }: RemoveRequest): Promise<Ledger[]> {
  const key = ledgerKey(identity);
  const stored = await store.get(key, signal);
  const ledger = stored && readLedger(stored.body);
  if (stored && !ledger) throw unreadable([key]);
  return ledger?.identity && sameIdentity(ledger.identity, identity) ? [ledger] : [];
}

const unreadable = (keys: readonly string[]): DeployError =>
  new DeployError('BUCKET_FAILED', `Ledgers in the bucket cannot be read: ${listSome(keys, 3)}.`, {
    hint: 'The files of the preview stay, because nobody knows which they are, or whose else. Delete by hand what is not needed, and those ledgers.',
  });

/** Unreadable notes of the preview itself name nothing of others. */
const foreignOnly = (siblings: Siblings, identity: Identity): readonly string[] =>
  siblings.unreadable.filter((key) => {
    const owner = ledgerOwner(key);
    return !owner || !sameIdentity(owner.identity, identity);
  });

/**
 * Deletes the files of a preview, and then its ledgers: what a run of it put into the bucket and nobody changed since. All
 * else in its folder stays. Doing it again does no harm.
 * @throws DeployError BUCKET_FAILED if the preview's ledger cannot be read; or another ledger in the bucket cannot; INTERNAL if
 * the identity is not of a preview.
 */
export async function removePreviewFiles(request: RemoveRequest): Promise<Deleted> {
  const { store, session, identity, signal, decide = refusal } = request;
  if (identity.kind !== 'preview') throw new DeployError('INTERNAL', `"${identity.name}" is not a preview.`);
  const siblings = await readSiblings(store, identity, signal);
  const ledgers = [...(await readOwn(request)), ...siblings.shards, ...siblings.plans];
  const foreign = foreignOnly(siblings, identity);
  if (foreign.length > 0) throw unreadable(foreign);
  const claims = {
    identity,
    prefixes: [...new Set([previewFolder(identity), ...ledgers.flatMap(({ prefixes }) => prefixes)])],
    others: siblings.others,
    unreadable: foreign,
  };
  const result = await deleteOwn(store, candidatesIn(ledgers), claims, signal, decide);
  const uploads = ledgers.flatMap((ledger) => ledger.uploads).filter((key) => decide(key, claims) === undefined);
  if (uploads.length > 0) await store.abortUploads(new Set(uploads), signal);
  if (result.failed.size > 0) return result;
  session?.end();
  const failed = await store.delete([...siblings.own.keys()], signal, siblings.own);
  return { ...result, failed };
}

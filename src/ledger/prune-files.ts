import type { Identity } from '../core/identity.ts';
import type { ObjectStore } from '../store/store.ts';
import { type Decide, type Deleted, deleteOwn, type Left, refusal } from './delete-gate.ts';
import type { Ledger, LedgerObject } from './ledger.ts';
import type { LedgerSession } from './session.ts';
import { readSiblings } from './siblings.ts';

export interface PruneFilesRequest {
  readonly store: ObjectStore;
  readonly session: LedgerSession;
  /** Of the static files; nothing outside of it goes. */
  readonly prefix: string;
  /** Keys that no release of this identity needs any more. */
  readonly candidates: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Milliseconds for which a file has to be gone from the live releases of everybody who put it there. */
  readonly age: number;
  readonly signal: AbortSignal;
  /** Decides over each key; the gate, unless a test takes it out. */
  readonly decide?: Decide;
}

/** What was deleted, or why nothing was tried. */
export type Pruned =
  | (Deleted & { readonly left: undefined })
  | { readonly left: 'newer' | 'nothing' }
  | { readonly left: 'unreadable'; readonly ledgers: readonly string[] };

/**
 * Whether somebody else still needs what a ledger names: another repository or app always, another environment of this one
 * until it has been without it for the age.
 */
const stillWanted =
  (own: Identity, now: number, age: number) =>
  ({ media, gone }: LedgerObject, { identity }: Ledger): boolean => {
    const ours = identity?.repository === own.repository && identity.app === own.app;
    return !ours || media === true || gone === undefined || now - gone * 1_000 < age;
  };

/** Whether the newest sync of a part, or a run that is under way, names the key. */
const inNewest = (ledgers: readonly Ledger[], key: string): boolean =>
  ledgers.some(
    ({ objects, releases }) => (objects.get(key)?.last ?? 0) >= (releases.at(-1)?.seq ?? 0) && objects.has(key),
  );

/**
 * Deletes old files of the live environment. What is about to go is noted first, under the lease, so that a run that plans
 * at this moment sends it again.
 */
export async function pruneFiles(request: PruneFilesRequest): Promise<Pruned> {
  const { store, session, prefix, candidates, now, age, signal, decide = refusal } = request;
  if (await session.overtaken(signal)) return { left: 'newer' };
  const { identity } = session;
  const siblings = await readSiblings(store, identity, signal);
  const { others, unreadable } = siblings;
  if (unreadable.length > 0) return { left: 'unreadable', ledgers: unreadable };
  const wants = stillWanted(identity, now, age);
  const claims = { identity, prefixes: [prefix], others, unreadable, wants };
  const parts = [...siblings.shards, ...siblings.plans];
  const found = new Map<string, readonly Left[]>();
  const kept: { key: string; reason: string }[] = [];
  for (const key of candidates) {
    const row = session.now.objects.get(key);
    if (!row || inNewest(parts, key)) continue;
    const reason = decide(key, claims);
    if (reason === undefined) found.set(key, [row]);
    else kept.push({ key, reason });
  }
  if (found.size === 0)
    return kept.length === 0 ? { left: 'nothing' } : { left: undefined, deleted: [], kept, failed: new Map() };
  if (await session.lock(signal, [...found.keys()])) return { left: 'newer' };
  // Somebody may have named one of them until the lease was ours.
  for (const key of found.keys()) {
    const row = session.before.objects.get(key);
    if (!row || row.last >= session.entry.seq) found.delete(key);
  }
  const result = await deleteOwn(store, found, claims, signal, decide);
  session.keep({ deleted: new Set(result.deleted) });
  return { ...result, left: undefined, kept: [...kept, ...result.kept] };
}

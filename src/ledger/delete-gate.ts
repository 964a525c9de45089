import type { Identity } from '../core/identity.ts';
import { mapLimit } from '../lib/map-limit.ts';
import { ledgerFolder } from '../store/ledger-folder.ts';
import type { ObjectHead, ObjectStore } from '../store/store.ts';
import type { Ledger, LedgerObject } from './ledger.ts';

/** An object as one of our runs left it, or was about to leave it. */
export type Left = Pick<LedgerObject, 'md5' | 'etag' | 'size'>;

/**
 * Whether an object is what a run left. What was sent in parts has another ETag than a run could plan, and the MD5 of the
 * whole in its metadata.
 */
const isSame = (left: Left, { etag, size, md5 }: ObjectHead): boolean =>
  left.size === size && etag !== '' && (left.etag === etag || (etag.includes('-') && left.md5 === md5));

/** Who else may want a key. */
export interface Claims {
  readonly identity: Identity;
  /** Prefixes that are ours; '' or with a slash at the end. */
  readonly prefixes: readonly string[];
  /** Ledgers of others. */
  readonly others: readonly Ledger[];
  /** Keys of ledgers that cannot be read, so that nobody knows what they name. */
  readonly unreadable: readonly string[];
  /** Whether a row of somebody else's ledger still wants the object; every row does if absent. */
  readonly wants?: (row: LedgerObject, ledger: Ledger) => boolean;
}

/** The longest of the prefixes that a key lies below. */
const longest = (key: string, prefixes: readonly string[]): string | undefined =>
  prefixes.filter((prefix) => key.startsWith(prefix)).toSorted((one, other) => other.length - one.length)[0];

const nameOf = ({ identity }: Ledger, own: Identity): string => {
  if (!identity) return "a ledger of this action's older version";
  const repository = identity.repository === own.repository ? '' : ` of the repository ${identity.repository}`;
  return `"${identity.name}"${repository}${identity.app === own.app ? '' : ` (${identity.app})`}`;
};

/**
 * Why a key may not be deleted, as far as ledgers tell; undefined if it may. It has to lie below a prefix of ours, and nobody
 * else may name it or have a prefix of its own that it lies below.
 */
export function refusal(key: string, claims: Claims): string | undefined {
  const { identity, prefixes, others, unreadable, wants = () => true } = claims;
  const own = key.startsWith(ledgerFolder) ? undefined : longest(key, prefixes);
  if (own === undefined) return 'it lies outside of the prefixes that are ours';
  if (unreadable.length > 0) return `the ledger ${unreadable[0]} cannot be read, and may name it`;
  for (const ledger of others) {
    const row = ledger.objects.get(key);
    if (row && wants(row, ledger)) return `${nameOf(ledger, identity)} names it too`;
    const theirs = longest(key, ledger.prefixes);
    if (theirs === undefined) continue;
    const shared = theirs.length === own.length && identity.kind === 'preview';
    if (theirs.length > own.length || shared)
      return `it lies below "${theirs}", which is a prefix of ${nameOf(ledger, identity)}`;
  }
  return undefined;
}

/** Decides over a key by what ledgers say; see refusal. */
export type Decide = (key: string, claims: Claims) => string | undefined;

export interface Deleted {
  readonly deleted: readonly string[];
  /** What stays, because it may be somebody else's. */
  readonly kept: readonly { readonly key: string; readonly reason: string }[];
  /** What the store did not delete, with its reason. */
  readonly failed: ReadonlyMap<string, string>;
}

/**
 * The one way in which an object that a deploy put there is deleted. Beside what ledgers say, the object itself is asked for
 * again: it has to have the ETag and the size that a run of ours left. What is not there is neither deleted nor kept.
 * @param candidates What our own ledgers say of each key, in as many forms as runs of ours may have left it.
 */
export async function deleteOwn(
  store: ObjectStore,
  candidates: ReadonlyMap<string, readonly Left[]>,
  claims: Claims,
  signal: AbortSignal,
  decide: Decide = refusal,
): Promise<Deleted> {
  const kept: { key: string; reason: string }[] = [];
  const allowed: string[] = [];
  for (const key of candidates.keys()) {
    const reason = decide(key, claims);
    if (reason === undefined) allowed.push(key);
    else kept.push({ key, reason });
  }
  const etags = new Map<string, string>();
  await mapLimit(allowed, store.atOnce, signal, async (key) => {
    const head = await store.head(key, signal);
    if (!head) return;
    if (candidates.get(key)?.some((left) => isSame(left, head))) etags.set(key, head.etag);
    else kept.push({ key, reason: 'somebody else has written it since' });
  });
  const keys = [...etags.keys()];
  const failed = await store.delete(keys, signal, etags);
  return { deleted: keys.filter((key) => !failed.has(key)), kept, failed };
}

import { keptReleases, type Ledger, lastLive } from '../ledger/ledger.ts';
import type { Siblings } from '../ledger/siblings.ts';
import type { ListedObject } from '../store/store.ts';

export interface PruneRequest {
  /** As it was before this run. */
  readonly ledger: Ledger;
  /** Number of this run's release, which is in the ledger already where it was live before. */
  readonly own: number;
  /** What is in the bucket. */
  readonly remote: ReadonlyMap<string, ListedObject>;
  /** Of static files; nothing else is ever deleted. */
  readonly prefix: string;
  /** Keys of this release. */
  readonly named: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Milliseconds for which a file has to be gone from every live release. */
  readonly age: number;
}

/**
 * Keys of static files that may be deleted once this release is live: put there by a release of ours and not changed since
 * by anybody, named neither by this release nor by the last live ones, nor by one that may be serving, and gone from the
 * live one for longer than the age. Old pages, rolling instances and browsers' caches still ask for old files.
 */
export function prunable({ ledger, own, remote, prefix, named, now, age }: PruneRequest): string[] {
  const live = ledger.releases.filter((one) => one.live !== undefined && one.seq !== own).map(({ seq }) => seq);
  const oldest = live.at(1 - keptReleases) ?? live[0] ?? own;
  if (!lastLive(ledger)) return [];
  const keys: string[] = [];
  for (const [key, { media, last, gone, etag, size }] of ledger.objects) {
    const there = remote.get(key);
    if (media || !key.startsWith(prefix) || named.has(key) || last >= oldest) continue;
    if (gone === undefined || now - gone * 1_000 < age) continue;
    if (there?.etag === etag && there.size === size) keys.push(key);
  }
  return keys.sort();
}

/**
 * Whether another ledger of the bucket still wants a key: one of another environment that shares the prefix, as long as
 * it is not gone there for longer than the age, or the newest sync of a part of this one.
 */
export function heldElsewhere({ shards, others }: Siblings, key: string, now: number, age: number): boolean {
  const wanted = ({ objects }: Ledger) => {
    const row = objects.get(key);
    return row !== undefined && (row.media || row.gone === undefined || now - row.gone * 1_000 < age);
  };
  const inNewest = ({ objects, releases }: Ledger) => {
    const row = objects.get(key);
    return row !== undefined && row.last >= (releases.at(-1)?.seq ?? 0);
  };
  return others.some(wanted) || shards.some(inNewest);
}

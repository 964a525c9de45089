import { keptReleases, type Ledger, lastLive } from '../ledger/ledger.ts';
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

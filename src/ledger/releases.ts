import { compareRuns } from '../core/run-order.ts';
import { type Ledger, type LedgerObject, type LedgerRelease, lastLive } from './ledger.ts';

/**
 * Releases of other commits that an old instance may still be serving: the last live one and every later one that the
 * host did not fail. An asset that one of them names proves nothing about the new release.
 */
export function possiblyServing(ledger: Ledger, sha: string): LedgerRelease[] {
  const live = lastLive(ledger)?.seq ?? 0;
  const served = ({ sync, live: since, failed }: LedgerRelease) => !sync && (since !== undefined || !failed);
  return ledger.releases.filter((release) => release.seq >= live && release.sha !== sha && served(release));
}

/** Keys that none of these releases named. Ranges count whole: a gap in between is taken for named. */
export function unknownTo(ledger: Ledger, releases: readonly LedgerRelease[], keys: Iterable<string>): Set<string> {
  const found = new Set<string>();
  for (const key of keys) {
    const object = ledger.objects.get(key);
    if (!object || !releases.some(({ seq }) => object.first <= seq && seq <= object.last)) found.add(key);
  }
  return found;
}

/** The static files that a release named. Ranges count whole, as above. */
export function namedBy({ objects }: Ledger, { seq }: LedgerRelease): Map<string, LedgerObject> {
  const named = ({ first, last, media }: LedgerObject) => !media && first <= seq && seq <= last;
  return new Map([...objects].filter(([, object]) => named(object)));
}

/** What a run is about to release. */
export type Own = Pick<LedgerRelease, 'release' | 'sha' | 'at' | 'run' | 'sync'>;

/**
 * The entry of a release that is about to put files here. A re-run of the newest release's commit goes on with its
 * entry, so that nothing changes where nothing is new.
 */
export function enterRelease(ledger: Ledger, own: Own): LedgerRelease {
  const { releases } = ledger;
  const newest = releases.at(-1);
  // A sync beside the deploy of the same commit does not come between its deploys.
  const same = releases.findLast((release) => release.sync === own.sync);
  const later = releases.filter(({ seq }) => seq > (same?.seq ?? 0));
  if (same?.sha !== own.sha || later.some(({ sha }) => sha !== own.sha)) {
    return { seq: (newest?.seq ?? 0) + 1, ...own };
  }
  const { failed: _, ...again } = same;
  return { ...again, run: compareRuns(own.run, same.run) > 0 ? own.run : same.run };
}

/**
 * The release that overtook this run: the newest one that was not given up, where its run is newer than this one. A run
 * that was started later is what somebody wanted later, also where its commit is older (a revert, a roll-back); a re-run
 * keeps the place of its run, so that it cannot bring back what was replaced since.
 */
export function overtakenBy(ledger: Ledger, own: Own): LedgerRelease | undefined {
  const standing = ledger.releases.filter(({ failed }) => !failed);
  const newest = standing.toSorted((a, b) => compareRuns(a.run, b.run) || a.seq - b.seq).at(-1);
  const overtakes = newest && newest.sha !== own.sha && compareRuns(newest.run, own.run) > 0;
  return overtakes ? newest : undefined;
}

import { hashOf } from '../assets/hashed-names.ts';
import { type Ledger, type LedgerRelease, lastLive } from '../ledger/ledger.ts';
import { namedBy, possiblyServing, unknownTo } from '../ledger/releases.ts';
import type { LedgerSession } from '../ledger/session.ts';
import { type Before, type Expectation, expectAssets } from './expectation.ts';
import type { ReleaseFiles } from './release-files.ts';

/** What the ledger knows of the releases before this one. */
export function readBefore(
  session: LedgerSession | undefined,
  sha: string,
  names: ReadonlySet<string>,
  prefix: string,
): Before {
  if (!session) return { kind: 'unknown' };
  const others = possiblyServing(session.before, sha);
  // Its page was seen, and files of it did not load: whatever was repaired since is no part of the commit.
  const again = session.before.releases.some(
    (release) => release.sha === sha && release.live === undefined && release.proof === 'asset',
  );
  const isLive = lastLive(session.before)?.sha === sha;
  if (others.length === 0) return { kind: isLive || again ? 'same-commit' : 'first' };
  const keys = [...names].map((name) => prefix + name);
  const fresh = [...unknownTo(session.before, others, keys)].map((key) => key.slice(prefix.length));
  return {
    kind: 'other',
    fresh: new Set(fresh),
    shown: lastLive(session.before)?.proof === 'asset',
    ...(again ? { again } : {}),
  };
}

/** The folder that all of these keys are in, '' or with a slash at its end. */
function commonFolder([first = '', ...others]: readonly string[]): string {
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  while (folder !== '' && !others.every((key) => key.startsWith(folder))) {
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  }
  return folder;
}

/**
 * What a page of an earlier release shows, as far as the ledger still knows its files.
 * @param page As it answered before the way back.
 */
export function expectEarlier(ledger: Ledger, earlier: LedgerRelease, page: string | undefined): Expectation {
  const keys = [...namedBy(ledger, earlier).keys()].filter((key) => hashOf(key) !== undefined);
  const folder = commonFolder(keys);
  const names = (of: Iterable<string>) => new Set([...of].map((key) => key.slice(folder.length)));
  const fresh = names(unknownTo(ledger, possiblyServing(ledger, earlier.sha), keys));
  return expectAssets(names(keys), { kind: 'other', fresh, shown: earlier.proof === 'asset' }, page);
}

/** The static files of an earlier release, as far as the ledger still knows them. */
export function earlierFiles(ledger: Ledger, earlier: LedgerRelease): ReleaseFiles {
  const objects = namedBy(ledger, earlier);
  const folder = commonFolder([...objects.keys()].filter((key) => hashOf(key) !== undefined));
  const hashed = [...objects.keys()].filter((key) => hashOf(key) !== undefined && key.startsWith(folder));
  const names = new Set(hashed.map((key) => key.slice(folder.length)));
  return { names, staticUrl: undefined, md5Of: (name) => objects.get(folder + name)?.md5 };
}

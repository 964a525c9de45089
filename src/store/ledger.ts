import type { Acl } from '../inputs.ts';
import type { ObjectHeaders } from './store.ts';

/** One release that put files here. */
export interface LedgerRelease {
  /** Counts up by one for each release of the environment. */
  readonly seq: number;
  readonly release: string;
  readonly sha: string;
  /** ISO 8601, when its files were there. */
  readonly at: string;
  /** ISO 8601, when it was proven live; absent where it never was. */
  readonly live?: string;
  /** What proved it. */
  readonly proof?: 'commit' | 'host' | 'asset';
  /** The host refused or failed it, so that it never served. */
  readonly failed?: true;
}

/** One object that a release of ours put there. */
export interface LedgerObject {
  /** Of the content, hex. */
  readonly md5: string;
  readonly size: number;
  /** What the store answered; equal to `md5` on most vendors. */
  readonly etag: string;
  /** Fingerprint of headers and ACL. */
  readonly headers: string;
  /** The first and the last release (seq) that named it. */
  readonly first: number;
  readonly last: number;
}

/** What each release put into the bucket. */
export interface Ledger {
  readonly releases: readonly LedgerRelease[];
  readonly objects: ReadonlyMap<string, LedgerObject>;
}

export const emptyLedger: Ledger = { releases: [], objects: new Map() };

/** How many releases are remembered; the files of older ones are remembered as long as they are in the bucket. */
const rememberedReleases = 20;

/** Outside every prefix of public files. */
export const ledgerFolder = '.deploy-django/';

/** Key of the ledger, one for each environment. */
export const ledgerKey = (environment: string): string => `${ledgerFolder}${encodeURIComponent(environment)}.json`;

/** Headers and ACL as one string: equal strings, equal objects. */
export function fingerprint(headers: ObjectHeaders, acl: Acl | undefined): string {
  const { contentType, cacheControl, contentEncoding, contentDisposition, contentLanguage } = headers;
  return JSON.stringify([contentType, cacheControl, contentEncoding, contentDisposition, contentLanguage, acl]);
}

/** key, md5, size, index of headers, first, last, and the ETag where it is not the md5. */
type Row = readonly [string, string, number, number, number, number, string?];

/** The form on disk: headers once each and objects as short rows, because there can be 100,000 of them. */
interface StoredLedger {
  readonly version: 1;
  readonly environment: string;
  readonly releases: readonly LedgerRelease[];
  readonly headers: readonly string[];
  readonly objects: readonly Row[];
}

export function writeLedger(ledger: Ledger, environment: string): string {
  const headers = [...new Set([...ledger.objects.values()].map((object) => object.headers))].sort();
  const index = new Map(headers.map((text, at) => [text, at]));
  const objects = [...ledger.objects]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { md5, size, etag, headers: own, first, last }]): Row => {
      const row = [key, md5, size, index.get(own) ?? 0, first, last] as const;
      return etag === md5 ? row : [...row, etag];
    });
  const live = lastLive(ledger)?.seq ?? Number.POSITIVE_INFINITY;
  const late = ledger.releases.length - rememberedReleases;
  // The live release, and those after it that may be serving, are never forgotten: proofs are told from them.
  const releases = ledger.releases.filter(
    ({ seq, failed }, at) => at >= late || seq === live || (seq > live && !failed),
  );
  return JSON.stringify({ version: 1, environment, releases, headers, objects } satisfies StoredLedger);
}

/** Undefined where the text is no ledger of this version: then the listing alone says what is there. */
export function readLedger(text: string): Ledger | undefined {
  try {
    const stored = JSON.parse(text) as StoredLedger;
    if (stored.version !== 1 || !stored.releases.every(({ seq, sha }) => seq > 0 && sha)) return undefined;
    const objects = stored.objects.map(([key, md5, size, headers, first, last, etag]): [string, LedgerObject] => [
      key,
      { md5, size, etag: etag ?? md5, headers: stored.headers[headers] ?? '', first, last },
    ]);
    return { releases: stored.releases, objects: new Map(objects) };
  } catch {
    return undefined;
  }
}

/** The newest release that was proven live. */
export function lastLive(ledger: Ledger): LedgerRelease | undefined {
  return ledger.releases.findLast((release) => release.live !== undefined);
}

/**
 * Releases of other commits that an old instance may still be serving: the last live one and every later one that the
 * host did not fail. An asset that one of them names proves nothing about the new release.
 */
export function possiblyServing(ledger: Ledger, sha: string): LedgerRelease[] {
  const live = lastLive(ledger)?.seq ?? 0;
  const served = (release: LedgerRelease) => release.live !== undefined || !release.failed;
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

/**
 * The entry of a release that is about to put files here. A re-run of the newest release's commit goes on with its
 * entry, so that nothing changes where nothing is new.
 */
export function enterRelease(ledger: Ledger, release: string, sha: string, at: string): LedgerRelease {
  const newest = ledger.releases.at(-1);
  if (newest?.sha === sha) {
    const { failed: _, ...again } = newest;
    return again;
  }
  return { seq: (newest?.seq ?? 0) + 1, release, sha, at };
}

/** The ledger with this release as its newest entry, and these objects in place of what it knew of them. */
export function withRelease(
  ledger: Ledger,
  release: LedgerRelease,
  objects: ReadonlyMap<string, LedgerObject>,
): Ledger {
  const others = ledger.releases.filter(({ seq }) => seq !== release.seq);
  return { releases: [...others, release], objects: new Map([...ledger.objects, ...objects]) };
}

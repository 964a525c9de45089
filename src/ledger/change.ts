import type { Ledger, LedgerObject, LedgerRelease } from './ledger.ts';

/** What a run has to say of an object. */
export type Stored = Pick<LedgerObject, 'md5' | 'size' | 'etag' | 'headers' | 'media' | 'unpurged'>;

/** Everything that a run has to say, in a form that can be said again to a ledger that others have written meanwhile. */
export interface LedgerChange {
  /** What is true of the run's own release. */
  readonly marks: Partial<Pick<LedgerRelease, 'live' | 'proof' | 'failed'>>;
  /** Objects that the release names, as they are in the bucket. */
  readonly objects: ReadonlyMap<string, Stored>;
  /** Prefixes that the run puts files below; '' or with a slash at the end. */
  readonly prefixes: readonly string[];
  /** The release is live, so that what it does not name below this prefix is gone since then (seconds). */
  readonly gone: { readonly prefix: string; readonly since: number } | undefined;
  readonly deleted: ReadonlySet<string>;
  /** The CDNs have no older copy of these any more. */
  readonly purged: ReadonlySet<string>;
}

export const noChange: LedgerChange = {
  marks: {},
  objects: new Map(),
  prefixes: [],
  gone: undefined,
  deleted: new Set(),
  purged: new Set(),
};

const sameRow = (a: LedgerObject, b: LedgerObject): boolean =>
  a.md5 === b.md5 &&
  a.size === b.size &&
  a.etag === b.etag &&
  a.headers === b.headers &&
  a.first === b.first &&
  a.last === b.last &&
  a.media === b.media &&
  a.gone === b.gone &&
  a.unpurged === b.unpurged &&
  a.doomed === b.doomed;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The rows, with those of the change in their place; the very same map where nothing differs. */
function withRows(rows: Ledger['objects'], entry: LedgerRelease, change: LedgerChange): Ledger['objects'] {
  let next: Map<string, LedgerObject> | undefined;
  const changed = () => {
    next ??= new Map(rows);
    return next;
  };
  const { objects, gone, deleted, purged } = change;
  for (const [key, stored] of objects) {
    const known = rows.get(key);
    // A newer run has put it since.
    if (known && known.last > entry.seq) continue;
    const { md5, size, etag, headers, media } = stored;
    const first = known?.first ?? entry.seq;
    // A CDN stays unpurged until somebody purges it, whoever put the file there again meanwhile.
    const unpurged = (stored.unpurged || known?.unpurged) && !purged.has(key);
    const marks = { ...(media ? { media } : {}), ...(unpurged ? ({ unpurged } as const) : {}) };
    const row: LedgerObject = { md5, size, etag, headers, first, last: entry.seq, ...marks };
    if (!known || !sameRow(known, row)) changed().set(key, row);
  }
  for (const [key, row] of gone ? rows : []) {
    const named = objects.has(key) || row.last >= entry.seq || row.media || row.gone !== undefined;
    if (gone && !named && key.startsWith(gone.prefix)) changed().set(key, { ...row, gone: gone.since });
  }
  for (const key of purged) {
    const { unpurged, ...row } = (next ?? rows).get(key) ?? {};
    if (unpurged) changed().set(key, row as LedgerObject);
  }
  // Whoever wanted a deleted one meanwhile has put it again, and said so.
  for (const key of deleted) if ((rows.get(key)?.last ?? entry.seq) < entry.seq) changed().delete(key);
  return next ?? rows;
}

/** Prefixes of a ledger once a run uses these: what has no file any more is no longer anybody's. */
function withPrefixes({ prefixes, objects }: Ledger, used: readonly string[]): readonly string[] {
  const added = used.filter((prefix) => !prefixes.includes(prefix));
  if (used.length === 0) return prefixes;
  const kept = prefixes.filter(
    (prefix) => used.includes(prefix) || [...objects.keys()].some((key) => key.startsWith(prefix)),
  );
  return added.length === 0 && kept.length === prefixes.length ? prefixes : [...kept, ...added].sort();
}

/**
 * The ledger with the change in it; the very same one where that says nothing new.
 * @param entry Of the release in this ledger: see enterRelease.
 */
export function withChange(ledger: Ledger, entry: LedgerRelease, change: LedgerChange): Ledger {
  const own: LedgerRelease = { ...entry, ...change.marks };
  const before = ledger.releases.find(({ seq }) => seq === entry.seq);
  const releases = same(before, own)
    ? ledger.releases
    : [...ledger.releases.filter(({ seq }) => seq !== entry.seq), own].toSorted((a, b) => a.seq - b.seq);
  const objects = withRows(ledger.objects, entry, change);
  const prefixes = withPrefixes(ledger, change.prefixes);
  const unchanged = releases === ledger.releases && objects === ledger.objects && prefixes === ledger.prefixes;
  return unchanged ? ledger : { identity: ledger.identity, prefixes, releases, objects, uploads: [] };
}

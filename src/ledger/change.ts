import { compareRuns, type RunOrder } from '../core/run-order.ts';
import type { Ledger, LedgerObject, LedgerRelease, Publishing } from './ledger.ts';

/** What a run has to say of an object. */
export type Stored = Pick<LedgerObject, 'md5' | 'size' | 'etag' | 'headers' | 'media'>;

/** Everything that a run has to say, in a form that can be said again to a ledger that others have written meanwhile. */
export interface LedgerChange {
  /** What is true of the run's own release. */
  readonly marks: Partial<Pick<LedgerRelease, 'live' | 'proof' | 'failed'>>;
  /** Objects that the release names, as they are in the bucket. */
  readonly objects: ReadonlyMap<string, Stored>;
  /** Files that are being sent in parts, and those that no longer are. */
  readonly uploads: ReadonlySet<string>;
  readonly ended: ReadonlySet<string>;
  /** Set while this run exchanges un-hashed files; undefined ends what the ledger says of it. */
  readonly publishing: Publishing | undefined;
  /** The release is live, so that what it does not name below this prefix is gone since then (seconds). */
  readonly gone: { readonly prefix: string; readonly since: number } | undefined;
  readonly doomed: ReadonlySet<string>;
  readonly deleted: ReadonlySet<string>;
}

export const noChange: LedgerChange = {
  marks: {},
  objects: new Map(),
  uploads: new Set(),
  ended: new Set(),
  publishing: undefined,
  gone: undefined,
  doomed: new Set(),
  deleted: new Set(),
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
  a.doomed === b.doomed;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The rows, with those of the change in their place; the very same map where nothing differs. */
function withRows(rows: Ledger['objects'], entry: LedgerRelease, change: LedgerChange): Ledger['objects'] {
  let next: Map<string, LedgerObject> | undefined;
  const changed = () => {
    next ??= new Map(rows);
    return next;
  };
  const { objects, gone, doomed, deleted } = change;
  for (const [key, stored] of objects) {
    const known = rows.get(key);
    // A newer run has put it since.
    if (known && known.last > entry.seq) continue;
    const { md5, size, etag, headers, media } = stored;
    const first = known?.first ?? entry.seq;
    const row: LedgerObject = { md5, size, etag, headers, first, last: entry.seq, ...(media ? { media } : {}) };
    if (!known || !sameRow(known, row)) changed().set(key, row);
  }
  for (const [key, row] of gone ? rows : []) {
    const named = objects.has(key) || row.last >= entry.seq || row.media || row.gone !== undefined;
    if (gone && !named && key.startsWith(gone.prefix)) changed().set(key, { ...row, gone: gone.since });
  }
  for (const key of doomed) {
    const row = rows.get(key);
    if (row && !row.doomed && row.last < entry.seq) changed().set(key, { ...row, doomed: true });
  }
  // Whoever wanted a doomed one meanwhile has put it again, and said so.
  for (const key of deleted) if ((rows.get(key)?.last ?? entry.seq) < entry.seq) changed().delete(key);
  return next ?? rows;
}

/**
 * The ledger with the change in it; the very same one where that says nothing new.
 * @param entry Of the release in this ledger: see enterRelease.
 * @param run That says it.
 */
export function withChange(ledger: Ledger, entry: LedgerRelease, run: RunOrder, change: LedgerChange): Ledger {
  const own: LedgerRelease = { ...entry, ...change.marks };
  const before = ledger.releases.find(({ seq }) => seq === entry.seq);
  const releases = same(before, own)
    ? ledger.releases
    : [...ledger.releases.filter(({ seq }) => seq !== entry.seq), own].toSorted((a, b) => a.seq - b.seq);
  const kept = ledger.uploads.filter((key) => !change.ended.has(key));
  const added = [...change.uploads].filter((key) => !change.ended.has(key) && !kept.includes(key));
  const uploads = same([...kept, ...added], ledger.uploads) ? ledger.uploads : [...kept, ...added];
  const objects = withRows(ledger.objects, entry, change);
  const others = ledger.publishing && compareRuns(ledger.publishing.run, run) !== 0 ? ledger.publishing : undefined;
  const publishing = change.publishing ?? others;
  const unchanged =
    releases === ledger.releases &&
    uploads === ledger.uploads &&
    objects === ledger.objects &&
    same(publishing, ledger.publishing);
  return unchanged ? ledger : { releases, objects, uploads, publishing };
}

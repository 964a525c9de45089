import { type Identity, sameIdentity } from '../core/identity.ts';
import type { RunOrder } from '../core/run-order.ts';
import type { ListedObject, ObjectStore } from '../store/store.ts';
import { readLedger } from './codec.ts';
import { ledgerOwner, type NoteKind } from './keys.ts';
import type { Ledger, LedgerObject, LedgerRelease } from './ledger.ts';

/** What another run of the same identity noted while it was under way; it may have been ended since. */
export interface Note {
  readonly key: string;
  readonly etag: string;
  /** Milliseconds since the epoch, by the store's clock. */
  readonly lastModified: number;
  readonly kind: NoteKind;
  readonly ledger: Ledger;
}

/**
 * Reads the notes that a listing of the folder shows. A note never changes, so those that were read before are not read
 * again. One that is empty was given up, one that is not
 * this identity's, or cannot be read, says nothing.
 */
export async function readNotes(
  store: ObjectStore,
  identity: Identity,
  listed: readonly ListedObject[],
  known: ReadonlyMap<string, Note>,
  signal: AbortSignal,
): Promise<Map<string, Note>> {
  const notes = new Map<string, Note>();
  for (const { key, etag, size, lastModified } of listed) {
    const kind = ledgerOwner(key)?.note;
    if (kind === undefined || size === 0) continue;
    const before = known.get(key);
    if (before?.etag === etag) {
      notes.set(key, before);
      continue;
    }
    const stored = await store.get(key, signal);
    const ledger = stored && readLedger(stored.body);
    if (ledger?.identity && sameIdentity(ledger.identity, identity))
      notes.set(key, { key, etag, lastModified, kind, ledger });
  }
  return notes;
}

/** The release that a note is of. */
const releaseIn = ({ ledger }: Note): LedgerRelease | undefined => ledger.releases.at(-1);

/** The run that a note is of. */
export const runOf = (note: Note): RunOrder | undefined => releaseIn(note)?.run;

/** A row that a run only planned: the object may never have got there. */
const plannedRow = (row: LedgerObject, { seq }: LedgerRelease): LedgerObject => ({ ...row, first: seq, last: seq });

function withPlan(ledger: Ledger, note: Note, release: LedgerRelease): Ledger {
  const objects = new Map(ledger.objects);
  for (const [key, row] of note.ledger.objects) if (!objects.has(key)) objects.set(key, plannedRow(row, release));
  const taken = ledger.releases.some(({ seq }) => seq === release.seq);
  const releases = taken
    ? ledger.releases
    : [...ledger.releases, release].toSorted((one, other) => one.seq - other.seq);
  const prefixes = [...new Set([...ledger.prefixes, ...note.ledger.prefixes])].sort();
  return { ...ledger, prefixes, releases, objects };
}

function withLease(ledger: Ledger, note: Note, { seq }: LedgerRelease): Ledger {
  const doomed = [...note.ledger.objects.keys()].filter((key) => (ledger.objects.get(key)?.last ?? seq) < seq);
  if (doomed.length === 0) return ledger;
  const objects = new Map(ledger.objects);
  for (const key of doomed) objects.set(key, { ...(objects.get(key) as LedgerObject), doomed: true });
  return { ...ledger, objects };
}

/**
 * The ledger with what other runs noted and have not written into it: their releases, rows of what they were about to send,
 * and which files they are deleting.
 */
export function withNotes(ledger: Ledger, notes: Iterable<Note>): Ledger {
  let view = ledger;
  for (const note of notes) {
    const release = releaseIn(note);
    if (!release) continue;
    if (note.kind === 'lease') view = withLease(view, note, release);
    else if (!view.releases.some(({ seq, release: name }) => seq === release.seq && name === release.release))
      view = withPlan(view, note, release);
  }
  return view;
}

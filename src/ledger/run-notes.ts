import type { Identity } from '../core/identity.ts';
import type { RunOrder } from '../core/run-order.ts';
import type { ListedObject, ObjectStore } from '../store/store.ts';
import { type NoteKind, noteKey } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { putRequest } from './ledger-file.ts';
import { type Note, readNotes } from './notes.ts';

const nothing = {
  md5: 'd41d8cd98f00b204e9800998ecf8427e',
  headers: { contentType: 'application/json', cacheControl: 'no-store' },
};

/** The notes of the runs of one identity: this run's own, which it writes, and those of others, which it reads. */
export function createRunNotes(
  store: ObjectStore,
  identity: Identity,
  folder: string,
  { run, mark }: { readonly run: RunOrder; readonly mark: string },
) {
  const own = { plan: noteKey(folder, run, mark, 'plan'), lease: noteKey(folder, run, mark, 'lease') };
  const written = new Set<string>();
  let others = new Map<string, Note>();
  let mine: readonly ListedObject[] = [];

  /** Notes that cannot be deleted are emptied, so that nobody reads them again. */
  async function remove(keys: readonly string[], signal: AbortSignal): Promise<void> {
    if (keys.length === 0) return;
    const failed = await store.delete(keys, signal);
    for (const key of failed.keys())
      await store.put({ ...nothing, key, body: new Uint8Array(), acl: undefined }, signal);
    for (const key of keys) {
      written.delete(key);
      others.delete(key);
    }
  }

  return {
    get others(): readonly Note[] {
      return [...others.values()];
    },

    /** When this run's lease was stored, by the store's clock; undefined if it has none. */
    get leaseStored(): number | undefined {
      return mine.find(({ key }) => key === own.lease)?.lastModified;
    },

    has: (kind: NoteKind) => written.has(own[kind]),

    async write(kind: NoteKind, ledger: Ledger, signal: AbortSignal): Promise<void> {
      written.add(own[kind]);
      await store.put(putRequest(own[kind], ledger, identity), signal);
    },

    removeOwn: (kinds: readonly NoteKind[], signal: AbortSignal) =>
      remove(
        kinds.map((kind) => own[kind]).filter((key) => written.has(key)),
        signal,
      ),

    removeOthers: (notes: readonly Note[], signal: AbortSignal) =>
      remove(
        notes.map(({ key }) => key),
        signal,
      ),

    /** Takes a listing that holds the folder. */
    async look(listed: readonly ListedObject[], signal: AbortSignal): Promise<void> {
      const inFolder = listed.filter(({ key }) => key.startsWith(folder));
      mine = inFolder.filter(({ key }) => written.has(key));
      others = await readNotes(
        store,
        identity,
        inFolder.filter(({ key }) => !written.has(key)),
        others,
        signal,
      );
    },
  };
}

import { createJournal } from '../../src/journal.ts';
import type { ReleaseStageIO } from '../../src/release/stage.ts';
import { type LedgerBook, openBook } from '../../src/store/book.ts';
import type { LedgerObject } from '../../src/store/ledger.ts';
import type { ObjectStore } from '../../src/store/store.ts';
import { fakeClock, fakeHttp, fakeLog, never } from './fakes.ts';

const at = '2026-03-01T12:00:00.000Z';

/** The ledger of production as a run of this commit opens it. */
export function openAt(store: ObjectStore, sha: string): Promise<LedgerBook> {
  const request = { environment: 'production', release: `${sha.slice(0, 12)}-1.1`, sha, at };
  return openBook(store, request, () => undefined, never);
}

/** A release that put files into the bucket before, and what became of it. */
export async function past(
  store: ObjectStore,
  release: { sha: string; files: readonly string[]; live?: boolean; failed?: boolean },
): Promise<void> {
  const book = await openAt(store, release.sha);
  const { seq } = book.entry;
  const objects = release.files.map((key): [string, LedgerObject] => {
    const known = book.before.objects.get(key);
    return [key, { md5: '', size: 1, etag: '', headers: '', first: known?.first ?? seq, last: seq }];
  });
  const fate = { ...(release.live ? { live: at } : {}), ...(release.failed ? { failed: true as const } : {}) };
  await book.save({ ...book.entry, ...fate }, new Map(objects), never);
}

/** What a stage of the release needs, with some of it given. */
export function stageIO(given: Partial<ReleaseStageIO> = {}): ReleaseStageIO {
  const log = given.log ?? fakeLog();
  const clock = given.clock ?? fakeClock();
  const http = fakeHttp(() => new Error('nobody may ask'));
  return { journal: createJournal(log, clock), log, clock, http, random: () => 1, signal: never, ...given };
}

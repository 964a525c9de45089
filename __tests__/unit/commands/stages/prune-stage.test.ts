import { describe, expect, test } from '@jest/globals';
import { pruneStage } from '../../../../src/commands/stages/prune-stage.ts';
import { DeployError } from '../../../../src/core/errors.ts';
import { readLedger } from '../../../../src/ledger/codec.ts';
import { ledgerKey } from '../../../../src/ledger/keys.ts';
import type { Ledger } from '../../../../src/ledger/ledger.ts';
import { openLedgerSession } from '../../../../src/ledger/session.ts';
import { createRecorder } from '../../../../src/report/recorder.ts';
import type { Shard } from '../../../../src/store/shard.ts';
import type { ObjectStore } from '../../../../src/store/store.ts';
import { fakeClock, fakeLog, type MemoryStore, memoryStore, never } from '../../../support/fakes.ts';
import { bookIO, named, openAt, ownOf, production, stored } from '../../../support/ledger.ts';

const key = ledgerKey(production);
const old = ['static/old.css', 'static/older.css'];
const month = 30 * 86_400_000;

const ledgerIn = (store: MemoryStore): Ledger => readLedger(Buffer.from(store.text(key) ?? '')) as Ledger;
/** What runs noted under way, by their kind. */
const notesIn = (store: MemoryStore, kind: string) =>
  [...store.objects.keys()]
    .filter((one) => one.endsWith(`.${kind}.json`))
    .map((one) => readLedger(Buffer.from(store.text(one) ?? '')) as Ledger);
const doomedIn = (store: MemoryStore) => notesIn(store, 'lease').flatMap(({ objects }) => [...objects.keys()]);

const filesDeleted = ({ deletes }: MemoryStore) => deletes.filter((one) => one.startsWith('static/'));

/** Another run has put some of the files there by now. */
async function put(store: ObjectStore, sha: string, run: number, files: readonly string[], gone?: number) {
  const session = await openAt(store, sha, run);
  const objects = new Map(files.map((file) => [file, stored('x')]));
  const since = gone === undefined ? undefined : { prefix: '', since: gone };
  await session.save({ objects, gone: since, marks: { live: '2026-02-01T00:00:00Z' } }, never);
  return session;
}

/** The ledger of another environment, or of a part of a sharded sync, says that it put a file there. */
async function elsewhere(store: ObjectStore, environment: string, shard: Shard | undefined, gone?: number) {
  const identity = named(environment);
  const one = async (sha: string, run: number, files: readonly string[]) => {
    const session = await openLedgerSession(store, { identity, shard, own: ownOf(sha, run) }, bookIO());
    const since = gone === undefined || files.length > 0 ? undefined : { prefix: '', since: gone };
    await session.save({ objects: new Map(files.map((file) => [file, stored('x')])), gone: since }, never);
  };
  await one('first', 1, ['static/old.css']);
  if (gone !== undefined) await one('second', 2, []);
}

/** A bucket with two releases, of which the second has just gone live without the old files. */
async function bucket(store: MemoryStore = memoryStore(), through: ObjectStore = store) {
  for (const path of [...old, 'static/a.css']) store.seed(path, 'x');
  await put(store, 'first', 1, [...old, 'static/a.css']);
  const session = await put(through, 'second', 2, ['static/a.css'], 1);
  const log = fakeLog();
  const clock = fakeClock();
  const recorder = createRecorder(log, clock);
  recorder.note({ sync: { uploaded: 1, unchanged: 0, bytesUploaded: 1, kept: 0, deleted: 0, largest: [] } });
  const prune = async (instead = through, signal = never) => {
    const request = {
      inputs: { prune: month },
      folders: [{ kind: 'static', folder: '/nowhere', prefix: 'static/', acl: undefined } as const],
      store: instead,
      session,
    };
    const { result } = await pruneStage(request, old, { recorder, log, clock, signal });
    const { sync, warnings } = recorder.report();
    return { result, deleted: sync?.deleted, warnings };
  };
  return { store, session, clock, prune };
}

describe('old files', () => {
  test('are deleted, and the ledger and the report say so', async () => {
    const { store, prune } = await bucket();
    expect(await prune()).toEqual({ result: '2 old files deleted', deleted: 2, warnings: [] });
    expect([...store.objects.keys()].sort()).toEqual([key, 'static/a.css']);
    expect([...ledgerIn(store).objects.keys()]).toEqual(['static/a.css']);
  });

  test('are noted before the first of them goes, under the lease', async () => {
    const { store, prune } = await bucket();
    const seen: unknown[] = [];
    await prune({
      ...store,
      delete: (keys, signal) => {
        seen.push([doomedIn(store), notesIn(store, 'lease')[0]?.publishing?.run.id]);
        return store.delete(keys, signal);
      },
    });
    expect(seen).toEqual([[old, 2]]);
    expect(notesIn(store, 'lease')).toEqual([]);
  });
});

describe('nothing is deleted', () => {
  test('where a newer release is there', async () => {
    const { store, prune } = await bucket();
    await put(store, 'third', 3, ['static/a.css']);
    const list = () => {
      throw new Error('no need to look any further');
    };
    expect(await prune({ ...store, list })).toMatchObject({
      result: '2 old files left for later: a newer release is there',
      deleted: 0,
      warnings: [],
    });
    expect([store.deletes, doomedIn(store)]).toEqual([[], []]);
  });

  test('where a newer release comes while this one looks at the other ledgers', async () => {
    const { store, prune } = await bucket();
    let looks = 0;
    const list: ObjectStore['list'] = async function* (prefix, signal) {
      looks += 1;
      await put(store, 'third', 3, ['static/a.css']);
      yield* store.list(prefix, signal);
    };
    expect(await prune({ ...store, list })).toMatchObject({ deleted: 0, warnings: [] });
    expect([looks, filesDeleted(store), doomedIn(store)]).toEqual([1, [], []]);
  });

  test('where another ledger cannot be read, and a warning names it', async () => {
    const { store, prune } = await bucket();
    store.seed(ledgerKey(named('staging')), 'no ledger');
    const { result, deleted, warnings } = await prune();
    expect([result, deleted]).toEqual([expect.stringContaining('left for later'), 0]);
    expect(warnings).toEqual([expect.stringContaining(ledgerKey(named('staging')))]);
    expect([store.deletes, doomedIn(store)]).toEqual([[], []]);
  });
});

describe('a file stays', () => {
  const gone = 1_000_000;
  test.each<[string, string, Shard | undefined, number | undefined, boolean]>([
    ['that another environment names', 'staging', undefined, undefined, true],
    ['unless that environment names it no longer', 'staging', undefined, gone, false],
    ['that a part of the last sharded sync has sent', 'production', { index: 1, of: 2 }, undefined, true],
    ['unless the next sharded sync has not', 'production', { index: 1, of: 2 }, gone, false],
  ])('%s', async (_what, environment, shard, since, stays) => {
    const { store, prune } = await bucket();
    await elsewhere(store, environment, shard, since);
    expect((await prune()).deleted).toBe(stays ? 1 : 2);
    expect(store.objects.has('static/old.css')).toBe(stays);
    expect(store.objects.has('static/older.css')).toBe(false);
  });

  test('that a newer release names while this one waits for the lease', async () => {
    const store = memoryStore();
    const { prune } = await bucket();
    const put_: ObjectStore['put'] = async (request, signal) => {
      if (request.key.endsWith('.lease.json')) await put(store, 'third', 3, ['static/old.css']);
      return store.put(request, signal);
    };
    const { prune: late } = await bucket(store, { ...store, put: put_ });
    expect(await late()).toMatchObject({ result: expect.stringContaining('a newer release'), deleted: 0 });
    expect([filesDeleted(store), doomedIn(store)]).toEqual([[], []]);
    expect((await prune()).deleted).toBe(2);
  });

  test('that somebody else wrote since, whatever the listing says', async () => {
    const { store, prune } = await bucket();
    store.seed('static/old.css', 'y');
    expect(await prune()).toMatchObject({ result: '1 old file deleted, 1 left alone', deleted: 1 });
    expect(store.text('static/old.css')).toBe('y');
  });

  test('that lies below the prefix of another repository', async () => {
    const { store, prune } = await bucket();
    const identity = { ...production, repository: '77' };
    const other = await openLedgerSession(store, { identity, shard: undefined, own: ownOf('b', 9) }, bookIO());
    await other.save({ prefixes: ['static/old.'], objects: new Map([['static/old/b.css', stored('b')]]) }, never);
    expect(await prune()).toMatchObject({ deleted: 1 });
    expect(store.objects.has('static/old.css')).toBe(true);
  });
});

describe('a failure is a warning, because the site is live:', () => {
  test('of one file, which is tried again next time', async () => {
    const failOn = (path: string) => (path === 'static/old.css' ? new Error('locked') : undefined);
    const { store, prune } = await bucket(memoryStore({ failOn }));
    expect(await prune()).toEqual({
      result: '1 old file deleted',
      deleted: 1,
      warnings: ['1 old file could not be deleted, static/old.css among them: locked.'],
    });
    expect([...ledgerIn(store).objects.keys()]).toEqual(['static/a.css', 'static/old.css']);
  });

  test.each<[string, Error, RegExp]>([
    [
      'of the right to delete',
      new DeployError('BUCKET_DENIED', 'Access denied.'),
      /Access denied\. Deleting needs s3:DeleteObject\. .*"prune: off"/,
    ],
    ['of anything else', new Error('unreachable'), /^Old static files stay in the bucket: unreachable/],
  ])('%s, and the next run need not wait for this one', async (_what, error, warning) => {
    const { store, prune } = await bucket();
    const { result, deleted, warnings } = await prune({ ...store, delete: () => Promise.reject(error) });
    expect([result, deleted]).toEqual(['old files stay', 0]);
    expect(warnings).toEqual([expect.stringMatching(warning)]);
    expect(notesIn(store, 'lease')).toEqual([]);
  });

  test('but not a cancellation, which ends the run', async () => {
    const { store, prune } = await bucket();
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const cancel = async () => {
      controller.abort(reason);
      throw reason;
    };
    await expect(prune({ ...store, delete: cancel }, controller.signal)).rejects.toBe(reason);
  });
});

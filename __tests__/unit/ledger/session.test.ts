import { describe, expect, test } from '@jest/globals';
import { readLedger, writeLedger } from '../../../src/ledger/codec.ts';
import { ledgerKey } from '../../../src/ledger/keys.ts';
import { emptyLedger } from '../../../src/ledger/ledger.ts';
import { possiblyServing } from '../../../src/ledger/releases.ts';
import { openLedgerSession } from '../../../src/ledger/session.ts';
import type { ObjectStore } from '../../../src/store/store.ts';
import { memoryStore, never } from '../../support/fakes.ts';
import { bookIO, named, stored as noted, ownOf, production } from '../../support/ledger.ts';
import { ledgerObject, ledgerOf, releaseOf } from '../../support/sync.ts';

const key = ledgerKey(production);
/** Opens the ledger of a store; `warnings` has what it said. */
async function open(store: ObjectStore, sha = 'c1', run = 1, environment = 'production') {
  const io = bookIO();
  const identity = named(environment);
  const session = await openLedgerSession(store, { identity, shard: undefined, own: ownOf(sha, run) }, io);
  return { session, warnings: io.lines };
}

const stored = (store: ReturnType<typeof memoryStore>, at = key) =>
  readLedger(store.objects.get(at)?.body ?? new Uint8Array());
const objects = new Map([['static/a.css', noted('x', { headers: 'h' })]]);
const rows = new Map([['static/a.css', ledgerObject('x', 'h')]]);
const live = { live: '2026-03-01T12:05:00Z' };

describe('opening', () => {
  test('an empty bucket gives an empty ledger, without a warning', async () => {
    const { session, warnings } = await open(memoryStore());
    expect(session.before).toEqual(emptyLedger);
    expect(session.entry).toEqual({ seq: 1, ...ownOf('c1', 1) });
    expect(warnings).toEqual([]);
  });

  test('an empty ledger is no reason to warn', async () => {
    const store = memoryStore();
    store.seed(key, writeLedger(emptyLedger, production));
    expect((await open(store)).warnings).toEqual([]);
  });

  test.each([
    ['broken', '{"version": 1, "releases": ['],
    ['of a future version', '{"version": 2, "releases": [], "headers": [], "objects": []}'],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0]).toString('latin1')],
  ])('one that is %s warns, starts anew, and is written over', async (_how, text) => {
    const store = memoryStore();
    store.seed(key, text);
    const { session, warnings } = await open(store);
    expect(warnings).toEqual([expect.stringContaining(key)]);
    expect(session.before).toEqual(emptyLedger);
    await session.save({ objects }, never);
    expect(stored(store)?.objects).toEqual(rows);
  });

  test('one that knows nothing yet says what this run stored, before it is written', async () => {
    const { session } = await open(memoryStore());
    session.keep({ objects });
    expect([session.stored, session.now.objects.size]).toEqual([objects, 0]);
  });

  test('a bucket that cannot be read ends the run', async () => {
    const refused = new Error('denied');
    await expect(open({ ...memoryStore(), get: () => Promise.reject(refused) })).rejects.toBe(refused);
  });
});

describe('saving', () => {
  test('is one object, never public and never cached', async () => {
    const store = memoryStore();
    const { session } = await open(store);
    await session.save({ objects }, never);
    expect(store.puts).toEqual([key]);
    expect(store.objects.get(key)).toMatchObject({
      acl: undefined,
      headers: { contentType: 'application/json', cacheControl: 'no-store' },
    });
    expect(stored(store)).toMatchObject({ releases: [session.entry], objects: rows });
  });

  test('tells the store the MD5 of what it sends', async () => {
    const memory = memoryStore();
    const store: ObjectStore = {
      ...memory,
      putIf: async (request, condition, signal) => {
        const result = await memory.putIf(request, condition, signal);
        expect(result).toEqual({ etag: request.md5 });
        return result;
      },
    };
    const { session } = await open(store);
    await session.save({ objects }, never);
    expect(memory.puts).toEqual([key]);
  });

  test('what is there already sends nothing: in the same run, and in a re-run of the same commit', async () => {
    const store = memoryStore();
    const { session } = await open(store);
    await session.save({ marks: live, objects }, never);
    await session.save({ marks: live }, never);
    const again = (await open(store)).session;
    await again.save({ objects }, never);
    expect(store.puts).toEqual([key]);
    expect(again.entry).toMatchObject({ seq: 1, ...live });
  });

  test('adds to what was saved before in the same run', async () => {
    const store = memoryStore();
    const { session } = await open(store);
    await session.save({ objects }, never);
    await session.save({ marks: live }, never);
    expect(stored(store)?.objects).toEqual(rows);
    expect(stored(store)?.releases).toMatchObject([{ seq: 1, live: '2026-03-01T12:05:00Z' }]);
    expect(session.before).toEqual(emptyLedger);
  });

  test('that failed is tried again by the next save', async () => {
    let broken = true;
    const store = memoryStore({ failOn: () => (broken ? new Error('busy') : undefined) });
    const { session } = await open(store);
    await expect(session.save({ objects }, never)).rejects.toThrow('busy');
    broken = false;
    await session.save({}, never);
    expect(stored(store)?.objects).toEqual(rows);
  });
});

test('environments have a ledger each', async () => {
  const store = memoryStore();
  for (const environment of ['production', 'preview/pr-7', 'feature/Ünï']) {
    const { session } = await open(store, environment, 1, environment);
    expect(session.before).toEqual(emptyLedger);
    await session.save({ objects }, never);
    expect(stored(store, ledgerKey(named(environment)))?.releases).toMatchObject([{ seq: 1, sha: environment }]);
  }
  expect(store.puts).toHaveLength(3);
});

test('a failed release whose commit is run again may be serving from then on', async () => {
  const store = memoryStore();
  store.seed(key, writeLedger(ledgerOf({}, [releaseOf(1, { sha: 'c0', live: '2026-03-01T12:00:00Z' })]), production));
  const first = (await open(store, 'c1', 2)).session;
  await first.save({ marks: { failed: true }, objects }, never);
  // The second time the host takes it, and nothing proves it live: only the files are noted.
  const again = (await open(store, 'c1', 2)).session;
  await again.save({ objects }, never);
  const next = (await open(store, 'c2', 3)).session;
  expect(possiblyServing(next.before, 'c2').map(({ sha }) => sha)).toEqual(['c0', 'c1']);
});

import { describe, expect, test } from '@jest/globals';
import { readLedger, writeLedger } from '../../../src/ledger/codec.ts';
import { ledgerKey } from '../../../src/ledger/ledger.ts';
import { type LedgerSession, leaseTime, openLedgerSession } from '../../../src/ledger/session.ts';
import type { ObjectStore } from '../../../src/store/store.ts';
import { fakeClock, type MemoryStore, memoryStore, never } from '../../support/fakes.ts';
import { identityOf } from '../../support/identity.ts';
import { bookIO, openAt, ownOf, stored } from '../../support/ledger.ts';
import { ledgerOf, releaseOf } from '../../support/sync.ts';

const key = ledgerKey(identityOf('production'));
const ledger = (store: MemoryStore) => readLedger(Buffer.from(store.text(key) ?? '')) ?? ledgerOf({});
const file = (name: string) => ({ objects: new Map([[name, stored(name)]]) });

/** Does something between a read of the ledger and the write that follows it, once. */
function interrupted(store: MemoryStore, meanwhile: () => Promise<unknown>): ObjectStore {
  let done = false;
  const once = async () => {
    if (done) return;
    done = true;
    await meanwhile();
  };
  return {
    ...store,
    putIf: async (...args) => {
      await once();
      return store.putIf(...args);
    },
    put: async (...args) => {
      await once();
      return store.put(...args);
    },
  };
}

describe.each([
  ['where PUTs can have a condition', true],
  ['where they cannot', false],
])('two runs that write at once, %s', (_where, conditional) => {
  test('both get in what they have to say', async () => {
    const store = memoryStore({ conditional });
    const one = await openAt(store, 'c1', 1);
    const two = await openAt(store, 'c2', 2);
    await one.save(file('a'), never);
    await two.save(file('b'), never);
    await one.save(file('c'), never);
    expect([...ledger(store).objects.keys()]).toEqual(['a', 'b', 'c']);
    expect(ledger(store).releases.map(({ seq, sha }) => [seq, sha])).toEqual([
      [1, 'c1'],
      [2, 'c2'],
    ]);
  });
});

test('a write that another one gets ahead of is said again to what that one wrote', async () => {
  const store = memoryStore();
  const other = await openAt(store, 'c2', 2);
  const session = await openAt(
    interrupted(store, () => other.save(file('b'), never)),
    'c1',
    1,
  );
  await session.save(file('a'), never);
  expect([...ledger(store).objects.keys()]).toEqual(['a', 'b']);
});

test('a ledger that is written all the time ends with an error that says what to do', async () => {
  const store = memoryStore();
  const session = await openAt({ ...store, putIf: async () => 'changed' }, 'c1', 1);
  await expect(session.save(file('a'), never)).rejects.toMatchObject({
    code: 'BUCKET_FAILED',
    hint: expect.stringContaining('concurrency group'),
  });
});

describe('a run that was overtaken', () => {
  test('learns of it when it opens the ledger', async () => {
    const store = memoryStore();
    store.seed(key, writeLedger(ledgerOf({}, [releaseOf(9)]), 'production'));
    expect((await openAt(store, 'c1', 1)).newer?.release).toBe('r9');
  });

  test('learns of it when it asks, with one HEAD as long as nothing changed', async () => {
    const store = memoryStore();
    const session = await openAt(store, 'c1', 1);
    await session.save(file('a'), never);
    store.gets.length = 0;
    expect(await session.overtaken(never)).toBeUndefined();
    expect([store.heads, store.gets]).toEqual([[key], []]);
    await (await openAt(store, 'c2', 2)).save(file('b'), never);
    expect((await session.overtaken(never))?.sha).toBe('c2');
  });

  test('does not get the lock', async () => {
    const store = memoryStore();
    const session = await openAt(
      interrupted(store, async () => (await openAt(store, 'c2', 2)).save(file('b'), never)),
      'c1',
      1,
    );
    expect((await session.lock(never))?.sha).toBe('c2');
    expect(ledger(store).publishing).toBeUndefined();
  });
});

describe('the lock', () => {
  /** A run that exchanges files, and one that comes after it. */
  async function publishing(run: number, attempt = 1) {
    const store = memoryStore();
    const clock = fakeClock();
    const io = bookIO(clock);
    const first = await openAt(store, 'c1', 1, io);
    await first.lock(never);
    const own = { ...ownOf('c2', run), run: { id: run, attempt } };
    const second = await openLedgerSession(store, { identity: identityOf('production'), shard: undefined, own }, io);
    return { store, clock, io, first, second };
  }

  test('is held until the run says that it has ended', async () => {
    const { store, first } = await publishing(2);
    expect(ledger(store).publishing?.release).toBe('c1-1.1');
    await first.save({ publishing: undefined }, never);
    expect(ledger(store).publishing).toBeUndefined();
  });

  test('is waited for, and the log says once for whom', async () => {
    const { clock, io, store, first, second } = await publishing(2);
    const sleep = clock.sleep;
    let waits = 0;
    clock.sleep = async (milliseconds, signal) => {
      if (++waits === 3) await first.save({ publishing: undefined }, signal);
      return sleep(milliseconds, signal);
    };
    expect(await second.lock(never)).toBeUndefined();
    expect(waits).toBe(3);
    expect(io.lines).toEqual([expect.stringContaining('Waiting for c1-1.1')]);
    expect(ledger(store).publishing?.release).toBe('c2-2.1');
  });

  test('of a run that was killed ends by itself', async () => {
    const { clock, second } = await publishing(2);
    const began = clock.now();
    expect(await second.lock(never)).toBeUndefined();
    expect(clock.now() - began).toBeGreaterThanOrEqual(leaseTime);
  });

  test('of an attempt that was killed does not hold up the next attempt of the same run', async () => {
    const { clock, second } = await publishing(1, 2);
    expect(await second.lock(never)).toBeUndefined();
    expect(clock.slept).toEqual([]);
  });

  test('is gone when the run is cancelled while it waits', async () => {
    const { second } = await publishing(2);
    await expect(second.lock(AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
  });
});

test('what was left to be ended by the next run is told', async () => {
  const store = memoryStore();
  const begun: LedgerSession = await openAt(store, 'c1', 1);
  await begun.save({ uploads: new Set(['film.mp4']) }, never);
  expect((await openAt(store, 'c1', 1)).orphans).toEqual(['film.mp4']);
  await begun.save({ ended: new Set(['film.mp4']) }, never);
  expect((await openAt(store, 'c1', 1)).orphans).toEqual([]);
});

test('a newer release of another app of the repository overtakes nothing, whatever the environment', async () => {
  const store = memoryStore();
  const open = (app: string, sha: string, run: number) =>
    openLedgerSession(
      store,
      { identity: identityOf('production', app), shard: undefined, own: ownOf(sha, run) },
      bookIO(),
    );
  const blog = await open('blog', 'c2', 2);
  await blog.save(file('blog/a'), never);
  const shop = await open('shop', 'c1', 1);
  expect(shop.newer).toBeUndefined();
  expect((await open('blog', 'c1', 1)).newer?.sha).toBe('c2');
});

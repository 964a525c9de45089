import { describe, expect, test } from '@jest/globals';
import type { Identity } from '../../../src/core/identity.ts';
import type { Clock } from '../../../src/core/ports.ts';
import { readLedger, writeLedger } from '../../../src/ledger/codec.ts';
import { ledgerKey } from '../../../src/ledger/keys.ts';
import { leaseTime } from '../../../src/ledger/lease.ts';
import { openLedgerSession } from '../../../src/ledger/session.ts';
import type { ObjectStore } from '../../../src/store/store.ts';
import { fakeClock, type MemoryStore, memoryStore, never } from '../../support/fakes.ts';
import { bookIO, openAt, ownOf, production, stored } from '../../support/ledger.ts';
import { ledgerOf, releaseOf } from '../../support/sync.ts';

const key = ledgerKey(production);
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
    store.seed(key, writeLedger(ledgerOf({}, [releaseOf(9)]), production));
    expect((await openAt(store, 'c1', 1)).newer?.release).toBe('r9');
  });

  test('learns of it when it asks, with one listing as long as nothing changed', async () => {
    const store = memoryStore();
    const session = await openAt(store, 'c1', 1);
    await session.save(file('a'), never);
    store.gets.length = 0;
    expect(await session.overtaken(never)).toBeUndefined();
    expect([store.heads, store.gets]).toEqual([[], []]);
    await (await openAt(store, 'c2', 2)).save(file('b'), never);
    expect((await session.overtaken(never))?.sha).toBe('c2');
  });

  test('learns of a newer one that has only begun to send its files', async () => {
    const store = memoryStore();
    const session = await openAt(store, 'c1', 1);
    await (await openAt(store, 'c2', 2)).announce([['b', stored('b')]], [], never);
    expect((await session.overtaken(never))?.sha).toBe('c2');
  });

  test('does not get the lease', async () => {
    const store = memoryStore();
    const newer = await openAt(store, 'c2', 2);
    const put: ObjectStore['put'] = async (request, signal) => {
      await newer.save(file('b'), signal);
      return store.put(request, signal);
    };
    const session = await openAt({ ...store, put }, 'c1', 1);
    expect((await session.lock(never))?.sha).toBe('c2');
    expect(leases(store)).toEqual([]);
  });
});

/** Keys of the leases in the bucket. */
const leases = (store: MemoryStore) => [...store.objects.keys()].filter((one) => one.endsWith('.lease.json'));

describe('the lease', () => {
  /** A run that exchanges files, and one that comes after it. */
  async function publishing(run: number, attempt = 1, patience = Number.POSITIVE_INFINITY) {
    const store = memoryStore();
    const clock = fakeClock();
    const io = bookIO(clock);
    const first = await openAt(store, 'c1', 1, io);
    await first.lock(never);
    const own = { ...ownOf('c2', run), run: { id: run, attempt } };
    const request = { identity: production, shard: undefined, own, patience };
    const second = await openLedgerSession(store, request, { ...io, random: () => 0 });
    return { store, clock, io, first, second };
  }

  test('is held until the run says that it has ended', async () => {
    const { store, first } = await publishing(2);
    expect(leases(store)).toHaveLength(1);
    await first.unlock(never);
    expect(leases(store)).toEqual([]);
  });

  test('ends with the writing of the ledger', async () => {
    const { store, first } = await publishing(2);
    await first.save(file('a'), never);
    expect([...store.objects.keys()]).toEqual([key]);
  });

  test('is waited for, and the log says once for whom', async () => {
    const { clock, io, store, first, second } = await publishing(2);
    const sleep = clock.sleep;
    let waits = 0;
    clock.sleep = async (milliseconds, signal) => {
      if (++waits === 3) await first.unlock(signal);
      return sleep(milliseconds, signal);
    };
    expect(await second.lock(never)).toBeUndefined();
    expect(waits).toBe(3);
    expect(io.lines).toEqual([expect.stringContaining('Waiting for c1-1.1')]);
    expect(leases(store)).toHaveLength(1);
  });

  test.each<[string, string]>([
    ['of a run that was killed', ''],
    ['of a run whose clock is wrong by centuries', '2999-01-01T00:00:00.000Z'],
  ])('%s ends by itself, when a lease has lasted as long as one lasts', async (_whose, until) => {
    const { store, clock, second } = await publishing(2);
    const [lease = ''] = leases(store);
    if (until) store.seed(lease, (store.text(lease) ?? '').replace(/"until":"[^"]*"/, `"until":"${until}"`));
    const began = clock.now();
    expect(await second.lock(never)).toBeUndefined();
    expect(clock.now() - began).toBeGreaterThanOrEqual(leaseTime - 10_000);
    expect(clock.now() - began).toBeLessThan(leaseTime + 10_000);
  });

  test('is waited for no longer than the run has patience, and the error says what to do', async () => {
    const { store, clock, second } = await publishing(2, 1, 10_000);
    const began = clock.now();
    await expect(second.lock(never)).rejects.toMatchObject({
      code: 'BUCKET_FAILED',
      message: expect.stringContaining('c1-1.1'),
      hint: expect.stringContaining('run this job again'),
    });
    expect(clock.now() - began).toBe(10_000);
    expect(leases(store)).toHaveLength(1);
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

  test('is never held by two that ask for it at the same moment', async () => {
    const store = memoryStore();
    const clock: Clock = { now: Date.now, sleep: (wait) => new Promise((done) => setTimeout(done, wait / 500)) };
    const held = new Set<string>();
    const one = async (name: string, run: number) => {
      const session = await openLedgerSession(
        store,
        { identity: production, shard: undefined, own: { ...ownOf('same', run), sha: 'same' } },
        { ...bookIO(clock), random: () => run / 10 },
      );
      await session.lock(never);
      held.add(name);
      expect(held.size).toBe(1);
      await clock.sleep(2_000, never);
      held.delete(name);
      await session.unlock(never);
    };
    await Promise.all([one('a', 1), one('b', 2), one('c', 3)]);
    expect(leases(store)).toEqual([]);
  });
});

describe('a run that was killed', () => {
  /** It announced two files, and sent one of them. */
  async function killed(store: MemoryStore) {
    const dead = await openAt(store, 'c1', 1);
    await dead.announce(
      [
        ['static/a', stored('a')],
        ['static/b', stored('b')],
      ],
      ['static/a'],
      never,
    );
    store.seed('static/a', 'a');
    store.uploads.push('static/a', 'static/other');
    return dead;
  }

  test('is part of what the next one sees, and of what that writes', async () => {
    const store = memoryStore();
    await killed(store);
    const next = await openAt(store, 'c2', 2);
    expect(await next.overtaken(never)).toBeUndefined();
    expect(next.before.releases.map(({ sha }) => sha)).toEqual(['c1']);
    expect(next.entry.seq).toBe(2);
    await next.save(file('c'), never);
    expect([...ledger(store).objects.keys()]).toEqual(['c', 'static/a', 'static/b']);
  });

  test('has its uploads ended by the next one, and only those below its own prefixes', async () => {
    const store = memoryStore();
    const dead = await openAt(store, 'c1', 1);
    dead.keep({ prefixes: ['static/'] });
    await dead.announce([], ['static/film', 'elsewhere/film'], never);
    store.uploads.push('static/film', 'elsewhere/film', 'static/of-others');
    const next = await openAt(store, 'c2', 2);
    await next.announce([], [], never);
    expect(await next.endOrphans(never)).toBe(1);
    expect(store.uploads).toEqual(['elsewhere/film', 'static/of-others']);
    await next.save(file('c'), never);
    expect([...store.objects.keys()]).toEqual([key]);
  });

  test('keeps its note until its uploads are ended', async () => {
    const store = memoryStore();
    await killed(store);
    const next = await openAt(store, 'c2', 2);
    await next.announce([], [], never);
    await next.save(file('c'), never);
    expect([...store.objects.keys()].filter((one) => one.endsWith('.plan.json'))).toHaveLength(1);
  });
});

test('notes that may not be deleted are emptied, and nobody reads them again', async () => {
  const store = memoryStore();
  const stubborn: ObjectStore = { ...store, delete: async (keys) => new Map(keys.map((one) => [one, 'denied'])) };
  const session = await openAt(stubborn, 'c1', 1);
  await session.announce([['a', stored('a')]], [], never);
  await session.save(file('a'), never);
  const [note = ''] = [...store.objects.keys()].filter((one) => one.endsWith('.plan.json'));
  expect(store.text(note)).toBe('');
  store.gets.length = 0;
  await (await openAt(store, 'c2', 2)).overtaken(never);
  expect(store.gets).toEqual([key]);
});

test('a deploy writes its ledger once, and every other key as often as a strict vendor lets it in five minutes', async () => {
  for (const conditional of [true, false]) {
    const store = memoryStore({ conditional });
    for (let run = 1; run <= 3; run++) {
      const session = await openAt(store, `c${run}`, run);
      await session.announce([['a', stored(`a${run}`)]], [], never);
      await session.lock(never);
      session.keep({ objects: new Map([['a', stored(`a${run}`)]]) });
      await session.unlock(never);
      expect(await session.overtaken(never)).toBeUndefined();
      session.keep({ marks: { live: '2026-03-01T12:05:00Z' } });
      await session.lock(never, ['old']);
      await session.save({}, never);
    }
    const puts = Map.groupBy(store.puts, (one) => one);
    expect(puts.get(key)).toHaveLength(3);
    expect(Math.max(...[...puts.values()].map((times) => times.length))).toBeLessThanOrEqual(3);
  }
});

test('a newer release of another app, repository, kind or environment overtakes nothing', async () => {
  const store = memoryStore();
  const open = (identity: Identity, sha: string, run: number) =>
    openLedgerSession(store, { identity, shard: undefined, own: ownOf(sha, run) }, bookIO());
  const others = [{ app: 'blog' }, { repository: '77' }, { kind: 'preview' as const }, { name: 'production2' }];
  for (const other of others) {
    const session = await open({ ...production, ...other }, 'c2', 2);
    await session.announce([['x', stored('x')]], [], never);
    await session.save(file('x'), never);
  }
  const own = await open(production, 'c1', 1);
  expect(await own.overtaken(never)).toBeUndefined();
  expect((await open({ ...production, app: 'blog' }, 'c1', 1)).newer?.sha).toBe('c2');
});

test('a ledger that another identity wrote is not ours, and the log says whose it is', async () => {
  const store = memoryStore();
  store.seed(key, writeLedger(ledgerOf({}, [releaseOf(9)]), { ...production, repository: '77' }));
  const io = bookIO();
  const session = await openAt(store, 'c1', 1, io);
  expect([session.newer, session.before.releases]).toEqual([undefined, []]);
  expect(io.lines).toEqual([expect.stringContaining('of the repository 77')]);
});

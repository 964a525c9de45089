import { describe, expect, test } from '@jest/globals';
import type { ObjectStore } from '../../../src/store/store.ts';
import { listRanges } from '../../../src/sync/list-ranges.ts';
import { beginListings, type LookRequest, lookAt } from '../../../src/sync/remote.ts';
import { memoryStore, never } from '../../support/fakes.ts';

/** A store with so many objects of others, whose names come before those that are asked for, and its pages counted. */
function crowded(count: number) {
  const store = memoryStore();
  for (let index = 0; index < count; index++) store.seed(`media/a/${String(index).padStart(6, '0')}`, '');
  let pages = 0;
  const list: ObjectStore['list'] = async function* (prefix, signal, after) {
    for await (const page of store.list(prefix, signal, after)) {
      pages += 1;
      yield page;
    }
  };
  return { store, through: { ...store, list }, pages: () => pages };
}

const lookWhole = (store: ObjectStore, keys: readonly string[], more: Partial<LookRequest> = {}) => {
  const { prefix = 'media/' } = more;
  const paths = new Set(keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)));
  return lookAt(store, { prefix, paths, known: new Map(), shared: true, ...more }, never);
};

const look = async (...asked: Parameters<typeof lookWhole>) => (await lookWhole(...asked)).objects;

describe('what the bucket has', () => {
  test('is told by the listing, of the keys that are asked for and of those that are known', async () => {
    const store = memoryStore();
    for (const key of ['media/a', 'media/b', 'media/c']) store.seed(key, key, {}, 7);
    const found = await look(store, ['media/a', 'media/x'], { known: new Map([['media/c', { etag: '' }]]) });
    expect([...found.keys()]).toEqual(['media/a', 'media/c']);
    expect(found.get('media/a')).toMatchObject({ size: 7, lastModified: 7, etag: store.objects.get('media/a')?.etag });
    expect(store.heads).toEqual([]);
  });

  test('is not what a prefix that begins alike has', async () => {
    const store = memoryStore();
    for (const key of ['static/a', 'static-old/a', 'staticfiles/a', 'stati']) store.seed(key, 'x');
    const keys = ['static/a', 'static-old/a', 'staticfiles/a', 'stati'];
    expect([...(await look(store, keys, { prefix: 'static/' })).keys()]).toEqual(['static/a']);
  });

  test('is all of the bucket where the prefix is empty', async () => {
    const store = memoryStore();
    for (const key of ['a', 'b/c']) store.seed(key, 'x');
    expect([...(await look(store, ['a', 'b/c'], { prefix: '' })).keys()]).toEqual(['a', 'b/c']);
  });
});

describe('a listing that is far longer than the files', () => {
  test('is given up where users put files there too, and the rest is asked for one by one', async () => {
    const { store, through, pages } = crowded(20_000);
    for (const key of ['media/0', 'media/z1', 'media/z2']) store.seed(key, key, {}, 9);
    const found = await look(through, ['media/0', 'media/z1', 'media/z2', 'media/z3']);
    expect([...found.keys()].sort()).toEqual(['media/0', 'media/z1', 'media/z2']);
    const { etag } = store.objects.get('media/z1') ?? {};
    expect(found.get('media/z1')).toEqual({ key: 'media/z1', size: 8, etag, lastModified: 9 });
    expect(store.heads.toSorted()).toEqual(['media/z1', 'media/z2', 'media/z3']);
    expect(pages()).toBeLessThan(20);
  });

  test('does not say what became of other keys that are known, and says that it does not', async () => {
    const { store, through } = crowded(20_000);
    store.seed('media/z', 'x');
    const known = new Map([['media/z', { etag: '' }]]);
    const given = { known, prefix: 'media/' };
    expect(await lookWhole(through, ['media/0'], given)).toEqual({ objects: new Map(), whole: false });
    const whole = await lookWhole(through, ['media/0'], { ...given, shared: false });
    expect([[...whole.objects.keys()], whole.whole]).toEqual([['media/z'], true]);
  });

  test('is read to its end for many files, because one by one would be more requests', async () => {
    const { store, through, pages } = crowded(20_000);
    store.seed('media/z', 'x');
    const many = Array.from({ length: 2_000 }, (_, index) => `media/new/${index}`);
    expect([...(await look(through, [...many, 'media/z'])).keys()]).toEqual(['media/z']);
    expect([pages(), store.heads]).toEqual([21, []]);
  });

  test('is read to its end where the prefix is ours alone', async () => {
    const { store, through, pages } = crowded(20_000);
    store.seed('media/z', 'x');
    expect([...(await look(through, ['media/z', 'media/y'], { shared: false })).keys()]).toEqual(['media/z']);
    expect([pages(), store.heads]).toEqual([21, []]);
  });

  test('is over at its last page, and nothing is asked for again', async () => {
    const { store, through, pages } = crowded(5_500);
    await look(through, ['media/z']);
    expect([pages(), store.heads]).toEqual([6, []]);
  });
});

describe('a listing of many keys that are known', () => {
  const all = Array.from({ length: 2_801 }, (_, index) => `static/${String(index).padStart(5, '0')}`);
  const knownOf = (keys: readonly string[]) => new Map(keys.map((key) => [key, { etag: '' }]));
  const asked = { prefix: 'static/', shared: false } as const;

  /** A bucket with these objects, and what was asked to be listed behind. */
  function watched(keys: readonly string[], ignores = false) {
    const store = memoryStore();
    for (const key of keys) store.seed(key, key);
    const behind: (string | undefined)[] = [];
    const list: ObjectStore['list'] = (prefix, signal, after) => {
      behind.push(after);
      return store.list(prefix, signal, ignores ? undefined : after);
    };
    return { store: { ...store, list }, behind };
  }

  test('is asked for in parts, of a page each, at once', async () => {
    const { store, behind } = watched(all);
    const found = await look(store, all, { ...asked, known: knownOf(all) });
    expect([...found.keys()].sort()).toEqual(all);
    expect(behind).toEqual([undefined, all[999], all[1_999]]);
  });

  test('finds what came between them and behind them, and nothing that went', async () => {
    const now = [
      ...all.filter((_, index) => index % 3 > 0),
      ...all.map((key) => `${key}-new`),
      'static/zzz',
      'static/é',
      'static/🚢',
    ];
    const { store } = watched(now);
    const found = await look(store, now, { ...asked, known: knownOf(all) });
    expect([...found.keys()].sort()).toEqual(now.toSorted());
  });

  test('is read from its beginning where the bucket does not know how to begin elsewhere', async () => {
    const { store, behind } = watched(all, true);
    const found = await look(store, all, { ...asked, known: knownOf(all) });
    expect([...found.keys()].sort()).toEqual(all);
    expect(behind.at(-1)).toBeUndefined();
  });

  test('goes on with what was begun before anything was known, and asks for nothing twice', async () => {
    const { store, behind } = watched(all);
    const begun = beginListings(store, ['static/'], never).get('static/');
    const found = await look(store, all, { ...asked, known: knownOf(all), begun });
    expect([...found.keys()].sort()).toEqual(all);
    expect(behind).toEqual([undefined, all[999], all[1_999]]);
  });

  test('is begun anew where what was begun has been read already', async () => {
    const { store } = watched(all, true);
    const begun = beginListings(store, ['static/'], never).get('static/');
    const found = await look(store, all, { ...asked, known: knownOf(all), begun });
    expect([...found.keys()].sort()).toEqual(all);
  });
});

describe('the parts of a listing', () => {
  const keys = (count: number) => Array.from({ length: count }, (_, index) => `a/${String(index).padStart(5, '0')}`);

  test.each([
    [0, 1],
    [999, 1],
    [1_000, 1],
    [1_001, 2],
    [100_000, 100],
  ])('of %d keys are %d', (count, parts) => {
    expect(listRanges(keys(count), 'a/')).toHaveLength(parts);
  });

  test('begin where each bucket sorts alike, whatever keys are among them', () => {
    const odd = Array.from({ length: 3_000 }, (_, index) => `a/${index % 2 ? '🚢' : '～'}${index}`).sort();
    expect(listRanges(odd, 'a/')).toEqual([{ after: undefined, until: undefined }]);
    const [, second] = listRanges([...keys(999), ...odd, 'a/\u{10ffff}', ...keys(3_000).slice(2_000)], 'a/');
    expect(second?.after).toBe('a/02000');
  });

  test('are those of the prefix alone, in their order', () => {
    const others = keys(5_000).map((key) => `b${key}`);
    const ranges = listRanges([...keys(1_500), ...others, ...keys(700)], 'a/');
    expect(ranges).toEqual([
      { after: undefined, until: 'a/00999' },
      { after: 'a/00999', until: undefined },
    ]);
  });
});

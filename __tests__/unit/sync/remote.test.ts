import { describe, expect, test } from '@jest/globals';
import type { ObjectStore } from '../../../src/store/store.ts';
import { type LookRequest, lookAt } from '../../../src/sync/remote.ts';
import { memoryStore, never } from '../../support/fakes.ts';

/** A store with so many objects of others, whose names come before those that are asked for, and its pages counted. */
function crowded(count: number) {
  const store = memoryStore();
  for (let index = 0; index < count; index++) store.seed(`media/a/${String(index).padStart(6, '0')}`, '');
  let pages = 0;
  const list: ObjectStore['list'] = async function* (prefix, signal) {
    for await (const page of store.list(prefix, signal)) {
      pages += 1;
      yield page;
    }
  };
  return { store, through: { ...store, list }, pages: () => pages };
}

const look = (store: ObjectStore, keys: readonly string[], more: Partial<LookRequest> = {}) => {
  const { prefix = 'media/' } = more;
  const paths = new Set(keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)));
  return lookAt(store, { prefix, paths, isKnown: () => false, shared: true, ...more }, never);
};

describe('what the bucket has', () => {
  test('is told by the listing, of the keys that are asked for and of those that are known', async () => {
    const store = memoryStore();
    for (const key of ['media/a', 'media/b', 'media/c']) store.seed(key, key, {}, 7);
    const found = await look(store, ['media/a', 'media/x'], { isKnown: (key) => key === 'media/c' });
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

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ObjectStore } from '../../src/store/store.ts';
import { never } from '../support/fakes.ts';
import { md5 } from '../support/md5.ts';
import { keysOf, openPlace, type Place, pagesOf, put, textOf } from './support/place.ts';
import { allServers } from './support/servers.ts';

const orders = {
  utf8: (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b)),
  utf16: (a: string, b: string) => (a < b ? -1 : 1),
};

const oddKeys = [
  'file name.txt',
  ' leading',
  'trailing ',
  'a+b=c&d.txt',
  '100%.txt',
  'test%46.txt',
  'ümläut/日本/🚢.txt'.normalize('NFC'),
  'ümläut/nfd.txt'.normalize('NFD'),
  `quotes "'<>.txt`,
  '#hash?query.txt',
  '~tilde!(*)',
  'back\\slash',
  'sausage/êé/Hello, 世界/ @ : ; , $ ≠/z.txt',
  'two//slashes',
  `long/${'x'.repeat(200)}/${'y'.repeat(200)}`,
];

describe.each(allServers)('keys in $name', ({ name, differs }) => {
  let place: Place;
  let store: ObjectStore;
  beforeAll(async () => {
    place = await openPlace(name);
    store = await place.store();
  });
  afterAll(() => place.close());

  test.each(oddKeys.filter((key) => !(key in differs.changedKeys)))('can be %j', async (odd) => {
    const key = `odd/${odd}`;
    await put(store, key, odd);
    expect(await keysOf(store, 'odd/')).toContain(key);
    expect(await keysOf(store, key)).toEqual([key]);
    expect(await textOf(store, key)).toBe(odd);
    expect(await store.head(key, never)).toMatchObject({ size: Buffer.byteLength(odd) });
    expect(await store.delete([key], never)).toEqual(new Map());
    expect(await store.head(key, never)).toBeUndefined();
  });

  for (const [odd, instead] of Object.entries(differs.changedKeys)) {
    test(`become others where they are ${JSON.stringify(odd)}`, async () => {
      await put(store, `odd/${odd}`, 'x');
      expect(await keysOf(store, 'odd/')).toEqual([`odd/${instead}`]);
    });
  }

  test('are listed in their order', async () => {
    const keys = ['a', 'a-b', 'a.b', 'a0', 'B', 'z', 'é', '～', '🚢'].map((key) => `order/${key}`);
    await Promise.all(keys.map((key) => put(store, key, key)));
    expect(await keysOf(store, 'order/')).toEqual(keys.toSorted(orders[differs.order]));
  });

  test('are listed behind a key, which need not be there', async () => {
    const keys = ['behind/a', 'behind/b/c', 'behind/d', 'behind/é'];
    await Promise.all(keys.map((key) => put(store, key, key)));
    const behind = (after: string) => keysOf(store, 'behind/', after);
    expect(await behind('behind/a')).toEqual(keys.slice(1));
    expect(await behind('behind/b/d')).toEqual(keys.slice(2));
    expect(await behind('behind/z')).toEqual(['behind/é']);
    expect(await behind('c')).toEqual([]);
  });

  test('are listed below a prefix, and those beside it are not', async () => {
    const keys = ['static/a', 'static-old/a', 'static.txt', 'statics', 'other/static/a'];
    await Promise.all(keys.map((key) => put(store, key, key)));
    expect(await keysOf(store, 'static/')).toEqual(['static/a']);
    expect(await keysOf(store, 'nothing/')).toEqual([]);
  });

  test(`can${differs.files ? 'not' : ''} be a folder and a file at once`, async () => {
    await put(store, 'both', 'file');
    const inside = put(store, 'both/inside', 'inside');
    if (differs.files) await expect(inside).rejects.toMatchObject({ code: 'BUCKET_FAILED' });
    else await inside;
    expect(await keysOf(store, 'both')).toEqual(differs.files ? ['both'] : ['both', 'both/inside']);
  });

  describe('by the thousand', () => {
    const keys = Array.from({ length: 1_005 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
    beforeAll(async () => {
      for (let at = 0; at < keys.length; at += 50)
        await Promise.all(keys.slice(at, at + 50).map((key) => put(store, key, key)));
      await put(store, 'many-others', 'x');
    });

    test('are listed over more than one page', async () => {
      const pages = await pagesOf(store, 'many/');
      expect(pages.length).toBeGreaterThan(1);
      expect(pages.flat().map(({ key }) => key)).toEqual(keys);
      expect(pages.flat()[7]).toMatchObject({ size: keys[7]?.length, etag: md5(keys[7] ?? '') });
    });

    test('are deleted at once, with those that are not there', async () => {
      expect(await store.delete(['many/none', ...keys.slice(1), 'nothing <&"/here'], never)).toEqual(new Map());
      expect(await keysOf(store, 'many')).toEqual(['many-others', 'many/0000']);
    });
  });
});

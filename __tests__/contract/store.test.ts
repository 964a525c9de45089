import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ObjectHeaders, ObjectStore } from '../../src/store/store.ts';
import { never } from '../support/fakes.ts';
import { md5 } from '../support/md5.ts';
import {
  openPlace,
  openReal,
  type Place,
  pagesOf,
  plain,
  put,
  putOf,
  type RealPlace,
  textOf,
} from './support/place.ts';
import { allServers, realServers } from './support/servers.ts';

/** What a bucket promises of one object, asked of the fake of the unit tests and of real servers. */
describe.each(allServers)('an object in $name', ({ name, differs }) => {
  let place: Place;
  let store: ObjectStore;
  beforeAll(async () => {
    place = await openPlace(name);
    store = await place.store();
  });
  afterAll(() => place.close());

  test('comes back with its headers', async () => {
    const headers: ObjectHeaders = {
      ...plain,
      contentDisposition: 'attachment; filename="a.txt"',
      contentEncoding: 'gzip',
      contentLanguage: 'de',
    };
    const etag = await store.put(putOf('a.txt', 'hello', { headers }), never);
    expect(etag).toBe(md5('hello'));
    expect(await store.get('a.txt', never)).toEqual({ body: expect.anything(), etag });
    expect(await textOf(store, 'a.txt')).toBe('hello');
    const found = await store.head('a.txt', never);
    expect(found).toMatchObject({ size: 5, etag, encrypted: false, md5: undefined });
    const contentType = differs.changedTypes[plain.contentType] ?? plain.contentType;
    expect(found?.headers).toEqual({ ...headers, contentType });
  });

  test('takes the place of the one before it, headers and all', async () => {
    await store.put(putOf('again', 'one', { headers: { ...plain, contentLanguage: 'de' } }), never);
    const headers = { contentType: 'text/css', cacheControl: 'no-store' };
    await store.put(putOf('again', 'other', { headers }), never);
    expect(await textOf(store, 'again')).toBe('other');
    expect((await store.head('again', never))?.headers).toEqual(headers);
  });

  test('is not there where nobody put it', async () => {
    expect(await store.get('none', never)).toBeUndefined();
    expect(await store.head('none', never)).toBeUndefined();
  });

  test('can be empty', async () => {
    await put(store, 'empty', '');
    expect(await store.head('empty', never)).toMatchObject({ size: 0, etag: 'd41d8cd98f00b204e9800998ecf8427e' });
    expect(await textOf(store, 'empty')).toBe('');
  });

  test('is written with the time of the write', async () => {
    await put(store, 'now', 'x');
    const [page] = await pagesOf(store, 'now');
    const found = await store.head('now', never);
    expect(page).toEqual([{ key: 'now', size: 1, etag: md5('x'), lastModified: expect.any(Number) }]);
    // HEAD says whole seconds.
    expect(found?.lastModified).toBe(Math.floor((page?.[0]?.lastModified ?? Number.NaN) / 1000) * 1000);
  });
});

describe.each(realServers)('an object in $name', ({ name, differs }) => {
  let place: RealPlace;
  let store: ObjectStore;
  beforeAll(async () => {
    place = await openReal(name);
    store = await place.store();
  });
  afterAll(() => place.close());

  test('is nobody else’s without an ACL', async () => {
    await put(store, 'private', 'x');
    expect(await store.isPublic('private', never)).toBe(false);
  });

  test(`is ${differs.acls === 'kept' ? 'everybody’s' : 'nobody else’s either'} with a public ACL`, async () => {
    await store.put(putOf('public/ü 1', 'x', { acl: 'public-read' }), never);
    await store.put(putOf('public/empty', '', { acl: 'public-read' }), never);
    const kept = differs.acls === 'kept';
    expect(await store.isPublic('public/ü 1', never)).toBe(kept);
    expect(await store.isPublic('public/empty', never)).toBe(kept);
    expect(await store.isPublic('public/none', never)).toBe(false);
    expect(place.warnings).toEqual([]);
  });

  test(`is ${differs.checksMd5 ? 'refused' : 'taken'} with the MD5 of other bytes`, async () => {
    const stored = store.put(putOf('other', 'bytes', { md5: md5('other bytes') }), never);
    if (differs.checksMd5) await expect(stored).rejects.toMatchObject({ code: 'BUCKET_FAILED' });
    else expect(await stored).toBe(md5('bytes'));
    expect(await textOf(store, 'other')).toBe(differs.checksMd5 ? undefined : 'bytes');
  });

  // An ETag of other bytes gives them away where a vendor is known to tell the MD5.
  test('is refused with the MD5 of other bytes where ETags are MD5s', async () => {
    const strict = await place.store({ vendor: 'minio' });
    const stored = strict.put(putOf('other', 'bytes', { md5: md5('other bytes') }), never);
    await expect(stored).rejects.toMatchObject({ code: 'BUCKET_FAILED' });
  });
});

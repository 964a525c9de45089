import { randomBytes } from 'node:crypto';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { partsEtag } from '../../src/store/s3/multipart.ts';
import type { FileBody, ObjectHeaders, ObjectStore, PutRequest } from '../../src/store/store.ts';
import { never } from '../support/fakes.ts';
import { md5 } from '../support/md5.ts';
import { startProxy } from '../support/proxy.ts';
import {
  type Files,
  keysOf,
  openPlace,
  openReal,
  type Place,
  plain,
  put,
  type RealPlace,
  tempFiles,
} from './support/place.ts';
import { allServers, realServers } from './support/servers.ts';

const MiB = 1024 * 1024;
const bytes = randomBytes(33 * MiB + 7);
const sum = md5(bytes);
const headers: ObjectHeaders = {
  ...plain,
  contentDisposition: 'inline',
  contentEncoding: 'br',
  contentLanguage: 'de',
};

let files: Files;
let large: FileBody;
beforeAll(async () => {
  files = await tempFiles();
  large = await files.make('large.bin', bytes);
});
afterAll(() => files.remove());

const largeAt = (key: string, more: Partial<PutRequest> = {}): PutRequest => ({
  key,
  body: large,
  md5: sum,
  headers,
  acl: undefined,
  ...more,
});

describe.each(allServers)('a file of 33 MiB in $name', ({ name, differs }) => {
  let place: Place;
  let store: ObjectStore;
  beforeAll(async () => {
    place = await openPlace(name);
    store = await place.store();
  });
  afterAll(() => place.close());

  test('is stored in parts, with its headers and its MD5', async () => {
    const etag = await store.put(largeAt('large.bin'), never);
    const partSize = store.partSize(bytes.length) ?? 0;
    const ofParts = await partsEtag(large.file, bytes.length, partSize);
    expect(ofParts).toMatch(/^[0-9a-f]{32}-3$/);
    expect(etag === ofParts).toBe(differs.partsEtag);
    const contentType = differs.changedTypes[headers.contentType] ?? headers.contentType;
    expect(await store.head('large.bin', never)).toMatchObject({ size: bytes.length, etag, md5: sum });
    expect((await store.head('large.bin', never))?.headers).toEqual({ ...headers, contentType });
    expect((await store.list('large.bin', never)[Symbol.asyncIterator]().next()).value).toMatchObject([{ etag }]);
    expect(md5((await store.get('large.bin', never))?.body ?? '')).toBe(sum);
  });

  test('takes the place of a small one', async () => {
    await put(store, 'small.bin', 'small');
    const etag = await store.put(largeAt('small.bin'), never);
    expect(await store.head('small.bin', never)).toMatchObject({ size: bytes.length, etag });
  });
});

describe.each(realServers)('an upload in parts to $name', ({ name, differs }) => {
  let place: RealPlace;
  let store: ObjectStore;
  beforeAll(async () => {
    place = await openReal(name);
    store = await place.store();
  });
  afterAll(() => place.close());

  test(`makes an object that is ${differs.acls === 'kept' ? 'everybody’s' : 'nobody else’s'} with a public ACL`, async () => {
    await store.put(largeAt('public.bin', { acl: 'public-read' }), never);
    expect(await store.isPublic('public.bin', never)).toBe(differs.acls === 'kept');
  });

  test('leaves nothing behind when the run is cancelled', async () => {
    const cancelled = new AbortController();
    const reason = new Error('cancelled');
    // The second part never gets its answer.
    const proxy = await startProxy(place.reach.endpoint, ({ method, url }) => {
      const held = method === 'PUT' && /[?&]partNumber=2&/.test(url ?? '');
      if (held) cancelled.abort(reason);
      return held;
    });
    const slow = await place.store({ endpoint: proxy.endpoint });
    await expect(slow.put(largeAt('cancelled.bin'), cancelled.signal)).rejects.toBe(reason);
    expect(proxy.seen.filter((request) => request.startsWith('DELETE'))).toHaveLength(1);
    await proxy.stop();
    expect(await place.openUploads()).toEqual([]);
    expect(await keysOf(store, 'cancelled')).toEqual([]);
  });

  test.each<[string, (file: string) => Promise<void>]>([
    ['grew', (file) => appendFile(file, 'more')],
    ['was written again', (file) => writeFile(file, bytes.toReversed())],
    ['was cut', (file) => writeFile(file, bytes.subarray(0, 20 * MiB))],
    ['went away', (file) => rm(file)],
  ])('is refused for a file that %s, and leaves nothing behind', async (_what, change) => {
    const body = await files.make('changing.bin', bytes);
    await change(body.file);
    const stored = store.put(largeAt('changed.bin', { body }), never);
    await expect(stored).rejects.toMatchObject({ code: expect.stringMatching(/^(UPLOAD|BUCKET)_FAILED$/) });
    expect(await place.openUploads()).toEqual([]);
    expect(await keysOf(store, 'changed')).toEqual([]);
  });

  test('that a killed run began is ended by its key, and no other is', async () => {
    for (const key of ['film.mp4', 'film.mp4.txt', 'film', 'ü b/+&.mp4', 'films/other.mp4'])
      await place.beginUpload(key);
    expect(await store.abortUploads(new Set(['film.mp4', 'ü b/+&.mp4', 'none.mp4']), never)).toBe(2);
    expect((await place.openUploads()).toSorted()).toEqual(['film', 'film.mp4.txt', 'films/other.mp4']);
    expect(await store.abortUploads(new Set(['film', 'film.mp4.txt', 'films/other.mp4']), never)).toBe(3);
  });
});

describe.each(allServers)('a small file to $name', ({ name }) => {
  let place: Place;
  let store: ObjectStore;
  beforeAll(async () => {
    place = await openPlace(name);
    store = await place.store();
  });
  afterAll(() => place.close());

  test.each<[string, (file: string) => Promise<void>]>([
    ['was written again', (file) => writeFile(file, 'other')],
    ['was cut', (file) => writeFile(file, 'b')],
    ['went away', (file) => rm(file)],
  ])('is refused if it %s', async (_what, change) => {
    const body = await files.make('small.txt', Buffer.from('bytes'));
    await change(body.file);
    const request: PutRequest = { key: 'small.txt', body, md5: md5('bytes'), headers: plain, acl: undefined };
    await expect(store.put(request, never)).rejects.toMatchObject({ code: 'UPLOAD_FAILED' });
    expect(await keysOf(store, 'small')).toEqual([]);
  });

  test('is stored as it was when its MD5 was taken', async () => {
    const body = await files.make('kept.txt', Buffer.from('bytes'));
    const request: PutRequest = { key: 'kept.txt', body, md5: md5('bytes'), headers: plain, acl: undefined };
    expect(await store.put(request, never)).toBe(md5('bytes'));
    expect(Buffer.from((await store.get('kept.txt', never))?.body ?? '').toString()).toBe('bytes');
  });
});

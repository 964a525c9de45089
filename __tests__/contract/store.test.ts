import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { Secret } from '../../src/lib/secret.ts';
import { createS3Store, type S3Options } from '../../src/store/s3.ts';
import type { ListedObject, ObjectHeaders, ObjectStore } from '../../src/store/store.ts';
import { startEmulator } from '../support/emulator.ts';
import { memoryStore, never } from '../support/fakes.ts';

/** What a bucket promises, asked of the store of the tests and of a real S3 server. */
const md5 = (body: Uint8Array) => createHash('md5').update(body).digest('hex');
const plain: ObjectHeaders = { contentType: 'text/plain; charset=utf-8', cacheControl: 'public, max-age=60' };

let server: BucketServer;
let folder: string;
const warnings: string[] = [];

const options = (bucket: string, endpoint: string): S3Options => ({
  bucket,
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: new Secret('test-key'), secretAccessKey: new Secret('test-secret') },
  onWarning: (message) => warnings.push(message),
});

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket('contract');
  folder = await mkdtemp(join(tmpdir(), 'store-contract-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

async function listed(store: ObjectStore, prefix: string): Promise<ListedObject[]> {
  const found: ListedObject[] = [];
  for await (const page of store.list(prefix, never)) found.push(...page);
  return found;
}

const put = (store: ObjectStore, key: string, text: string, headers = plain) => {
  const body = Buffer.from(text);
  return store.put({ key, body, md5: md5(body), headers, acl: undefined }, never);
};

describe.each<[string, () => Promise<ObjectStore>]>([
  ['memory', async () => memoryStore()],
  ['moto', () => createS3Store(options('contract', server.endpoint))],
])('%s', (_name, open) => {
  const prefix = `${randomBytes(4).toString('hex')}/`;
  let store: ObjectStore;
  beforeAll(async () => {
    store = await open();
  });

  test('gives back what was put, with its headers', async () => {
    const headers: ObjectHeaders = {
      ...plain,
      contentDisposition: 'attachment',
      contentEncoding: 'gzip',
      contentLanguage: 'de',
    };
    const etag = await put(store, `${prefix}a.txt`, 'hello', headers);
    expect(etag).toBe(md5(Buffer.from('hello')));
    expect(Buffer.from((await store.get(`${prefix}a.txt`, never)) ?? []).toString()).toBe('hello');
    expect(await store.head(`${prefix}a.txt`, never)).toMatchObject({ size: 5, etag, headers, encrypted: false });
  });

  test('has nothing under a key that nobody put', async () => {
    expect(await store.get(`${prefix}none`, never)).toBeUndefined();
    expect(await store.head(`${prefix}none`, never)).toBeUndefined();
  });

  test('lists every object below a prefix and none beside it, over more than one page', async () => {
    const keys = Array.from({ length: 1_005 }, (_, index) => `${prefix}many/${String(index).padStart(4, '0')}`);
    for (let at = 0; at < keys.length; at += 50)
      await Promise.all(keys.slice(at, at + 50).map((key) => put(store, key, key)));
    await put(store, `${prefix}many-others/x`, 'x');
    const found = await listed(store, `${prefix}many/`);
    expect(found.map(({ key }) => key)).toEqual(keys);
    expect(found[7]).toMatchObject({ size: keys[7]?.length, etag: md5(Buffer.from(keys[7] ?? '')) });
  });

  test.each([
    'file name.txt',
    'a+b=c&d.txt',
    '100%.txt',
    'test%46.txt',
    'ümläut/日本/🚢.txt',
    `quotes "'<>.txt`,
    '#hash?query.txt',
    ' leading',
    '~tilde',
  ])('keeps the key %j as it is', async (name) => {
    const key = `${prefix}odd/${name}`;
    await put(store, key, name);
    expect((await listed(store, `${prefix}odd/`)).map((object) => object.key)).toContain(key);
    expect(Buffer.from((await store.get(key, never)) ?? []).toString()).toBe(name);
  });

  test('keeps an empty object', async () => {
    await put(store, `${prefix}empty`, '');
    expect(await store.head(`${prefix}empty`, never)).toMatchObject({
      size: 0,
      etag: 'd41d8cd98f00b204e9800998ecf8427e',
    });
  });
});

describe('a real server', () => {
  test('gets a large file in parts, with its headers and ACL', async () => {
    const store = await createS3Store(options('contract', server.endpoint));
    const bytes = randomBytes(33 * 1024 * 1024 + 7);
    const file = join(folder, 'large.bin');
    await writeFile(file, bytes);
    const request = {
      key: 'large.bin',
      body: { file, size: bytes.length, modified: (await stat(file)).mtimeMs },
      md5: md5(bytes),
      headers: plain,
      acl: 'public-read' as const,
    };
    const etag = await store.put(request, never);
    expect(etag).toMatch(/^[0-9a-f]{32}-3$/);
    const anonymous = await fetch(`${server.endpoint}/contract/large.bin`);
    expect(anonymous.headers.get('content-type')).toBe(plain.contentType);
    expect(md5(Buffer.from(await anonymous.arrayBuffer()))).toBe(md5(bytes));
  });

  test('shows an object to everybody only with a public ACL', async () => {
    const store = await createS3Store(options('contract', server.endpoint));
    const body = Buffer.from('x');
    await store.put({ key: 'private', body, md5: md5(body), headers: plain, acl: undefined }, never);
    await store.put({ key: 'public', body, md5: md5(body), headers: plain, acl: 'public-read' }, never);
    expect((await fetch(`${server.endpoint}/contract/private`)).status).toBe(403);
    expect((await fetch(`${server.endpoint}/contract/public`)).status).toBe(200);
  });

  test('says that a bucket is not there', async () => {
    const store = await createS3Store(options('nobody-made-this', server.endpoint));
    await expect(put(store, 'a', 'a')).rejects.toMatchObject({
      code: 'BUCKET_NOT_FOUND',
      message: `There is no bucket "nobody-made-this" at ${server.endpoint}.`,
    });
    await expect(store.get('a', never)).rejects.toMatchObject({ code: 'BUCKET_NOT_FOUND' });
    await expect(listed(store, '')).rejects.toMatchObject({ code: 'BUCKET_NOT_FOUND' });
  });

  test('an endpoint that nothing listens at is named', async () => {
    const store = await createS3Store(options('contract', 'http://127.0.0.1:9'));
    await expect(store.get('a', never)).rejects.toMatchObject({ code: 'BUCKET_UNREACHABLE' });
  });
});

describe('on the wire', () => {
  /** Answers as a bucket with "Bucket owner enforced" does, and keeps what it was sent. */
  async function withoutAcls() {
    return startEmulator(({ headers }) => {
      if (headers['x-amz-acl'] === undefined) return { status: 200, headers: { etag: '"x"' }, body: '' };
      const body =
        '<?xml version="1.0"?><Error><Code>AccessControlListNotSupported</Code><Message>The bucket does not allow ACLs</Message></Error>';
      return { status: 400, headers: { 'content-type': 'application/xml' }, body };
    });
  }

  test('a bucket without ACLs gets the files without them, and a warning says so once', async () => {
    const bucket = await withoutAcls();
    warnings.length = 0;
    const store = await createS3Store(options('contract', bucket.origin));
    const body = Buffer.from('x');
    for (const key of ['a', 'b', 'c'])
      await store.put({ key, body, md5: md5(body), headers: plain, acl: 'public-read' }, never);
    await bucket.stop();
    expect(bucket.requests.map(({ headers }) => headers['x-amz-acl'])).toEqual([
      'public-read',
      undefined,
      undefined,
      undefined,
    ]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('takes no ACLs');
  });

  test('a PUT has a length and an MD5, and none of the checksum headers that vendors refuse', async () => {
    const bucket = await withoutAcls();
    const store = await createS3Store(options('contract', bucket.origin));
    await put(store, 'a b/ü.txt', 'hello');
    await bucket.stop();
    const [request] = bucket.requests;
    expect(request?.path).toMatch(/^\/contract\/a%20b\/%C3%BC\.txt/);
    expect(request?.headers).toMatchObject({ 'content-length': '5', 'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==' });
    const names = Object.keys(request?.headers ?? {}).join(' ');
    expect(names).not.toMatch(/x-amz-checksum|x-amz-sdk-checksum|transfer-encoding|content-encoding/);
  });
});

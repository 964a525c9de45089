import dns from 'node:dns';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { partsEtag, wholeLimit } from '../../src/store/s3/multipart.ts';
import { createS3Store } from '../../src/store/s3/s3-store.ts';
import type { FileBody, ObjectStore } from '../../src/store/store.ts';
import { vendorNames, vendorOf } from '../../src/store/vendors.ts';
import { bucketOptions } from '../support/bucket.ts';
import { fakeClock, never } from '../support/fakes.ts';
import { md5 } from '../support/md5.ts';
import type { Habits } from '../support/s3-habits.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { type Files, plain, putOf, tempFiles } from './support/place.ts';
import { type VendorCase, vendorCases, withoutAcls } from './support/vendor-cases.ts';

const size = wholeLimit + 1024 * 1024;
let files: Files;
let sparse: FileBody;
let sum: string;

/** Every name leads to this machine, as a vendor's wildcard record leads to its servers. */
const lookup = ((_name: string, options: { all?: boolean }, done: (...answer: unknown[]) => void) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)) as typeof dns.lookup;

beforeAll(async () => {
  jest.spyOn(dns, 'lookup').mockImplementation(lookup);
  files = await tempFiles();
  sparse = await files.sparse('sparse.bin', size);
  sum = md5(Buffer.alloc(size));
});
afterAll(async () => {
  jest.restoreAllMocks();
  await files.remove();
});

let server: S3Server;
let store: ObjectStore;
let warnings: string[];

async function open(vendor: string, habits: Habits): Promise<void> {
  server = await startS3Server({ habits });
  warnings = [];
  const onWarning = (message: string) => void warnings.push(message);
  const more = { vendor, region: undefined, clock: fakeClock(), onWarning };
  store = await createS3Store(bucketOptions('assets', server.endpoint, more));
}
async function close(): Promise<void> {
  await store.close();
  await server.stop();
}

const titled = vendorCases.map((given) => ({ ...given, title: [given.vendor, given.as].filter(Boolean).join(' ') }));

describe.each<VendorCase & { title: string }>(titled)('$title', ({ vendor: name, habits }) => {
  const vendor = vendorOf('https://s3.vendor.test', name);
  beforeEach(() => open(name, habits));
  afterEach(close);

  test('takes a file with its headers, and an ACL where it has such', async () => {
    const etag = await store.put(putOf('css/ü 1.css', 'body{}', { acl: 'public-read' }), never);
    const stored = server.objects.get('css/ü 1.css');
    expect(etag).toBe(stored?.etag);
    expect(stored?.headers).toMatchObject({
      'content-type': plain.contentType,
      'cache-control': plain.cacheControl,
      'content-length': '6',
      'content-md5': Buffer.from(md5('body{}'), 'hex').toString('base64'),
    });
    expect(stored?.headers['x-amz-acl']).toBe(vendor.acls ? 'public-read' : undefined);
    expect(warnings).toEqual(vendor.acls ? [] : [expect.stringContaining('takes no ACLs')]);
    expect(server.refused).toEqual([]);
  });

  test('takes a file in parts, and its ETag is what the vendor says', async () => {
    const request = { key: 'film.mp4', body: sparse, md5: sum, headers: plain, acl: 'public-read' as const };
    const etag = await store.put(request, never);
    const stored = server.objects.get('film.mp4');
    expect(stored).toMatchObject({ size, etag });
    expect(stored?.headers).toMatchObject({ 'content-type': plain.contentType, 'x-amz-meta-md5': sum });
    expect(stored?.headers['x-amz-acl']).toBe(vendor.acls ? 'public-read' : undefined);
    expect([...server.objects.keys(), ...server.uploads.keys()]).toEqual(['film.mp4']);
    const encrypted = habits.etag === 'kms';
    expect(await store.head('film.mp4', never)).toMatchObject({ md5: sum, encrypted });
    const believed = store.partsEtag && !encrypted;
    if (believed) expect(etag).toBe(await partsEtag(sparse.file, size, store.partSize(size) ?? 0));
    expect(server.refused).toEqual([]);
  });

  test('is sent no more parts than it takes', async () => {
    const most = 5 * 2 ** 40;
    expect(Math.ceil(most / (store.partSize(most) ?? 1))).toBeLessThanOrEqual(habits.mostParts);
  });

  test('gets conditions only where it keeps them', async () => {
    const refuses = habits.refusals.some(({ what }) => what === 'a condition');
    const made = await store.putIf(putOf('ledger', 'one'), null, never);
    if (refuses || habits.ifMatch === 'ignored') {
      expect(made).toBe('unsupported');
      expect([...server.objects.keys()]).toEqual([]);
      // An unknown vendor has to be asked, once.
      expect(server.refused).toEqual(refuses && name === 'generic' ? ['a condition'] : []);
      return;
    }
    const etag = server.objects.get('ledger')?.etag ?? '';
    expect(made).toEqual({ etag });
    expect(await store.putIf(putOf('ledger', 'two'), null, never)).toBe('changed');
    const replaced = await store.putIf(putOf('ledger', 'two'), etag, never);
    expect(replaced).toEqual({ etag: server.objects.get('ledger')?.etag });
    expect(replaced).not.toEqual(made);
    expect(await store.putIf(putOf('ledger', 'three'), etag, never)).toBe('changed');
    expect([...server.objects.keys()]).toEqual(['ledger']);
    const learns = name === 'generic' && habits.ifMatch === 'unquoted';
    expect(server.refused).toEqual(learns ? ['the quotes of an ETag'] : []);
  });

  test('deletes what it is told to', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const key of keys) await store.put(putOf(key, key), never);
    const some = keys.filter((key) => key !== 'b');
    expect(await store.delete([...some, 'none'], never)).toEqual(new Map());
    expect([...server.objects.keys()]).toEqual(['b']);
    const byOne = habits.refusals.some(({ what }) => what === 'DeleteObjects');
    expect(server.refused).toEqual(byOne ? ['DeleteObjects'] : []);
  });

  test('is asked in its own region', async () => {
    await store.put(putOf('a', 'a'), never);
    await store.delete(['a'], never);
    const scopes = server.requests.map(({ headers }) => headers.authorization?.split('/').slice(2, 4));
    expect(scopes).toEqual(scopes.map(() => [vendor.region, 's3']));
  });
});

// A vendor without a strict server would be one that nobody has tried.
test.each(vendorNames)('%s has a strict server', (name) => {
  expect(vendorCases.map(({ vendor }) => vendor)).toContain(name);
});

describe('aws without ACLs', () => {
  beforeEach(() => open('aws', withoutAcls));
  afterEach(close);

  test('gets the files without them, and a warning says so once', async () => {
    for (const key of ['a', 'b', 'c']) await store.put(putOf(key, key, { acl: 'public-read' }), never);
    expect([...server.objects.keys()]).toEqual(['a', 'b', 'c']);
    expect(server.refused).toEqual(['an ACL']);
    expect(warnings).toEqual([expect.stringContaining('takes no ACLs')]);
  });

  test('gets a file in parts without them', async () => {
    const request = { key: 'film.mp4', body: sparse, md5: sum, headers: plain, acl: 'public-read' as const };
    await store.put(request, never);
    expect(server.objects.get('film.mp4')?.size).toBe(size);
    expect([server.refused, server.uploads.size, warnings.length]).toEqual([['an ACL'], 0, 1]);
  });
});

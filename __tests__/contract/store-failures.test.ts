import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { systemClock } from '../../src/runner/system-clock.ts';
import { wholeLimit } from '../../src/store/s3/multipart.ts';
import { createS3Store, type S3Options } from '../../src/store/s3/s3-store.ts';
import type { ObjectStore, PutRequest } from '../../src/store/store.ts';
import { bucketOptions } from '../support/bucket.ts';
import { fakeClock, never } from '../support/fakes.ts';
import { md5 } from '../support/md5.ts';
import { s3Error, startProxy } from '../support/proxy.ts';
import { as, type Files, keysOf, openReal, plain, put, type RealPlace, tempFiles, textOf } from './support/place.ts';
import { realServers } from './support/servers.ts';

let files: Files;
let sparse: PutRequest;
beforeAll(async () => {
  files = await tempFiles();
  const body = await files.sparse('sparse.bin', wholeLimit + 1);
  const sum = md5(Buffer.alloc(wholeLimit + 1));
  sparse = { key: 'sparse.bin', body, md5: sum, headers: plain, acl: undefined };
});
afterAll(() => files.remove());

/** What a run asks of a bucket. */
const requests: [string, (store: ObjectStore) => Promise<unknown>][] = [
  ['reading', (store) => store.get('a', never)],
  ['listing', (store) => keysOf(store, 'a')],
  ['storing', (store) => put(store, 'a', 'a')],
  ['storing in parts', (store) => store.put(sparse, never)],
  ['deleting', (store) => store.delete(['a', 'b', 'c', 'd', 'e'], never)],
  ['ending uploads', (store) => store.abortUploads(new Set(['a']), never)],
];

/** What the second user is told who deletes these keys, of which the first user has put there "kept". */
async function deniedDelete({ store, reach }: RealPlace, keys: readonly string[]) {
  if (!reach.stranger) throw new Error('The server was started without a second user');
  await put(await store(), 'kept', 'mine');
  const failed = await (await store(as(reach.stranger))).delete(keys, never);
  expect(await textOf(await store(), 'kept')).toBe('mine');
  return failed;
}

describe.each(realServers)('$name', ({ name, differs }) => {
  let place: RealPlace;
  beforeAll(async () => {
    place = await openReal(name);
  });
  afterAll(() => place.close());

  const wrongKeys: [string, () => Partial<S3Options>][] = [
    ['a key that it does not know', () => as({ ...place.reach.credentials, accessKeyId: 'nobody' })],
    ['a wrong secret', () => as({ ...place.reach.credentials, secretAccessKey: 'wrong' })],
  ];
  for (const [what, keys] of wrongKeys) {
    test.each(requests)(`${differs.checksKeys ? 'refuses' : 'takes'} ${what} for %s`, async (_name, ask) => {
      const asked = ask(await place.store(keys()));
      if (differs.checksKeys) await expect(asked).rejects.toMatchObject({ code: 'CREDENTIALS_REJECTED' });
      else await asked;
    });
  }

  if (differs.strangers) {
    const denied = requests.filter(([what]) => what !== 'deleting' || differs.deniesDeletes === 'whole');
    test.each(denied)('does not let a stranger in for %s', async (_name, ask) => {
      const { stranger } = place.reach;
      if (!stranger) throw new Error(`${name} was started without a second user`);
      await put(await place.store(), 'a', 'mine');
      await expect(ask(await place.store(as(stranger)))).rejects.toMatchObject({ code: 'BUCKET_DENIED' });
      expect(await textOf(await place.store(), 'a')).toBe('mine');
    });
  }

  if (differs.strangers && differs.deniesDeletes === 'each') {
    test('says of each of many keys that a stranger may not delete it', async () => {
      const keys = ['kept', 'none', 'no-other', 'nor-this', 'nor-that'];
      expect(await deniedDelete(place, keys)).toEqual(new Map(keys.map((key) => [key, 'Access Denied.'])));
    });
  }

  // So few are deleted one by one, and each has an answer of its own.
  if (differs.strangers) {
    test('says of each of a few keys that a stranger may not delete it', async () => {
      const denied = expect.stringMatching(/^Access ?Denied\.?$/);
      expect(await deniedDelete(place, ['kept', 'none'])).toEqual(
        new Map([
          ['kept', denied],
          ['none', denied],
        ]),
      );
    });
  }

  if (differs.deletesFromNowhere) {
    test('takes deletes in a bucket that is not there', async () => {
      expect(await (await place.store({ bucket: 'nobody-made-this' })).delete(['a'], never)).toEqual(new Map());
    });
  }

  const noticed = requests.filter(([what]) => what !== 'deleting' || !differs.deletesFromNowhere);
  test.each(noticed)('says for %s that a bucket is not there', async (_name, ask) => {
    const store = await place.store({ bucket: 'nobody-made-this' });
    await expect(ask(store)).rejects.toMatchObject({
      code: 'BUCKET_NOT_FOUND',
      message: `There is no bucket "nobody-made-this" at ${place.reach.endpoint}.`,
    });
  });

  test.each([-3_600_000, 3_600_000])('serves a machine whose clock is %d ms off', async (off) => {
    const clock = { ...systemClock, now: () => Date.now() + off };
    const store = await place.store({ clock });
    await put(store, 'off', String(off));
    expect(await keysOf(store, 'off')).toEqual(['off']);
    expect(await textOf(store, 'off')).toBe(String(off));
  });

  // With the SDK's own credentials, because it is there then before the region turns out to be another.
  test('serves a run that takes it for being in another region', async () => {
    const { accessKeyId, secretAccessKey } = place.reach.credentials;
    const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const env = jest.replaceProperty(process, 'env', { ...process.env, ...keys });
    try {
      const store = await place.store({ credentials: undefined, region: 'eu-north-1' });
      for (const [, ask] of requests) await ask(store);
      expect(await keysOf(store, 'sparse')).toEqual(['sparse.bin']);
    } finally {
      env.restore();
    }
  });

  test('deletes one by one where it cannot by the thousand', async () => {
    const proxy = await startProxy(place.reach.endpoint, ({ method, url }, outgoing) =>
      method === 'POST' && /[?&]delete/.test(url ?? '') ? s3Error(outgoing, 501, 'NotImplemented', 'no') : false,
    );
    const store = await place.store({ endpoint: proxy.endpoint });
    const keys = ['one/a b', 'one/ü', 'one/c'];
    for (const key of [...keys, 'one-other']) await put(store, key, 'x');
    expect(await store.delete([...keys, 'one/none'], never)).toEqual(new Map());
    expect(proxy.seen.filter((request) => request.startsWith('DELETE'))).toHaveLength(4);
    expect(await keysOf(store, 'one')).toEqual(['one-other']);
    await proxy.stop();
  });

  test('gets a request again that it had no time for', async () => {
    let busy = 2;
    const proxy = await startProxy(place.reach.endpoint, ({ method }, outgoing) =>
      method === 'PUT' && busy-- > 0 ? s3Error(outgoing, 503, 'SlowDown', 'later') : false,
    );
    const store = await place.store({ endpoint: proxy.endpoint });
    expect(await put(store, 'busy', 'x')).toBe(md5('x'));
    expect(proxy.seen).toEqual(Array(3).fill(`PUT /${place.bucket}/busy`));
    await proxy.stop();
  });
});

test('an endpoint that nothing listens at is named', async () => {
  const store = await createS3Store(bucketOptions('contract', 'http://127.0.0.1:9', { clock: fakeClock() }));
  await expect(store.get('a', never)).rejects.toMatchObject({
    code: 'BUCKET_UNREACHABLE',
    message: 'The endpoint http://127.0.0.1:9 does not answer.',
  });
  await store.close();
});

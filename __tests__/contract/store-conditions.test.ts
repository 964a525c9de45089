import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readLedger } from '../../src/ledger/codec.ts';
import { ledgerKey } from '../../src/ledger/keys.ts';
import type { ObjectStore } from '../../src/store/store.ts';
import { never } from '../support/fakes.ts';
import { identityOf } from '../support/identity.ts';
import { openAt, stored } from '../support/ledger.ts';
import { md5 } from '../support/md5.ts';
import { meeting } from './support/meeting.ts';
import { openPlace, openReal, type Place, put, putOf, type RealPlace, textOf } from './support/place.ts';
import { allServers, realServers } from './support/servers.ts';

const cases = allServers.flatMap(({ name, differs }) =>
  differs.vendors.map((vendor) => ({ name, differs, vendor, title: vendor ? `${name}, called ${vendor}` : name })),
);
const eight = Array.from({ length: 8 }, (_, index) => String(index));

describe.each(cases)('a conditional PUT to $title', ({ name, differs, vendor }) => {
  let place: Place;
  let store: ObjectStore;
  beforeAll(async () => {
    place = await openPlace(name);
    store = await place.store({ vendor });
  });
  afterAll(() => place.close());

  if (differs.conditions === 'refused') {
    test('is known not to be had, and stores nothing', async () => {
      expect(await store.putIf(putOf('new', 'one'), null, never)).toBe('unsupported');
      expect(await textOf(store, 'new')).toBeUndefined();
      const etag = await put(store, 'old', 'one');
      expect(await store.putIf(putOf('old', 'two'), etag, never)).toBe('unsupported');
      expect(await textOf(store, 'old')).toBe('one');
    });
    return;
  }

  test('makes an object only where there is none', async () => {
    expect(await store.putIf(putOf('new', 'one'), null, never)).toEqual({ etag: md5('one') });
    expect(await store.putIf(putOf('new', 'two'), null, never)).toBe('changed');
    expect(await textOf(store, 'new')).toBe('one');
  });

  test('replaces an object only as long as it is the one that was seen', async () => {
    const etag = await put(store, 'old', 'one');
    expect(await store.putIf(putOf('old', 'two'), etag, never)).toEqual({ etag: md5('two') });
    expect(await store.putIf(putOf('old', 'three'), etag, never)).toBe('changed');
    expect(await textOf(store, 'old')).toBe('two');
    expect(await store.putIf(putOf('old', 'three'), md5('two'), never)).toEqual({ etag: md5('three') });
  });

  test('does not replace an object that is gone', async () => {
    expect(await store.putIf(putOf('gone', 'one'), md5('zero'), never)).toBe('changed');
    expect(await textOf(store, 'gone')).toBeUndefined();
  });

  /** Sends eight PUTs with the same condition at once; each server lets one through, or at least one. */
  const race = async (key: string, condition: string | null) => {
    const results = await Promise.all(eight.map((text) => store.putIf(putOf(key, text), condition, never)));
    const won = eight.filter((_text, index) => results[index] !== 'changed');
    expect(won).toContain(await textOf(store, key));
    if (differs.atomic) expect(won).toHaveLength(1);
  };

  test(`of eight that make the same object at once lets ${differs.atomic ? 'one' : 'at least one'} through`, async () => {
    for (const round of eight) await race(`race/new/${round}`, null);
  });

  test(`of eight that replace the same object at once lets ${differs.atomic ? 'one' : 'at least one'} through`, async () => {
    for (const round of eight) await race(`race/old/${round}`, await put(store, `race/old/${round}`, 'old'));
  });
});

describe.each(cases)('the ledger in $title', ({ name, differs, vendor }) => {
  let place: Place;
  let store: ObjectStore;
  beforeAll(async () => {
    place = await openPlace(name);
    store = await place.store({ vendor });
  });
  afterAll(() => place.close());

  const ledger = async () => readLedger(Buffer.from((await textOf(store, ledgerKey(identityOf('production')))) ?? ''));
  const file = (key: string) => ({ objects: new Map([[key, stored(key)]]) });

  test('keeps what two runs save at the same moment', async () => {
    // Without conditions only what they do in step is sure: each looks, writes, and looks again.
    const [one, two] = differs.conditions === 'refused' ? meeting([store, store]) : [store, store];
    const books = await Promise.all([openAt(one ?? store, 'c1', 1), openAt(two ?? store, 'c2', 2)]);
    await Promise.all(books.map((session, index) => session.save(file(`first-${index}`), never)));
    expect([...((await ledger())?.objects.keys() ?? [])].toSorted()).toEqual(['first-0', 'first-1']);
    expect((await ledger())?.releases.map(({ sha }) => sha).toSorted()).toEqual(['c1', 'c2']);
    expect((await ledger())?.releases.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test('keeps what two runs save in turns', async () => {
    const one = await openAt(store, 'c3', 3);
    const two = await openAt(store, 'c4', 4);
    await one.save(file('a'), never);
    await two.save(file('b'), never);
    await one.save(file('c'), never);
    expect([...((await ledger())?.objects.keys() ?? [])]).toEqual(expect.arrayContaining(['a', 'b', 'c']));
    expect((await one.overtaken(never))?.sha).toBe('c4');
    expect(await two.overtaken(never)).toBeUndefined();
  });
});

/** What the store relies on, as a client without its knowledge sees it. */
describe.each(realServers)('a plain client of $name', ({ name, differs }) => {
  let place: RealPlace;
  beforeAll(async () => {
    place = await openReal(name);
  });
  afterAll(() => place.close());

  const statusOf = async (condition: { IfMatch: string } | { IfNoneMatch: string }) => {
    const put = new PutObjectCommand({ Bucket: place.bucket, Key: 'seen', Body: 'seen', ...condition });
    const failure = await place.client.send(put).then(
      () => undefined,
      (error) => error as { $metadata: { httpStatusCode: number } },
    );
    return failure?.$metadata.httpStatusCode ?? 200;
  };
  const expected = {
    kept: { none: 412, quoted: 200, other: 412 },
    unquoted: { none: 412, quoted: 412, other: 412 },
    refused: { none: 501, quoted: 501, other: 501 },
  }[differs.conditions];

  test(`gets ${expected.none} for an object that is there, ${expected.quoted} for its ETag in quotes, ${expected.other} for another`, async () => {
    await place.client.send(new PutObjectCommand({ Bucket: place.bucket, Key: 'seen', Body: 'seen' }));
    expect(await statusOf({ IfNoneMatch: '*' })).toBe(expected.none);
    expect(await statusOf({ IfMatch: `"${md5('seen')}"` })).toBe(expected.quoted);
    expect(await statusOf({ IfMatch: `"${md5('other')}"` })).toBe(expected.other);
  });
});

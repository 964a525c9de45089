import { describe, expect, test } from '@jest/globals';
import type { Stored } from '../../../src/ledger/change.ts';
import { emptyLedger } from '../../../src/ledger/ledger.ts';
import type { ListedObject, ObjectHead, ObjectStore } from '../../../src/store/store.ts';
import { applySync, type SyncOptions } from '../../../src/sync/apply-sync.ts';
import type { SyncSource } from '../../../src/sync/planned-file.ts';
import { planSync } from '../../../src/sync/sync-plan.ts';
import { memoryStore, never } from '../../support/fakes.ts';
import { md5 } from '../../support/md5.ts';
import { applyOptions, hashedName, remoteOf, scan, syncSource, tempFolders } from '../../support/sync.ts';

const folder = tempFolders();
type Store = ReturnType<typeof memoryStore>;

/** Plans files against what the store has, and sends the plan. */
async function sync(
  contents: Record<string, string>,
  store: Store,
  source: Partial<SyncSource> = {},
  options: Partial<SyncOptions> = {},
  through: ObjectStore = store,
) {
  const { files, root } = await scan(await folder(contents));
  const remote = new Map<string, ListedObject>();
  for await (const page of store.list('', never)) for (const object of page) remote.set(object.key, object);
  const plan = planSync([syncSource(files, { root, ...source })], remoteOf(remote), emptyLedger);
  const objects = new Map<string, Stored>();
  return { ...(await applySync(plan, through, objects, applyOptions(options))), objects };
}

const plain = { contentType: 'text/css; charset=utf-8', cacheControl: 'public, max-age=0, must-revalidate' };

describe('the same bytes, put there by somebody else', () => {
  test('with the same headers stay, and the ledger learns of them', async () => {
    const store = memoryStore();
    store.seed('static/a.css', 'x', plain);
    const result = await sync({ 'a.css': 'x' }, store);
    expect(result).toMatchObject({ uploaded: 0, unchanged: 1, bytesUploaded: 0 });
    expect(result.objects.get('static/a.css')).toMatchObject({ md5: md5('x'), etag: md5('x'), size: 1 });
    expect([store.heads, store.puts]).toEqual([['static/a.css'], []]);
  });

  test.each([
    ['type', { contentType: 'binary/octet-stream' }],
    ['caching', { cacheControl: '' }],
    ['encoding', { contentEncoding: 'gzip' }],
    ['disposition', { contentDisposition: 'attachment' }],
    ['language', { contentLanguage: 'de' }],
  ])('with another %s are sent again', async (_what, headers) => {
    const store = memoryStore();
    store.seed('static/a.css', 'x', { ...plain, ...headers });
    expect(await sync({ 'a.css': 'x' }, store)).toMatchObject({ uploaded: 1, unchanged: 0, bytesUploaded: 1 });
    expect(store.objects.get('static/a.css')?.headers).toEqual(plain);
  });

  test('that are gone by now are sent', async () => {
    const store = memoryStore();
    store.seed('static/a.css', 'x', plain);
    const gone: ObjectStore = { ...store, head: async () => undefined };
    expect(await sync({ 'a.css': 'x' }, store, {}, {}, gone)).toMatchObject({ uploaded: 1, unchanged: 0 });
  });

  test('are sent again without a question where an ACL is wanted', async () => {
    const store = memoryStore();
    store.seed('static/a.css', 'x', plain);
    expect(await sync({ 'a.css': 'x' }, store, { acl: 'public-read' })).toMatchObject({ uploaded: 1 });
    expect([store.heads, store.objects.get('static/a.css')?.acl]).toEqual([[], 'public-read']);
  });
});

describe('other bytes under a name that is made from the content', () => {
  const name = hashedName('a.css', 'x');
  const source = { hashedNames: new Set([name]) };

  test('are a conflict that names both hashes, and nothing at all is uploaded', async () => {
    const store = memoryStore();
    store.seed(`static/${name}`, 'y');
    await expect(sync({ [name]: 'x', 'new.css': 'z' }, store, source)).rejects.toMatchObject({
      code: 'OBJECT_CONFLICT',
      message: [
        '1 object in the bucket is not what the name says:',
        `  static/${name}: the file has ${md5('x')}, the bucket ${md5('y')}`,
      ].join('\n'),
      hint: expect.stringMatching(/^Nothing was uploaded\. .*delete them from the bucket/),
    });
    expect(store.puts).toEqual([]);
    expect(Buffer.from(store.objects.get(`static/${name}`)?.body ?? []).toString()).toBe('y');
  });

  test.each<[string, Partial<ObjectHead>]>([
    ['compressed for transport', { headers: { contentEncoding: 'gzip' } }],
    ['encrypted with a key of the customer', { encrypted: true }],
    ['sent in parts', { etag: `${md5('y')}-2` }],
  ])('that are explained, because they are %s, are replaced', async (_why, found) => {
    const store = memoryStore();
    store.seed(`static/${name}`, 'y');
    const head: ObjectStore['head'] = async () => ({
      size: 1,
      etag: md5('y'),
      lastModified: 0,
      md5: undefined,
      headers: {},
      encrypted: false,
      ...found,
    });
    const result = await sync({ [name]: 'x' }, store, source, {}, { ...store, head });
    expect(result).toMatchObject({ uploaded: 1, bytesUploaded: 1 });
    expect(store.objects.get(`static/${name}`)).toMatchObject({ etag: md5('x') });
  });

  test('that are explained do not hide one that is not', async () => {
    const other = hashedName('b.css', 'x');
    const store = memoryStore();
    store.seed(`static/${name}`, 'y', { contentEncoding: 'gzip' });
    store.seed(`static/${other}`, 'y');
    const both = { hashedNames: new Set([name, other]) };
    await expect(sync({ [name]: 'x', [other]: 'x' }, store, both)).rejects.toThrow(`static/${other}`);
    expect(store.puts).toEqual([]);
  });

  test('are named five at a time', async () => {
    const names = Array.from({ length: 7 }, (_, index) => hashedName(`${index}.css`, 'x'));
    const store = memoryStore();
    for (const one of names) store.seed(`static/${one}`, 'y');
    const contents = Object.fromEntries(names.map((one) => [one, 'x']));
    await expect(sync(contents, store, { hashedNames: new Set(names) })).rejects.toThrow(
      /^7 objects .* are not[\s\S]*and 2 more$/,
    );
  });
});

describe('media that somebody else put there in another form', () => {
  const media = { kind: 'media', prefix: 'media/' } as const;
  const there = Date.parse('2026-02-01T00:00:00Z');

  test.each<[string, number | undefined, boolean]>([
    ['that changed here later is replaced', there + 1, true],
    ['that changed here earlier is kept', there - 1, false],
    ['of the same time is kept', there, false],
    ['of an age that nobody knows is kept', undefined, false],
  ])('%s', async (_name, changed, replaced) => {
    const store = memoryStore();
    store.seed('media/a.jpg', 'theirs', {}, there);
    const result = await sync({ 'a.jpg': 'ours' }, store, media, { changedAt: async () => changed });
    expect(result).toMatchObject({ uploaded: replaced ? 1 : 0, kept: replaced ? [] : ['media/a.jpg'] });
    expect(Buffer.from(store.objects.get('media/a.jpg')?.body ?? []).toString()).toBe(replaced ? 'ours' : 'theirs');
    // What was kept is not ours, so that the next run asks again.
    expect(result.objects.has('media/a.jpg')).toBe(replaced);
  });

  test('does not hold up the rest', async () => {
    const store = memoryStore();
    store.seed('media/a.jpg', 'theirs', {}, there);
    expect(await sync({ 'a.jpg': 'ours', 'b.jpg': 'new' }, store, media)).toMatchObject({ uploaded: 1 });
    expect(store.puts).toEqual(['media/b.jpg']);
  });
});

import { describe, expect, test } from '@jest/globals';
import { ledgerKey } from '../../../../src/ledger/keys.ts';
import { type MemoryStore, memoryStore } from '../../../support/fakes.ts';
import { production } from '../../../support/ledger.ts';
import { hashedName, tempFolders } from '../../../support/sync.ts';
import { prepareStage, type StageOptions } from '../../../support/sync-stage.ts';

const folder = tempFolders();
const letters = [...'ABCDEFGHIJKLMNOP'];
const names = letters.map((content) => hashedName('a.css', content));
const hashedFiles = Object.fromEntries(letters.map((content, at) => [`static/${names[at]}`, content]));
const contents = { ...hashedFiles, 'static/0.html': 'x', 'static/staticfiles.json': '{}' };

/** Every job of a sync that is spread over so many, and what each of them sent. */
async function sharded(root: string, store: MemoryStore, of: number, options: StageOptions = {}): Promise<string[][]> {
  const sent: string[][] = [];
  for (let index = 1; index <= of; index++) {
    const before = store.puts.length;
    const { sync } = await prepareStage(root, store, { names, inputs: { shard: { index, of } }, ...options });
    await sync();
    sent.push(publicKeys(store.puts.slice(before)));
  }
  return sent;
}

const publicKeys = (keys: Iterable<string>) => [...keys].filter((key) => !key.startsWith('.deploy-django/'));

describe('jobs that share a sync', () => {
  test('send all hashed files between them, each a part, and no un-hashed one before all are there', async () => {
    const store = memoryStore();
    const sent = await sharded(await folder(contents), store, 3);
    for (const part of sent) expect(part.length).toBeGreaterThan(0);
    expect(sent.flat().sort()).toEqual(Object.keys(hashedFiles).sort());
  });

  test('send everything between them where nothing is hashed', async () => {
    const files = Object.fromEntries(letters.map((letter) => [`media/${letter}.jpg`, letter]));
    const store = memoryStore();
    const folders = [{ kind: 'media' }] as const;
    const sent = await sharded(await folder(files), store, 2, { names: [], folders });
    expect(sent.flat().sort()).toEqual(Object.keys(files).sort());
  });

  test('have a ledger each, so that none overwrites another’s', async () => {
    const store = memoryStore();
    await sharded(await folder(contents), store, 2);
    const ledgers = [...store.objects.keys()].filter((key) => key.startsWith('.deploy-django/'));
    expect(ledgers).toEqual([1, 2].map((index) => ledgerKey(production, { index, of: 2 })));
  });

  test('of which one has nothing to do are no mistake', async () => {
    const store = memoryStore();
    const sent = await sharded(await folder({ 'static/a.css': 'x' }), store, 2, { names: [] });
    expect(sent.map((part) => part.length).sort()).toEqual([0, 1]);
  });
});

describe('the job that comes after them', () => {
  test('sends what is not hashed, and neither asks for the rest nor sends it again', async () => {
    const root = await folder(contents);
    const store = memoryStore();
    await sharded(root, store, 2);
    const puts = store.puts.length;
    const { result } = await (await prepareStage(root, store, { names })).sync();
    expect(result).toBe('2 uploads (3 B), 16 unchanged');
    expect(publicKeys(store.puts.slice(puts))).toEqual(['static/0.html', 'static/staticfiles.json']);
    expect(store.heads).toEqual([]);
  });

  test('knows them by their ledgers where the bucket has ETags of its own', async () => {
    const root = await folder(contents);
    const store = memoryStore();
    const through = (): MemoryStore => ({
      ...store,
      put: async (request, signal) => {
        await store.put(request, signal);
        const object = store.objects.get(request.key);
        if (object) store.objects.set(request.key, { ...object, etag: `own${object.etag.slice(0, 8)}` });
        return store.objects.get(request.key)?.etag ?? '';
      },
    });
    await sharded(root, through(), 2);
    const { result } = await (await prepareStage(root, through(), { names })).sync();
    expect(result).toBe('2 uploads (3 B), 16 unchanged');
    expect(store.heads).toEqual([]);
  });

  test('does not read their ledgers where its own explains the bucket', async () => {
    const root = await folder(contents);
    const store = memoryStore();
    await sharded(root, store, 2);
    await (await prepareStage(root, store, { names })).sync();
    const { sync } = await prepareStage(await folder({ ...contents, 'static/0.html': 'y' }), store, { names });
    const gets = store.gets.length;
    expect((await sync()).result).toBe('1 upload (1 B), 17 unchanged');
    expect(store.gets.slice(gets)).toEqual([]);
  });
});

import { describe, expect, test } from '@jest/globals';
import { planStage } from '../../../../src/commands/stages/plan-stage.ts';
import { syncStage } from '../../../../src/commands/stages/upload-stage.ts';
import { readLedger } from '../../../../src/ledger/codec.ts';
import { ledgerKey } from '../../../../src/ledger/keys.ts';
import type { Ledger } from '../../../../src/ledger/ledger.ts';
import type { ObjectStore } from '../../../../src/store/store.ts';
import { type MemoryStore, memoryStore, never } from '../../../support/fakes.ts';
import { openAt, production, stored } from '../../../support/ledger.ts';
import { hashedName, tempFolders } from '../../../support/sync.ts';
import { prepareStage as prepare } from '../../../support/sync-stage.ts';

const folder = tempFolders();
const key = ledgerKey(production);
const ledgerIn = (store: MemoryStore): Ledger | undefined => readLedger(Buffer.from(store.text(key) ?? ''));
const keysIn = (store: MemoryStore) => [...(ledgerIn(store)?.objects.keys() ?? [])];

const names = ['A', 'B', 'C', 'D'].map((content) => hashedName('a.css', content));
const hashedFiles = Object.fromEntries(['A', 'B', 'C', 'D'].map((content, at) => [`static/${names[at]}`, content]));

/** Keys of what runs noted under way. */
const notesIn = (store: MemoryStore) => [...store.objects.keys()].filter((one) => /\.(plan|lease)\.json$/.test(one));

test('what is about to be sent is noted before the first byte of it, for a run that is killed', async () => {
  const store = memoryStore();
  const { request, io } = await prepare(await folder(hashedFiles), store, { names });
  const seen: (string[] | undefined)[] = [];
  const put: ObjectStore['put'] = async (sent, signal) => {
    const [note = ''] = notesIn(store);
    seen.push([...(readLedger(Buffer.from(store.text(note) ?? ''))?.objects.keys() ?? [])]);
    return store.put(sent, signal);
  };
  const watched = { ...request, store: { ...store, put, atOnce: 1 } };
  await syncStage(watched, (await planStage(watched, io)).value, io);
  expect(seen).toHaveLength(4);
  for (const keys of seen) expect(keys).toEqual(keysIn(store));
  expect(notesIn(store)).toEqual([]);
});

describe('an upload that ends with an error', () => {
  const contents = { ...hashedFiles, 'static/0.html': 'x', 'static/staticfiles.json': '{}' };
  const refused = (path: string) => (store: string) => (store === path ? new Error('refused') : undefined);

  test.each<[string, string, number]>([
    ['a hashed file', `static/${names.toSorted()[1]}`, 1],
    ['an un-hashed file', 'static/0.html', 4],
    ['the manifest', 'static/staticfiles.json', 5],
  ])(
    'of %s leaves what is stored in the ledger, nothing of a later phase, and the way free',
    async (_what, path, count) => {
      const memory = memoryStore({ failOn: refused(path) });
      const { request, io } = await prepare(await folder(contents), memory, { names });
      const store = { ...memory, atOnce: 1 };
      const plan = (await planStage({ ...request, store }, io)).value;
      await expect(syncStage({ ...request, store }, plan, io)).rejects.toThrow('refused');
      const notes = notesIn(memory);
      const there = [...memory.objects.keys()].filter((one) => one !== key && !notes.includes(one)).sort();
      expect([there.length, keysIn(memory)]).toEqual([count, there]);
      expect(notes).toEqual([expect.stringMatching(/\.plan\.json$/)]);
    },
  );

  test('keeps its plan, so that what was stored without an answer is known to be ours', async () => {
    const memory = memoryStore();
    const { request, io } = await prepare(await folder(contents), memory, { names });
    const put: ObjectStore['put'] = async (sent, signal) => {
      const etag = await memory.put(sent, signal);
      if (sent.key === 'static/0.html') throw new Error('cut off');
      return etag;
    };
    const plan = (await planStage(request, io)).value;
    await expect(syncStage({ ...request, store: { ...memory, put } }, plan, io)).rejects.toThrow('cut off');
    expect(keysIn(memory)).not.toContain('static/0.html');
    const [note = ''] = notesIn(memory);
    expect([...(readLedger(Buffer.from(memory.text(note) ?? ''))?.objects.keys() ?? [])]).toContain('static/0.html');
  });

  test('after which the next run sends the rest alone', async () => {
    const root = await folder(contents);
    let failing = true;
    const store = memoryStore({
      failOn: (path) => (failing && path === 'static/0.html' ? new Error('refused') : undefined),
    });
    await expect((await prepare(root, store, { names })).sync()).rejects.toThrow('refused');
    failing = false;
    expect((await (await prepare(root, store, { names })).sync()).result).toBe('2 uploads (3 B), 4 unchanged');
    expect(store.heads).toEqual([]);
  });
});

describe('uploads in parts that an earlier run left behind', () => {
  /** A ledger that says so of `film.mp4`, and two uploads in the bucket. */
  async function left(store: MemoryStore): Promise<void> {
    const session = await openAt(store, 'before', 0);
    session.keep({ prefixes: ['static/'] });
    await session.announce([['static/x', stored('x')]], ['static/film.mp4'], never);
    store.uploads.push('static/film.mp4', 'static/of-others.mp4');
  }

  test('are ended, and those of others are left alone', async () => {
    const store = memoryStore();
    await left(store);
    const { sync, log } = await prepare(await folder({ 'static/a.css': 'x' }), store);
    await sync();
    expect([store.uploads, notesIn(store)]).toEqual([['static/of-others.mp4'], []]);
    expect(log.lines).toContain('Ended 1 upload that an earlier run had left behind.');
  });

  test('are looked for only where the ledger says so', async () => {
    const store = memoryStore();
    store.uploads.push('static/of-others.mp4');
    const { request, io } = await prepare(await folder({ 'static/a.css': 'x' }), store);
    const abortUploads = () => Promise.reject(new Error('nobody may ask'));
    await syncStage({ ...request, store: { ...store, abortUploads } }, (await planStage(request, io)).value, io);
    expect(store.uploads).toEqual(['static/of-others.mp4']);
  });

  test('hold nothing up where they cannot be ended, and are tried again next time', async () => {
    const store = memoryStore();
    await left(store);
    const abortUploads = () => Promise.reject(new Error('refused'));
    const refusing_ = { ...store, abortUploads };
    const { request: refusing, io, recorder } = await prepare(await folder({ 'static/a.css': 'x' }), refusing_);
    await syncStage(refusing, (await planStage(refusing, io)).value, io);
    expect(recorder.report().warnings).toEqual([expect.stringMatching(/left behind could not be ended: refused/)]);
    expect(store.objects.has('static/a.css')).toBe(true);
    expect(notesIn(store)).toHaveLength(1);
  });
});

describe('a run that a newer one overtook', () => {
  test('says so, is marked as never live, and leaves un-hashed files as they are', async () => {
    const store = memoryStore();
    const { sync, recorder } = await prepare(await folder({ ...hashedFiles, 'static/0.html': 'old' }), store, {
      names,
    });
    const newer = await openAt(store, 'newer', 2);
    await newer.save({ objects: new Map([['static/0.html', stored('new')]]) }, never);
    store.seed('static/0.html', 'new');
    expect((await sync()).value.overtaken).toBe(true);
    expect(store.text('static/0.html')).toBe('new');
    expect(ledgerIn(store)?.releases.map(({ sha, failed }) => [sha, failed])).toEqual([
      ['newer', undefined],
      ['abc', true],
    ]);
    expect(recorder.report().warnings).toEqual([]);
  });
});

test('what somebody took out of the bucket goes out of the ledger too; what lies elsewhere stays in it', async () => {
  const store = memoryStore();
  const before = await openAt(store, 'old', 1);
  const there = ['static/gone.css', 'static/kept.css', 'static-old/x.css'];
  await before.save({ objects: new Map(there.map((path) => [path, stored(path)])) }, never);
  store.seed('static/kept.css', 'static/kept.css');
  const { sync } = await prepare(await folder({ 'static/new.css': 'x' }), store, {
    own: { run: { id: 2, attempt: 1 } },
  });
  await sync();
  expect(keysIn(store)).toEqual(['static-old/x.css', 'static/kept.css', 'static/new.css']);
});

test('what was not looked for, because others have very many files there, stays in the ledger', async () => {
  const store = memoryStore();
  const before = await openAt(store, 'old', 1);
  await before.save({ objects: new Map([['zz.css', stored('zz.css')]]) }, never);
  store.seed('zz.css', 'zz.css');
  for (let index = 0; index < 6_100; index++) store.seed(`a/${index}`, '');
  const { sync } = await prepare(await folder({ 'static/new.css': 'x' }), store, {
    folders: [{ prefix: '' }],
    own: { run: { id: 2, attempt: 1 } },
  });
  await sync();
  expect(keysIn(store)).toEqual(['new.css', 'zz.css']);
});

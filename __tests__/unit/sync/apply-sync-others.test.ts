import { describe, expect, test } from '@jest/globals';
import type { Stored } from '../../../src/ledger/change.ts';
import { emptyLedger, type Ledger } from '../../../src/ledger/ledger.ts';
import type { ObjectStore } from '../../../src/store/store.ts';
import { applySync, type SyncLedger, vanished } from '../../../src/sync/apply-sync.ts';
import type { PlannedFile } from '../../../src/sync/planned-file.ts';
import { planSync } from '../../../src/sync/sync-plan.ts';
import { type MemoryStore, memoryStore } from '../../support/fakes.ts';
import {
  applyOptions,
  formsOf,
  hashedName,
  ledgerObject,
  ledgerOf,
  listedObject,
  quietLedger,
  remoteOf,
  scan,
  scanned,
  syncSource,
  tempFolders,
} from '../../support/sync.ts';

const folder = tempFolders();
const hashed = hashedName('a.css', 'A');
const contents = { [hashed]: 'A', '0.html': 'plain', 'staticfiles.json': '{}' };
const keyOf = (path: string) => `static/${path}`;

/** A release against a bucket that has some of its files, as its ledger says. */
async function release(there: readonly string[] = [], known: Ledger = emptyLedger) {
  const root = await folder(contents);
  const { files } = await scan(root);
  const source = syncSource(files, { root, hashedNames: new Set([hashed]), manifest: 'staticfiles.json' });
  const remote = there.map((path) => listedObject(keyOf(path), contents[path] ?? ''));
  return planSync([source], remoteOf(remote), known);
}

/** Rows of files as this very release would write them. */
async function rowsOf(paths: readonly string[]): Promise<Ledger> {
  const { puts } = await release();
  const rows = puts.map(
    ({ file }) => [file, ledgerObject(contents[file.file.path] ?? '', file.form.fingerprint)] as const,
  );
  return ledgerOf(
    Object.fromEntries(rows.filter(([{ file }]) => paths.includes(file.path)).map(([{ key }, row]) => [key, row])),
  );
}

/** Sends a plan, and tells in which order things happened. */
async function apply(
  plan: Awaited<ReturnType<typeof release>>,
  planned: Ledger,
  more: Partial<SyncLedger> = {},
  store: Partial<ObjectStore> = {},
) {
  const events: string[] = [];
  const objects = new Map<string, Stored>();
  const memory: MemoryStore = memoryStore();
  const put: MemoryStore['put'] = (request, signal) => {
    events.push(request.key.replace('static/', ''));
    return memory.put(request, signal);
  };
  const noted = { ...quietLedger(planned), ...more };
  const ledger: SyncLedger = {
    ...noted,
    enter: () => {
      events.push('lock');
      return noted.enter();
    },
  };
  const result = await applySync(plan, { ...memory, put, atOnce: 1, ...store }, objects, applyOptions({ ledger }));
  return { result, events, objects };
}

describe('un-hashed files are exchanged', () => {
  test('under a lock, that hashed ones and media need not wait for', async () => {
    const root = await folder({ 'a.jpg': 'x' });
    const media = syncSource((await scan(root)).files, { root, kind: 'media', prefix: 'media/' });
    const { puts, ...rest } = await release();
    const more = planSync([media], remoteOf(), emptyLedger).puts;
    const { events } = await apply({ ...rest, puts: [...puts, ...more] }, emptyLedger);
    expect(events).toEqual([hashed, 'media/a.jpg', 'lock', '0.html', 'staticfiles.json']);
  });

  test('without one where there are none to exchange', async () => {
    const known = await rowsOf(['0.html', 'staticfiles.json']);
    const { events } = await apply(await release(['0.html', 'staticfiles.json'], known), known);
    expect(events).toEqual([hashed]);
  });

  test('not at all where a newer release is there, and the run says so', async () => {
    const { result, events, objects } = await apply(await release(), emptyLedger, { enter: async () => false });
    expect(events).toEqual([hashed, 'lock']);
    expect(result).toMatchObject({ overtaken: true, uploaded: 1, unchanged: 0 });
    expect([...objects.keys()]).toEqual([keyOf(hashed)]);
  });

  test('and a run that nobody overtook says that too', async () => {
    expect((await apply(await release(), emptyLedger)).result.overtaken).toBe(false);
  });
});

describe('a file that another run is deleting', () => {
  const doomed = async () => {
    const { objects } = await rowsOf([hashed]);
    return ledgerOf(Object.fromEntries([...objects].map(([key, row]) => [key, { ...row, doomed: true }])));
  };

  test('is sent although the bucket has it, and again when that run must have ended', async () => {
    const known = await doomed();
    const { result, events } = await apply(await release([hashed], known), known);
    expect(events).toEqual([hashed, 'lock', hashed, '0.html', 'staticfiles.json']);
    expect(result.unchanged).toBe(0);
  });

  test('is waited for also where nothing is to be exchanged', async () => {
    const known = await doomed();
    const plan = await release([hashed], known);
    const puts = plan.puts.filter(({ file }) => file.phase === 'hashed');
    expect((await apply({ ...plan, puts }, known)).events).toEqual([hashed, 'lock', hashed]);
  });
});

describe('a file that the bucket had when the plan was made', () => {
  const deleted = emptyLedger;

  test.each<[string, (known: Ledger) => Ledger, boolean]>([
    ['and that another run has deleted since is sent before the un-hashed', () => deleted, true],
    [
      'and that another run is deleting since is sent before the un-hashed',
      ({ objects }) => ledgerOf(Object.fromEntries([...objects].map(([key, row]) => [key, { ...row, doomed: true }]))),
      true,
    ],
    ['is not sent where it is still there', ({ objects }) => ledgerOf(Object.fromEntries(objects)), false],
    ['is not sent where nobody wrote anything', (known) => known, false],
  ])('%s', async (_what, later, sent) => {
    const known = await rowsOf([hashed]);
    let now = known;
    const { result, events } = await apply(await release([hashed], known), known, {
      now: () => now,
      enter: async () => {
        now = later(known);
        return true;
      },
    });
    expect(events).toEqual(['lock', ...(sent ? [hashed] : []), '0.html', 'staticfiles.json']);
    expect(result).toMatchObject({ uploaded: sent ? 3 : 2, unchanged: 1 });
  });

  test('compressed, and that another run has deleted since, is sent as it is and says so', async () => {
    const root = await folder({ 'a.css': 'x'.repeat(100), '0.html': 'y' });
    const compressed = new Map([['0.html', null]]);
    const source = syncSource((await scan(root)).files, { root, compressed });
    const print = formsOf(source, scanned('a.css', 'x')).packed?.fingerprint ?? '';
    const known = ledgerOf({ 'static/a.css': ledgerObject('x'.repeat(100), print, { size: 7 }) });
    const remote = remoteOf([listedObject('static/a.css', 'x'.repeat(100), { size: 7 })]);
    const store = memoryStore();
    const objects = new Map<string, Stored>();
    const ledger = quietLedger(known, { now: () => emptyLedger });
    const result = await applySync(planSync([source], remote, known), store, objects, applyOptions({ ledger }));
    expect(result).toMatchObject({ uploaded: 2, unchanged: 1 });
    expect(store.text('static/a.css')).toBe('x'.repeat(100));
    expect(store.objects.get('static/a.css')?.headers).not.toHaveProperty('contentEncoding');
    expect(objects.get('static/a.css')).toMatchObject({ size: 100, etag: store.objects.get('static/a.css')?.etag });
    expect(objects.get('static/a.css')?.headers).not.toBe(print);
  });

  test('and that only a job of a sharded sync has noted is not taken for deleted', async () => {
    const known = await rowsOf([hashed]);
    const { events } = await apply(await release([hashed], known), known, {
      before: emptyLedger,
      now: () => ledgerOf({}),
    });
    expect(events).toEqual(['lock', '0.html', 'staticfiles.json']);
  });

  test('is looked for only among what was there', () => {
    const files = ['a', 'b', 'c', 'd'].map((key) => ({ key }) as PlannedFile);
    const row = ledgerObject('x', '');
    const before = ledgerOf({ a: row, b: row, c: row });
    const now = ledgerOf({ b: { ...row, doomed: true }, c: row });
    expect(vanished(files, before, now).map(({ key }) => key)).toEqual(['a', 'b']);
  });
});

describe('files that go in parts', () => {
  test('are noted before the first of all is sent', async () => {
    const partSize = (size: number) => (size === 'plain'.length ? 4 : undefined);
    const { events } = await apply(await release(), emptyLedger, {}, { partSize });
    expect(events).toEqual([hashed, 'lock', '0.html', 'staticfiles.json']);
  });
});

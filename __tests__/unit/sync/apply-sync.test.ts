import { rm, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import type { Stored } from '../../../src/ledger/change.ts';
import { emptyLedger, fingerprint } from '../../../src/ledger/ledger.ts';
import { wholeLimit } from '../../../src/store/s3/multipart.ts';
import type { ObjectStore } from '../../../src/store/store.ts';
import { applySync, type Progress } from '../../../src/sync/apply-sync.ts';
import type { PlannedFile } from '../../../src/sync/planned-file.ts';
import { planSync, type SyncPlan } from '../../../src/sync/sync-plan.ts';
import { memoryStore } from '../../support/fakes.ts';
import {
  applyOptions,
  hashedName,
  ledgerObject,
  ledgerOf,
  quietLedger,
  remoteOf,
  scan,
  syncSource,
  tempFolders,
} from '../../support/sync.ts';

const folder = tempFolders();

/** A release of two hashed files, two plain ones and the manifest, in the folder and as a plan. */
async function release(): Promise<{ root: string; plan: SyncPlan; names: string[] }> {
  const names = [hashedName('a.css', 'A'), hashedName('z.js', 'ZZ')];
  const root = await folder({
    [names[0] ?? '']: 'A',
    [names[1] ?? '']: 'ZZ',
    '0.html': 'plain',
    'robots.txt': 'plain too',
    'staticfiles.json': '{}',
  });
  const { files } = await scan(root);
  const source = syncSource(files, { root, prefix: '', hashedNames: new Set(names), manifest: 'staticfiles.json' });
  return { root, plan: planSync([source], remoteOf(), emptyLedger), names };
}

/** A store whose puts take many turns of the event loop, with what began while others were under way. */
function slowStore(under: ReturnType<typeof memoryStore>) {
  const open = new Set<string>();
  const together: [string, string][] = [];
  let most = 0;
  const put: ObjectStore['put'] = async (request, signal) => {
    for (const other of open) together.push([other, request.key]);
    open.add(request.key);
    most = Math.max(most, open.size);
    for (let turn = 0; turn < 50; turn++) await new Promise((done) => setImmediate(done));
    open.delete(request.key);
    return under.put(request, signal);
  };
  return { store: { ...under, put }, together, most: () => most };
}

describe('the order', () => {
  test('is hashed, plain, manifest, and no phase begins before the one before it has ended', async () => {
    const { plan, names } = await release();
    const phase = (key: string) => (names.includes(key) ? 'hashed' : key === 'staticfiles.json' ? 'manifest' : 'plain');
    const memory = memoryStore();
    const { store, together } = slowStore(memory);
    await applySync(plan, store, new Map(), applyOptions());
    expect(memory.puts.map(phase)).toEqual(['hashed', 'hashed', 'plain', 'plain', 'manifest']);
    expect(together.length).toBeGreaterThan(0);
    expect(together.filter(([one, other]) => phase(one) !== phase(other))).toEqual([]);
  });

  test('has no more uploads at once than the store wants', async () => {
    const { plan } = await release();
    const { store, most } = slowStore(memoryStore());
    await applySync(plan, { ...store, atOnce: 1 }, new Map(), applyOptions());
    expect(most()).toBe(1);
  });
});

describe('what is sent', () => {
  test('are the bytes, the headers and the ACL of the plan', async () => {
    const root = await folder({ 'a.css': 'body {}', 'empty.txt': '' });
    const { files } = await scan(root);
    const plan = planSync([syncSource(files, { root, acl: 'public-read' })], remoteOf(), emptyLedger);
    const store = memoryStore();
    await applySync(plan, store, new Map(), applyOptions());
    const object = store.objects.get('static/a.css');
    expect(Buffer.from(object?.body ?? []).toString()).toBe('body {}');
    const headers = { contentType: 'text/css; charset=utf-8', cacheControl: 'public, max-age=0, must-revalidate' };
    expect(object).toMatchObject({ headers, acl: 'public-read' });
    expect(store.objects.get('static/empty.txt')?.body).toHaveLength(0);
  });

  test('is left on the disk for the store to read', async () => {
    const root = await folder({ 'film.mp4': '' });
    await truncate(`${root}/film.mp4`, wholeLimit + 1);
    const { files } = await scan(root);
    const bodies: unknown[] = [];
    const store: ObjectStore = { ...memoryStore(), put: async ({ body }) => String(bodies.push(body)) };
    const plan = planSync([syncSource(files, { root })], remoteOf(), emptyLedger);
    await applySync(plan, store, new Map(), applyOptions());
    expect(bodies).toEqual([{ file: `${root}/film.mp4`, size: wholeLimit + 1, modified: expect.any(Number) }]);
  });
});

describe('what the ledger gets to know', () => {
  test('is every file of the release, with the ETag that the store answered', async () => {
    const { plan, names } = await release();
    const store: ObjectStore = { ...memoryStore(), put: async ({ key }) => `etag of ${key}` };
    const objects = new Map<string, Stored>();
    const { uploaded, unchanged, bytesUploaded } = await applySync(plan, store, objects, applyOptions());
    expect([...objects.keys()].sort()).toEqual([...names, '0.html', 'robots.txt', 'staticfiles.json'].sort());
    expect({ uploaded, unchanged, bytesUploaded }).toEqual({ uploaded: 5, unchanged: 0, bytesUploaded: 19 });
    const put = plan.puts[0]?.file as PlannedFile;
    expect(objects.get(put.key)).toEqual({
      md5: put.file.md5,
      size: put.file.size,
      etag: `etag of ${put.key}`,
      headers: fingerprint(put.form.headers, undefined),
    });
  });

  test('is the ETag that it had of what is unchanged', async () => {
    const { plan } = await release();
    const file = plan.puts[0]?.file as PlannedFile;
    const known = ledgerOf({ [file.key]: ledgerObject('A', '', { etag: 'parts-3' }) });
    const store = memoryStore();
    const objects = new Map<string, Stored>();
    const options = applyOptions({ ledger: quietLedger(known) });
    const result = await applySync({ ...plan, puts: [], unchanged: [file] }, store, objects, options);
    expect(result).toMatchObject({ uploaded: 0, unchanged: 1, bytesUploaded: 0 });
    expect(objects.get(file.key)?.etag).toBe('parts-3');
    expect([store.puts, store.heads]).toEqual([[], []]);
  });
});

describe('an upload that fails', () => {
  test.each([
    ['hashed', 1],
    ['plain', 3],
    ['manifest', 4],
  ])('in the phase %s keeps the later phases from beginning, and tells what was stored', async (phase, stored) => {
    const { plan } = await release();
    const victim = plan.puts.findLast(({ file }) => file.phase === phase)?.file.key;
    const cause = new Error('refused');
    const store = memoryStore({ failOn: (key) => (key === victim ? cause : undefined) });
    const objects = new Map<string, Stored>();
    await expect(applySync(plan, { ...store, atOnce: 1 }, objects, applyOptions())).rejects.toBe(cause);
    expect(store.puts).toHaveLength(stored);
    expect([...objects.keys()]).toEqual(store.puts);
  });

  test.each<[string, (path: string) => Promise<void>]>([
    ['changed', (path) => writeFile(path, 'PLAIN')],
    ['grown', (path) => writeFile(path, 'plain and more')],
    ['emptied', (path) => writeFile(path, '')],
    ['deleted', (path) => rm(path)],
  ])('because the file was %s meanwhile names the file, and stores nothing of it', async (_how, change) => {
    const { root, plan, names } = await release();
    await change(`${root}/0.html`);
    const store = memoryStore();
    const objects = new Map<string, Stored>();
    await expect(applySync(plan, store, objects, applyOptions())).rejects.toThrow('0.html');
    expect(store.objects.has('0.html')).toBe(false);
    expect(store.objects.has('staticfiles.json')).toBe(false);
    expect([...objects.keys()]).toEqual(expect.arrayContaining(names));
    expect(objects.has('0.html')).toBe(false);
  });
});

test('a cancelled run starts no more uploads, and ends with the reason', async () => {
  const { plan } = await release();
  const reason = new Error('cancelled');
  const controller = new AbortController();
  const memory = memoryStore();
  const put: ObjectStore['put'] = (request, signal) => {
    controller.abort(reason);
    return memory.put(request, signal);
  };
  const objects = new Map<string, Stored>();
  const work = applySync(plan, { ...memory, put, atOnce: 1 }, objects, applyOptions({ signal: controller.signal }));
  await expect(work).rejects.toBe(reason);
  expect(memory.puts).toHaveLength(1);
  expect([...objects.keys()]).toEqual(memory.puts);
});

test('progress begins with nothing, counts every upload, and ends with all', async () => {
  const { plan } = await release();
  const seen: Progress[] = [];
  const onProgress = (progress: Progress) => void seen.push({ ...progress });
  await applySync(plan, memoryStore(), new Map(), applyOptions({ onProgress }));
  expect(seen.map(({ files }) => files)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(seen[0]).toEqual({ files: 0, ofFiles: 5, bytes: 0, ofBytes: 19 });
  expect(seen.at(-1)).toEqual({ files: 5, ofFiles: 5, bytes: 19, ofBytes: 19 });
});

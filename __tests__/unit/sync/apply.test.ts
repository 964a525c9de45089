import { rm, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { emptyLedger, fingerprint } from '../../../src/store/ledger.ts';
import type { ObjectStore } from '../../../src/store/store.ts';
import { applySync, type Progress, SyncError, type SyncOptions, wholeLimit } from '../../../src/sync/apply.ts';
import { type PlannedFile, planSync, type SyncPlan } from '../../../src/sync/plan.ts';
import { scan } from '../../../src/sync/scan.ts';
import { memoryStore, never } from '../../support/fakes.ts';
import { hashedName, syncSource, tempFolders } from '../../support/sync.ts';

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
  const { files } = await scan(root, [], 'static-dir', never);
  const source = syncSource(files, { prefix: '', hashedNames: new Set(names), manifest: 'staticfiles.json' });
  return { root, plan: planSync([source], new Map(), emptyLedger), names };
}

const apply = (plan: SyncPlan, store: ObjectStore, options: Partial<SyncOptions> = {}) =>
  applySync(plan, store, {
    concurrency: 8,
    seq: 7,
    known: new Map(),
    signal: never,
    changedAt: async () => undefined,
    onProgress: () => undefined,
    ...options,
  });

/** The SyncError that an upload ends with. */
async function failure(work: Promise<unknown>): Promise<SyncError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SyncError);
  return error as SyncError;
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
    await apply(plan, store);
    expect(memory.puts.map(phase)).toEqual(['hashed', 'hashed', 'plain', 'plain', 'manifest']);
    expect(together.length).toBeGreaterThan(0);
    expect(together.filter(([one, other]) => phase(one) !== phase(other))).toEqual([]);
  });

  test('has no more uploads at once than asked for', async () => {
    const { plan } = await release();
    const { store, most } = slowStore(memoryStore());
    await apply(plan, store, { concurrency: 1 });
    expect(most()).toBe(1);
  });
});

describe('what is sent', () => {
  test('are the bytes, the headers and the ACL of the plan', async () => {
    const root = await folder({ 'a.css': 'body {}', 'empty.txt': '' });
    const { files } = await scan(root, [], 'static-dir', never);
    const plan = planSync([syncSource(files, { acl: 'public-read' })], new Map(), emptyLedger);
    const store = memoryStore();
    await apply(plan, store);
    const object = store.objects.get('static/a.css');
    expect(Buffer.from(object?.body ?? []).toString()).toBe('body {}');
    const headers = { contentType: 'text/css; charset=utf-8', cacheControl: 'public, max-age=0, must-revalidate' };
    expect(object).toMatchObject({ headers, acl: 'public-read' });
    expect(store.objects.get('static/empty.txt')?.body).toHaveLength(0);
  });

  test('is read from the disk where it is large', async () => {
    const root = await folder({ 'film.mp4': '' });
    await truncate(`${root}/film.mp4`, wholeLimit + 1);
    const { files } = await scan(root, [], 'static-dir', never);
    const bodies: unknown[] = [];
    const store: ObjectStore = { ...memoryStore(), put: async ({ body }) => String(bodies.push(body)) };
    await apply(planSync([syncSource(files)], new Map(), emptyLedger), store);
    expect(bodies).toEqual([{ file: `${root}/film.mp4`, size: wholeLimit + 1, modified: expect.any(Number) }]);
  });
});

describe('what the ledger gets to know', () => {
  test('is every file of the release, with the ETag that the store answered', async () => {
    const { plan, names } = await release();
    const store: ObjectStore = { ...memoryStore(), put: async ({ key }) => `etag of ${key}` };
    const { objects, uploaded, unchanged, bytesUploaded } = await apply(plan, store);
    expect([...objects.keys()].sort()).toEqual([...names, '0.html', 'robots.txt', 'staticfiles.json'].sort());
    expect({ uploaded, unchanged, bytesUploaded }).toEqual({ uploaded: 5, unchanged: 0, bytesUploaded: 19 });
    const put = plan.puts[0] as PlannedFile;
    expect(objects.get(put.key)).toEqual({
      md5: put.file.md5,
      size: put.file.size,
      etag: `etag of ${put.key}`,
      headers: fingerprint(put.headers, put.acl),
      first: 7,
      last: 7,
    });
  });

  test('keeps the first release and the ETag of what is unchanged', async () => {
    const { plan } = await release();
    const file = plan.puts[0] as PlannedFile;
    const known = new Map([
      [file.key, { md5: file.file.md5, size: file.file.size, etag: 'parts-3', headers: '', first: 2, last: 5 }],
    ]);
    const store = memoryStore();
    const result = await apply({ ...plan, puts: [], unchanged: [file] }, store, { known });
    expect(result).toMatchObject({ uploaded: 0, unchanged: 1, bytesUploaded: 0 });
    expect(result.objects.get(file.key)).toMatchObject({ etag: 'parts-3', first: 2, last: 7 });
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
    const victim = plan.puts.findLast((file) => file.phase === phase)?.key;
    const cause = new Error('refused');
    const store = memoryStore({ failOn: (key) => (key === victim ? cause : undefined) });
    const error = await failure(apply(plan, store, { concurrency: 1 }));
    expect(error.cause).toBe(cause);
    expect(store.puts).toHaveLength(stored);
    expect([...error.objects.keys()]).toEqual(store.puts);
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
    const error = await failure(apply(plan, store));
    expect((error.cause as Error).message).toContain('0.html');
    expect(store.objects.has('0.html')).toBe(false);
    expect(store.objects.has('staticfiles.json')).toBe(false);
    expect([...error.objects.keys()]).toEqual(expect.arrayContaining(names));
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
  const error = await failure(apply(plan, { ...memory, put }, { concurrency: 1, signal: controller.signal }));
  expect(error.cause).toBe(reason);
  expect(memory.puts).toHaveLength(1);
  expect([...error.objects.keys()]).toEqual(memory.puts);
});

test('progress begins with nothing, counts every upload, and ends with all', async () => {
  const { plan } = await release();
  const seen: Progress[] = [];
  await apply(plan, memoryStore(), { onProgress: (progress) => seen.push(progress) });
  expect(seen.map(({ files }) => files)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(seen[0]).toEqual({ files: 0, ofFiles: 5, bytes: 0, ofBytes: 19 });
  expect(seen.at(-1)).toEqual({ files: 5, ofFiles: 5, bytes: 19, ofBytes: 19 });
});

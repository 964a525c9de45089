import { symlink } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { loadManifest } from '../../../src/assets/manifest.ts';
import type { ObjectStore } from '../../../src/store/store.ts';
import { prepareSync } from '../../../src/sync/prepare-sync.ts';
import type { SyncFolder } from '../../../src/sync/scan-folders.ts';
import { memoryStore, never } from '../../support/fakes.ts';
import { hashedName, planRequest, tempFolders } from '../../support/sync.ts';

const folder = tempFolders();

const statics = (root: string, prefix = 'static/'): SyncFolder => ({
  kind: 'static',
  folder: root,
  prefix,
  acl: undefined,
});

describe('the manifest of a build', () => {
  test('is read from its file', async () => {
    const text = JSON.stringify({ paths: { 'a.css': 'a.5af66c1b1797.css' }, version: '1.1', hash: 'x' });
    const root = await folder({ 'names.json': text });
    expect([...((await loadManifest(`${root}/names.json`)) ?? [])]).toEqual([['a.css', 'a.5af66c1b1797.css']]);
  });

  test('is none where there is no such file, or it is another’s', async () => {
    const root = await folder({ 'manifest.json': '{"name": "App"}' });
    expect(await loadManifest(undefined)).toBeUndefined();
    expect(await loadManifest(`${root}/missing.json`)).toBeUndefined();
    expect(await loadManifest(`${root}/manifest.json`)).toBeUndefined();
    expect(await loadManifest(root)).toBeUndefined();
  });
});

describe('preparing', () => {
  const name = hashedName('a.css', 'x');
  const files = { [name]: 'x', 'staticfiles.json': '{}' };
  const phases = async (given: string, manifestPath: string) => {
    const { plan } = await prepareSync(
      planRequest([statics(given)], { names: new Set([name]), manifestPath }),
      memoryStore(),
      never,
    );
    return Object.fromEntries(plan.puts.map(({ file: { file, phase } }) => [file.path, phase]));
  };

  test('compares every folder with what is below its own prefix, and changes nothing', async () => {
    const [one, two] = [await folder({ 'a.css': 'x', 'a.css.gz': 'x' }), await folder({ 'a.css': 'y' })];
    const store = memoryStore();
    store.seed('static/a.css', 'x');
    store.seed('static-old/a.css', 'x');
    const media: SyncFolder = { kind: 'media', folder: two, prefix: 'media/', acl: undefined };
    const { plan, left, files } = await prepareSync(planRequest([statics(one), media]), store, never);
    expect(plan.verify.map(({ key }) => key)).toEqual(['static/a.css']);
    expect(plan.puts.map(({ file }) => file.key)).toEqual(['media/a.css']);
    expect([left.length, files, store.puts]).toEqual([1, { static: 1, media: 1 }, []]);
  });

  test('reads every page of the listing', async () => {
    const root = await folder({ 'a.css': 'x', 'b.css': 'x' });
    const object = { size: 1, etag: '9dd4e461268c8034f5c8564e155c67a6', lastModified: 0 };
    const list: ObjectStore['list'] = async function* (prefix) {
      yield [{ ...object, key: `${prefix}a.css` }];
      yield [];
      yield [{ ...object, key: `${prefix}b.css` }];
    };
    const { plan } = await prepareSync(planRequest([statics(root)]), { ...memoryStore(), list }, never);
    expect([plan.verify.length, plan.puts.length]).toEqual([2, 0]);
  });

  test('finds the manifest in the folder, however that is written', async () => {
    const base = await folder(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`site/static/${path}`, text])),
    );
    const expected = { [name]: 'hashed', 'staticfiles.json': 'manifest' };
    expect(await phases(`${base}/site/static`, `${base}/site/static/staticfiles.json`)).toEqual(expected);
    expect(await phases(`${base}/site//./static/`, `${base}/site/static/staticfiles.json`)).toEqual(expected);
  });

  test('finds the manifest in a folder that was reached by a link', async () => {
    const base = await folder(Object.fromEntries(Object.entries(files).map(([path, text]) => [`real/${path}`, text])));
    await symlink('real', `${base}/static`);
    const expected = { [name]: 'hashed', 'staticfiles.json': 'manifest' };
    expect(await phases(`${base}/static`, `${base}/static/staticfiles.json`)).toEqual(expected);
    expect(await phases(`${base}/static`, `${base}/real/staticfiles.json`)).toEqual(expected);
  });

  test('takes no media for hashed static files', async () => {
    const root = await folder(files);
    const media: SyncFolder = { kind: 'media', folder: root, prefix: 'media/', acl: undefined };
    const { plan } = await prepareSync(planRequest([media], { names: new Set([name]) }), memoryStore(), never);
    expect(plan.puts.map(({ file }) => file.immutable)).toEqual([false, false]);
    expect(plan.unproven).toEqual([]);
  });

  test('ends with the error of the bucket', async () => {
    const root = await folder(files);
    const failed = new Error('no such bucket');
    // biome-ignore lint/correctness/useYield: it fails before the first page.
    const list: ObjectStore['list'] = async function* () {
      throw failed;
    };
    await expect(prepareSync(planRequest([statics(root)]), { ...memoryStore(), list }, never)).rejects.toBe(failed);
  });

  test('ends with the refused file, also where the bucket fails later', async () => {
    const root = await folder({ '.env': 'x' });
    let fail: (error: Error) => void = () => undefined;
    const later = new Promise<never>((_, reject) => {
      fail = reject;
    });
    // biome-ignore lint/correctness/useYield: it fails before the first page.
    const list: ObjectStore['list'] = async function* () {
      await later;
    };
    const work = prepareSync(planRequest([statics(root)]), { ...memoryStore(), list }, never);
    await expect(work).rejects.toMatchObject({ code: 'FILES_REFUSED', message: expect.stringContaining('.env') });
    fail(new Error('unreachable'));
    await new Promise((done) => setImmediate(done));
  });
});

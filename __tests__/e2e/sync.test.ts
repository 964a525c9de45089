import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { md5 } from '../support/md5.ts';
import { hashedName, tempFolders } from '../support/sync.ts';
import { runSync, type SyncRun } from '../support/sync-run.ts';

/** `command: sync`, with the bundle and an S3 server. */
let server: BucketServer;
const folder = tempFolders();

beforeAll(async () => {
  server = await startBucketServer();
});
afterAll(() => server.stop());

/** A checkout with these files, and a bucket of its own. */
async function scene(bucket: string, files: Record<string, string>) {
  await server.createBucket(bucket);
  const workspace = await folder(files);
  const view = await viewBucket(bucket, server.endpoint);
  const sync = (inputs: Record<string, string> = {}, more: Partial<SyncRun> = {}) =>
    runSync({ workspace, bucket, endpoint: server.endpoint, inputs, ...more });
  return { workspace, view, sync };
}

const headers = async (view: BucketView, key: string) =>
  (await view.store.head(key, new AbortController().signal))?.headers;

describe('folders without a project', () => {
  test('are synced, and what is there already is not sent again', async () => {
    const { view, sync } = await scene('plain', {
      'static/a.css': 'body {}',
      'static/img/ü.svg': '<svg/>',
      'uploads/cv.html': '<script>',
    });
    const inputs = { 'media-dir': 'uploads' };
    const first = await sync(inputs);
    expect(first).toMatchObject({
      exitCode: 0,
      outputs: { status: 'synced', uploaded: '3', unchanged: '0', deleted: '0', environment: 'production' },
    });
    expect(await view.keys()).toEqual([
      '.deploy-django/harbour%2Fnotes/push/production.json',
      'media/cv.html',
      'static/a.css',
      'static/img/ü.svg',
    ]);
    // Media that a browser would run on the site's own origin.
    expect(await headers(view, 'media/cv.html')).toMatchObject({ contentDisposition: 'attachment' });
    const again = await sync(inputs, { run: 2 });
    expect(again.outputs).toMatchObject({ status: 'synced', uploaded: '0', unchanged: '3' });
    expect(again.log.replace(/^Deploy Django .*$/m, '')).not.toContain('Django');
  });

  test('have the manifest that lies in them say which names are made from the content', async () => {
    const name = hashedName('app.js', 'x');
    const manifest = JSON.stringify({ version: '1.1', paths: { 'app.js': name }, hash: '0' });
    const { view, sync } = await scene('manifest', {
      [`static/${name}`]: 'x',
      'static/app.js': 'x',
      'static/staticfiles.json': manifest,
    });
    await sync();
    expect(await headers(view, `static/${name}`)).toMatchObject({ cacheControl: expect.stringContaining('immutable') });
    expect(await headers(view, 'static/app.js')).toMatchObject({ cacheControl: expect.stringContaining('revalidate') });
  });

  test('are only looked at in a dry run', async () => {
    const { view, sync } = await scene('dry', { 'static/a.css': 'x' });
    const result = await sync({ 'dry-run': 'true' });
    expect(result.outputs).toMatchObject({ status: 'planned', uploaded: '0' });
    expect(result.log).toContain('new     static/a.css');
    expect(await view.keys()).toEqual([]);
  });

  test('are refused as a whole where one file should not be public', async () => {
    const { view, sync } = await scene('refused', { 'static/a.css': 'x', 'static/.env': 'SECRET=1' });
    const result = await sync();
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(result.log).toContain('.env: its name');
    expect(await view.keys()).toEqual([]);
  });

  test.each([
    [{ bucket: '' }, 'bucket: is empty, and "command: sync" asks no project for one; name the bucket'],
    [{ 'static-dir': '' }, 'static-dir: is empty, and so is media-dir; name the folder that is to be synced'],
    [{ 'media-dir': 'auto' }, 'media-dir: "auto" is MEDIA_ROOT, and "command: sync" asks no project for it'],
    [{ shard: '5/4' }, 'shard: "5/4" is no part; write it like 1/4'],
    [{ command: 'deploy', shard: '1/4' }, 'shard: is set, and only "command: sync" can be spread over jobs'],
    [{ headers: '*.css Cache-Control' }, 'headers: "*.css Cache-Control" is not "glob  Header: value"'],
    [{ 'static-dir': 'nowhere' }, 'static-dir: there is no folder'],
    [{ endpoint: 'cepf+http://127.0.0.1:1' }, 'endpoint: "cepf" is not one of the vendors'],
  ])('need %j said rightly', async (inputs, message) => {
    const workspace = await folder({ 'static/a.css': 'x' });
    const result = await runSync({ workspace, bucket: 'plain', endpoint: server.endpoint, inputs, run: 9 });
    expect(result.exitCode).toBe(1);
    expect(result.log.replaceAll('%0A', '\n')).toContain(message);
  });

  test('of a pull request go nowhere unless the environment says where', async () => {
    const { view, sync } = await scene('pull', { 'static/a.css': 'x' });
    const payload = {
      number: 7,
      pull_request: { number: 7, head: { sha: 'a'.repeat(40), ref: 'x', repo: { full_name: 'harbour/notes' } } },
    };
    const result = await sync({}, { event: 'pull_request', payload });
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain('environment: staging');
    expect(await view.keys()).toEqual([]);
  });
});

describe('rules for headers', () => {
  test('go before the built-in ones, and a change of them is sent without a change of the file', async () => {
    const { view, sync } = await scene('rules', { 'static/a.css': 'x', 'static/doc/b.pdf': 'x' });
    await sync({ headers: '# all of them\n*.pdf  Content-Disposition: attachment\ndoc/  Cache-Control: no-store' });
    expect(await headers(view, 'static/doc/b.pdf')).toMatchObject({
      contentDisposition: 'attachment',
      cacheControl: 'no-store',
      contentType: 'application/pdf',
    });
    const changed = await sync({ headers: '*.pdf  Content-Disposition: inline' }, { run: 2 });
    expect(changed.outputs).toMatchObject({ uploaded: '1', unchanged: '1' });
    expect(await headers(view, 'static/doc/b.pdf')).toMatchObject({
      contentDisposition: 'inline',
      cacheControl: 'public, max-age=0, must-revalidate',
    });
  });
});

describe('compress: gzip', () => {
  test('stores text compressed, once, and what gains nothing as it is', async () => {
    const text = 'body { color: red }\n'.repeat(200);
    const { view, sync } = await scene('gzip', {
      'static/a.css': text,
      'static/tiny.css': 'x',
      'static/photo.png': text,
    });
    const first = await sync({ compress: 'gzip' });
    expect(first.outputs).toMatchObject({ uploaded: '3' });
    const found = await view.store.get('static/a.css', new AbortController().signal);
    expect(await headers(view, 'static/a.css')).toMatchObject({
      contentEncoding: 'gzip',
      contentType: 'text/css; charset=utf-8',
    });
    expect(gunzipSync(found?.body ?? '').toString()).toBe(text);
    expect(found?.etag).toBe(md5(found?.body ?? ''));
    for (const key of ['static/tiny.css', 'static/photo.png'])
      expect(await headers(view, key)).not.toHaveProperty('contentEncoding');
    expect((await sync({ compress: 'gzip' }, { run: 2 })).outputs).toMatchObject({ uploaded: '0', unchanged: '3' });
    // Without the ledger the bytes themselves say that nothing is new.
    await view.store.delete(['.deploy-django/harbour%2Fnotes/push/production.json'], new AbortController().signal);
    expect((await sync({ compress: 'gzip' }, { run: 3 })).outputs).toMatchObject({ uploaded: '0', unchanged: '3' });
    expect((await sync({}, { run: 4 })).outputs).toMatchObject({ uploaded: '1', unchanged: '2' });
    expect(await view.text('static/a.css')).toBe(text);
  });
});

describe('parts of a sync', () => {
  const files = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`uploads/${index % 7}/${index}.txt`, `content ${index}`]),
  );

  test('together send every file once, and a sync of all finds nothing left to do', async () => {
    const { view, sync } = await scene('parts', files);
    const inputs = { 'static-dir': '', 'media-dir': 'uploads' };
    const parts = await Promise.all([1, 2, 3].map((part) => sync({ ...inputs, shard: `${part}/3` })));
    const counts = parts.map(({ outputs }) => Number(outputs.uploaded));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(Math.min(...counts)).toBeGreaterThan(5);
    expect(await view.keys('media/')).toHaveLength(60);
    expect((await sync(inputs)).outputs).toMatchObject({ uploaded: '0', unchanged: '60' });
    const again = await sync({ ...inputs, shard: '2/3' }, { run: 2 });
    expect(again.outputs).toMatchObject({ uploaded: '0', unchanged: String(counts[1]) });
  });

  test('leave the un-hashed files to the job that releases', async () => {
    const name = hashedName('app.js', 'x');
    const manifest = JSON.stringify({ version: '1.1', paths: { 'app.js': name }, hash: '0' });
    const { view, sync } = await scene('order', {
      [`static/${name}`]: 'x',
      'static/app.js': 'x',
      'static/staticfiles.json': manifest,
    });
    await Promise.all([1, 2].map((part) => sync({ shard: `${part}/2` })));
    expect(await view.keys('static/')).toEqual([`static/${name}`]);
    const release = await sync();
    expect(release.outputs).toMatchObject({ uploaded: '2', unchanged: '1' });
  });
});

describe('an older run', () => {
  test('that comes after a newer one changes nothing, and is no failure', async () => {
    const { workspace, view, sync } = await scene('fence', { 'static/a.css': 'new' });
    await sync({}, { run: 8 });
    const { writeFile } = await import('node:fs/promises');
    await writeFile(`${workspace}/static/a.css`, 'old');
    const result = await sync({}, { run: 7 });
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'superseded', uploaded: '0' } });
    expect(result.log).toContain('A newer deploy took the place of this one');
    expect(await view.text('static/a.css')).toBe('new');
  });
});

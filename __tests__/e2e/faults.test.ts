import { appendFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { ledgerKey } from '../../src/ledger/keys.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { identityOf } from '../support/identity.ts';
import { md5 } from '../support/md5.ts';
import { s3Error, startProxy } from '../support/proxy.ts';
import { hashedName, tempFolders } from '../support/sync.ts';
import { runSync, type SyncRun } from '../support/sync-run.ts';

/** What networks, vendors and runners do to an upload: the bundle, an S3 server, and a proxy between them that fails. */
let server: BucketServer;
const proxies: Awaited<ReturnType<typeof startProxy>>[] = [];
const folder = tempFolders();

beforeAll(async () => {
  server = await startBucketServer();
});
afterAll(async () => {
  for (const proxy of proxies) await proxy.stop();
  await server.stop();
});

/** Numbers from 0 to 1 that look random and are the same in every run of the test (Park and Miller's generator). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const large = Buffer.alloc(20 * 1024 * 1024, 'large ');

/** A release: 200 hashed files, 50 plain ones, one that goes in parts, and the manifest. */
function release(): Record<string, string | Uint8Array> {
  const files: Record<string, string | Uint8Array> = { 'static/film.mp4': large };
  const paths: Record<string, string> = {};
  for (let index = 0; index < 200; index++) {
    const name = hashedName(`app/${index}.css`, `content ${index}`);
    paths[`app/${index}.css`] = name;
    files[`static/${name}`] = `content ${index}`;
    if (index < 50) files[`static/app/${index}.css`] = `content ${index}`;
  }
  files['static/staticfiles.json'] = JSON.stringify({ version: '1.1', paths, hash: '0' });
  return files;
}

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** A bucket of its own behind a proxy that answers as told, with what others keep there. */
async function scene(bucket: string, answer: Answer, files = release()) {
  await server.createBucket(bucket);
  const proxy = await startProxy(server.endpoint, (incoming, outgoing) => answer(incoming, outgoing));
  proxies.push(proxy);
  const workspace = await folder(files);
  const view = await viewBucket(bucket, server.endpoint);
  for (const key of foreign) await view.seed(key, `foreign ${key}`);
  const sync = (more: Partial<SyncRun> = {}) => runSync({ workspace, bucket, endpoint: proxy.endpoint, ...more });
  return { workspace, files, view, proxy, sync };
}

const foreign = ['static-old/a.css', 'static', 'staticfiles/b.css', 'static/of-another-tool.txt', 'media/user.png'];
/** The ledger of the runs of these tests. */
const ledger = ledgerKey(identityOf('production', '.', 'harbour/notes'));
const expected = (files: Record<string, string | Uint8Array>) =>
  new Map(Object.entries(files).map(([path, content]) => [path, md5(content)]));

/** The files of the release are there, byte by byte, and what others keep there is as it was. */
async function expectWhole(view: BucketView, files: Record<string, string | Uint8Array>): Promise<void> {
  const sums = await view.sums();
  for (const key of foreign) {
    expect(sums.get(key)).toBe(md5(`foreign ${key}`));
    sums.delete(key);
  }
  sums.delete(ledger);
  expect(sums).toEqual(expected(files));
}

const openUploads = async (bucket: string) =>
  (await (await fetch(`${server.endpoint}/${bucket}?uploads`)).text()).match(/<Upload>/g)?.length ?? 0;

describe('a bucket that fails now and then', () => {
  test('gets every file all the same: three requests in ten are put off, one in twenty is cut', async () => {
    const random = randomNumbers(20_260_301);
    let faults = 0;
    const { view, sync, files } = await scene('now-and-then', (incoming, outgoing) => {
      const dice = random();
      if (dice >= 0.35) return false;
      faults += 1;
      if (dice < 0.3) return s3Error(outgoing, 503, 'SlowDown', 'Please reduce your request rate.');
      incoming.socket.destroy();
      return true;
    });
    const result = await sync();
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'synced', uploaded: '252' } });
    expect(faults).toBeGreaterThan(80);
    await expectWhole(view, files);
    expect(await openUploads('now-and-then')).toBe(0);
  });

  test('is not given a byte that the file does not have: broken bodies are sent again', async () => {
    let puts = 0;
    const { view, sync, files } = await scene('broken', (incoming, outgoing) => {
      if (incoming.method !== 'PUT' || ++puts % 3 > 0) return false;
      return s3Error(outgoing, 400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
    });
    expect((await sync()).exitCode).toBe(0);
    await expectWhole(view, files);
  });
});

describe('a bucket that puts every upload off', () => {
  test('ends the run with a clear message, before any un-hashed file is touched, and deletes nothing', async () => {
    const { view, sync, proxy } = await scene('always', ({ method }, outgoing) =>
      method === 'PUT' ? s3Error(outgoing, 503, 'SlowDown', 'Please reduce your request rate.') : false,
    );
    const result = await sync();
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed', uploaded: '0' } });
    expect(result.log).toMatch(/::error::The bucket "always" at .* failed while storing .*SlowDown/);
    expect(result.log).toContain('Run the job again');
    expect(await view.keys()).toEqual([...foreign].sort());
    expect(proxy.seen.filter((line) => /^(DELETE|POST) /.test(line))).toEqual([]);
  });
});

describe('a run that is lost', () => {
  test('at ten moments, one after the other, is healed by the next: nothing missing, nothing left open', async () => {
    const random = randomNumbers(7);
    let crash: AbortController | undefined;
    let until = 0;
    const { view, sync, files } = await scene('lost', () => {
      if (crash && --until < 0) crash.abort();
      return false;
    });
    const exits: (number | null)[] = [];
    for (let moment = 0; moment < 10; moment++) {
      crash = new AbortController();
      // A run has some 260 requests as long as nothing of it is there.
      until = Math.floor(random() * 60);
      exits.push((await sync({ crash: crash.signal })).exitCode);
    }
    crash = undefined;
    expect(exits.filter((code) => code === null).length).toBeGreaterThanOrEqual(5);
    expect((await sync()).exitCode).toBe(0);
    await expectWhole(view, files);
    expect(await openUploads('lost')).toBe(0);
    expect((await view.ledger())?.uploads).toEqual([]);
    expect((await sync()).outputs).toMatchObject({ uploaded: '0', unchanged: '252' });
  });

  test('while it sends a file in parts leaves parts that the next run takes away', async () => {
    const crash = new AbortController();
    const { view, sync, files } = await scene('parts', ({ url }) => {
      if (url?.includes('partNumber=2')) crash.abort();
      return false;
    });
    expect((await sync({ crash: crash.signal })).exitCode).toBeNull();
    expect(await openUploads('parts')).toBe(1);
    const healed = await sync();
    expect(healed.log).toContain('Ended 1 upload that an earlier run had left behind.');
    await expectWhole(view, files);
    expect(await openUploads('parts')).toBe(0);
  });
});

describe('a run that is cancelled', () => {
  test('ends its uploads in parts itself, and notes what is there', async () => {
    const cancel = new AbortController();
    const { view, sync } = await scene('cancelled', ({ url }) => {
      if (url?.includes('partNumber=2')) cancel.abort();
      return false;
    });
    const result = await sync({ signal: cancel.signal });
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(result.log).toContain('The run was cancelled.');
    expect(await openUploads('cancelled')).toBe(0);
    expect(await view.keys('static/staticfiles.json')).toEqual([]);
    const known = [...((await view.ledger())?.objects.keys() ?? [])];
    expect(await view.keys()).toEqual(expect.arrayContaining(known));
  });
});

describe('a file that changes while it is sent', () => {
  // The change is made in one go, before the proxy passes the first part on: the upload cannot end before it.
  test.each<[string, (path: string) => void]>([
    ['grows', (path) => appendFileSync(path, 'more')],
    [
      'is written again with other bytes of the same length',
      (path) => {
        const bytes = readFileSync(path);
        bytes[bytes.length - 1] = 0;
        writeFileSync(path, bytes);
        utimesSync(path, new Date(), new Date(Date.now() + 5_000));
      },
    ],
  ])('and %s stops the run, is named, and is not stored', async (how, change) => {
    const bucket = `changing-${how.length}`;
    let changed = false;
    const { workspace, view, sync } = await scene(
      bucket,
      ({ url }) => {
        if (!changed && url?.includes('partNumber=')) {
          changed = true;
          change(`${workspace}/static/film.mp4`);
        }
        return false;
      },
      { 'static/film.mp4': large },
    );
    const result = await sync();
    expect(changed).toBe(true);
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain('film.mp4 changed while it was being uploaded');
    expect(await view.keys('static/film.mp4')).toEqual([]);
    expect(await openUploads(bucket)).toBe(0);
  });
});

describe('a ledger that is lost', () => {
  test.each<[string, ((text: string) => string) | undefined]>([
    ['gone', undefined],
    ['not readable', () => '{"version": 1, "rel'],
    ['empty', () => ''],
    ['not whole where it says who publishes (B5)', (text) => text.replace('{', '{"publishing":{},')],
    ['not made of rows (B5)', (text) => text.replace('\n', '\n[1,2,3],\n')],
    ['a page of HTML', () => '<!doctype html><title>Sign in</title>'],
  ])(
    'because it is %s is made anew from what is there, without an upload and without a delete',
    async (how, change) => {
      const files = { 'static/a.css': 'a', 'static/b.css': 'b' };
      const { view, sync, proxy } = await scene(`ledger-${how.length}`, () => false, files);
      await sync();
      const [key = ''] = await view.keys('.deploy-django/');
      const text = (await view.text(key)) ?? '';
      if (change === undefined) await view.store.delete([key], new AbortController().signal);
      else await view.seed(key, change(text));
      proxy.seen.length = 0;
      const result = await sync({ run: 2 });
      expect(result.outputs).toMatchObject({ status: 'synced', uploaded: '0', unchanged: '2' });
      expect(result.log.includes('cannot be read')).toBe(change !== undefined);
      expect([...((await view.ledger())?.objects.keys() ?? [])]).toEqual(Object.keys(files));
      const deletes = proxy.seen.filter((line) => /^(DELETE|POST) /.test(line));
      expect(deletes.filter((line) => !line.includes('.deploy-django/'))).toEqual([]);
      await expectWhole(view, files);
    },
  );
});

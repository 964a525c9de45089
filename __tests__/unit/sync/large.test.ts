import { truncate, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Stored } from '../../../src/ledger/change.ts';
import { emptyLedger } from '../../../src/ledger/ledger.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { wholeLimit } from '../../../src/store/s3/multipart.ts';
import { createS3Store } from '../../../src/store/s3/s3-store.ts';
import type { ObjectStore } from '../../../src/store/store.ts';
import { applySync } from '../../../src/sync/apply-sync.ts';
import { planSync } from '../../../src/sync/sync-plan.ts';
import { fakeClock, fakeHttp } from '../../support/fakes.ts';
import { md5 } from '../../support/md5.ts';
import { type LoopbackServer, serveHttp } from '../../support/server.ts';
import { applyOptions, remoteOf, scan, syncSource, tempFolders } from '../../support/sync.ts';

const folder = tempFolders();
const size = wholeLimit + 1000;
let server: LoopbackServer;
let store: ObjectStore;
/** What became of each upload in parts. */
let ends: string[] = [];

/** As much of a bucket as an upload in parts needs: it takes every part. */
beforeAll(async () => {
  server = await serveHttp((request, response) => {
    if (request.method === 'HEAD') {
      response.writeHead(200, { ETag: '"whole-2"', 'Content-Length': size }).end();
      return;
    }
    const part = request.method === 'PUT';
    const begins = !part && !request.url?.includes('uploadId');
    if (!part && !begins) ends.push(request.method === 'DELETE' ? 'aborted' : 'completed');
    if (part) response.setHeader('ETag', '"part"');
    const body = begins ? '<Initiated><UploadId>1</UploadId></Initiated>' : '<Done><ETag>"whole-2"</ETag></Done>';
    request.resume().on('end', () => response.end(part ? '' : body));
  });
  const credentials = { accessKeyId: new Secret('test-key'), secretAccessKey: new Secret('test-secret') };
  const place = { bucket: 'assets', endpoint: server.origin, vendor: undefined, region: 'us-east-1' };
  const http = fakeHttp(() => new Error('nobody may ask'));
  const io = { clock: fakeClock(), random: () => 1, http, onWarning: () => undefined };
  store = await createS3Store({ ...place, ...io, credentials, concurrency: 1 });
});
afterAll(async () => {
  await store.close();
  await server.stop();
});

/** Plans one large file, changes it, and sends the plan. */
async function send(change: (path: string) => Promise<void>) {
  ends = [];
  const root = await folder({ 'film.mp4': Buffer.alloc(size, 'x') });
  const { files } = await scan(root);
  const plan = planSync([syncSource(files, { root })], remoteOf(), emptyLedger);
  await change(`${root}/film.mp4`);
  const objects = new Map<string, Stored>();
  await applySync(plan, store, objects, applyOptions());
  return objects;
}

describe('a file that is sent in parts', () => {
  test('is stored whole, and known by its own MD5 whatever the ETag', async () => {
    const objects = await send(async () => undefined);
    expect(objects.get('static/film.mp4')).toMatchObject({ size, etag: 'whole-2', md5: md5(Buffer.alloc(size, 'x')) });
    expect(ends).toEqual(['completed']);
  });

  test.each<[string, (path: string) => Promise<void>]>([
    ['changed', (path) => writeFile(path, Buffer.alloc(size, 'y'))],
    ['replaced by a longer one', (path) => writeFile(path, Buffer.alloc(size + 1, 'z'))],
    ['cut off', (path) => truncate(path, size - 1)],
  ])('is never stored where it was %s after it had been hashed', async (_how, change) => {
    await expect(send(change)).rejects.toThrow(/changed/);
    expect(ends).not.toContain('completed');
  });
});

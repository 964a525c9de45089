import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mapLimit } from '../../src/lib/map-limit.ts';
import { createS3Store } from '../../src/store/s3/s3-store.ts';
import type { FileBody, ObjectStore } from '../../src/store/store.ts';
import { bucketOptions } from '../support/bucket.ts';
import { never } from '../support/fakes.ts';
import { md5 } from '../support/md5.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { type SlowLine, startSlowLine } from '../support/slow-line.ts';
import { type Files, plain, putOf, tempFiles } from './support/place.ts';

/**
 * The store over a line of 400 kB a second with a minute of silence, both made faster together: parts of 16 MiB take longer
 * than a silence may last, alone and together. Not much faster: what waits for a busy machine must not look like a silence.
 */
const scale = 10;
const rate = 400_000 * scale;
const silence = 60_000 / scale;

let files: Files;
let server: S3Server;
let line: SlowLine;
let store: ObjectStore;

beforeAll(async () => {
  files = await tempFiles();
});
afterAll(() => files.remove());

beforeEach(async () => {
  server = await startS3Server({ host: '127.0.0.1' });
  line = await startSlowLine(server.endpoint, rate);
  const endpoint = `http://127.0.0.1:${line.port}`;
  store = await createS3Store(bucketOptions('assets', endpoint, { vendor: 'minio', silence }));
});
afterEach(async () => {
  await store.close();
  await line.stop();
  await server.stop();
});

const headersOf = (requests: number) => requests * 2_000;

test('a file of several parts arrives, and no byte of it is sent twice', async () => {
  const size = 40 * 1024 * 1024;
  const film: FileBody = await files.sparse('film.bin', size);
  const request = { key: 'film.mp4', body: film, md5: md5(Buffer.alloc(size)), headers: plain, acl: undefined };
  await store.put(request, never);
  expect(server.objects.get('film.mp4')?.size).toBe(size);
  expect(line.carried().up).toBeGreaterThan(size);
  expect(line.carried().up).toBeLessThan(size + headersOf(server.requests.length));
  expect(store.traffic?.()).toEqual({ sent: size, repeated: new Map() });
});

test('some hundred small files arrive, and none is sent twice', async () => {
  const bodies = Array.from({ length: 300 }, () => randomBytes(100 * 1024));
  const total = bodies.length * 100 * 1024;
  await mapLimit(bodies, store.atOnce, never, (body, at) => store.put(putOf(`file-${at}.bin`, body), never));
  expect(server.objects.size).toBe(300);
  expect(server.requests.length).toBe(300);
  expect(line.carried().up).toBeLessThan(total + headersOf(300));
  expect(store.traffic?.()).toEqual({ sent: total, repeated: new Map() });
});

test('both at once arrive, and nothing is sent twice', async () => {
  const size = 33 * 1024 * 1024;
  const film: FileBody = await files.sparse('both.bin', size);
  const request = { key: 'film.mp4', body: film, md5: md5(Buffer.alloc(size)), headers: plain, acl: undefined };
  const bodies = Array.from({ length: 100 }, () => randomBytes(60 * 1024));
  await Promise.all([
    store.put(request, never),
    mapLimit(bodies, store.atOnce, never, (body, at) => store.put(putOf(`file-${at}.bin`, body), never)),
  ]);
  expect(server.objects.size).toBe(101);
  expect(line.carried().up).toBeLessThan(size + bodies.length * 60 * 1024 + headersOf(server.requests.length));
  expect(store.traffic?.().repeated).toEqual(new Map());
});

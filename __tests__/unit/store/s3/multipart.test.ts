import { createHash } from 'node:crypto';
import { stat, truncate, writeFile } from 'node:fs/promises';
import { afterEach, expect, test } from '@jest/globals';
import { createS3Store } from '../../../../src/store/s3/s3-store.ts';
import { bucketOptions } from '../../../support/bucket.ts';
import { fakeClock, never } from '../../../support/fakes.ts';
import { type Fault, type S3Server, startS3Server } from '../../../support/s3-server.ts';
import { tempFolders } from '../../../support/sync.ts';

const size = 20 * 1024 * 1024;
const md5 = createHash('md5').update(Buffer.alloc(size)).digest('hex');
const folder = tempFolders();
const servers: S3Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

/** Sends a file of two parts to a bucket that answers as told. */
async function send(fault?: Fault, signal = never) {
  const server = await startS3Server({ host: '127.0.0.1', ...(fault ? { fault } : {}) });
  servers.push(server);
  const root = await folder();
  const file = `${root}/film.mp4`;
  await writeFile(file, '');
  await truncate(file, size);
  const store = await createS3Store(bucketOptions('assets', server.endpoint, { clock: fakeClock() }));
  const headers = { contentType: 'video/mp4', cacheControl: 'no-cache' };
  const body = { file, size, modified: (await stat(file)).mtimeMs };
  const sent = store.put({ key: 'film.mp4', body, md5, headers, acl: undefined }, signal);
  return { server, sent };
}

const xml = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>m</Message></Error>`;

test('a file goes in parts, and its size is looked at in the end', async () => {
  const { server, sent } = await send();
  expect(await sent).toBe(server.objects.get('film.mp4')?.etag);
  expect(server.asked.sort()).toEqual(['begin', 'finish', 'head', 'part 1', 'part 2']);
});

// https://github.com/aws/aws-sdk-js-v3/issues/1657
test('a completion that fails with status 200 is an error', async () => {
  const { server, sent } = await send((step, outgoing) => {
    if (step !== 'finish') return false;
    outgoing.writeHead(200).end(xml('InternalError'));
    return true;
  });
  await expect(sent).rejects.toMatchObject({ code: 'BUCKET_FAILED' });
  expect([...server.uploads]).toEqual([]);
});

test('a completion that says nothing is an error, unless the object is there', async () => {
  const { server, sent } = await send((step, outgoing) => {
    if (step !== 'finish') return false;
    outgoing.writeHead(200).end('<?xml version="1.0"?><CompleteMultipartUploadResult/>');
    return true;
  });
  await expect(sent).rejects.toThrow('film.mp4 has no bytes after it was sent whole');
  expect(server.objects.get('film.mp4')?.size).toBeUndefined();
});

test('a completion whose answer was lost, and that is not known any more when it is said again, is done', async () => {
  let lost = false;
  const { server, sent } = await send((step, outgoing) => {
    if (step !== 'finish' || lost) return false;
    lost = true;
    // The upload is completed, and the connection is cut before the answer.
    server.finish();
    outgoing.destroy();
    return true;
  });
  expect(await sent).toBe(server.objects.get('film.mp4')?.etag);
  expect(server.asked.filter((step) => step === 'begin')).toHaveLength(1);
});

test('an upload that another run took away is begun once more', async () => {
  let taken = false;
  const { server, sent } = await send((step) => {
    if (step === 'part 2' && !taken) {
      taken = true;
      server.uploads.clear();
    }
    return false;
  });
  expect(await sent).toBe(server.objects.get('film.mp4')?.etag);
  expect(server.asked.filter((step) => step === 'begin')).toHaveLength(2);
  expect(server.objects.get('film.mp4')?.size).toBe(size);
});

test('a part that is refused ends the upload, and nothing stays open', async () => {
  const { server, sent } = await send((step, outgoing) => {
    if (step !== 'part 2') return false;
    outgoing.writeHead(403, { 'content-type': 'application/xml' }).end(xml('AccessDenied'));
    return true;
  });
  await expect(sent).rejects.toMatchObject({ code: 'BUCKET_DENIED' });
  expect(server.asked).toContain('abort');
  expect([...server.uploads]).toEqual([]);
});

test('a cancelled run ends the upload itself', async () => {
  const controller = new AbortController();
  const reason = new Error('cancelled');
  const { server, sent } = await send((step) => {
    if (step === 'part 1') controller.abort(reason);
    return step === 'part 1';
  }, controller.signal);
  await expect(sent).rejects.toBe(reason);
  expect([...server.uploads]).toEqual([]);
});

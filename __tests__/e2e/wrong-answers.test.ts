import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { viewBucket } from '../support/bucket.ts';
import { startProject } from '../support/django-project.ts';
import { type Intercept, s3Error, startProxy } from '../support/proxy.ts';
import { startQuickHost } from '../support/quick-host.ts';
import { tempFolders } from '../support/sync.ts';
import { runSync, type SyncRun } from '../support/sync-run.ts';
import { previewSettings } from '../support/workflow.ts';

/** Answers of a bucket that say less than they seem to, and what runs with wrong clocks left in it. */
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

async function scene(bucket: string, intercept: Intercept = () => false) {
  await server.createBucket(bucket);
  const proxy = await startProxy(server.endpoint, intercept);
  proxies.push(proxy);
  const workspace = await folder({ 'static/a.css': 'a', 'static/b.css': 'b' });
  const view = await viewBucket(bucket, server.endpoint);
  const sync = (more: Partial<SyncRun> = {}) =>
    runSync({ workspace, bucket, endpoint: proxy.endpoint, run: 5, ...more });
  return { view, proxy, sync, bucket };
}

describe('the lease of a run whose clock was wrong by a thousand years (B1)', () => {
  /** A run is lost while it exchanges files; then what it noted about itself gets the time of its clock. */
  async function lose({ view, bucket }: Pick<Awaited<ReturnType<typeof scene>>, 'view' | 'bucket'>): Promise<void> {
    const crash = new AbortController();
    const proxy = await startProxy(server.endpoint, ({ method, url = '' }) => {
      if (method === 'PUT' && url.includes('/static/')) crash.abort();
      return false;
    });
    proxies.push(proxy);
    const workspace = await folder({ 'static/a.css': 'lost' });
    await runSync({ workspace, bucket, endpoint: proxy.endpoint, run: 4, crash: crash.signal });
    const keys = await view.keys('.deploy-django/');
    const texts = await Promise.all(keys.map(async (key) => [key, (await view.text(key)) ?? ''] as const));
    const isLease = ([, text]: readonly [string, string]) => text.includes('"until":"');
    expect(texts.filter(isLease)).toHaveLength(1);
    for (const [key, text] of texts.filter(isLease))
      await view.seed(key, text.replace(/"until":"[^"]*"/, '"until":"2999-01-01T00:00:00.000Z"'));
  }

  test('is waited for no longer than the timeout of the run', async () => {
    const place = await scene('lease-new');
    await lose(place);
    const before = await place.view.etags('static/');
    const result = await place.sync({ inputs: { timeout: '4s' } });
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(result.log).toContain(`Waiting for ${'c'.repeat(12)}`);
    expect(result.log).toMatch(/::error::.*for longer than the timeout of this run \(4 s\)/);
    expect(await place.view.etags('static/')).toEqual(before);
  });

  test('is not believed once it is older than a lease lasts, by the clock of the bucket', async () => {
    const old = async (url: string, outgoing: ServerResponse) => {
      const listed = await (await fetch(`${server.endpoint}${url}`)).text();
      const aged = listed.replace(/(<Key>[^<]*lease\.json<\/Key>\s*<LastModified>)[^<]*/g, (all, before: string) =>
        all.includes('/4-1-') ? `${before}2020-01-01T00:00:00.000Z` : all,
      );
      outgoing.writeHead(200, { 'content-type': 'application/xml' }).end(aged);
    };
    const place = await scene('lease-old', ({ method, url = '' }, outgoing) => {
      if (method !== 'GET' || !url.includes('list-type=')) return false;
      void old(url, outgoing);
      return true;
    });
    await lose(place);
    const result = await place.sync({ inputs: { timeout: '20s' } });
    expect(result).toMatchObject({ exitCode: 0, outputs: { uploaded: '2' } });
  });
});

describe('at a vendor that nobody knows, a PUT that is answered 200 (B6)', () => {
  type Answer = (outgoing: ServerResponse) => void;
  const answers: readonly [string, Answer][] = [
    ['with another ETag', (outgoing) => void outgoing.writeHead(200, { etag: `"${'0'.repeat(32)}"` }).end()],
    [
      'with an error and no ETag',
      (outgoing) =>
        void outgoing
          .writeHead(200, { 'content-type': 'application/xml' })
          .end('<?xml version="1.0"?><Error><Code>InternalError</Code><Message>We failed.</Message></Error>'),
    ],
    ['without an ETag', (outgoing) => void outgoing.writeHead(200).end()],
  ];

  const isUpload = ({ method, url = '' }: IncomingMessage) => method === 'PUT' && url.includes('/static/a.css');

  test.each(answers)('%s, and was not stored, ends the run red', async (what, answer) => {
    const { view, sync } = await scene(`nothing-${what.length}`, (incoming, outgoing) => {
      if (!isUpload(incoming)) return false;
      answer(outgoing);
      return true;
    });
    const result = await sync();
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(result.log).toContain('static/a.css');
    expect(result.log).not.toContain('The files are in place');
    expect(await view.keys('static/a.css')).toEqual([]);
  });

  test.each(answers.slice(1))('%s, and was stored all the same, is found there by HEAD', async (what, answer) => {
    const put = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      await fetch(`${server.endpoint}${incoming.url}`, { method: 'PUT', body: Buffer.concat(chunks) });
      answer(outgoing);
    };
    const { view, sync } = await scene(`stored-${what.length}`, (incoming, outgoing) => {
      if (!isUpload(incoming)) return false;
      void put(incoming, outgoing);
      return true;
    });
    const result = await sync();
    expect(result).toMatchObject({ exitCode: 0, outputs: { uploaded: '2' } });
    expect(await view.text('static/a.css')).toBe('a');
  });
});

describe('files that visitors cannot read (U2)', () => {
  const asIs: Intercept = () => false;
  /** A bucket with "ACLs disabled", as new ones at AWS are; and one that blocks public access, which refuses public ACLs. */
  const noAcls: Intercept = ({ headers }, outgoing) =>
    headers['x-amz-acl'] !== undefined &&
    s3Error(outgoing, 400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs');
  const noPublicAcls: Intercept = ({ headers }, outgoing) =>
    headers['x-amz-acl'] !== undefined &&
    s3Error(outgoing, 403, 'AccessDenied', 'because public ACLs are prevented by the BlockPublicAcls setting');

  test.each<[string, string, string, RegExp, Intercept]>([
    ['because they are private', '', 'static/', /Visitors cannot read .* it answers 403/, asIs],
    [
      'because STATIC_URL leads elsewhere',
      'public-read',
      'assets/',
      /answers 404, and the bucket has the file as/,
      asIs,
    ],
    ['because the bucket takes no ACLs', 'public-read', 'static/', /Visitors cannot read .* it answers 403/, noAcls],
    ['because public access is blocked', 'public-read', 'static/', /blocks public access/, noPublicAcls],
  ])('%s stop the run before the host is asked', async (why, acl, path, error, intercept) => {
    const { bucket, proxy } = await scene(`unreadable-${why.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`, intercept);
    const host = await startQuickHost();
    const project = await startProject();
    try {
      await project.append('site1/settings.py', previewSettings(`${server.endpoint}/${bucket}/${path}`));
      const result = await runAction({
        workspace: project.folder,
        sha: await project.commit(),
        env: project.path,
        inputs: {
          ...host.inputs,
          bucket,
          endpoint: proxy.endpoint,
          'access-key-id': 'test-key',
          'secret-access-key': 'test-secret',
          'static-prefix': 'static',
          acl,
          install: 'none',
        },
      });
      expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
      expect(result.log).toMatch(error);
      expect(host.asked).toEqual([]);
    } finally {
      await host.stop();
      await project.remove();
    }
  });
});

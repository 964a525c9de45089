import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type Identity, previewFolder } from '../../src/core/identity.ts';
import { writeLedger } from '../../src/ledger/codec.ts';
import { ledgerKey } from '../../src/ledger/keys.ts';
import { emptyLedger, type LedgerObject } from '../../src/ledger/ledger.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { type Project, startProject } from '../support/django-project.ts';
import { pullRequest } from '../support/github/events.ts';
import { identityOf } from '../support/identity.ts';
import { md5 } from '../support/md5.ts';
import { type Intercept, startProxy } from '../support/proxy.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import { tempFolders } from '../support/sync.ts';
import { previewSettings } from '../support/workflow.ts';

/** What is deleted when a bucket, a proxy before it, or a ledger says something that is not so. */
let server: BucketServer;
const proxies: Awaited<ReturnType<typeof startProxy>>[] = [];
const folder = tempFolders();
/** Id of the repository. */
const own = '4711';
const sha = 'c'.repeat(40);

beforeAll(async () => {
  server = await startBucketServer();
});
afterAll(async () => {
  for (const proxy of proxies) await proxy.stop();
  await server.stop();
});

const rowOf = (content: string, more: Partial<LedgerObject> = {}): LedgerObject => {
  const sum = md5(content);
  return { md5: sum, size: Buffer.byteLength(content), etag: sum, headers: '', first: 1, last: 1, ...more };
};

const pastRelease = (seq: number) => ({
  seq,
  release: `${String(seq).repeat(12)}-${seq}.1`,
  sha: String(seq).repeat(40),
  at: '2026-03-01T12:00:00.000Z',
  run: { id: seq, attempt: 1 },
  live: '2026-03-01T12:00:00.000Z',
});

/** Writes a ledger with six live releases and these rows, whose objects need not be there. */
async function seedLedger(
  view: BucketView,
  identity: Identity,
  rows: Readonly<Record<string, LedgerObject>>,
  prefixes: readonly string[] = ['static/'],
): Promise<void> {
  const releases = [1, 2, 3, 4, 5, 6].map(pastRelease);
  const ledger = { ...emptyLedger, identity, prefixes, releases, objects: new Map(Object.entries(rows)) };
  await view.seed(ledgerKey(identity), writeLedger(ledger, identity), 'application/json');
}

/** A listing, and what is asked for in it; undefined if a request is no listing. */
function listingOf({ method, url = '' }: IncomingMessage): string | undefined {
  const { searchParams } = new URL(url, 'http://bucket.test');
  return method === 'GET' && searchParams.has('list-type') ? (searchParams.get('prefix') ?? '') : undefined;
}

/** What can be wrong with the answer to a listing; each gets what the bucket would answer, and whom to ask. */
type Fault = (bucket: string, whole: string) => string | Promise<string>;
const faults: readonly [string, Fault][] = [
  ['an error with status 200', () => '<?xml version="1.0"?><Error><Code>InternalError</Code></Error>'],
  ['a page of HTML', () => '<!doctype html><html><body>Bad gateway</body></html>'],
  ['a listing that is cut', (_bucket, whole) => whole.slice(0, -30)],
  ['an empty body', () => ''],
  [
    'a listing of the whole bucket, because the prefix got lost',
    async (bucket) => (await fetch(`${server.endpoint}/${bucket}?list-type=2`)).text(),
  ],
];

/** A bucket of its own whose listings go wrong where that is told. */
async function scene(bucket: string, fault?: Fault, isWrong: (prefix: string) => boolean = () => true) {
  await server.createBucket(bucket);
  const answer = async (url: string, outgoing: ServerResponse, wrong: Fault) => {
    const whole = await (await fetch(`${server.endpoint}${url}`)).text();
    outgoing.writeHead(200, { 'content-type': 'application/xml' }).end(await wrong(bucket, whole));
  };
  const intercept: Intercept = (incoming, outgoing) => {
    const prefix = listingOf(incoming);
    if (!fault || prefix === undefined || !isWrong(prefix)) return false;
    void answer(incoming.url ?? '', outgoing, fault);
    return true;
  };
  const proxy = await startProxy(server.endpoint, intercept);
  proxies.push(proxy);
  const view = await viewBucket(bucket, server.endpoint);
  return { bucket, view, endpoint: proxy.endpoint };
}
type Scene = Awaited<ReturnType<typeof scene>>;

const access = ({ bucket, endpoint }: Scene) => ({
  bucket,
  endpoint,
  'access-key-id': 'test-key',
  'secret-access-key': 'test-secret',
});

describe('when pull request #7 is closed', () => {
  const preview = identityOf('preview/pr-7', '.', own);
  const place = previewFolder(preview);
  const closed = pullRequest('closed', { number: 7, head: sha, merge: sha, from: 'harbour/notes' });

  const close = async (at: Scene) =>
    runAction({
      workspace: await folder({ 'README.md': '' }),
      sha,
      event: closed.event,
      payload: closed.payload,
      env: { ...closed.env, GITHUB_REPOSITORY_ID: own },
      inputs: { command: 'teardown', host: 'none', ...access(at) },
    });

  /** What is in every bucket: files of the preview that its ledger names, and of everybody else. */
  const others = ['static/app.css', 'media/users/1.jpg', 'backup.sql', 'previews/other/pr-7/static/a.css'];
  async function fill(view: BucketView, rows: Readonly<Record<string, LedgerObject>> = {}): Promise<void> {
    for (const key of others) await view.seed(key, `of others: ${key}`);
    await view.seed(`${place}static/a.css`, 'ours');
    await seedLedger(view, preview, { [`${place}static/a.css`]: rowOf('ours'), ...rows }, [`${place}static/`]);
  }

  test('what its ledger names is deleted, and nothing else', async () => {
    const at = await scene('closed');
    await fill(at.view);
    const result = await close(at);
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'removed', deleted: '1' } });
    expect(await at.view.keys()).toEqual([...others].sort());
  });

  test.each(faults)('nothing is deleted where the bucket answers %s', async (what, fault) => {
    const at = await scene(`closed-${what.length}`, fault);
    await fill(at.view);
    const before = await at.view.sums();
    const result = await close(at);
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(result.log).toMatch(/::error::.*listing/);
    expect(await at.view.sums()).toEqual(before);
  });

  test('files of another tool in its folder stay, with a ledger and without one', async () => {
    for (const [name, ledger] of [
      ['with', true],
      ['without', false],
    ] as const) {
      const at = await scene(`storybook-${name}`);
      if (ledger) await fill(at.view);
      await at.view.seed(`${place}storybook/index.html`, 'of another tool');
      const result = await close(at);
      expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'removed', deleted: ledger ? '1' : '0' } });
      expect(await at.view.keys(place)).toEqual([`${place}storybook/index.html`]);
    }
  });

  test('files outside its folder stay, also those that its ledger names with their very ETags', async () => {
    const at = await scene('outside');
    const rows = Object.fromEntries(others.map((key) => [key, rowOf(`of others: ${key}`)]));
    await fill(at.view, rows);
    const result = await close(at);
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'removed', deleted: '1' } });
    expect(await at.view.keys()).toEqual([...others].sort());
    expect(result.log).toContain('Left alone: static/app.css (it lies outside of the prefixes that are ours)');
  });

  test('a file that somebody wrote anew stays', async () => {
    const at = await scene('anew');
    await fill(at.view);
    await at.view.seed(`${place}static/a.css`, 'of somebody else');
    const result = await close(at);
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'removed', deleted: '0' } });
    expect(await at.view.text(`${place}static/a.css`)).toBe('of somebody else');
  });
});

describe('when production prunes', () => {
  const production = identityOf('production', '.', own);
  const neighbour = identityOf('production', '.', '4712');
  const old = 'static/pages/home.aaaaaaaaaaaa.css';
  let project: Project;
  let host: QuickHost;
  let commit: string;

  beforeAll(async () => {
    project = await startProject();
    await project.append('site1/settings.py', previewSettings('/static/'));
    commit = await project.commit();
    host = await startQuickHost();
  });
  afterAll(async () => {
    await host.stop();
    await project.remove();
  });

  const deploy = (at: Scene) =>
    runAction({
      workspace: project.folder,
      sha: commit,
      env: { ...project.path, GITHUB_REPOSITORY_ID: own, GITHUB_RUN_ID: '50', GITHUB_RUN_NUMBER: '50' },
      inputs: {
        ...host.inputs,
        ...access(at),
        install: 'none',
        acl: 'public-read',
        prune: '1s',
        env: `STATIC_URL=${server.endpoint}/${at.bucket}/static/`,
      },
    });

  const fill = (view: BucketView) =>
    Promise.all([view.seed(old, 'old'), seedLedger(view, production, { [old]: rowOf('old', { gone: 1_000 }) })]);

  test('an old file of its own is deleted', async () => {
    const at = await scene('pruned');
    await fill(at.view);
    const result = await deploy(at);
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'live', deleted: '1' } });
    expect(await at.view.keys(old)).toEqual([]);
  });

  test('an old file that another repository serves stays', async () => {
    const at = await scene('neighbour');
    await fill(at.view);
    await seedLedger(at.view, neighbour, { [old]: rowOf('old') });
    const result = await deploy(at);
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'live', deleted: '0' } });
    expect(await at.view.text(old)).toBe('old');
  });

  test.each(faults)('nothing is deleted where the listing of the ledgers is %s', async (what, fault) => {
    const at = await scene(`ledgers-${what.length}`, fault, (prefix) => prefix === '.deploy-django/');
    await fill(at.view);
    await seedLedger(at.view, neighbour, { [old]: rowOf('old') });
    const result = await deploy(at);
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'live', deleted: '0' } });
    expect(result.log).toMatch(/::warning::Old static files stay in the bucket:/);
    expect(await at.view.text(old)).toBe('old');
  });
});

import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { type Project, startProject } from '../support/django-project.ts';
import { type Happening, pullRequest, pushed } from '../support/github/events.ts';
import { md5 } from '../support/md5.ts';
import { type Intercept, startProxy } from '../support/proxy.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import { previewSettings } from '../support/workflow.ts';

/**
 * What is deleted when a bucket, a proxy before it, or a ledger says something that is not so. Everything in the buckets was put
 * there by deploys of the bundle; each case has a copy of them.
 */
let server: BucketServer;
let project: Project;
let host: QuickHost;
let commit: string;
const proxies: Awaited<ReturnType<typeof startProxy>>[] = [];

beforeAll(async () => {
  server = await startBucketServer();
  host = await startQuickHost();
  project = await startProject();
  // Without the admin a release has six files, which are soon copied.
  await project.append(
    'site1/settings.py',
    `${previewSettings('/static/')}\nINSTALLED_APPS.remove("django.contrib.admin")\n`,
  );
  await project.write('site1/urls.py', 'urlpatterns = []\n');
  await project.write('pages/templates/pages/home.html', '<p>Hello</p>');
  commit = await project.commit();
});
afterAll(async () => {
  for (const proxy of proxies) await proxy.stop();
  await host.stop();
  await project.remove();
  await server.stop();
});

/** A listing, and what is asked for in it; undefined if a request is no listing. */
function listingOf({ method, url = '' }: IncomingMessage): string | undefined {
  const { searchParams } = new URL(url, 'http://bucket.test');
  return method === 'GET' && searchParams.has('list-type') ? (searchParams.get('prefix') ?? '') : undefined;
}

/** What can be wrong with the answer to a listing; each gets what the bucket would answer, and whom to ask. */
type Fault = (bucket: string, whole: string) => string | Promise<string>;
const noContents = (text: string) => text.replace(/<Contents>[\s\S]*<\/Contents>/, '');
const faults: readonly [string, Fault][] = [
  ['an error with status 200', () => '<?xml version="1.0"?><Error><Code>InternalError</Code></Error>'],
  ['a page of HTML', () => '<!doctype html><html><body>Bad gateway</body></html>'],
  ['a listing that is cut', (_bucket, whole) => whole.slice(0, -30)],
  ['an empty body', () => ''],
  [
    'a listing of the whole bucket, because the prefix got lost',
    async (bucket) => (await fetch(`${server.endpoint}/${bucket}?list-type=2`)).text(),
  ],
  ['a listing without the objects that it counts', (_bucket, whole) => noContents(whole)],
  [
    'objects under names of another namespace',
    (_bucket, whole) => whole.replaceAll('<Contents>', '<s3:Contents>').replaceAll('</Contents>', '</s3:Contents>'),
  ],
];

const pathOf = (bucket: string, key: string) => `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;

/** Copies every object as it is, by the server's own copy. */
async function copyAll(from: string, to: string): Promise<void> {
  const copy = async (key: string) => {
    const headers = { 'x-amz-copy-source': pathOf(from, key) };
    const { ok } = await fetch(server.endpoint + pathOf(to, key), { method: 'PUT', headers });
    if (!ok) throw new Error(`${key} was not copied`);
  };
  await Promise.all((await (await viewBucket(from, server.endpoint)).keys()).map(copy));
}

let scenes = 0;
/** A bucket of its own with all that is in another, whose listings go wrong where that is told. */
async function scene(from: string, fault?: Fault, isWrong: (prefix: string) => boolean = () => true) {
  const bucket = `scene-${++scenes}`;
  await server.createBucket(bucket);
  await copyAll(from, bucket);
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
  return { bucket, view: await viewBucket(bucket, server.endpoint), endpoint: proxy.endpoint };
}
type Place = Pick<Awaited<ReturnType<typeof scene>>, 'bucket' | 'endpoint'>;

/** A run of the step in the bucket of a scene; a later one has a higher number. */
function run(
  number: number,
  { sha, event, payload, env }: Happening,
  { bucket, endpoint }: Place,
  inputs: Record<string, string> = {},
): Promise<ActionResult> {
  return runAction({
    workspace: project.folder,
    sha,
    event,
    payload,
    env: {
      ...project.path,
      ...env,
      GITHUB_REPOSITORY: 'octo/site',
      GITHUB_RUN_ID: String(number),
      GITHUB_RUN_NUMBER: String(number),
    },
    inputs: {
      ...host.inputs,
      bucket,
      endpoint,
      'access-key-id': 'test-key',
      'secret-access-key': 'test-secret',
      acl: 'public-read',
      install: 'none',
      ...inputs,
    },
  });
}

/** A bucket that deploys fill, each of which has to go live. */
async function template(bucket: string) {
  await server.createBucket(bucket);
  const place = { bucket, endpoint: server.endpoint };
  const deploy = async (number: number, happening: Happening, inputs: Record<string, string> = {}) => {
    const result = await run(number, happening, place, inputs);
    if (result.outputs.status !== 'live') throw new Error(result.log);
  };
  return { view: await viewBucket(bucket, server.endpoint), deploy };
}

describe('when pull request #7 is closed', () => {
  const bucket = 'preview';
  /** What is in every bucket of somebody else's. */
  const others = ['static/app.css', 'media/users/1.jpg', 'backup.sql', 'previews/other/pr-7/static/a.css'];
  /** The folder of the preview, and what its ledger names there. */
  let folder: string;
  let own: string[];

  const happens = (action: string) => pullRequest(action, { number: 7, head: commit, merge: commit });
  const close = (at: Place) =>
    run(20, happens('closed'), at, { command: 'teardown', host: 'none', 'host-options': '' });

  const ledgerKey = async (view: BucketView) => {
    const [key = ''] = (await view.keys('.deploy-django/')).filter((one) => one.includes('pr-7'));
    return key;
  };

  /** Puts rows into the ledger that the run of the preview wrote: each like its first, of another key. */
  async function addRows(view: BucketView, contents: ReadonlyMap<string, string>): Promise<void> {
    const key = await ledgerKey(view);
    const [head = '', first = '', ...rest] = ((await view.text(key)) ?? '').split('\n');
    const row = JSON.parse(first.replace(/,$/, '')) as unknown[];
    const rows = [...contents].map(([name, text]) =>
      JSON.stringify([name, md5(text), Buffer.byteLength(text), ...row.slice(3, 6)]),
    );
    await view.seed(key, [head, ...rows.map((line) => `${line},`), first, ...rest].join('\n'));
  }

  beforeAll(async () => {
    const { view, deploy } = await template(bucket);
    await deploy(10, happens('opened'), { env: 'STATIC_URL=/static/' });
    own = await view.keys('previews/');
    folder = own[0]?.slice(0, own[0].indexOf('/pr-7/') + '/pr-7/'.length) ?? '';
    for (const key of others) await view.seed(key, `of others: ${key}`);
  });

  test('what its ledger names is deleted, and nothing else', async () => {
    const at = await scene(bucket);
    expect(own.length).toBeGreaterThan(4);
    const result = await close(at);
    expect(await at.view.keys()).toEqual([...others].sort());
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'removed', deleted: String(own.length) } });
  });

  test.each(faults)('nothing is deleted where the bucket answers %s (D1)', async (_, fault) => {
    const at = await scene(bucket, fault);
    const before = await at.view.etags();
    const result = await close(at);
    expect(await at.view.etags()).toEqual(before);
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(result.log).toMatch(/::error::.*listing/);
  });

  test.each([true, false])('files of another tool in its folder stay; with a ledger: %s (D2)', async (withLedger) => {
    const at = await scene(bucket);
    await at.view.seed(`${folder}storybook/index.html`, 'of another tool');
    if (!withLedger) await at.view.store.delete([await ledgerKey(at.view)], new AbortController().signal);
    const result = await close(at);
    const left = withLedger ? [] : own;
    expect(await at.view.keys('previews/')).toEqual(
      [...left, `${folder}storybook/index.html`, 'previews/other/pr-7/static/a.css'].sort(),
    );
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'removed' } });
  });

  test('files outside its folder stay, also those that its ledger names with their very ETags (D3)', async () => {
    const at = await scene(bucket);
    await addRows(at.view, new Map(others.map((key) => [key, `of others: ${key}`])));
    const result = await close(at);
    expect(await at.view.keys()).toEqual([...others].sort());
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'removed', deleted: String(own.length) } });
    expect(result.log).toContain('Left alone: static/app.css (it lies outside of the prefixes that are ours)');
  });

  test('a file that somebody wrote anew stays (D2)', async () => {
    const at = await scene(bucket);
    const [key = ''] = own;
    await at.view.seed(key, 'of somebody else');
    const result = await close(at);
    expect(await at.view.text(key)).toBe('of somebody else');
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'removed', deleted: String(own.length - 1) } });
  });
});

describe('when production prunes', () => {
  /** Two releases, the first of which alone had a file; in the second bucket the environment `staging` serves it too. */
  const [alone, shared] = ['alone', 'shared'];
  const style = 'pages/static/pages/home.css';
  const isLedgers = (prefix: string) => prefix === '.deploy-django/';
  let old: string;
  /** Deploys that prune, one for each case: they watch the page for ten seconds, and so all at once. */
  const cases = new Map<string, { at: Awaited<ReturnType<typeof scene>>; before: string[]; result: ActionResult }>();

  /** Only the last releases keep their files. Takes the first out of the ledger, as if it was long ago. */
  async function forgetFirst(view: BucketView): Promise<void> {
    const [key = ''] = (await view.keys('.deploy-django/')).filter((one) => one.endsWith('production.json'));
    const [first = '', ...rows] = ((await view.text(key)) ?? '').split('\n');
    const head = JSON.parse(`${first}]}`) as { releases: unknown[] };
    const line = JSON.stringify({ ...head, releases: head.releases.slice(1) });
    await view.seed(key, [line.slice(0, -']}'.length), ...rows].join('\n'));
  }

  async function prune(name: string, sha: string, ...how: Parameters<typeof scene>): Promise<void> {
    const at = await scene(...how);
    const before = await at.view.keys('static/');
    const result = await run(50, pushed(sha), at, { prune: '1s' });
    cases.set(name, { at, before, result });
  }

  const caseOf = (name: string) => cases.get(name) as NonNullable<ReturnType<typeof cases.get>>;

  beforeAll(async () => {
    const one = await template(alone);
    const two = await template(shared);
    await project.append(style, '\n/* the first */\n');
    const first = await project.commit('First');
    await one.deploy(1, pushed(first));
    [old = ''] = (await one.view.keys('static/pages/home.')).filter((key) => /home\.[0-9a-f]{12}\.css$/.test(key));
    await copyAll(alone, shared);
    await two.deploy(2, pushed(first), { environment: 'staging' });
    await project.append(style, '\n/* the second */\n');
    const second = await project.commit('Second');
    await Promise.all([one, two].map(({ deploy }) => deploy(3, pushed(second))));
    for (const { view } of [one, two]) await forgetFirst(view);
    const last = await project.commit('Last');
    await Promise.all([
      prune('own', last, alone),
      prune('other', last, shared),
      ...faults.map(([what, fault]) => prune(what, last, shared, fault, isLedgers)),
    ]);
  });

  test('an old file of its own is deleted', async () => {
    const { at, before, result } = caseOf('own');
    expect(before).toContain(old);
    expect(await at.view.keys(old)).toEqual([]);
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'live' } });
  });

  test('an old file that another environment serves stays', async () => {
    const { at, result } = caseOf('other');
    expect(await at.view.keys(old)).toEqual([old]);
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'live' } });
  });

  test.each(faults)('nothing is deleted where the listing of the ledgers is %s (D4)', async (what) => {
    const { at, before, result } = caseOf(what);
    expect(before).toContain(old);
    expect(await at.view.keys('static/')).toEqual(expect.arrayContaining(before));
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'live', deleted: '0' } });
    expect(result.log).toMatch(/::warning::Old static files stay in the bucket:/);
  });
});

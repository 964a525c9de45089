import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ActionResult } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type Emulator, type EmulatorReply, startEmulator } from '../support/emulator.ts';
import { dispatched, pushed } from '../support/github/events.ts';
import { s3Error, startProxy } from '../support/proxy.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import { tempFolders } from '../support/sync.ts';
import { runSync } from '../support/sync-run.ts';
import { openWorkflow, type Workflow } from '../support/workflow.ts';

/** What is secret is in no text, and what the run makes public is readable in all: the bundle, a real Django, and GitHub. */
let host: QuickHost;
let site: Workflow;
let server: BucketServer;
let topic: { head: string; merge: string };
const ends: (() => Promise<unknown>)[] = [];

const settings = `
import os
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
STATIC_ROOT = BASE_DIR / "staticfiles"
print("the settings have", os.environ.get("DB_PASSWORD"))
if os.environ.get("FAIL"):
    raise RuntimeError("no way in with " + os.environ["DB_PASSWORD"])
`;

beforeAll(async () => {
  server = await startBucketServer();
  host = await startQuickHost();
  site = await openWorkflow({ inputs: host.inputs, settings });
  topic = await site.branch('topic', 'Topic');
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
afterAll(async () => {
  await server.stop();
  await host.stop();
  await site.close();
});

/** All that a run shows: log, summary, outputs, report, and what GitHub was told. */
async function shownBy({ log, summary, outputs }: ActionResult): Promise<string> {
  const report = await readFile(outputs.report ?? '', 'utf8');
  const hub = JSON.stringify([site.github.state.comments, site.github.state.deployments]);
  return [log.replace(/^::add-mask::.*$/gm, ''), summary, JSON.stringify(outputs), report, hub].join('\n');
}

const masksOf = ({ log }: ActionResult) => [...log.matchAll(/^::add-mask::(.*)$/gm)].map(([, mask]) => mask);

test('what is in env and public is readable everywhere (M1)', async () => {
  const url = `${host.origin}/pr-7`;
  const plain = {
    SITE_URL: url,
    STATIC_URL: '/static/',
    ALLOWED_HOSTS: '127.0.0.1',
    DJANGO_ENV: 'production',
    ENVIRONMENT_NAME: 'preview/pr-7',
    LANGUAGE_CODE: 'en-gb',
  };
  const env = Object.entries(plain)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
  const job = await site.pull('opened', 7, topic, { inputs: { ...host.inputs, env } });
  expect(job.outputs).toMatchObject({ status: 'live', url, environment: 'preview/pr-7' });
  expect(job.log).toContain(`Live: ${url}`);
  expect(job.summary).toContain(url);
  expect(site.comment()).toContain(url);
  const [deployment] = site.github.state.deployments.filter(({ environment }) => environment === 'preview/pr-7');
  expect(deployment?.statuses.at(-1)?.environment_url).toBe(url);
  for (const text of [site.comment(), JSON.stringify(job.outputs), job.summary]) expect(text).not.toContain('***');
  expect(masksOf(job).filter((mask) => Object.values(plain).some((value) => value.includes(mask ?? '')))).toEqual([]);
});

/** A host of one site below a path, whose hook has that path in it. */
async function startShop(): Promise<Emulator> {
  let live = '';
  const shop = await startEmulator(({ method, path, body }): EmulatorReply => {
    if (method === 'POST') {
      live = (JSON.parse(body) as { ref: string }).ref;
      return { status: 200, body: {} };
    }
    return path.startsWith('/my-shop-app') && live
      ? { status: 200, headers: { 'x-release': live }, body: '<p>Shop</p>' }
      : { status: 404 };
  });
  ends.push(() => shop.stop());
  return shop;
}

describe('what is in a secret and public', () => {
  const inputsOf = ({ origin }: Emulator) => ({
    'deploy-hook': `${origin}/api/deploy/my-shop-app?token=tok-of-the-hook-1`,
    'host-options': 'body: {"ref": "{sha}"}\nproof-header: X-Release\nheader: X-Target: production',
    url: `${origin}/my-shop-app`,
  });

  test('stays readable: a part of the hook, the value of a header (M2)', async () => {
    const shop = await startShop();
    const job = await site.run(pushed(await site.change('Shop')), { inputs: inputsOf(shop) });
    expect(job.outputs).toMatchObject({ status: 'live', url: `${shop.origin}/my-shop-app`, environment: 'production' });
    expect(job.summary).toContain(`${shop.origin}/my-shop-app`);
    expect(await shownBy(job)).not.toContain('tok-of-the-hook-1');
    expect(masksOf(job)).toContain('tok-of-the-hook-1');
    expect(masksOf(job)).not.toContain('my-shop-app');
  });

  test('and a credential stays masked: the outputs that would show it are empty, and a warning says why', async () => {
    const shop = await startShop();
    const inputs = { ...inputsOf(shop), 'host-token': 'my-shop-app' };
    const job = await site.run(pushed(await site.change('Shop again')), { inputs });
    expect(job.outputs).toMatchObject({ status: 'live', url: '', environment: 'production' });
    expect(JSON.stringify(job.outputs)).not.toContain('***');
    expect(job.log).toContain('::warning::host-token is a part of what this run makes public');
    const standing = site.github.state.deployments.at(-1)?.statuses.at(-1);
    expect(standing).toMatchObject({ state: 'success', environment_url: '' });
  });
});

describe('what is secret by its name', () => {
  const run = async (env: string) => site.run(dispatched(await site.change(env)), { inputs: { env } });

  test('is masked at seven characters, as a whole word (M3)', async () => {
    const job = await run('DB_PASSWORD=hunter2');
    expect(job.log).toContain('the settings have ***');
    expect(await shownBy(job)).not.toContain('hunter2');
  });

  test('is masked where the run fails', async () => {
    const job = await run('DB_PASSWORD=hunter2\nFAIL=1');
    expect(job).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(job.summary).toContain('no way in with ***');
    expect(await shownBy(job)).not.toContain('hunter2');
  });

  test('but not an ordinary word', async () => {
    expect((await run('DB_PASSWORD=postgres')).log).toContain('the settings have postgres');
  });
});

describe('of a hook that its host answers with 400 and repeats, nothing is shown', () => {
  const token = `p@ss/w"ord+1`;
  const encoded = encodeURIComponent(token);
  test.each<[string, string, (path: string) => string, RegExp]>([
    ['a part of letters alone (M4)', '/hooks/qwertzuiop', (path) => path.slice(7), /qwertzuiop/],
    ['a short value of the query', '/deploy?key=abcd', () => 'the key abcd', /abcd/],
    ['a part of letters in the middle', '/hooks/kingfisher/run', () => 'no kingfisher', /kingfisher/],
    ['letters beside a query', '/deploy/kingfisher?key=qwertz12', () => 'no kingfisher', /kingfisher/],
    ['a part with an ending', '/hooks/kingfisher.json', () => 'no kingfisher', /kingfisher/],
    ['escapes in lower case', '/hooks/a%2fkingfisher', () => 'a%2Fkingfisher a/kingfisher', /kingfisher/],
    ['Python’s quote (M5)', `/deploy?key=${encoded}`, () => 'p%40ss/w%22ord%2B1', /ss.{1,3}w/],
    ['HTML', `/deploy?key=${encoded}`, () => '<b>p@ss/w&quot;ord+1</b>', /ss.{1,3}w/],
    ['JSON', `/deploy?key=${encoded}`, () => JSON.stringify({ key: token }), /ss.{1,3}w/],
    [
      'JSON in JSON of JavaScript',
      `/deploy?key=${encoded}`,
      () =>
        JSON.stringify(JSON.stringify(token)).replace(/[@+/]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
      /ss.{1,6}w/,
    ],
    ['Base64', `/deploy?key=${encoded}`, () => Buffer.from(token).toString('base64'), /cEBzcy93/],
    [
      'Base64 inside more',
      `/deploy?key=${encoded}`,
      () => Buffer.from(`bob:${token}`).toString('base64'),
      /cEBzcy93|BzcyB|QHNzL3c/,
    ],
    ['hex', `/deploy?key=${encoded}`, () => Buffer.from(token).toString('hex'), /704073732f77/],
  ])('%s', async (_kind, path, said, pattern) => {
    const refusing = await startEmulator((request) => ({ status: 400, body: `Refused: ${said(request.path)}` }));
    ends.push(() => refusing.stop());
    const inputs = { 'deploy-hook': refusing.origin + path, 'host-options': '', url: refusing.origin };
    const job = await site.run(dispatched(await site.change(path)), { inputs });
    expect(job).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    const shown = await shownBy(job);
    expect(shown).toContain('Refused:');
    expect(shown.replaceAll(site.project.folder, '')).not.toMatch(pattern);
  });
});

const folder = tempFolders();

test('the credentials of the AWS chain are masked, which a store repeats (M6)', async () => {
  const token = 'IQoJb3JpZ2luX2VjEHsaCWV1LXdlc3QtMSJH';
  await server.createBucket('chain');
  const proxy = await startProxy(server.endpoint, ({ headers }, outgoing) =>
    s3Error(outgoing, 400, 'InvalidRequest', `no way in with ${headers['x-amz-security-token']} of chain-key-id-1`),
  );
  ends.push(() => proxy.stop());
  const result = await runSync({
    workspace: await folder({ 'static/a.css': 'x' }),
    bucket: 'chain',
    endpoint: proxy.endpoint,
    inputs: { 'access-key-id': '', 'secret-access-key': '' },
    env: { AWS_ACCESS_KEY_ID: 'chain-key-id-1', AWS_SECRET_ACCESS_KEY: 'chain-secret-1', AWS_SESSION_TOKEN: token },
  });
  expect(result.exitCode).toBe(1);
  const shown = await shownBy(result);
  expect(shown).toContain('no way in with ***');
  expect(result.summary).not.toContain(token);
  expect(shown).not.toMatch(/IQoJb3JpZ2lu|chain-key-id-1/);
});

describe('nothing is uploaded', () => {
  async function refused(files: Record<string, string>, inputs: Record<string, string> = {}) {
    const name = `refused-${Math.random().toString(36).slice(2)}`;
    await server.createBucket(name);
    const workspace = await folder(files);
    const proxy = await startProxy(server.endpoint, () => false);
    ends.push(() => proxy.stop());
    const sync = (more: Record<string, string> = {}) =>
      runSync({ workspace, bucket: name, endpoint: proxy.endpoint, inputs: { ...inputs, ...more } });
    return { workspace, sync, sent: () => proxy.seen.filter((line) => /^(PUT|POST) .*\/static\//.test(line)) };
  }

  test('that looks like a credential, by name or content, in a file of any size (B7)', async () => {
    const key = `-----BEGIN ${'PRIVATE'} KEY-----\n${'MIIEvQ'.repeat(12)}\n`;
    const files = {
      '.git-credentials': 'x',
      '.pgpass': 'x',
      '.dockercfg': 'x',
      'release.jks': 'x',
      'app.txt': `ghp_${'a1B2'.repeat(9)}`,
      'large.txt': `${'x'.repeat(300 * 1024)}\n${key}`,
    };
    const { sync, sent } = await refused(
      Object.fromEntries(Object.entries(files).map(([path, content]) => [`static/${path}`, content])),
    );
    const result = await sync();
    expect(result.exitCode).toBe(1);
    for (const name of Object.keys(files)) expect(result.log).toContain(`${name}: `);
    expect(sent()).toEqual([]);
    const [, block = ''] = /allow-files: \|%0A(.*)$/m.exec(result.log) ?? [];
    expect(await sync({ 'allow-files': block.replaceAll('%0A', '\n') })).toMatchObject({ exitCode: 0 });
  });

  test.each(['static', 'web'])('from a folder that a link at %s leads to, out of the checkout (B8)', async (link) => {
    const outside = await folder({ 'static/secret.txt': 'x' });
    const scene = await refused({ 'README.md': 'x' }, { 'static-dir': link === 'web' ? 'web/static' : 'static' });
    await symlink(link === 'web' ? outside : join(outside, 'static'), join(scene.workspace, link));
    const result = await scene.sync();
    expect(result.log).toMatch(/static-dir: ".*" is .*static, which is outside of the checkout\./);
    expect(scene.sent()).toEqual([]);
  });
});

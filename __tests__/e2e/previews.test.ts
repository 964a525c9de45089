import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type LocalHost, startLocalHost } from '../../demo/parts/host.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { never } from '../support/fakes.ts';
import { repositoryId } from '../support/github/emulator.ts';
import { pushed } from '../support/github/events.ts';
import { tempFolder } from '../support/project.ts';
import {
  bucketInputs,
  type Job,
  openWorkflow,
  previewSettings,
  standing,
  statesOf,
  type Workflow,
} from '../support/workflow.ts';

/** The life of a pull request beside production, with nothing faked but GitHub: one workflow, one step, on every event. */
const bucket = 'lives';
const preview = 'preview/pr-7';
const ledger = `.deploy-django/${repositoryId}/push/production.json`;
let server: BucketServer;
let view: BucketView;
let host: LocalHost;
let site: Workflow;

beforeAll(async () => {
  server = await startBucketServer({ enforcesCors: true });
  await server.createBucket(bucket);
  view = await viewBucket(bucket, server.endpoint);
  const base = `${server.endpoint}/${bucket}`;
  const folder = tempFolder();
  // As any team would write it: the app takes its address of files from the environment that the host gives to it.
  const env = (url: string) => {
    const [, number = '1'] = /127\.0\.0\.(\d+)/.exec(url) ?? [];
    return {
      DATABASE_PATH: join(folder, `site-${number}.sqlite3`),
      ALLOWED: `127.0.0.${number}`,
      ...(number === '1' ? {} : { STATIC_URL: `${base}/previews/${repositoryId}/pr-${number}/static/` }),
    };
  };
  const settings = `${previewSettings(`${base}/static/`)}\nALLOWED_HOSTS = [os.environ.get("ALLOWED", "127.0.0.1")]\n`;
  const inputs: Record<string, string> = bucketInputs(server, bucket);
  site = await openWorkflow({ inputs, settings });
  const requirements = (await readFile(join(site.project.folder, 'requirements.txt'), 'utf8')).trim().split('\n');
  host = await startLocalHost({ folder, requirements, wsgi: 'site1.wsgi', env, drain: 200 });
  Object.assign(inputs, {
    'deploy-hook': host.hook,
    'host-options': [
      'body: {"artifact": "{artifact-path}", "pr": "{pr}"}',
      `preview-hook: ${host.previewHook}`,
      `teardown-hook: ${host.teardownHook}`,
      `rollback-hook: ${host.rollbackHook}`,
      `preview-url: ${host.previewUrl}`,
    ].join('\n'),
    url: host.url,
    timeout: '1m',
    'allowed-origins': 'auto',
  });
});
afterAll(async () => {
  await host.stop();
  await site.close();
  await server.stop();
});

const ownUrl = () => host.previewUrl.replace('{pr}', '7');
/** What each CORS rule of the bucket allows, by the end of its name. */
const allowed = async () => {
  const rules = await view.store.settings.corsRules(never);
  return rules === 'unsupported' ? [] : rules.map(({ ID, AllowedOrigins }) => [ID?.split('/').at(-1), AllowedOrigins]);
};
const page = async (url: string) => (await fetch(url)).text();
const styleSheet = (html: string) => /href="([^"]+home\.[0-9a-f]{12}\.css)"/.exec(html)?.[1] ?? '';
/** Files of production, byte by byte, and what its page says. */
const production = async () => ({
  files: await view.sums('static/'),
  ledger: await view.text(ledger),
  page: await page(host.url),
  deployments: site.github.state.deployments.filter(({ environment }) => environment === 'production'),
});

describe('one workflow', () => {
  let before: Awaited<ReturnType<typeof production>>;
  let first: { head: string; merge: string };
  let opened: Job;

  test('puts production live on a push, as a deployment at GitHub', async () => {
    const sha = await site.change('First');
    const job = await site.run(pushed(sha));
    expect(job.log).toContain(`Live: ${host.url}`);
    const [deployment] = site.github.state.deployments;
    expect(deployment).toMatchObject({ sha, environment: 'production', production: true, transient: false });
    expect(job.outputs['deployment-id']).toBe(String(deployment?.id));
    expect(statesOf(deployment)).toEqual(['queued', 'in_progress', 'success']);
    expect(deployment?.statuses.at(-1)).toMatchObject({
      environment_url: host.url,
      log_url: `https://github.com/octo/site/actions/runs/${job.id}`,
    });
    expect(site.github.state.comments).toEqual([]);
    expect((await job.post()).exitCode).toBe(0);
    expect(await allowed()).toEqual([['production', [host.url]]]);
    before = await production();
  });

  test('makes a preview of a pull request at an address of its own, with files of its own', async () => {
    first = await site.branch('topic', 'Blue');
    opened = await site.pull('opened', 7, first);
    expect(opened.outputs).toMatchObject({ status: 'live', url: ownUrl(), environment: preview });
    expect(opened.outputs['static-url']).toBe(`${server.endpoint}/${bucket}/previews/${repositoryId}/pr-7/static/`);
    const style = styleSheet(await page(ownUrl()));
    expect(style).toContain(`/previews/${repositoryId}/pr-7/static/pages/home.`);
    expect(await page(style)).toContain('/* Blue */');
    const deployment = site.github.state.deployments.at(-1);
    expect(deployment).toMatchObject({ sha: first.head, environment: preview, production: false, transient: true });
    expect(statesOf(deployment)).toEqual(['queued', 'in_progress', 'success']);
    expect(site.comment()).toContain(ownUrl().replace('http://', ''));
    expect(site.comment()).toContain(`/commit/${first.head}`);
    expect(await allowed()).toEqual([
      ['production', [host.url]],
      ['preview%2Fpr-7', [ownUrl()]],
    ]);
  });

  test('keeps address and comment when the pull request has a new commit', async () => {
    const second = await site.branch('topic', 'Green');
    const job = await site.pull('synchronize', 7, second);
    expect(job.outputs).toMatchObject({ status: 'live', url: ownUrl() });
    expect(await page(styleSheet(await page(ownUrl())))).toContain('/* Green */');
    expect(site.comment()).toContain(`/commit/${second.head}`);
    expect(standing(site.github, preview)).toEqual(['inactive', 'success']);
  });

  test('takes everything of it away when it is closed, and nothing of production', async () => {
    expect((await view.keys('previews/')).length).toBeGreaterThan(100);
    const job = await site.pull('closed', 7, first);
    expect(job.outputs).toMatchObject({ status: 'removed', environment: preview });
    expect(host.previews()).toEqual([]);
    expect(await allowed()).toEqual([['production', [host.url]]]);
    expect(await view.keys('previews/')).toEqual([]);
    expect(await view.keys('.deploy-django/')).toEqual([ledger]);
    expect(standing(site.github, preview)).toEqual([]);
    expect(site.comment()).toContain('Removed');
    expect(site.comment()).toMatch(/\| Assets \| \d+ files deleted \|/);
    expect(await production()).toEqual(before);
  });

  test('does no harm when it is closed again', async () => {
    const job = await site.pull('closed', 7, first);
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'removed' } });
    expect(job.log).not.toMatch(/^::(warning|error)/m);
    expect(site.comment()).toContain('Removed');
    expect(await production()).toEqual(before);
  });

  test('puts the next push live, and the one before is inactive', async () => {
    const job = await site.run(pushed(await site.change('Second')));
    expect(job.outputs.status).toBe('live');
    expect(standing(site.github, 'production')).toEqual(['inactive', 'success']);
  });

  test('and goes back by hand to what was live before, as everybody can see', async () => {
    const job = await site.run(pushed(await site.project.git('rev-parse', 'main')), {
      inputs: { command: 'rollback' },
    });
    expect(job.log).toMatch(
      /✓ Proof: asset: pages\/home\.[0-9a-f]{12}\.css, which only this release has; 14 files of the page checked/,
    );
    expect(job.log).toContain('Back at commit');
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'rolled-back' } });
    expect(await page(styleSheet(await page(host.url)))).not.toContain('/* Second */');
    expect(await page(styleSheet(await page(host.url)))).toContain('/* First */');
    const [first, ...others] = site.github.state.deployments.filter(({ environment }) => environment === 'production');
    expect(others.at(-1)).toMatchObject({ sha: first?.sha });
    expect(standing(site.github, 'production')).toEqual(['inactive', 'inactive', 'success']);
  });

  test('goes back by itself where the new release is broken, and stays red', async () => {
    await site.project.git('checkout', '--quiet', 'main');
    await site.project.append('site1/urls.py', '\nurlpatterns = [path("", lambda request: 1 / 0)]\n');
    const sha = await site.change('Broken');
    const job = await site.run(pushed(sha), { inputs: { rollback: 'true', timeout: '30s' } });
    expect(job).toMatchObject({ exitCode: 1, outputs: { status: 'rolled-back' } });
    expect(job.log).toMatch(/^::error::.*it answers 500.*Back at commit/m);
    expect((await fetch(host.url)).status).toBe(200);
    expect(await page(styleSheet(await page(host.url)))).toContain('/* First */');
    const deployment = site.github.state.deployments.at(-1);
    expect(deployment).toMatchObject({ sha, environment: 'production' });
    expect(statesOf(deployment).at(-1)).toBe('failure');
    expect(standing(site.github, 'production').filter((last) => last === 'success')).toHaveLength(1);
  });
});

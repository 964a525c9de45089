import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Response } from 'playwright-core';
import { runAction } from '../../demo/parts/action.ts';
import { startBrowser } from '../../demo/parts/browser.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type LocalHost, startLocalHost } from '../../demo/parts/host.ts';
import { git } from '../support/project.ts';

/** The sample project as a visitor gets it: a real browser on the page that the action put live. */
let server: BucketServer;
let host: LocalHost;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deploy-django-page-'));
  const workspace = join(folder, 'checkout');
  await cp(join(import.meta.dirname, '..', '..', 'demo', 'project'), workspace, { recursive: true });
  git(workspace, 'init', '--quiet', '--initial-branch', 'main');
  git(workspace, 'add', '--all');
  git(workspace, 'commit', '--quiet', '--message', 'First');
  server = await startBucketServer();
  await server.createBucket('page');
  const env = {
    SECRET_KEY: 'only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz',
    STATIC_URL: `${server.endpoint}/page/static/`,
    MEDIA_URL: `${server.endpoint}/page/media/`,
  };
  const requirements = (await readFile(join(workspace, 'requirements.txt'), 'utf8')).trim().split('\n');
  const own = { ...env, DATABASE_PATH: join(folder, 'site.sqlite3') };
  host = await startLocalHost({ folder, requirements, wsgi: 'config.wsgi', env: () => own });
  const result = await runAction({
    workspace,
    sha: git(workspace, 'rev-parse', 'HEAD'),
    inputs: {
      bucket: 'page',
      endpoint: server.endpoint,
      'access-key-id': 'test-key',
      'secret-access-key': 'test-secret',
      acl: 'public-read',
      'media-dir': 'auto',
      'deploy-hook': host.hook,
      'host-options': 'body: {"artifact": "{artifact-path}"}',
      url: host.url,
      env: Object.entries(env)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
    },
  });
  expect(result.outputs.status).toBe('live');
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await host.stop();
  await server.stop();
  await rm(folder, { recursive: true });
});

test('the page has its style, font, script and images out of the bucket, and nothing to complain about', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  const loaded = new Map<string, Response>();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on('response', (response) =>
    loaded.set(new URL(response.url()).pathname.replace(/\.[0-9a-f]{12}/, ''), response),
  );
  await page.goto(host.url, { waitUntil: 'networkidle' });

  expect(complaints).toEqual([]);
  const wanted = [
    '/page/static/journal/css/site.css',
    '/page/static/journal/fonts/lora-latin-400-normal.woff2',
    '/page/static/journal/js/site.js',
    '/page/static/journal/img/buoy.svg',
    '/page/static/journal/img/waves.svg',
    '/page/media/covers/first-light.png',
  ];
  for (const path of wanted) {
    expect([path, loaded.get(path)?.status(), loaded.get(path)?.url().startsWith(server.endpoint)]).toEqual([
      path,
      200,
      true,
    ]);
  }
  const shown = await page.evaluate(`({
    font: document.fonts.check('16px Harbour'),
    background: getComputedStyle(document.body).backgroundImage,
    year: document.querySelector('[data-year]').textContent,
    images: [...document.images].map((image) => image.naturalWidth > 0),
  })`);
  expect(shown).toEqual({
    font: true,
    background: expect.stringContaining('waves.'),
    year: String(new Date().getFullYear()),
    images: [true, true],
  });
});

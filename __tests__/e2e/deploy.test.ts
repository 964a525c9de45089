import { mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction, runPost } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type LocalHost, startLocalHost } from '../../demo/parts/host.ts';
import { ensureVenv } from '../../demo/parts/python.ts';
import { version } from '../../src/core/version.ts';
import { bucketSettings, type Project, startProject, startWagtail } from '../support/django-project.ts';
import { tempFolder } from '../support/project.ts';

/** From a push to a live URL with nothing faked: Django from PyPI, an S3 server, a host that really serves the app. */
let server: BucketServer;
/** Machines with and without uv: the first deploys bring it themselves, which is most of the CPU of a whole deploy. */
const withoutUv = { PATH: process.env.PATH ?? '' };
const withUv = { PATH: '' };

beforeAll(async () => {
  server = await startBucketServer();
  const folder = tempFolder();
  await symlink((await ensureVenv(['uv==0.13.9'])).program('uv'), join(folder, 'uv'));
  withUv.PATH = [folder, withoutUv.PATH].join(delimiter);
});
afterAll(() => server.stop());

interface Site {
  readonly project: Project;
  readonly bucket: string;
  readonly host: LocalHost;
  deploy(sha: string, inputs?: Record<string, string>, env?: Record<string, string>): Promise<ActionResult>;
  close(): Promise<void>;
}

async function openSite(
  project: Project,
  bucket: string,
  wsgi: string,
  hostEnv: Record<string, string>,
  broken = false,
): Promise<Site> {
  await server.createBucket(bucket);
  const folder = await mkdtemp(join(tmpdir(), 'deploy-django-host-'));
  const requirements = (await readFile(join(project.folder, 'requirements.txt'), 'utf8')).trim().split('\n');
  const env = () => ({ ...hostEnv, DATABASE_PATH: join(folder, 'site.sqlite3') });
  const host = await startLocalHost({ folder, requirements, wsgi, env, broken });
  return {
    project,
    bucket,
    host,
    deploy: (sha, inputs = {}, more = {}) =>
      runAction({
        workspace: project.folder,
        sha,
        env: { ...withUv, ...more },
        inputs: {
          bucket,
          endpoint: server.endpoint,
          'access-key-id': 'test-key',
          'secret-access-key': 'test-secret',
          acl: 'public-read',
          host: 'hook',
          'deploy-hook': host.hook,
          'host-options': 'body: {"artifact": "{artifact-path}"}',
          url: host.url,
          timeout: '2m',
          ...inputs,
        },
      }),
    async close() {
      await host.stop();
      await rm(folder, { recursive: true, force: true });
      await project.remove();
    },
  };
}

describe.each(['Django', 'Django~=4.2.0'])('a project of startproject, %s', (django) => {
  let site: Site;
  let first: string;

  beforeAll(async () => {
    const bucket = django === 'Django' ? 'newest' : 'long-term';
    const project = await startProject(django);
    await project.append('site1/settings.py', bucketSettings(`${server.endpoint}/${bucket}/static/`));
    first = await project.commit('First');
    site = await openSite(project, bucket, 'site1.wsgi', {});
  });
  afterAll(() => site.close());

  test('goes live, with types and cache headers that browsers need', async () => {
    const result = await site.deploy(first, {}, withoutUv);
    expect(result.log).toContain('✓ Proof: asset');
    expect(result.outputs).toMatchObject({
      status: 'live',
      url: site.host.url,
      environment: 'production',
      release: `${first.slice(0, 12)}-1.1`,
      'static-url': `${server.endpoint}/${site.bucket}/static/`,
    });
    expect(result.exitCode).toBe(0);
    // The runner shows no line that masks.
    expect(result.log.split('\n').find((line) => !line.startsWith('::add-mask::'))).toBe(
      `Deploy Django ${version}: deploy, environment production, commit ${first.slice(0, 12)}, event push`,
    );
    expect(result.log.trimEnd().split('\n').at(-1)).toBe(`Live: ${site.host.url}`);
    const page = await (await fetch(site.host.url)).text();
    const style = /href="([^"]+home\.[0-9a-f]{12}\.css)"/.exec(page)?.[1] ?? '';
    const { status, headers } = await fetch(style);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'text/css; charset=utf-8',
      'public, max-age=31536000, immutable',
    ]);
    const plain = await fetch(`${server.endpoint}/${site.bucket}/static/pages/home.css`);
    expect(plain.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
  });

  test('the same commit again uploads nothing and is live', async () => {
    const { outputs, exitCode } = await site.deploy(first);
    expect(outputs).toMatchObject({ status: 'live', uploaded: '0', 'bytes-uploaded': '0' });
    expect(Number(outputs.unchanged)).toBeGreaterThan(200);
    expect(exitCode).toBe(0);
  });

  test('one changed file is three uploads, and proves the next release', async () => {
    await site.project.append('pages/static/pages/home.css', '\nimg { opacity: 0.5 }\n');
    const second = await site.project.commit();
    const { outputs, log, summary } = await site.deploy(second);
    expect(summary).toContain(`https://github.com/harbour/notes/compare/${first}...${second}`);
    // The file, its hashed copy, and the manifest.
    expect(outputs).toMatchObject({ status: 'live', uploaded: '3' });
    expect(log).toMatch(/✓ Proof: asset: pages\/home\.[0-9a-f]{12}\.css/);
  });

  test('a change that no page shows is triggered and not called live', async () => {
    await site.project.append('site1/urls.py', '\n# Nothing that a visitor could see.\n');
    const { outputs, log, exitCode } = await site.deploy(await site.project.commit());
    expect(outputs).toMatchObject({ status: 'triggered', uploaded: '0' });
    expect(log).toContain('Triggered, not proven');
    expect(log).toContain('response["X-Release"]');
    expect(exitCode).toBe(0);
  });

  test('the end of the job takes away what the step kept', async () => {
    const result = await site.deploy(first, { 'dry-run': 'true' });
    expect(result.outputs.status).toBe('planned');
    const scratch = result.state.scratch ?? '';
    expect((await stat(scratch)).isDirectory()).toBe(true);
    const post = await runPost({ workspace: site.project.folder, sha: first, inputs: {} }, result);
    expect(post.exitCode).toBe(0);
    await expect(stat(scratch)).rejects.toThrow('ENOENT');
  });
});

test('a project of wagtail start, untouched but for its settings module, deploys and then has nothing to upload', async () => {
  const project = await startWagtail();
  const production = 'mysite/settings/production.py';
  await project.append(
    production,
    `
import os
SECRET_KEY = "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP"
ALLOWED_HOSTS = ["127.0.0.1"]
STATIC_URL = "${server.endpoint}/wagtail/static/"
DATABASES["default"]["NAME"] = os.environ.get("DATABASE_PATH", BASE_DIR / "db.sqlite3")
`,
  );
  const sha = await project.commit('First');
  const settings = { DJANGO_SETTINGS_MODULE: 'mysite.settings.production' };
  const site = await openSite(project, 'wagtail', 'mysite.wsgi', settings);
  try {
    const first = await site.deploy(sha, {}, settings);
    expect(first.log).toContain('mysite.settings.production');
    expect(first.outputs).toMatchObject({ status: 'live', url: site.host.url });
    expect(Number(first.outputs.uploaded)).toBeGreaterThan(400);
    const second = await site.deploy(sha, {}, settings);
    expect(second.outputs).toMatchObject({ status: 'live', uploaded: '0' });
  } finally {
    await site.close();
  }
});

test('an old instance that goes on answering 200 is never live', async () => {
  const project = await startProject();
  await project.append('site1/settings.py', bucketSettings(`${server.endpoint}/stuck/static/`));
  const site = await openSite(project, 'stuck', 'site1.wsgi', {}, true);
  try {
    expect((await site.deploy(await project.commit('First'))).outputs.status).toBe('live');
    await project.append('pages/static/pages/home.css', '\nbody { color: red }\n');
    const { outputs, log, exitCode, summary } = await site.deploy(await project.commit(), { timeout: '12s' });
    expect(outputs.status).toBe('failed');
    expect(exitCode).toBe(1);
    expect(log).toMatch(/expected: a page with pages\/home\.[0-9a-f]{12}\.css/);
    expect(log).toMatch(/seen: {5}it answers 200 with a page with home\.[0-9a-f]{12}\.css/);
    expect(summary).toContain('NOT\\_PROVEN');
    expect((await fetch(site.host.url)).status).toBe(200);
  } finally {
    await site.close();
  }
});

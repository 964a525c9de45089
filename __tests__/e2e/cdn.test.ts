import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { hashOf } from '../../src/assets/hashed-names.ts';
import type { CdnEmulator } from '../support/cdns/cdn-emulator.ts';
import { cloudflareToken, cloudflareZone, startCloudflare } from '../support/cdns/cloudflare.ts';
import { cloudfrontId, cloudfrontKeys, startCloudFront } from '../support/cdns/cloudfront.ts';
import { spacesCdnId, spacesCdnToken, startSpacesCdn } from '../support/cdns/digitalocean.ts';
import { type Edge, startEdge } from '../support/cdns/edge.ts';
import { bucketSettings, type Project, startProject } from '../support/django-project.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { startQuickHost } from '../support/quick-host.ts';
import { tempFolders } from '../support/sync.ts';
import { runSync } from '../support/sync-run.ts';

/** Purges of a CDN by the bundle: when, of what, and what happens where one fails. */
let server: BucketServer;
const folder = tempFolders();

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket('files');
});
afterAll(() => server.stop());

const bucketInputs = () => ({
  bucket: 'files',
  endpoint: server.endpoint,
  'access-key-id': 'test-key',
  'secret-access-key': 'test-secret',
  acl: 'public-read',
});

describe('a site whose files come from CloudFront', () => {
  let project: Project;
  let edge: Edge;
  let cdn: CdnEmulator;
  let site: Emulator;
  /** What the host was asked, what visitors got, and what was purged, in the order in which it happened. */
  const events: string[] = [];
  let live = '';
  let broken = false;
  let run = 0;

  beforeAll(async () => {
    edge = await startEdge(`${server.endpoint}/files`);
    cdn = await startCloudFront({
      onPurge(path) {
        events.push(`purge ${path}`);
        edge.purge(path);
      },
    });
    site = await startEmulator(({ method, body }) => {
      if (method === 'POST') {
        live = (JSON.parse(body) as { ref: string }).ref;
        events.push('deploy');
        return { status: 200, body: {} };
      }
      events.push(`visit ${live}`);
      if (live === '') return { status: 404, body: 'Nothing here.' };
      if (broken) return { status: 500, body: 'Server Error' };
      // A page of its own that names a file without a hash, as many do.
      const page = `<link rel="stylesheet" href="${edge.origin}/static/pages/home.css">`;
      return { status: 200, headers: { 'x-release': live }, body: page };
    });
    project = await startProject();
    await project.append('site1/settings.py', bucketSettings(`${edge.origin}/static/`));
  }, 300_000);
  afterAll(async () => {
    await Promise.all([edge.stop(), cdn.stop(), site.stop()]);
    await project.remove();
  });

  async function deploy(
    inputs: Record<string, string> = {},
  ): Promise<ActionResult & { sha: string; events: string[] }> {
    run += 1;
    events.length = 0;
    const sha = await project.commit();
    const result = await runAction({
      workspace: project.folder,
      sha,
      env: {
        ...project.path,
        GITHUB_RUN_ID: String(run),
        GITHUB_RUN_NUMBER: String(run),
        AWS_ACCESS_KEY_ID: cloudfrontKeys.id,
        AWS_SECRET_ACCESS_KEY: cloudfrontKeys.secret,
      },
      inputs: {
        install: 'none',
        ...bucketInputs(),
        cdn: `cloudfront:${cloudfrontId}`,
        'deploy-hook': `${site.origin}/deploy?key=hook-key`,
        'host-options': `body: {"ref": "{sha}"}\nproof-header: X-Release\ncdn-api-url: ${cdn.origin}\ncdn-wait: true`,
        url: site.origin,
        timeout: '16s',
        ...inputs,
      },
    });
    return { ...result, sha, events: [...events] };
  }

  const purged = (all: readonly string[]) => all.filter((one) => one.startsWith('purge '));
  const home = async () => (await fetch(`${edge.origin}/static/pages/home.css`)).text();

  test('is not purged by the first deploy, because no edge can have an older copy', async () => {
    const result = await deploy();
    expect(result.outputs.status).toBe('live');
    expect(purged(result.events)).toEqual([]);
    expect(result.log).not.toContain('CDN:');
  });

  test('is told in a dry run what would be purged, and is asked nothing', async () => {
    await project.append('pages/static/pages/home.css', '\nimg { opacity: 0.5 }\n');
    const result = await deploy({ 'dry-run': 'true' });
    expect(result.outputs.status).toBe('planned');
    expect(result.log).toContain('Would purge 2 paths once the release is live:');
    expect(result.log).toContain(`cloudfront:${cloudfrontId}  /static/pages/home.css`);
    expect(result.events).toEqual([]);
  });

  test('that fails after its files were uploaded is not purged', async () => {
    broken = true;
    const result = await deploy();
    broken = false;
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(result.outputs.uploaded).not.toBe('0');
    expect(result.events).toContain('deploy');
    expect(purged(result.events)).toEqual([]);
    expect(await home()).not.toContain('opacity: 0.5');
  });

  test('is purged by the deploy that goes live: what that one did not, once the new release answers, nothing hashed', async () => {
    const result = await deploy();
    // The edge still had the old copy while the page was looked at, which is no failure.
    expect(result.outputs).toMatchObject({ status: 'live', uploaded: '0' });
    expect(purged(result.events)).toEqual(['purge /static/pages/home.css', 'purge /static/staticfiles.json']);
    const answered = result.events.indexOf(`visit ${result.sha}`);
    expect(result.events.indexOf('deploy')).toBeGreaterThan(-1);
    expect(answered).toBeGreaterThan(result.events.indexOf('deploy'));
    expect(result.events.findIndex((event) => event.startsWith('purge'))).toBeGreaterThan(answered);
    expect(await home()).toContain('opacity: 0.5');
    expect(result.log).toContain(`✓ CDN: cloudfront:${cloudfrontId}: 2 paths purged, and every edge is done`);
    expect(result.summary).toContain('2 paths purged');
  });

  test('that cannot be purged is live all the same, with a warning that has the command', async () => {
    await project.append('pages/static/pages/home.css', '\nimg { opacity: 0.7 }\n');
    const other = {
      'host-options': `body: {"ref": "{sha}"}\nproof-header: X-Release\ncdn-api-url: ${cdn.origin}`,
      cdn: 'cloudfront:E0000000000000',
    };
    const result = await deploy(other);
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'live' } });
    expect(result.log).toContain('::warning::cloudfront:E0000000000000 was not purged');
    expect(result.log).toContain(
      'aws cloudfront create-invalidation --distribution-id E0000000000000 --paths /static/pages/home.css',
    );
    expect(result.log.replace(/^::add-mask::.*$/gm, '')).not.toContain(cloudfrontKeys.secret);
  });

  test('was purged of no hashed file, in requests as CloudFront describes them', () => {
    const all = cdn.purges.flat();
    expect(all.filter((path) => hashOf(path) !== undefined)).toEqual([]);
    expect(cdn.complaints.filter((one) => !one.includes('E0000000000000'))).toEqual([]);
  });
});

describe('a sync', () => {
  test('purges what it changed, at every CDN, and nothing the second time', async () => {
    const [spaces, cloudflare] = [await startSpacesCdn(), await startCloudflare()];
    await server.createBucket('synced');
    const sync = async (files: Record<string, string>, name: 'digitalocean' | 'cloudflare', run: number) =>
      runSync({
        workspace: await folder(files),
        bucket: 'synced',
        endpoint: server.endpoint,
        run,
        inputs: {
          cdn:
            name === 'digitalocean'
              ? `digitalocean:${spacesCdnId}`
              : `cloudflare:${cloudflareZone} https://cdn.example.com`,
          'cdn-token': name === 'digitalocean' ? spacesCdnToken : cloudflareToken,
          'host-options': `cdn-api-url: ${(name === 'digitalocean' ? spaces : cloudflare).origin}`,
        },
      });
    await sync({ 'static/a.css': 'a', 'static/b c.css': 'b' }, 'digitalocean', 1);
    expect(spaces.purges).toEqual([]);
    expect((await sync({ 'static/a.css': 'a2', 'static/b c.css': 'b' }, 'digitalocean', 2)).outputs.status).toBe(
      'synced',
    );
    expect(spaces.purges).toEqual([['static/a.css']]);
    await sync({ 'static/a.css': 'a2', 'static/b c.css': 'b' }, 'digitalocean', 3);
    expect(spaces.purges).toHaveLength(1);
    const { log } = await sync({ 'static/a.css': 'a2', 'static/b c.css': 'b2' }, 'cloudflare', 4);
    expect(cloudflare.purges).toEqual([['https://cdn.example.com/static/b%20c.css']]);
    expect(log.replace(/^::add-mask::.*$/gm, '')).not.toContain(cloudflareToken);
    expect([...spaces.complaints, ...cloudflare.complaints]).toEqual([]);
    await Promise.all([spaces.stop(), cloudflare.stop()]);
  });
});

describe('a preview', () => {
  test('is purged of its own un-hashed files when it is taken away', async () => {
    const [cdn, host] = [await startSpacesCdn(), await startQuickHost()];
    const project = await startProject();
    await project.append('site1/settings.py', bucketSettings('/static/'));
    const sha = await project.commit();
    const on = (action: string, state: string) =>
      runAction({
        workspace: project.folder,
        sha,
        event: 'pull_request',
        payload: {
          action,
          repository: { id: 7, default_branch: 'main' },
          pull_request: {
            number: 7,
            state,
            head: { sha, ref: 'feature', repo: { id: 7, full_name: 'harbour/notes', fork: false } },
            base: { ref: 'main', repo: { id: 7, full_name: 'harbour/notes' } },
          },
        },
        env: {
          ...project.path,
          GITHUB_REF: 'refs/pull/7/merge',
          GITHUB_REPOSITORY_ID: '7',
          GITHUB_RUN_ID: action === 'closed' ? '12' : '11',
        },
        inputs: {
          install: 'none',
          ...bucketInputs(),
          ...host.inputs,
          cdn: `digitalocean:${spacesCdnId}`,
          'cdn-token': spacesCdnToken,
          'host-options': `${host.inputs['host-options']}\ncdn-api-url: ${cdn.origin}`,
          checks: 'off',
        },
      });
    expect((await on('opened', 'open')).outputs.status).toBe('live');
    expect(cdn.purges).toEqual([]);
    const closed = await on('closed', 'closed');
    expect(closed.outputs.status).toBe('removed');
    expect(cdn.purges).toHaveLength(1);
    const [paths = []] = cdn.purges;
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) expect(path).toMatch(/^previews\/7\/pr-7\//);
    expect(paths.filter((path) => hashOf(path) !== undefined)).toEqual([]);
    await Promise.all([cdn.stop(), host.stop()]);
    await project.remove();
  });
});

describe('a check', () => {
  test('says whether id and token are right, and purges nothing', async () => {
    const cdn = await startCloudflare();
    const workspace = await folder({ 'README.md': 'no project' });
    const look = (token: string) =>
      runAction({
        workspace,
        sha: 'c'.repeat(40),
        inputs: {
          command: 'check',
          host: 'none',
          cdn: `cloudflare:${cloudflareZone} https://files.example.org`,
          'cdn-token': token,
          'host-options': `cdn-api-url: ${cdn.origin}`,
        },
      });
    const right = await look(cloudflareToken);
    expect(right.log).toContain(`✓ CDN: cloudflare:${cloudflareZone} answers`);
    expect(right.log).toContain('serves example.com, and pages name files at files.example.org');
    const wrong = await look('a-token-that-nobody-knows');
    expect(wrong.log).toContain('CDN_REFUSED');
    expect(wrong.log).toContain('The credential is wrong or was revoked');
    expect(cdn.purges).toEqual([]);
    await cdn.stop();
  });
});

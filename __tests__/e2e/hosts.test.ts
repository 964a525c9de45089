import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type LocalHost, startLocalHost } from '../../demo/parts/host.ts';
import { bucketSettings, type Project, startProject } from '../support/django-project.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { tempFolder } from '../support/project.ts';
import { renderHookKey, renderService, renderToken, startRender } from '../support/render.ts';

/** Hosts with an API, and apps that serve their static files themselves, through the bundle. */
let server: BucketServer;
const open: Project[] = [];

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket('hosts');
});
afterAll(async () => {
  await server.stop();
  for (const project of open) await project.remove();
});

const error = ({ log }: ActionResult): string => /^::error[^:]*::(.*)$/m.exec(log)?.[1]?.replaceAll('%0A', '\n') ?? '';

describe('Render', () => {
  let project: Project;
  let sha: string;
  /** The site: what it answers is what Render has put live. */
  let page: Emulator;
  let live = '';

  beforeAll(async () => {
    project = await startProject();
    open.push(project);
    await project.append('site1/settings.py', bucketSettings(`${server.endpoint}/hosts/static/`));
    sha = await project.commit('First');
    page = await startEmulator(() => ({ status: 200, body: `<h1>Welcome</h1><!-- ${live} -->` }));
  });
  afterAll(() => page.stop());

  const deploy = (origin: string, inputs: Record<string, string> = {}) =>
    runAction({
      workspace: project.folder,
      sha,
      env: project.path,
      inputs: {
        install: 'none',
        bucket: 'hosts',
        endpoint: server.endpoint,
        'access-key-id': 'test-key',
        'secret-access-key': 'test-secret',
        acl: 'public-read',
        host: 'render',
        service: renderService,
        'host-token': renderToken,
        'host-options': `api-url: ${origin}`,
        timeout: '40s',
        ...inputs,
      },
    });

  test('is followed to the deploy of this commit, and tells the URL', async () => {
    const render = await startRender({ url: page.origin, script: ['build_in_progress', 'live'] });
    const result = await deploy(render.origin);
    await render.stop();
    expect(result.log).toContain('✓ Proof: host: Render says that dep-');
    expect(result.outputs).toMatchObject({ status: 'live', url: page.origin });
    expect(result.outputs['host-deployment-id']).toBe(render.deploys[0]?.id);
    expect(result.outputs['log-url']).toBe(
      `https://dashboard.render.com/web/${renderService}/deploys/${render.deploys[0]?.id}`,
    );
    expect(render.deploys.map(({ commit }) => commit?.id)).toEqual([sha]);
    expect(render.complaints).toEqual([]);
    expect(result.log.replace(/^::add-mask::.*$/gm, '')).not.toContain(renderToken);
  });

  test('with a commit that the page shows is proven by that', async () => {
    const render = await startRender({ url: page.origin, script: ['live'], onDeploy: (commit) => (live = commit) });
    const { log, outputs } = await deploy(render.origin);
    await render.stop();
    live = '';
    expect(log).toContain(`✓ Proof: commit: ${sha.slice(0, 12)} in the page`);
    expect(outputs.status).toBe('live');
  });

  test('that fails the build fails the run, with its words and its last lines', async () => {
    const reason = { failure: { nonZeroExit: 1, evicted: false } };
    const render = await startRender({ url: page.origin, script: ['build_in_progress', 'build_failed'], reason });
    const result = await deploy(render.origin);
    await render.stop();
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(error(result)).toContain('The deploy at Render failed: the build failed: exit status 1. Its last lines:');
    expect(error(result)).toContain('ModuleNotFoundError: No module named harbour');
    expect(error(result)).toContain('The whole log is at https://dashboard.render.com/');
    expect(render.complaints).toEqual([]);
  });

  test('that puts a newer deploy first is superseded, which is no failure', async () => {
    const render = await startRender({
      url: page.origin,
      script: ['canceled'],
      reason: { newDeploy: { id: 'dep-99999999999999999999' } },
    });
    const result = await deploy(render.origin);
    await render.stop();
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'superseded' } });
    expect(result.log).toContain('::notice::A newer deploy took the place of this one');
  });

  test('that queues the deploy and names no id is found by the commit', async () => {
    const render = await startRender({ url: page.origin, queue: true, script: ['queued', 'live'] });
    const result = await deploy(render.origin);
    await render.stop();
    expect(result.outputs).toMatchObject({ status: 'live', 'host-deployment-id': render.deploys[0]?.id });
    expect(render.complaints).toEqual([]);
  });

  test('that deploys by itself as well is warned of', async () => {
    const render = await startRender({ url: page.origin, script: ['live'], autoDeployTrigger: 'commit' });
    const { log } = await deploy(render.origin);
    await render.stop();
    expect(log).toContain('::warning::Render also deploys');
  });

  test('that does not know the key is said before anything is built', async () => {
    const render = await startRender({});
    const result = await deploy(render.origin, { 'host-token': 'rnd_a_wrong_one' });
    await render.stop();
    expect(error(result)).toContain('The credential is wrong or was revoked');
    expect(result.log).not.toContain('Django: checks');
  });

  test('by its hook alone is asked for this commit, and proven by the page', async () => {
    const render = await startRender({ onDeploy: (commit) => (live = commit) });
    const hook = `${render.origin}/deploy/${renderService}?key=${renderHookKey}`;
    const result = await deploy(render.origin, {
      host: 'auto',
      service: '',
      'host-token': '',
      'deploy-hook': hook,
      url: page.origin,
    });
    await render.stop();
    live = '';
    expect(result.outputs).toMatchObject({ status: 'live' });
    expect(render.deploys[0]).toMatchObject({ trigger: 'deploy_hook', commit: { id: sha } });
  });
});

describe('an app that serves its static files by WhiteNoise', () => {
  let project: Project;
  let host: LocalHost;

  beforeAll(async () => {
    project = await startProject('Django', ['whitenoise[brotli]==6.12.0', 'brotli==1.2.0']);
    open.push(project);
    await project.append(
      'site1/settings.py',
      `${bucketSettings('/static/')}
MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")
STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"
`,
    );
    const requirements = (await readFile(`${project.folder}/requirements.txt`, 'utf8')).trim().split('\n');
    const folder = tempFolder();
    host = await startLocalHost({
      folder,
      requirements,
      wsgi: 'site1.wsgi',
      env: () => ({ DATABASE_PATH: `${folder}/db.sqlite3` }),
    });
  });
  afterAll(() => host.stop());

  const deploy = async () =>
    runAction({
      workspace: project.folder,
      sha: await project.commit(),
      env: project.path,
      inputs: {
        install: 'none',
        'deploy-hook': host.hook,
        'host-options': 'body: {"artifact": "{artifact-path}"}',
        url: host.url,
        timeout: '1m',
      },
    });

  test('needs no bucket, and goes live by its own files', async () => {
    const { outputs, log } = await deploy();
    expect(outputs).toMatchObject({ status: 'live', uploaded: '0', 'static-url': `${host.url}/static/` });
    expect(log).toContain('✓ Proof: asset: pages/');
    expect(log).not.toContain('✓ Upload');
    // gunicorn with WhiteNoise answers each encoding with a twin that the artifact brought along.
    expect(log).toMatch(/✓ Proof: .*, served by the app as gzip and br too/);
    expect(log).not.toMatch(/has other bytes|Vary|Cache-Control/);
  });

  test('is told from the release before by what changed on the page', async () => {
    await project.append('pages/static/pages/home.css', '\nimg { opacity: 0.5 }\n');
    const { outputs, log } = await deploy();
    expect(outputs.status).toBe('live');
    expect(log).toMatch(/Waiting for a page with pages\/home\.[0-9a-f]{12}\.css/);
  });

  test('is not called live where nothing on the page changed', async () => {
    await project.append('site1/urls.py', '\n# Nothing to see.\n');
    expect((await deploy()).outputs.status).toBe('triggered');
  });
});

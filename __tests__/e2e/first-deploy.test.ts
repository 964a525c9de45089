import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type LocalHost, startLocalHost } from '../../demo/parts/host.ts';
import { bucketSettings, type Project, startProject } from '../support/django-project.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';

/** A project whose settings send pages to the app for files that are in the bucket, as a new user may have it. */
let server: BucketServer;
let project: Project;
let sha: string;
let site: Emulator;
let asked = 0;

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket('first');
  project = await startProject();
  await project.append('site1/settings.py', bucketSettings('/static/'));
  sha = await project.commit('First');
  site = await startEmulator(({ method, path }) => {
    if (method === 'POST') asked++;
    return path.startsWith('/static/') ? { status: 404, body: 'Not found' } : { status: 200, body: 'Coming soon' };
  });
});

afterAll(async () => {
  await Promise.all([server.stop(), site.stop()]);
  await project.remove();
});

const run = (inputs: Record<string, string> = {}): Promise<ActionResult> =>
  runAction({
    workspace: project.folder,
    sha,
    env: project.path,
    inputs: {
      install: 'none',
      bucket: 'first',
      endpoint: server.endpoint,
      'access-key-id': 'test-key',
      'secret-access-key': 'test-secret',
      acl: 'public-read',
      host: 'hook',
      'deploy-hook': `${site.origin}/hook`,
      url: site.origin,
      timeout: '20s',
      ...inputs,
    },
  });

describe('a first deploy whose pages would find no files', () => {
  test('is warned of by a check, with the whole line to write, and the check does not say that the hook answers', async () => {
    const { log, summary, outputs } = await run({ command: 'check', rollback: 'true' });
    expect(outputs.status).toBe('planned');
    expect(log).toContain(`STATIC_URL = "${server.endpoint}/first/static/"`);
    expect(summary).toContain('| ➖&nbsp;Host | Nothing was asked: by these inputs the deploy hook');
    expect(summary).toMatch(
      /\| ⚠️&nbsp;Rollback \| [^|]+ \| No hook goes back to an earlier release; write one into host-/,
    );
    expect(log).not.toContain('[Plan of the uploads]');
    expect(asked).toBe(0);
  });

  test('is warned of before the host is asked, and goes on', async () => {
    const { log, outputs } = await run();
    expect([outputs.status, asked]).toEqual(['triggered', 1]);
    expect(log).toMatch(/::warning::Pages will ask the app for their static files .* answers 404\./);
    expect(log).toContain(`Write STATIC_URL = "${server.endpoint}/first/static/"`);
  });

  test('is not warned of where the finding is silenced', async () => {
    await project.append('site1/settings.py', 'SILENCED_SYSTEM_CHECKS = ["deploy.static-url"]\n');
    sha = await project.commit('Silenced');
    const { log, outputs } = await run();
    expect([outputs.status, asked]).toEqual(['triggered', 2]);
    expect(log).not.toContain('Pages will ask the app');
  });
});

/** A project whose pages load their files from a bucket that is empty, and that opens nothing by itself. */
describe('a first deploy to a private bucket', () => {
  interface Workflow {
    readonly jobs: { readonly deploy: { readonly steps: readonly { readonly with: Record<string, unknown> }[] } };
  }
  let own: Project;
  let first: string;
  let app: LocalHost;

  beforeAll(async () => {
    await server.createBucket('private');
    own = await startProject();
    await own.append('site1/settings.py', bucketSettings(`${server.endpoint}/private/static/`));
    first = await own.commit('First');
    const folder = await mkdtemp(join(tmpdir(), 'deploy-django-host-'));
    const requirements = (await readFile(join(own.folder, 'requirements.txt'), 'utf8')).trim().split('\n');
    const env = () => ({ DATABASE_PATH: join(folder, 'site.sqlite3') });
    app = await startLocalHost({ folder, requirements, wsgi: 'site1.wsgi', env });
  });
  afterAll(async () => {
    await app.stop();
    await own.remove();
  });

  const runOwn = (inputs: Record<string, string>) =>
    runAction({
      workspace: own.folder,
      sha: first,
      env: own.path,
      inputs: {
        install: 'none',
        bucket: 'private',
        endpoint: server.endpoint,
        'access-key-id': 'test-key',
        'secret-access-key': 'test-secret',
        host: 'hook',
        'deploy-hook': app.hook,
        url: app.url,
        timeout: '60s',
        'host-options': 'body: {"artifact": "{artifact-path}", "sha": "{sha}"}',
        ...inputs,
      },
    });

  test('is warned of by a check, and is live at once with the lines of the workflow that the check prints', async () => {
    const { summary, outputs } = await runOwn({ command: 'check' });
    expect(summary).toContain('the bucket "private" lets nobody read them | Set acl: public-read.');
    expect(outputs.status).toBe('planned');
    const { workflow } = JSON.parse(await readFile(outputs.report ?? '', 'utf8'));
    const lines = (parse(workflow) as Workflow).jobs.deploy.steps.at(-1)?.with ?? {};
    const added = Object.entries(lines).filter(([, value]) => !String(value).includes('secrets.'));
    const deployed = await runOwn(Object.fromEntries(added.map(([name, value]) => [name, String(value)])));
    expect(deployed.outputs.status).toBe('live');
  });
});

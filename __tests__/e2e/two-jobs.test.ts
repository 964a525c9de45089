import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type LocalHost, startLocalHost } from '../../demo/parts/host.ts';
import { mebibyte, tarOf } from '../support/bombs.ts';
import { bucketSettings, type Project, startProject } from '../support/django-project.ts';

/** One job builds without secrets, another deploys what it built: each is the bundle in a machine of its own. */
const run = promisify(execFile);
const open: Project[] = [];
let server: BucketServer;
let host: LocalHost;
let project: Project;
let sha: string;

const staticUrl = () => `${server.endpoint}/two-jobs/static/`;

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket('two-jobs');
  project = await make();
  await project.append('site1/settings.py', 'MEDIA_ROOT = BASE_DIR / "media"\nMEDIA_URL = "/media/"\n');
  await project.write('media/logo.txt', 'logo');
  await project.write('docs/notes.md', 'for us');
  await project.write('.gitattributes', 'docs export-ignore\n');
  sha = await project.commit();
  const folder = await mkdtemp(join(tmpdir(), 'deploy-django-host-'));
  const requirements = (await readFile(join(project.folder, 'requirements.txt'), 'utf8')).trim().split('\n');
  const env = () => ({ DATABASE_PATH: join(folder, 'site.sqlite3') });
  host = await startLocalHost({ folder, requirements, wsgi: 'site1.wsgi', env });
});
afterAll(async () => {
  await host.stop();
  await server.stop();
  for (const one of open) await one.remove();
});

async function make(): Promise<Project> {
  const made = await startProject();
  open.push(made);
  await made.append('site1/settings.py', bucketSettings(staticUrl()));
  return made;
}

const buildJob = (inputs: Record<string, string> = {}, of = project, at = sha): Promise<ActionResult> =>
  runAction({
    workspace: of.folder,
    sha: at,
    env: of.path,
    inputs: { command: 'build', install: 'none', ...inputs },
  });

/** A job on another machine: no checkout, no Python, and the file that was downloaded. */
async function deployJob(artifact: string, inputs: Record<string, string> = {}, at = sha): Promise<ActionResult> {
  const workspace = await mkdtemp(join(tmpdir(), 'deploy-django-job-'));
  await rename(artifact, join(workspace, 'artifact'));
  return runAction({
    workspace,
    sha: at,
    env: { PATH: '/nowhere' },
    inputs: {
      artifact: 'artifact',
      bucket: 'two-jobs',
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
  });
}

const path = ({ outputs }: ActionResult): string => outputs['artifact-path'] ?? '';

describe('what one job builds', () => {
  test('another puts live, without a checkout, a Python or any code of the project', async () => {
    const built = await buildJob({ 'media-dir': 'auto' });
    expect(built).toMatchObject({ exitCode: 0, outputs: { status: 'built', uploaded: '0' } });
    const sum = createHash('sha256')
      .update(await readFile(path(built)))
      .digest('hex');
    expect(built.outputs['artifact-sha256']).toBe(sum);
    const { stdout } = await run('tar', ['-tzf', path(built)]);
    expect(stdout.split('\n')[0]).toBe('.deploy-django/release.json');
    expect(stdout).not.toContain('docs/');

    const deployed = await deployJob(path(built));
    expect(deployed).toMatchObject({ exitCode: 0, outputs: { status: 'live', url: host.url, 'artifact-sha256': sum } });
    expect(deployed.log).toMatch(/✓ Artifact: \d+ files, .* every one as it was built; Django 5/);
    expect((await fetch(`${server.endpoint}/two-jobs/media/logo.txt`)).status).toBe(200);
    const page = await (await fetch(host.url)).text();
    expect(page).toContain(`${staticUrl()}pages/home.`);
  });

  test('is the same, byte for byte, on another machine', async () => {
    const clone = await mkdtemp(join(tmpdir(), 'deploy-django-clone-'));
    await run('git', ['clone', '--quiet', project.folder, clone]);
    const here = await buildJob();
    const there = await buildJob({}, { ...project, folder: clone });
    expect(there.outputs['artifact-sha256']).toBe(here.outputs['artifact-sha256']);
  });

  test('can be a zip, which deploys as well', async () => {
    const built = await buildJob({ 'artifact-format': 'zip' });
    expect(path(built)).toMatch(/artifact\.zip$/);
    const deployed = await deployJob(path(built), { host: 'none', url: '', 'deploy-hook': '', 'host-options': '' });
    expect(deployed.outputs).toMatchObject({ status: 'built', uploaded: '0' });
    expect(Number(deployed.outputs.unchanged)).toBeGreaterThan(100);
  });

  test('needs no secrets, and is warned of those that it gets', async () => {
    const built = await buildJob({ 'access-key-id': 'AKIAXXXXXXXXEXAMPLE0' });
    expect(built.outputs.status).toBe('built');
    expect(built.log).toMatch(/^::warning::"command: build" needs no secrets.*Give access-key-id/m);
  });
});

describe('the job that deploys refuses', () => {
  test('an artifact that was changed on its way, and uploads nothing', async () => {
    const built = await buildJob();
    const folder = await mkdtemp(join(tmpdir(), 'deploy-django-changed-'));
    await run('tar', ['-xzf', path(built), '-C', folder]);
    const style = (await run('find', [folder, '-name', 'home.*.css'])).stdout.split('\n')[0] ?? '';
    await writeFile(style, 'body { background: url(https://evil.example) }');
    const { stdout } = await run('tar', ['-tzf', path(built)]);
    const names = join(folder, '.names');
    await writeFile(names, stdout);
    await run('tar', ['-czf', `${folder}.tar.gz`, '-C', folder, '--no-recursion', '-T', names]);
    const deployed = await deployJob(`${folder}.tar.gz`, { 'static-prefix': 'changed/' });
    expect(deployed).toMatchObject({ exitCode: 1, outputs: { status: 'failed', uploaded: '0' } });
    expect(deployed.log).toMatch(/::error::.*has other bytes in "staticfiles\/pages\/home\.[0-9a-f]{12}\.css"/);
    expect((await fetch(`${server.endpoint}/two-jobs/changed/staticfiles.json`)).status).toBe(404);
  });

  test('an artifact of another commit', async () => {
    const deployed = await deployJob(path(await buildJob()), {}, 'ffffffffffffffffffffffffffffffffffffffff');
    expect(deployed.exitCode).toBe(1);
    expect(deployed.log).toContain(
      `The artifact was made of commit ${sha.slice(0, 12)}, and this run deploys ffffffffffff`,
    );
  });

  test('an artifact whose record is a bomb, while it is read (B4)', async () => {
    const bomb = await tarOf([{ path: '.deploy-django/release.json', start: '{}', filler: 700 * mebibyte }]);
    expect((await stat(bomb)).size).toBeLessThan(mebibyte);
    const deployed = await deployJob(bomb);
    expect(deployed).toMatchObject({ exitCode: 1, outputs: { status: 'failed', uploaded: '0' } });
    expect(deployed.log).toMatch(/::error::.*release\.json that unpacks to more than 64\.0 MiB\./);
  });

  test('build inputs, and says where they belong', async () => {
    const deployed = await deployJob(path(await buildJob()), { 'build-command': 'npm run build', command: 'deploy' });
    expect(deployed.log).toContain('build-command: is set beside artifact, which is built already; move it');
  });
});

describe('"command: check"', () => {
  test.each([
    ['at GitHub', { RUNNER_ENVIRONMENT: 'github-hosted' }, 'Preflight, GitHub', '⚠️'],
    ['on another machine, where nobody can give a token', {}, 'Preflight', '➖'],
    ['by act', { RUNNER_ENVIRONMENT: 'self-hosted', ACT: 'true' }, 'Preflight', '➖'],
  ])('of a project without faults changes nothing and ends well: %s', async (_where, runner, warned, mark) => {
    const checked = await runAction({
      workspace: project.folder,
      sha,
      env: { ...project.path, ...runner },
      inputs: {
        command: 'check',
        host: 'none',
        install: 'none',
        bucket: 'two-jobs',
        endpoint: server.endpoint,
        'access-key-id': 'test-key',
        'secret-access-key': 'test-secret',
        environment: 'untouched',
        url: host.url,
      },
    });
    expect(checked).toMatchObject({ exitCode: 0, outputs: { status: 'planned', uploaded: '0' } });
    expect(checked.log).toContain(`Nothing stops a deploy, and nothing was changed. There are warnings: ${warned}.`);
    for (const name of ['Inputs', 'Build', 'Bucket', 'Plan', 'Site'])
      expect(checked.summary).toContain(`| ✅&nbsp;${name} |`);
    expect(checked.summary).toContain('| ⚠️&nbsp;Preflight |');
    expect(checked.summary).toContain(`| ${mark}&nbsp;GitHub |`);
    const [, workflow = ''] = /```yaml\n([\s\S]*?)\n```/.exec(checked.summary) ?? [];
    expect(parse(workflow)).toMatchObject({ on: { push: { branches: ['main'] } } });
    expect(workflow).toContain(`secret-access-key: \${{ secrets.BUCKET_SECRET }}`);
    expect(workflow + checked.log.replace(/^::add-mask::.*$/gm, '')).not.toContain('test-secret');
    expect((await fetch(`${server.endpoint}/two-jobs/.deploy-django/untouched.json`)).status).toBe(404);
  });

  test('of a project with many says every one at once, in the order in which they are best fixed', async () => {
    const broken = await make();
    await broken.append('pages/static/pages/home.css', 'p { background: url("missing.png") }\n');
    const checked = await runAction({
      workspace: broken.folder,
      sha: await broken.commit(),
      env: broken.path,
      inputs: {
        command: 'check',
        install: 'none',
        timeout: 'soon',
        'static-prefix': '{pr}/static/',
        bucket: 'no-such-bucket',
        endpoint: server.endpoint,
        'access-key-id': 'test-key',
        'secret-access-key': 'test-secret',
      },
    });
    expect(checked).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    const order = [...checked.log.matchAll(/(?:^|%0A)(\d)\. ([A-Z_]+):/gm)].map((match) => match[2]);
    expect(order).toEqual(['INVALID_INPUTS', 'BUCKET_NOT_FOUND', 'COLLECT_FAILED']);
    const rows = [...checked.summary.matchAll(/^\| ❌&nbsp;(\w+) \| \*\*([A-Z_]+)\*\*: [^|]+ \| [^|]+ \|$/gm)];
    expect(rows.map(([, name, code]) => [name, code])).toEqual([
      ['Inputs', 'INVALID_INPUTS'],
      ['Inputs', 'INVALID_INPUTS'],
      ['Inputs', 'INVALID_INPUTS'],
      ['Bucket', 'BUCKET_NOT_FOUND'],
      ['Build', 'COLLECT_FAILED'],
    ]);
    // What the inputs alone tell comes before anything is installed, each mistake in its line.
    const marked = [...stripVTControlCharacters(checked.log).matchAll(/^✗ (\w+): (\S+)|^::group::(Install)/gm)].map(
      ([, ...words]) => words.join(''),
    );
    expect(marked).toEqual([
      'Inputstimeout:',
      'Inputshost:',
      'Inputsstatic-prefix:',
      expect.stringMatching(/^Bucket/),
      'Install',
      expect.stringMatching(/^Build/),
    ]);
  });

  test('plans nothing for a place that the run does not have, and a deploy stops before it installs anything', async () => {
    const inputs = {
      install: 'none',
      host: 'none',
      bucket: 'two-jobs',
      endpoint: server.endpoint,
      'static-prefix': '{pr}/',
    };
    const keys = { 'access-key-id': 'test-key', 'secret-access-key': 'test-secret' };
    const env = project.path;
    const run = (command: string) =>
      runAction({ workspace: project.folder, sha, env, inputs: { ...inputs, ...keys, command } });
    const checked = await run('check');
    expect(checked.summary.match(/\| ❌/g)).toHaveLength(1);
    expect(checked.summary).toContain('| ➖&nbsp;Plan | Not looked at, before static-prefix is right |');
    const deployed = await run('deploy');
    expect(deployed.log).toContain('static-prefix: "{pr}/" has {pr} in it, and this run is of no pull request');
    expect(deployed.log).not.toContain('::group::Install');
  });

  test.each(['ssh', 'fly', 'cloud-run'])('asks nobody whose inputs have a mistake: %s', async (name) => {
    const inputs = {
      command: 'check',
      install: 'none',
      host: name,
      bucket: 'assets',
      endpoint: 'no address',
      cdn: 'nobody:1',
      'trusted-source': 'nobody:1',
    };
    const checked = await runAction({ workspace: project.folder, sha, env: project.path, inputs });
    const rows = (mark: string) =>
      [...checked.summary.matchAll(new RegExp(`^\\| ${mark}&nbsp;([\\w ]+) `, 'gm'))].map((row) => row[1]);
    expect(new Set(rows('❌'))).toEqual(new Set(['Inputs']));
    expect(rows('➖')).toEqual(expect.arrayContaining(['Bucket', 'Host']));
    expect(checked.log).toMatch(/^Failed: (INVALID_INPUTS|CHECKS_FAILED)$/m);
  });
});

test('an artifact stays until the end of the job, for the step that uploads it', async () => {
  const built = await buildJob();
  expect((await stat(path(built))).size).toBeGreaterThan(1_000);
});

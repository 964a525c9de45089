import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type Project, startProject } from '../support/django-project.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { s3Error, startProxy } from '../support/proxy.ts';
import { previewSettings } from '../support/workflow.ts';

/** What a user meets when something is wrong: a clear message, nothing half done, and no secret anywhere. */
const hookKey = 'hook-key-that-nobody-may-see';

let server: BucketServer;
let project: Project;
let sha: string;
let page: Emulator;

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket('failures');
  project = await startProject();
  await project.append('site1/settings.py', previewSettings(`${server.endpoint}/failures/static/`));
  sha = await project.commit('First');
  page = await startEmulator(({ method }) =>
    method === 'POST' ? { status: 200, body: {} } : { status: 200, body: 'old' },
  );
});
afterAll(async () => {
  await server.stop();
  await page.stop();
  await project.remove();
});

const deploy = (
  inputs: Record<string, string>,
  more: { event?: string; payload?: object; env?: Record<string, string> } = {},
): Promise<ActionResult> =>
  runAction({
    workspace: project.folder,
    sha,
    ...(more.event ? { event: more.event } : {}),
    ...(more.payload ? { payload: more.payload } : {}),
    env: { ...project.path, ...more.env },
    inputs: {
      install: 'none',
      'static-prefix': 'static',
      bucket: 'failures',
      endpoint: server.endpoint,
      'access-key-id': 'test-key',
      'secret-access-key': 'test-secret',
      acl: 'public-read',
      // Visitors read the files of the bucket that the case names.
      env: `STATIC_URL=${server.endpoint}/${inputs.bucket ?? 'failures'}/static/`,
      host: 'hook',
      'deploy-hook': `${page.origin}/hook?key=${hookKey}`,
      url: page.origin,
      timeout: '20s',
      ...inputs,
    },
  });

/** Lets everybody read the files of a bucket by its policy, as it has to be where a bucket takes no ACLs. */
async function makePublic(bucket: string): Promise<void> {
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` };
  const body = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const response = await fetch(`${server.endpoint}/${bucket}?policy`, { method: 'PUT', body });
  expect(response.ok).toBe(true);
}

/** The first line of the error that the log ends with. */
const error = ({ log }: ActionResult): string => /^::error[^:]*::(.*)$/m.exec(log)?.[1]?.replaceAll('%0A', '\n') ?? '';

describe('the bucket', () => {
  test('is not there: said before anything is built', async () => {
    const result = await deploy({ bucket: 'nobody-made-this' });
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed', uploaded: '0' } });
    expect(error(result)).toContain(`There is no bucket "nobody-made-this" at ${server.endpoint}.`);
    expect(error(result)).toContain('Check the inputs bucket and endpoint');
    expect(result.log).not.toContain('Django: checks');
  });

  test('does not accept the keys', async () => {
    const guarded = await startBucketServer({ checkAuthAfter: 1 });
    await guarded.createBucket('guarded');
    const result = await deploy({ bucket: 'guarded', endpoint: guarded.endpoint });
    await guarded.stop();
    expect(result.exitCode).toBe(1);
    expect(error(result)).toContain('does not accept these credentials');
    expect(error(result)).toContain('access-key-id and secret-access-key');
  });

  test('takes no ACLs: the files go in without, and a warning says what to do', async () => {
    await server.createBucket('no-acls');
    await makePublic('no-acls');
    const proxy = await startProxy(server.endpoint, ({ headers }, outgoing) =>
      headers['x-amz-acl'] === undefined
        ? false
        : s3Error(outgoing, 400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs'),
    );
    const result = await deploy({
      bucket: 'no-acls',
      endpoint: proxy.endpoint,
      host: 'none',
      url: '',
      'deploy-hook': '',
    });
    await proxy.stop();
    expect(result.outputs).toMatchObject({ status: 'built' });
    expect(Number(result.outputs.uploaded)).toBeGreaterThan(200);
    expect(result.log.match(/::warning::The bucket "no-acls" takes no ACLs/g)).toHaveLength(1);
  });

  test('fails in the middle of the upload: no manifest, no release, and the next run heals it', async () => {
    await server.createBucket('flaky');
    let failing = true;
    const proxy = await startProxy(server.endpoint, ({ method, url }, outgoing) =>
      failing && method === 'PUT' && /\/static\/pages\/home\.css/.test(url ?? '')
        ? s3Error(outgoing, 403, 'AccessDenied', 'no')
        : false,
    );
    const before = page.requests.length;
    const result = await deploy({ bucket: 'flaky', endpoint: proxy.endpoint });
    expect(result.exitCode).toBe(1);
    expect(error(result)).toMatch(/refuses storing static\/pages\/home\.css: no\./);
    expect(page.requests.slice(before).filter(({ method }) => method === 'POST')).toEqual([]);
    expect(proxy.seen).not.toContain('PUT /flaky/static/staticfiles.json');
    failing = false;
    const healed = await deploy({
      bucket: 'flaky',
      endpoint: proxy.endpoint,
      host: 'none',
      url: '',
      'deploy-hook': '',
    });
    await proxy.stop();
    expect(healed.outputs.status).toBe('built');
    const manifest = proxy.seen.lastIndexOf('PUT /flaky/static/staticfiles.json');
    const lastFile = proxy.seen.findLastIndex((line) => /^PUT \/flaky\/static\/(?!staticfiles\.json)/.test(line));
    expect(manifest).toBeGreaterThan(lastFile);
  });

  test('gets hashed files first, then the others, then the manifest', async () => {
    await server.createBucket('order');
    const proxy = await startProxy(server.endpoint, () => false);
    await deploy({ bucket: 'order', endpoint: proxy.endpoint, host: 'none', url: '', 'deploy-hook': '' });
    await proxy.stop();
    const puts = proxy.seen.filter((line) => line.startsWith('PUT /order/static/'));
    const rank = (line: string) =>
      /\.[0-9a-f]{12}(\.\w+)?$/.test(line) ? 0 : line.endsWith('staticfiles.json') ? 2 : 1;
    expect(puts.map(rank)).toEqual(puts.map(rank).sort());
    expect(new Set(puts.map(rank)).size).toBe(3);
  });
});

describe('the host', () => {
  test.each([
    [404, 'Nothing is there (any more)'],
    [401, 'The credential is wrong or was revoked'],
    [500, 'Look at the host’s status page'],
  ])('answers its hook with %i', async (status, hint) => {
    const refusing = await startEmulator(({ path }) => ({ status, body: `<h1>No ${path}</h1>` }));
    const result = await deploy({ 'deploy-hook': `${refusing.origin}/hook?key=${hookKey}` });
    await refusing.stop();
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(error(result)).toContain(`the deploy hook did not take the request: HTTP ${status}`);
    expect(error(result)).toContain(hint);
    const shown = result.log.replace(/^::add-mask::.*$/gm, '') + result.summary + JSON.stringify(result.outputs);
    expect(shown).not.toContain(hookKey);
    expect(await readFile(result.outputs.report ?? '', 'utf8')).not.toContain(hookKey);
  });

  test('is not there at all', async () => {
    const result = await deploy({ 'deploy-hook': `http://127.0.0.1:9/hook?key=${hookKey}` });
    expect(error(result)).toContain('the deploy hook did not take the request: 127.0.0.1:9: ECONNREFUSED');
    expect(result.log.replace(/^::add-mask::.*$/gm, '')).not.toContain(hookKey);
  });

  test('sends the credential to no other place: a redirect of the hook is not followed', async () => {
    const elsewhere = await startEmulator(() => ({ status: 200 }));
    const redirecting = await startEmulator(() => ({
      status: 307,
      headers: { location: `${elsewhere.origin}/caught` },
    }));
    const result = await deploy({ 'deploy-hook': `${redirecting.origin}/hook?key=${hookKey}` });
    await Promise.all([redirecting.stop(), elsewhere.stop()]);
    expect(elsewhere.requests).toEqual([]);
    expect(error(result)).toContain('HTTP 307');
  });

  test('every part of the hook is masked before any line of the log', async () => {
    const { log } = await deploy({ 'dry-run': 'true' });
    const lines = log.split('\n');
    const first = lines.findIndex((line) => !line.startsWith('::add-mask::'));
    expect(lines[first]).toMatch(/^Deploy Django [\d.]+: /);
    const masks = lines.slice(0, first);
    expect(masks).toContain(`::add-mask::${hookKey}`);
    expect(masks).toContain(`::add-mask::${page.origin}/hook?key=${hookKey}`);
    expect(masks).toContain('::add-mask::test-secret');
  });
});

test('a dry run prints the plan and changes nothing anywhere', async () => {
  await server.createBucket('dry');
  const proxy = await startProxy(server.endpoint, () => false);
  const before = page.requests.length;
  const result = await deploy({ 'dry-run': 'true', bucket: 'dry', endpoint: proxy.endpoint });
  await proxy.stop();
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'planned', uploaded: '0' } });
  expect(result.log).toMatch(
    /new {5}static\/pages\/home\.[0-9a-f]{12}\.css {2}text\/css; charset=utf-8; public, max-age=31536000, immutable/,
  );
  expect(result.log).toContain(`would ask the deploy hook to deploy ${sha.slice(0, 12)}`);
  expect(proxy.seen.every((line) => line.startsWith('GET '))).toBe(true);
  expect(page.requests.slice(before).filter(({ method }) => method === 'POST')).toEqual([]);
});

test('a cancelled run ends at once, says so, and leaves outputs', async () => {
  const controller = new AbortController();
  const started = runAction({
    workspace: project.folder,
    sha,
    env: project.path,
    signal: controller.signal,
    onOutput: (text) => {
      if (text.includes('Waiting for')) controller.abort();
    },
    inputs: {
      install: 'none',
      bucket: 'failures',
      endpoint: server.endpoint,
      'access-key-id': 'test-key',
      'secret-access-key': 'test-secret',
      acl: 'public-read',
      host: 'hook',
      'deploy-hook': `${page.origin}/hook?key=${hookKey}`,
      url: page.origin,
    },
  });
  const result = await started;
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
  expect(error(result)).toContain('The run was cancelled.');
});

describe('pull requests', () => {
  const pull = (number: number, head: string, action = 'opened') => ({
    action,
    number,
    repository: { full_name: 'harbour/notes', default_branch: 'main' },
    pull_request: {
      number,
      state: action === 'closed' ? 'closed' : 'open',
      user: { login: 'someone' },
      head: { sha, ref: 'patch', repo: { full_name: head } },
    },
  });

  test('of a fork are built and checked without secrets, and green', async () => {
    const without = { 'access-key-id': '', 'secret-access-key': '', 'deploy-hook': '' };
    const result = await deploy(without, { event: 'pull_request', payload: pull(7, 'stranger/notes') });
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'skipped', environment: 'preview/pr-7' } });
    expect(result.log).toContain('! Preflight: ');
    expect(result.log).toContain('::notice::This change comes from a fork');
  });

  test('of the repository itself are built and checked for now', async () => {
    const before = page.requests.length;
    const result = await deploy({}, { event: 'pull_request', payload: pull(8, 'harbour/notes') });
    expect(result.outputs).toMatchObject({ status: 'skipped', environment: 'preview/pr-8' });
    expect(page.requests.slice(before).filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test('that are closed need nothing', async () => {
    const result = await deploy({}, { event: 'pull_request', payload: pull(8, 'harbour/notes', 'closed') });
    expect(result.outputs.status).toBe('skipped');
    expect(result.log).not.toContain('✓ Build');
  });

  test.each(['pull_request_target', 'workflow_run'])(
    '%s with a fork’s head is refused before anything runs',
    async (event) => {
      const payload = {
        ...pull(9, 'stranger/notes'),
        workflow_run: {
          event: 'push',
          conclusion: 'success',
          head_repository: { full_name: 'stranger/notes' },
          head_sha: sha,
        },
      };
      const result = await deploy({}, { event, payload });
      expect(result.exitCode).toBe(1);
      expect(error(result)).toContain('the code comes from a fork');
      expect(result.log).not.toContain('Django: checks');
    },
  );

  test('pull_request_target with another commit checked out than the base’s is refused', async () => {
    const payload = pull(9, 'harbour/notes');
    payload.pull_request.head.sha = 'f'.repeat(40);
    const result = await deploy({}, { event: 'pull_request_target', payload, env: { GITHUB_SHA: 'e'.repeat(40) } });
    expect(error(result)).toContain('is checked out');
  });
});

import { createHmac } from 'node:crypto';
import { chmod, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { freePort } from '../../demo/parts/ports.ts';
import { type RunningServer, startServer } from '../../demo/parts/server.ts';
import { bucketSettings, type Project, startProject } from '../support/django-project.ts';

/** examples/receiver on a server of one's own, called by the step of examples/own-server.yml. */
const examples = join(import.meta.dirname, '..', '..', 'examples');
const secret = 'a secret of the test with many characters';
const mailPassword = 'the-password-of-the-mails';
let bucket: BucketServer;
let project: Project;
let root: string;
let receiver: RunningServer;
let origin: string;
let site: string;
let runs = 0;

const middleware = `import os

def show_release(get_response):
    def middleware(request):
        response = get_response(request)
        response["X-Release"] = os.environ.get("RELEASE", "")
        return response
    return middleware
`;

/** What systemd does with shop.service: ends the app, and starts it where the link leads, with its release.env. */
const restart = (port: string) => `#!/bin/bash
set -e
own="$(cd "$(dirname "$0")" && pwd)"
if [ -e "$own/app.pid" ]; then
  kill "$(cat "$own/app.pid")"
  while [ -e "$own/app.pid" ]; do sleep 0.05; done
fi
cd "$own/current" && set -a && . ./release.env
env > "$own/app.environ"
nohup .venv/bin/gunicorn --preload --bind 127.0.0.1:${port} --pid "$own/app.pid" site1.wsgi > "$own/app.log" 2>&1 &
for _ in $(seq 100); do
  sleep 0.1
  kill -0 $! || exit 1
  (exec 3<>/dev/tcp/127.0.0.1/${port}) 2>/dev/null && exit 0
done
exit 1
`;

beforeAll(async () => {
  bucket = await startBucketServer();
  await bucket.createBucket('own');
  project = await startProject();
  await project.write('site1/release.py', middleware);
  await project.append('site1/settings.py', bucketSettings(`${bucket.endpoint}/own/static/`));
  await project.append('site1/settings.py', 'MIDDLEWARE.append("site1.release.show_release")\n');
  root = await realpath(await mkdtemp(join(tmpdir(), 'deploy-django-server-')));
  const appPort = String(await freePort());
  site = `http://127.0.0.1:${appPort}`;
  await writeFile(join(root, 'restart'), restart(appPort));
  await chmod(join(root, 'restart'), 0o755);
  const port = String(await freePort());
  origin = `http://127.0.0.1:${port}`;
  receiver = await startServer('python3', [join(examples, 'receiver', 'receiver.py')], {
    readyUrl: origin,
    env: {
      ...process.env,
      DATABASE_PATH: join(root, 'site.sqlite3'),
      MAIL_PASSWORD: mailPassword,
      DEPLOY_ROOT: root,
      DEPLOY_REPOSITORY: project.folder,
      DEPLOY_RESTART: join(root, 'restart'),
      DEPLOY_LOG: `cat ${join(root, 'app.log')}`,
      DEPLOY_SECRET: secret,
      DEPLOY_PORT: port,
    },
  });
});

afterAll(async () => {
  await receiver?.stop();
  const pid = await readFile(join(root, 'app.pid'), 'utf8').catch(() => '');
  if (pid) process.kill(Number(pid));
  await bucket.stop();
  await project.remove();
  await rm(root, { recursive: true, force: true });
});

/** The step of the example, with the addresses and secrets of this test. */
async function step(): Promise<Record<string, string>> {
  const text = await readFile(join(examples, 'own-server.yml'), 'utf8');
  const { jobs } = parse(text) as { jobs: { deploy: { steps: { with: Record<string, string | boolean> }[] } } };
  const filled = (value: string) =>
    value
      .replaceAll('https://deploy.example.com', origin)
      .replace('https://www.example.com', site)
      .replace('https://nyc3.digitaloceanspaces.com', bucket.endpoint)
      .replace('my-bucket', 'own')
      .replace(/\$\{\{ secrets\.DEPLOY_SECRET \}\}/, secret)
      .replace(/\$\{\{ secrets\.SPACES_\w+ \}\}/, 'a-test-key');
  const entries = Object.entries(jobs.deploy.steps.at(-1)?.with ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, filled(String(value))]));
}

async function deploy(inputs: Record<string, string> = {}): Promise<ActionResult & { readonly sha: string }> {
  const sha = await project.git('rev-parse', 'HEAD');
  const given = { install: 'none', timeout: '3m', ...(await step()), ...inputs };
  runs++;
  const env = { ...project.path, GITHUB_RUN_ID: String(1_000 + runs), GITHUB_RUN_NUMBER: String(runs) };
  return { sha, ...(await runAction({ workspace: project.folder, sha, env, inputs: given })) };
}

const shown = async () => (await fetch(site)).headers.get('x-release');

const post = async (
  path: string,
  body: string,
  signature = createHmac('sha256', secret).update(body).digest('hex'),
) => {
  const headers = { 'x-hub-signature-256': `sha256=${signature}` };
  const answer = await fetch(`${origin}${path}`, { method: 'POST', body, headers });
  return { status: answer.status, body: await answer.text() };
};

/** What the receiver says of a deploy. */
async function stateOf(id: string): Promise<string> {
  const answer = (await (await fetch(`${origin}/deployments/${id}`)).json()) as { deployment: { state: string } };
  return answer.deployment.state;
}

describe('a receiver on a server of your own', () => {
  let first: string;

  test('installs, migrates and restarts a commit, which the page then shows', async () => {
    await project.commit('First');
    const { outputs, sha, log } = await deploy();
    first = sha;
    expect([outputs.status, await shown()]).toEqual(['live', sha]);
    expect(log.replace(/^::add-mask::.*$/gm, '')).not.toContain(secret);
    expect(receiver.output()).toContain('manage.py migrate');
  });

  test('keeps the secret of the hook out of the environment of the app', async () => {
    const environ = await readFile(join(root, 'app.environ'), 'utf8');
    expect(environ).toContain('DATABASE_PATH=');
    expect(environ).not.toContain('DEPLOY_');
    expect(environ).not.toContain(secret);
  });

  test('puts a commit live that has changed no static file', async () => {
    await project.append('site1/settings.py', '# A change of Python alone.\n');
    await project.commit('Second');
    const { outputs, sha } = await deploy();
    expect([outputs.status, await shown()]).toEqual(['live', sha]);
  });

  test('goes back to the release before, also where no ledger says which one that is, and never on to what it left', async () => {
    const noBucket = { bucket: '', endpoint: '', 'access-key-id': '', 'secret-access-key': '', 'static-prefix': '' };
    const alone = await deploy({ command: 'rollback', ...noBucket, 'apply-policy': 'false', acl: '' });
    expect([alone.outputs.status, await shown()]).toEqual(['rolled-back', first]);
    expect(alone.log).toMatch(new RegExp(`Back at commit ${first.slice(0, 12)}: \\S+\\.$`, 'm'));
    const again = JSON.parse((await post('/rollback', '{"sha": ""}')).body) as { deployment: { id: string } };
    while (['queued', 'running'].includes(await stateOf(again.deployment.id))) await delay(50);
    expect(await stateOf(again.deployment.id)).toBe('failed');
    expect(await shown()).toBe(first);
    expect((await deploy()).outputs.status).toBe('live');
    const { outputs } = await deploy({ command: 'rollback' });
    expect([outputs.status, await shown()]).toEqual(['rolled-back', first]);
  });

  test('says which step failed, and leaves the release that is live', async () => {
    await project.append('requirements.txt', 'no-such-package-of-deploy-django==1.0\n');
    await project.commit('Third');
    const { outputs, log } = await deploy();
    expect(outputs.status).toBe('failed');
    expect(log).toContain('install ended with 1. Its last lines:');
    expect(log).toMatch(/Its last lines:.*no-such-package-of-deploy-django/);
    expect(await shown()).toBe(first);
  });

  test('puts the release that was live back where the app does not start, and says why it did not, without secrets', async () => {
    const lines = ['import os', 'print(*range(200), sep=os.linesep)', ''];
    const long = `{'x' * 495}{os.environ['MAIL_PASSWORD']}{'x' * 5000}`;
    const url = 'postgres://shop:not-in-a-variable@db/shop and https://a-token-alone@index/simple';
    const fails = `raise LookupError(f"no mails with {os.environ['MAIL_PASSWORD']} at ${url}\\n${long}")\n`;
    await project.append('site1/wsgi.py', lines.join('\n') + fails);
    await project.write('requirements.txt', await project.git('show', 'HEAD~1:requirements.txt'));
    await project.commit('Fourth');
    const { outputs, log } = await deploy({ rollback: 'false' });
    expect(outputs.status).toBe('failed');
    expect(log).toContain('restart ended with 1. Its last lines:');
    const [, told = ''] = /::error::(.*)/.exec(log) ?? [];
    expect(told.split('%0A').length).toBeLessThan(30);
    expect(told).toContain('LookupError: no mails with *** at postgres://***@db/shop');
    expect(told).toMatch(/site1\/wsgi\.py.*, line \d+/);
    expect(log).not.toContain(mailPassword);
    // It keeps them to itself, whatever the action hides.
    const own = await (await fetch(`${origin}/deployments/${outputs['host-deployment-id']}/log`)).text();
    expect(own).toContain('no mails with *** at postgres://***@db/shop and https://***@index/simple');
    expect(own).toMatch(/^x{495}\*\*\*xx$/m);
    expect(own.split('\n').length).toBeLessThanOrEqual(20);
    expect(Math.max(...own.split('\n').map((line) => line.length))).toBeLessThanOrEqual(500);
    expect(await shown()).toBe(first);
  });

  test('runs of several requests the one that it has begun and the newest', async () => {
    const ask = async () => JSON.parse((await post('/deploy', JSON.stringify({ sha: first }))).body).deployment.id;
    const begun = await ask();
    while ((await stateOf(begun)) === 'queued') await delay(20);
    const [waited, newest] = [await ask(), await ask()];
    while (['queued', 'running'].includes(await stateOf(newest))) await delay(50);
    expect([await stateOf(begun), await stateOf(waited), await stateOf(newest)]).toEqual([
      'live',
      'superseded',
      'live',
    ]);
  });

  test('deploys nothing that is not on its branch', async () => {
    await project.git('switch', '--quiet', '--create', 'unmerged');
    await project.commit('Unmerged');
    const { outputs, log } = await deploy({ command: 'deploy', rollback: 'false' });
    expect(outputs.status).toBe('failed');
    expect(log).toMatch(/[0-9a-f]{40} is not on the branch main/);
    expect(await shown()).toBe(first);
  });

  test('takes no request that is not signed with its secret', async () => {
    const { outputs } = await deploy({
      'host-options': 'body: {"sha": "{sha}"}',
      command: 'deploy',
      rollback: 'false',
    });
    expect(outputs.status).toBe('failed');
    const body = JSON.stringify({ sha: first });
    for (const wrong of ['', 'é', createHmac('sha256', 'another').update(body).digest('hex')])
      expect(await post('/deploy', body, encodeURIComponent(wrong))).toMatchObject({ status: 401 });
  });

  test.each([
    ['an option in place of a commit', '/deploy', '{"sha": "--upload-pack=evil"}', 400],
    ['a deploy of no commit', '/deploy', '{"sha": ""}', 400],
    ['a list', '/deploy', '["sha"]', 400],
    ['a text', '/deploy', 'sha', 400],
    ['another address', '/other', '{}', 404],
    ['too much', '/deploy', ' '.repeat(70_000), 413],
  ])('does not take %s', async (_what, path, body, status) => {
    expect(await post(path, body)).toMatchObject({ status });
  });

  test('shows a deploy only to whoever has its id', async () => {
    expect((await fetch(`${origin}/deployments/`)).status).toBe(404);
    expect((await fetch(`${origin}/deployments/1`)).status).toBe(404);
  });

  test('does not start without a secret that is long enough', async () => {
    const env = {
      ...process.env,
      DEPLOY_ROOT: root,
      DEPLOY_REPOSITORY: root,
      DEPLOY_RESTART: 'true',
      DEPLOY_SECRET: 'x',
    };
    const started = startServer('python3', [join(examples, 'receiver', 'receiver.py')], {
      env,
      readyUrl: 'http://127.0.0.1:1',
    });
    await expect(started).rejects.toThrow('openssl rand -hex 32');
  });
});

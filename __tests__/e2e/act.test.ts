import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type LocalHost, startLocalHost } from '../../demo/parts/host.ts';
import { openExample, type Workflow, type WorkflowResult } from '../support/act.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { bucketSettings, type Project, startProject } from '../support/django-project.ts';
import { type GitHubEmulator, githubToken, repositoryId, startGitHub } from '../support/github/emulator.ts';
import { tempFolder } from '../support/project.ts';

/** The examples as users copy them, run by act, a runner of workflows: nothing but addresses is changed in them. */
let server: BucketServer;
let bucket: BucketView;
let github: GitHubEmulator;
let project: Project;
let host: LocalHost;
let artifacts: string;
let runs = 1_000;

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket('my-bucket');
  bucket = await viewBucket('my-bucket', server.endpoint);
  github = await startGitHub();
  artifacts = tempFolder();
  project = await startProject();
  const settings = bucketSettings(`${server.endpoint}/my-bucket/static/`).replace(
    '/my-bucket/static/"',
    '/my-bucket/" + PREVIEW + "static/"',
  );
  await project.append(
    'site1/settings.py',
    `
import os
PULL_REQUEST = os.environ.get("PULL_REQUEST")
PREVIEW = f"previews/${repositoryId}/pr-{PULL_REQUEST}/" if PULL_REQUEST else ""
${settings}
ALLOWED_HOSTS = ["127.0.0.1", "127.0.0.7", "127.0.0.8"]
`,
  );
  await project.commit('First');
  await project.git('remote', 'add', 'origin', 'https://github.com/octo/site');
  const requirements = (await readFile(`${project.folder}/requirements.txt`, 'utf8')).trim().split('\n');
  const folder = tempFolder();
  host = await startLocalHost({
    folder,
    requirements,
    wsgi: 'site1.wsgi',
    drain: 200,
    env(url) {
      const number = /127\.0\.0\.(\d+)/.exec(url)?.[1] ?? '';
      return { DATABASE_PATH: `${folder}/${number}.sqlite3`, PULL_REQUEST: number === '1' ? '' : number };
    },
  });
});
afterAll(async () => {
  await host.stop();
  await github.stop();
  await server.stop();
  await project.remove();
});

const bucketLine = { 'https://nyc3.digitaloceanspaces.com': () => server.endpoint };
const siteLine = { 'https://www.example.com': () => host.url };
const previewLine = { 'https://pr-{pr}.example.com': () => host.previewUrl };
const bodyLine = {
  '{"sha": "{sha}", "pull_request": "{pr}"}': () => '{"artifact": "{artifact-path}", "pr": "{pr}"}',
};
/** The packages are there already, so that nothing is asked for on the network. */
const installLine = (line: string) => ({ [line]: () => `${line}\n          install: none` });

const open = (name: string, changes: Readonly<Record<string, () => string>>): Promise<Workflow> =>
  openExample(name, project.folder, Object.fromEntries(Object.entries(changes).map(([from, to]) => [from, to()])));

const run = (workflow: Workflow, event: string, payload: object): Promise<WorkflowResult> => {
  runs += 1;
  return workflow.run({
    event,
    payload: { repository: { full_name: 'octo/site', default_branch: 'main' }, ...payload },
    secrets: {
      GITHUB_TOKEN: githubToken,
      SPACES_KEY: 'test-key',
      SPACES_SECRET: 'test-secret',
      DEPLOY_HOOK: host.hook,
      PREVIEW_HOOK: host.previewHook,
      TEARDOWN_HOOK: host.teardownHook,
      ROLLBACK_HOOK: host.rollbackHook,
    },
    artifacts,
    env: {
      ...project.path,
      GITHUB_API_URL: github.api,
      GITHUB_REPOSITORY_ID: repositoryId,
      GITHUB_RUN_ID: String(runs),
      GITHUB_RUN_NUMBER: String(runs),
    },
  });
};

/** The event of a pull request, which the emulated GitHub knows as well. */
async function pullEvent(number: number, action: string, more: object = {}, repository = 'octo/site') {
  const head = await project.git('rev-parse', 'HEAD');
  const known = github.state.pulls.find((pull) => pull.number === number);
  const state = action === 'closed' ? 'closed' : 'open';
  if (known) Object.assign(known, { head, open: state === 'open' });
  else github.state.pulls.push({ number, head, open: state === 'open', from: repository });
  const pull = { number, state, draft: false, labels: [], user: { login: 'mona' }, base: { ref: 'main' } };
  return {
    action,
    number,
    pull_request: { ...pull, head: { ref: 'topic', sha: head, repo: { full_name: repository } }, ...more },
  };
}

const deploymentsOf = (environment: string) =>
  github.state.deployments
    .filter((one) => one.environment === environment)
    .map(({ sha, statuses }) => [sha.slice(0, 7), statuses.at(-1)?.state, statuses.at(-1)?.environment_url]);
const commentOf = (issue: number) => github.state.comments.filter((one) => one.issue === issue).map(({ body }) => body);
const head = async () => (await project.git('rev-parse', 'HEAD')).slice(0, 7);

let auto: Workflow;

describe('examples/auto.yml', () => {
  beforeAll(async () => {
    auto = await open('auto.yml', {
      ...bucketLine,
      ...siteLine,
      ...previewLine,
      ...bodyLine,
      ...installLine('acl: public-read'),
    });
  });

  test('puts a push live, as the deployment says', async () => {
    const { exitCode, log } = await run(auto, 'push', { ref: 'refs/heads/main' });
    expect(log).toContain(`Live: ${host.url}`);
    expect(exitCode).toBe(0);
    expect(log).toMatch(/Run Post \S+\/deploy-django/);
    expect(deploymentsOf('production')).toEqual([[await head(), 'success', host.url]]);
    expect(await bucket.keys('static/')).not.toEqual([]);
  });

  test('gives a pull request a preview of its own and one comment, and leaves production as it is', async () => {
    await project.git('checkout', '--quiet', '-b', 'topic');
    await project.append('pages/static/pages/home.css', '\nimg { opacity: 0.5 }\n');
    await project.commit('Fade');
    const before = await bucket.sums('static/');
    const { exitCode, log } = await run(auto, 'pull_request', await pullEvent(7, 'opened'));
    const url = host.previewUrl.replace('{pr}', '7');
    expect(log).toContain(`Live: ${url}`);
    expect(exitCode).toBe(0);
    expect(log).not.toContain('may not');
    expect(await (await fetch(url)).text()).toContain(`/my-bucket/previews/${repositoryId}/pr-7/static/`);
    expect(host.released()).toBe(1);
    expect(await bucket.sums('static/')).toEqual(before);
    expect(deploymentsOf('preview/pr-7')).toEqual([[await head(), 'success', url]]);
    expect(commentOf(7)).toEqual([expect.stringContaining(`[${url.replace('http://', '')}]`)]);
  });

  test.each([
    ['a draft', { draft: true }],
    ['one that asks for none', { labels: [{ name: 'no-preview' }] }],
  ])('makes no preview of %s', async (_what, more) => {
    const { log } = await run(auto, 'pull_request', await pullEvent(7, 'synchronize', more));
    expect(log).not.toMatch(/Run Main \S+\/deploy-django/);
  });

  test('takes the preview away when the pull request is closed, checked out or not', async () => {
    const { exitCode, log } = await run(auto, 'pull_request', await pullEvent(7, 'closed'));
    expect(log).toContain('The preview of pull request #7 is gone.');
    expect(exitCode).toBe(0);
    expect(log).not.toContain('Run Main actions/checkout');
    expect(host.previews()).toEqual([]);
    expect(await bucket.keys('previews/')).toEqual([]);
    expect(deploymentsOf('preview/pr-7')).toEqual([]);
    expect(commentOf(7)).toEqual([expect.stringContaining('Removed')]);
    expect(deploymentsOf('production')).toHaveLength(1);
  });
});

describe('examples/rollback.yml', () => {
  test('puts the release before back, which the site then shows', async () => {
    const style = async () => /home\.[0-9a-f]{12}\.css/.exec(await (await fetch(host.url)).text())?.[0];
    const before = await style();
    const first = await project.git('rev-parse', 'main');
    await project.git('checkout', '--quiet', 'main');
    await project.git('merge', '--quiet', 'topic');
    await project.git('branch', '--quiet', '--delete', 'topic');
    await run(auto, 'push', { ref: 'refs/heads/main' });
    expect(await style()).not.toBe(before);

    const back = await open('rollback.yml', { ...bucketLine, ...siteLine });
    const { exitCode, log } = await run(back, 'workflow_dispatch', { inputs: {} });
    expect(log).toContain(`Rolled back: Back at commit ${first.slice(0, 12)}`);
    expect(exitCode).toBe(0);
    // The host says only that it begins.
    while ((await style()) !== before) await delay(200);
  });
});

describe('examples/forks.yml and examples/forks-deploy.yml', () => {
  let build: Workflow;
  let deploy: Workflow;
  beforeAll(async () => {
    build = await open('forks.yml', installLine('command: build'));
    deploy = await open('forks-deploy.yml', { ...bucketLine, ...previewLine, ...bodyLine });
  });

  const finished = async () => {
    const head_sha = await project.git('rev-parse', 'HEAD');
    const head_repository = { full_name: 'mona/site' };
    const about = { id: runs, run_attempt: 1, event: 'pull_request', conclusion: 'success', pull_requests: [] };
    return { action: 'completed', workflow_run: { ...about, head_sha, head_branch: 'topic', head_repository } };
  };

  test('put up what a fork made, whose code had no secrets, and take it away', async () => {
    const built = await run(build, 'pull_request', await pullEvent(8, 'opened', {}, 'mona/site'));
    expect(built.log).toContain('Built: The artifact is ready');
    expect(built.exitCode).toBe(0);

    const deployed = await run(deploy, 'workflow_run', await finished());
    const url = host.previewUrl.replace('{pr}', '8');
    expect(deployed.log).toContain(`Live: ${url}`);
    expect(deployed.exitCode).toBe(0);
    expect(deployed.log).not.toContain('Django: checks');
    expect(host.previews()).toEqual([8]);
    expect(await bucket.keys(`previews/${repositoryId}/pr-8/static/`)).not.toEqual([]);
    expect(commentOf(8)).toEqual([expect.stringContaining('Live')]);

    const closed = await run(deploy, 'pull_request_target', await pullEvent(8, 'closed', {}, 'mona/site'));
    expect(closed.log).toContain('The preview of pull request #8 is gone.');
    expect(closed.exitCode).toBe(0);
    expect(host.previews()).toEqual([]);
    expect(await bucket.keys('previews/')).toEqual([]);
  });
});

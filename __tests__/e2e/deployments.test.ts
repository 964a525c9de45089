import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { viewBucket } from '../support/bucket.ts';
import { type GitHubEmulator, repositoryId } from '../support/github/emulator.ts';
import { pushed } from '../support/github/events.ts';
import { allRights } from '../support/github/state.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import {
  bucketInputs,
  type Job,
  type JobOptions,
  openWorkflow,
  standing,
  statesOf,
  type Workflow,
} from '../support/workflow.ts';

/** Deployments and comments of runs that do not go as they should: the bundle, a real Django, and a host without a bucket. */
let host: QuickHost;
let site: Workflow;
/** Told of each request to the host, or to GitHub. */
let onRequest: (doing: string) => Promise<void> | void = () => undefined;
let topic: { head: string; merge: string };

const settings = `
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
STATIC_ROOT = BASE_DIR / "staticfiles"
`;
const ended = ['success', 'failure', 'error', 'inactive'];

beforeAll(async () => {
  host = await startQuickHost({ onRequest: (doing) => onRequest(`host: ${doing}`) });
  site = await openWorkflow({
    inputs: host.inputs,
    settings,
    github: { fault: ({ method, path }) => void onRequest(`${method} ${path.replace('/repos/octo/site', '')}`) },
  });
  await site.change('First');
  topic = await site.branch('topic', 'Topic');
});
afterAll(async () => {
  await host.stop();
  await site.close();
});

const state = () => site.github.state;
const isOver = (github: GitHubEmulator): boolean =>
  github.state.deployments.every(({ statuses }) => ended.includes(statuses.at(-1)?.state ?? 'pending'));

/** Ends a run at a moment, by a line of its log or a request. */
async function endAt(moment: string, how: 'signal' | 'crash', options: JobOptions = {}): Promise<Job> {
  const ending = new AbortController();
  onRequest = (doing) => {
    if (doing === moment) ending.abort();
  };
  const onOutput = (text: string) => {
    if (text.includes(moment)) ending.abort();
  };
  const inputs = { 'build-command': 'sleep 1', ...options.inputs };
  const job = await site.pull('synchronize', 7, topic, { ...options, [how]: ending.signal, onOutput, inputs });
  onRequest = () => undefined;
  return job;
}

describe('a run that is cancelled', () => {
  test.each(['POST /deployments', '::build-command', '✓ Build', 'host: preview', '✓ Release'])(
    'at "%s" leaves no deployment in progress, and its comment says so',
    async (moment) => {
      const job = await endAt(moment, 'signal');
      expect(job).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
      expect(job.log).toContain('The run was cancelled.');
      await job.post();
      expect(isOver(site.github)).toBe(true);
      expect(statesOf(state().deployments.at(-1)).at(-1)).toBe('error');
      expect(site.comment()).toContain('CANCELLED');
    },
  );
});

describe('a run that is cancelled while it uploads', () => {
  let server: BucketServer;
  beforeAll(async () => {
    server = await startBucketServer();
    await server.createBucket('ended');
  });
  afterAll(() => server.stop());

  test('leaves nothing of it once the pull request is closed, and what is of others stays', async () => {
    const view = await viewBucket('ended', server.endpoint);
    const others = [
      `previews/${repositoryId}/pr-7/report/index.html`,
      `previews/${repositoryId}/pr-70/static/other.css`,
    ];
    for (const key of others) await view.seed(key, 'of another tool');
    const inputs = bucketInputs(server, 'ended');
    const ending = new AbortController();
    let over = false;
    const running = site.pull('synchronize', 7, topic, { inputs, signal: ending.signal }).finally(() => (over = true));
    while (!over && (await view.keys('previews/')).length === others.length) await delay(20);
    ending.abort();
    expect(await running).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect((await view.keys('previews/')).length).toBeGreaterThan(others.length);
    expect(isOver(site.github)).toBe(true);
    expect(site.comment()).toContain('CANCELLED');
    const closed = await site.pull('closed', 7, topic, { inputs });
    expect(closed.outputs.status).toBe('removed');
    expect(await view.keys()).toEqual(others);
    expect(standing(site.github, 'preview/pr-7')).toEqual([]);
  });
});

describe('a run that is lost', () => {
  test.each(['POST /deployments', '::build-command', 'host: preview', '✓ Release'])(
    'at "%s" is closed at the end of its job, deployment and comment',
    async (moment) => {
      const job = await endAt(moment, 'crash');
      expect(job.exitCode).toBeNull();
      const post = await job.post();
      expect(post.exitCode).toBe(0);
      expect(isOver(site.github)).toBe(true);
      expect(site.comment()).toContain('ended before it came to its end');
    },
  );

  test('has a comment that is closed, also where the deployment is the job’s own', async () => {
    const id = 1_800;
    const own = state().jobDeployment(
      'preview/pr-7',
      topic.head,
      `https://github.com/octo/site/actions/runs/${id}/job/1`,
    );
    const before = state().deployments.length;
    const job = await endAt('✓ Build', 'crash', { run: id });
    expect(site.comment()).toContain('Deploying');
    await job.post();
    expect(site.comment()).toContain('ended before it came to its end');
    expect(statesOf(own)).toEqual(['in_progress']);
    expect(state().deployments).toHaveLength(before);
    state().deployments.splice(state().deployments.indexOf(own), 1);
  });

  test('is replaced by the next one that goes live', async () => {
    const job = await site.pull('synchronize', 7, topic);
    expect(job.outputs.status).toBe('live');
    expect(standing(site.github, 'preview/pr-7').filter((last) => last === 'success')).toHaveLength(1);
    expect(site.comment()).toContain('Live');
  });
});

test('a job with an environment of its own gets no second deployment, and GitHub ends its own', async () => {
  const id = 1_900;
  const logUrl = `https://github.com/octo/site/actions/runs/${id}/job/1`;
  const own = state().jobDeployment('production', topic.head, logUrl);
  const before = state().deployments.length;
  const job = await site.run(pushed(await site.project.git('rev-parse', 'main')), { run: id });
  expect(job.outputs).toMatchObject({ status: 'live', 'deployment-id': '' });
  expect(state().deployments).toHaveLength(before);
  expect(statesOf(own)).toEqual(['in_progress']);
});

describe('a token', () => {
  test('that may only read is warned of once, with the lines to add, and the deploy is live all the same', async () => {
    const before = [state().comments.length, state().deployments.length];
    state().rights = { ...allRights, deployments: 'read', 'pull-requests': 'read' };
    const job = await site.pull('opened', 8, topic);
    state().rights = allRights;
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'live' } });
    expect(job.log.match(/^::warning::The deploy is not affected/gm)).toHaveLength(1);
    expect(job.summary).toContain('permissions:\n    contents: read\n    deployments: write\n    pull-requests: write');
    expect([state().comments.length, state().deployments.length]).toEqual(before);
  });

  test('that is none at all changes nothing of the deploy', async () => {
    const job = await site.pull('opened', 8, topic, { inputs: { 'github-token': '' } });
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'live' } });
    expect(job.log).not.toMatch(/^::warning::.*(token|GitHub)/m);
  });
});

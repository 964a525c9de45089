import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { pushed, scheduled } from '../support/github/events.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import { bucketInputs, openWorkflow, previewSettings, standing, type Workflow } from '../support/workflow.ts';

/** Names that look like those of previews, and lists that are cut: what is taken away is a closed pull request's own. */
const bucket = 'ownership';
let server: BucketServer;
let view: BucketView;
let host: QuickHost;
let site: Workflow;
let main: string;

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket(bucket);
  view = await viewBucket(bucket, server.endpoint);
  host = await startQuickHost();
  const settings = `${previewSettings(`${server.endpoint}/${bucket}/static/`)}
MEDIA_URL = "${server.endpoint}/${bucket}/media/"
MEDIA_ROOT = BASE_DIR / "media"
`;
  const inputs = { ...host.inputs, ...bucketInputs(server, bucket) };
  site = await openWorkflow({ inputs, settings, github: { noLinks: true } });
  main = await site.change('First');
});
afterAll(async () => {
  await host.stop();
  await site.close();
  await server.stop();
});

const deployments = () => structuredClone(site.github.state.deployments);
/** Everything that a run could take away: files, ledgers, what GitHub shows, and what the host has. */
const everything = async () => ({
  files: await view.etags(),
  deployments: deployments(),
  environments: new Set(site.github.state.environments),
  asked: host.asked.filter((line) => !line.startsWith('teardown')),
});

describe('the environment of a push whose name has a number (I1)', () => {
  test.each([
    ['production-eu-1', 1],
    ['us-east-1', 1],
    ['v1', 1],
    ['staging-2', 2],
    ['pr-3', 3],
  ])('%s keeps all that it has when pull request #%i is closed', async (environment, number) => {
    const inputs = {
      environment,
      'static-prefix': '{environment}/static',
      'media-prefix': '{environment}/media',
      'media-dir': 'auto',
      env: `STATIC_URL=${server.endpoint}/${bucket}/${environment}/static/`,
      'build-command': `mkdir -p media/users && echo ${environment} > media/users/1.txt`,
    };
    const pushedJob = await site.run(pushed(main), { inputs });
    expect(pushedJob.outputs.status).toBe('live');
    expect(await view.keys(`${environment}/media/`)).toEqual([`${environment}/media/users/1.txt`]);
    const before = await everything();
    const commits = { head: main, merge: main };
    const closed = await site.pull('closed', number, commits, { inputs: { ...inputs, env: '', 'build-command': '' } });
    expect(await everything()).toEqual(before);
    expect(closed).toMatchObject({ exitCode: 0, outputs: { status: 'removed', deleted: '0' } });
    expect(pushedJob.outputs.environment).toBe(environment);
    expect(closed.outputs.environment).toBe(`${environment}/pr-${number}`);
    expect(standing(site.github, environment)).toEqual(['success']);
  });
});

describe('a branch that is called like a preview (I5)', () => {
  let topic: { head: string; merge: string };

  beforeAll(async () => {
    topic = await site.branch('topic', 'Topic');
    const job = await site.pull('opened', 7, topic);
    if (job.outputs.status !== 'live') throw new Error(job.log);
  });

  test('is built and checked, and neither production nor the preview changes', async () => {
    const before = await everything();
    const job = await site.run(pushed(topic.head, 'preview/pr-7'));
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'skipped' } });
    expect(await everything()).toEqual(before);
  });

  test.each<[string, Record<string, string>]>([
    ['by command', { command: 'deploy' }],
    ['by environment', { environment: 'preview/pr-7' }],
    ['by the environment of another name', { environment: 'blog/pr-7' }],
  ])('cannot be deployed under that name: %s', async (_how, inputs) => {
    const before = await everything();
    const job = await site.run(pushed(topic.head, 'preview/pr-7'), { inputs });
    expect(job).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(job.log).toMatch(/^::error::.*has the name of a preview.*environment: staging/m);
    expect(await everything()).toEqual(before);
  });

  test('that is deployed elsewhere keeps what it has after a sweep', async () => {
    const inputs = { environment: 'staging', 'static-prefix': 'staging' };
    const env = `STATIC_URL=${server.endpoint}/${bucket}/staging/`;
    const job = await site.run(pushed(topic.head, 'preview/pr-7'), { inputs: { ...inputs, env } });
    expect(job.outputs).toMatchObject({ status: 'live', environment: 'staging' });
    const before = await everything();
    const swept = await site.run(scheduled(main));
    expect(swept).toMatchObject({ exitCode: 0, outputs: { status: 'skipped' } });
    expect(swept.log).toContain('1 preview found, 0 taken away');
    expect(await everything()).toEqual(before);
  });
});

describe('160 open pull requests, in lists without the header Link (D5)', () => {
  const listed = () => site.github.requests.filter(({ path }) => path.includes('/pulls?')).map(({ path }) => path);

  test('are all known: a sweep takes away what is closed alone', async () => {
    const { pulls } = site.github.state;
    for (let number = 100; number < 259; number++) pulls.push({ number, open: true, head: 'f'.repeat(40) });
    const topic = await site.branch('closing', 'Closing');
    const opened = await site.pull('opened', 8, topic);
    expect(opened.outputs.status).toBe('live');
    for (const pull of pulls) if (pull.number === 8) pull.open = false;
    // The oldest is on the last page.
    pulls.sort((a, b) => b.number - a.number);
    expect(pulls.filter(({ open }) => open)).toHaveLength(160);
    const own = await view.etags('previews/');
    const before = listed().length;
    const job = await site.run(scheduled(main));
    expect([...host.previews.keys()]).toEqual(['7']);
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'removed' } });
    expect(job.log).toContain('2 previews found, 1 taken away');
    expect(
      listed()
        .slice(before)
        .some((path) => /[?&]page=2\b/.test(path)),
    ).toBe(true);
    const left = new Map([...own].filter(([key]) => key.includes('/pr-7/')));
    expect(left.size).toBeGreaterThan(100);
    expect(await view.etags('previews/')).toEqual(left);
    expect(standing(site.github, 'preview/pr-7')).toEqual(['success']);
  });
});

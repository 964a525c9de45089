import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { repositoryId } from '../support/github/emulator.ts';
import { dispatched, queued, released, scheduled } from '../support/github/events.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import { bucketInputs, openWorkflow, previewSettings, standing, type Workflow } from '../support/workflow.ts';

/** One step on every other event that a workflow can run on, with a bucket. */
const bucket = 'events';
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
  const settings = previewSettings(`${server.endpoint}/${bucket}/static/`);
  site = await openWorkflow({ inputs: { ...host.inputs, ...bucketInputs(server, bucket) }, settings });
  main = await site.change('First');
});
afterAll(async () => {
  await host.stop();
  await site.close();
  await server.stop();
});

describe('a release', () => {
  test('that is only a draft deploys nothing', async () => {
    const job = await site.run(released(main, 'created'));
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'skipped' } });
    expect(host.asked).toEqual([]);
  });

  test('that is published is live in production', async () => {
    const job = await site.run(released(main));
    expect(job.outputs).toMatchObject({ status: 'live', environment: 'production' });
    expect(standing(site.github, 'production')).toEqual(['success']);
  });
});

test('a merge queue builds and checks, and deploys nothing', async () => {
  const asked = host.asked.length;
  const job = await site.run(queued(main));
  expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'skipped' } });
  expect(job.log).toContain('✓ Build');
  expect(host.asked).toHaveLength(asked);
});

test('a branch that is chosen by hand goes to the environment that is named for it, and nowhere without one', async () => {
  const { head } = await site.branch('staging', 'Staging');
  const asked = host.asked.length;
  const unnamed = await site.run(dispatched(head, 'staging'));
  expect(unnamed).toMatchObject({ exitCode: 0, outputs: { status: 'skipped' } });
  expect(host.asked).toHaveLength(asked);
  const env = `STATIC_URL=${server.endpoint}/${bucket}/staging/static/`;
  const inputs = { environment: 'staging', 'static-prefix': 'staging/static', env };
  const job = await site.run(dispatched(head, 'staging'), { inputs });
  expect(job.outputs).toMatchObject({ status: 'live', environment: 'staging' });
  expect(standing(site.github, 'staging')).toEqual(['success']);
  expect(standing(site.github, 'production')).toEqual(['success']);
});

describe('a schedule', () => {
  test('takes away the previews of pull requests that are closed, and leaves the others', async () => {
    const topic = await site.branch('topic', 'Topic');
    for (const number of [7, 8]) await site.pull('opened', number, topic);
    for (const pull of site.github.state.pulls) pull.open = pull.number === 8;
    const before = await view.sums('static/');
    const job = await site.run(scheduled(main));
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'removed' } });
    expect(job.log).toContain('2 previews found, 1 taken away');
    expect([...host.previews.keys()]).toEqual(['8']);
    expect(await view.keys(`previews/${repositoryId}/pr-7/`)).toEqual([]);
    expect((await view.keys(`previews/${repositoryId}/pr-8/`)).length).toBeGreaterThan(100);
    expect(site.comment(7)).toContain('Removed');
    expect(site.comment(8)).toContain('Live');
    expect(standing(site.github, 'preview/pr-7')).toEqual([]);
    expect(standing(site.github, 'preview/pr-8')).toEqual(['success']);
    expect(await view.sums('static/')).toEqual(before);
  });

  test('has nothing to do where all of them are open', async () => {
    const job = await site.run(scheduled(main));
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'skipped' } });
    expect([...host.previews.keys()]).toEqual(['8']);
  });
});

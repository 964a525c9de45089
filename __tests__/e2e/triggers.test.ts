import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { commented, type Happening, pushed, queued } from '../support/github/events.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import {
  bucketInputs,
  type JobOptions,
  openWorkflow,
  previewSettings,
  standing,
  type Workflow,
} from '../support/workflow.ts';

/** What starts a deploy and what does not: one step on `on: push` without branches, and secrets that are not there. */
const bucket = 'triggers';
let server: BucketServer;
let view: BucketView;
let host: QuickHost;
let site: Workflow;
/** A site that never changes. */
let silent: Emulator;
let main: string;
let feature: string;

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket(bucket);
  view = await viewBucket(bucket, server.endpoint);
  host = await startQuickHost();
  silent = await startEmulator(() => ({ status: 200, body: '<p>Hello</p>' }));
  const settings = previewSettings(`${server.endpoint}/${bucket}/static/`);
  site = await openWorkflow({ inputs: { ...host.inputs, ...bucketInputs(server, bucket) }, settings });
  main = await site.change('First');
  feature = (await site.branch('feature-x', 'Unmerged')).head;
});
afterAll(async () => {
  await host.stop();
  await silent.stop();
  await site.close();
  await server.stop();
});

const traces = async () => ({
  asked: [...host.asked],
  files: await view.etags(),
  deployments: structuredClone(site.github.state.deployments),
});

/** A run that leaves bucket, host and GitHub as they were. */
async function runWithoutTraces(happening: Happening, options?: JobOptions) {
  const before = await traces();
  const job = await site.run(happening, options);
  expect(await traces()).toEqual(before);
  return job;
}

const queueBranch = `gh-readonly-queue/main/pr-7-${'a'.repeat(40)}`;

describe('a push to a branch that is not of production (G1)', () => {
  test('is built and checked, and a notice names both ways to deploy it', async () => {
    const job = await runWithoutTraces(pushed(feature, 'feature-x'));
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'skipped' } });
    expect(job.log).toContain('✓ Build');
    expect(job.log).toMatch(/^::notice::.*environment: feature-x.*production-branch/m);
  });

  test('goes to the environment that is named for it, and to no other', async () => {
    const env = `STATIC_URL=${server.endpoint}/${bucket}/x/`;
    const inputs = { environment: 'testing', 'static-prefix': 'x', env };
    const job = await site.run(pushed(feature, 'feature-x'), { inputs });
    expect(job.outputs).toMatchObject({ status: 'live', environment: 'testing' });
    expect(standing(site.github, 'production')).toEqual([]);
  });

  test.each<[string, (sha: string) => Happening, Record<string, string>]>([
    ['a branch of a merge queue that is pushed', (sha) => pushed(sha, queueBranch), {}],
    [
      'a branch of a merge queue that an environment is named for',
      (sha) => pushed(sha, queueBranch),
      { environment: 'production' },
    ],
    [
      'a branch of a merge queue that production-branch matches',
      (sha) => pushed(sha, queueBranch),
      { 'production-branch': '**' },
    ],
    ['a merge queue with a command', queued, { command: 'deploy' }],
    ['the default branch where production-branch names others', pushed, { 'production-branch': 'release/*\nlive' }],
  ])('%s puts nothing live', async (_what, happening, inputs) => {
    const job = await runWithoutTraces(happening(feature), { inputs });
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'skipped' } });
    expect(job.log).toContain('✓ Build');
  });

  test('is production if production-branch names it', async () => {
    const inputs = { 'production-branch': 'stable\nrelease/*' };
    const job = await site.run(pushed(main, 'release/1.2'), { inputs });
    expect(job.outputs).toMatchObject({ status: 'live', environment: 'production' });
    expect(standing(site.github, 'production')).toEqual(['success']);
  });
});

describe('a deploy with nobody to ask (G2)', () => {
  /** The workflow names a secret that does not exist. */
  const misspelt = { 'deploy-hook': '', 'host-options': '' };

  test.each<[string, Record<string, string>]>([
    ['with a bucket and a URL', {}],
    ['with a URL alone', { bucket: '', endpoint: '', 'access-key-id': '', 'secret-access-key': '', acl: '' }],
    ['with a bucket alone', { url: '' }],
  ])('%s is an error that says that a missing secret is empty', async (_what, more) => {
    const job = await runWithoutTraces(pushed(main), { inputs: { ...misspelt, ...more } });
    expect(job).toMatchObject({ exitCode: 1, outputs: { status: 'failed', uploaded: '0' } });
    expect(job.log).toMatch(
      /^::error::.*A secret that does not exist is empty.*environment:.*secrets: inherit.*host: none/m,
    );
    expect(job.log).not.toContain('✓ Build');
  });

  test.each<[string, () => string]>([
    ['without a URL', () => ''],
    ['with a URL that shows nothing of it', () => silent.origin],
  ])('on purpose %s is built, and is no success at GitHub', async (_what, url) => {
    const before = standing(site.github, 'production');
    const job = await site.run(pushed(main), { inputs: { ...misspelt, url: url(), host: 'none' } });
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'built' } });
    expect(before).toContain('success');
    expect(standing(site.github, 'production')).toEqual([...before, 'inactive']);
  });
});

describe('a merge that Dependabot makes (G3)', () => {
  const bot = 'dependabot[bot]';

  test('is deployed where the run has its secrets', async () => {
    const job = await site.run(pushed(await site.change('Bumped'), 'main', bot));
    expect(job.outputs).toMatchObject({ status: 'live', environment: 'production' });
  });

  test('is built and checked where the run has none', async () => {
    const inputs = { 'deploy-hook': '', 'host-options': '', 'access-key-id': '', 'secret-access-key': '' };
    const job = await runWithoutTraces(pushed(main, 'main', bot), { inputs });
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'skipped' } });
    expect(job.log).toMatch(/^::notice::.*by Dependabot/m);
  });

  test('is like any other where a person runs it again without secrets', async () => {
    const inputs = { 'deploy-hook': '', 'host-options': '' };
    const env = { GITHUB_TRIGGERING_ACTOR: 'ada' };
    const job = await runWithoutTraces(pushed(main, 'main', bot), { inputs, env });
    expect(job.exitCode).toBe(1);
    expect(job.log).toContain('A secret that does not exist is empty');
  });
});

test('a comment on a pull request deploys nothing, and the error names the safe ways (G4)', async () => {
  const job = await runWithoutTraces(commented(main));
  expect(job).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
  expect(job.log).toMatch(/^::error::.*"issue_comment" does not say what to deploy.*pull_request.*workflow_dispatch/m);
  expect(job.log).not.toContain('command: deploy');
});

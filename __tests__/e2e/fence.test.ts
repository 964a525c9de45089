import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { dispatched, type Happening, pushed } from '../support/github/events.ts';
import { tempFolder } from '../support/project.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import {
  bucketInputs,
  type Job,
  type JobOptions,
  openWorkflow,
  previewSettings,
  standing,
  type Workflow,
} from '../support/workflow.ts';

/** Runs that overtake one another: what is newest is live, and its files are complete. */
let server: BucketServer;
const folder = tempFolder();
let gates = 0;

beforeAll(async () => {
  server = await startBucketServer();
});
afterAll(() => server.stop());

/** Starts a run, and while it builds lets something else happen. */
async function whileBuilding(
  start: (options: JobOptions) => Promise<Job>,
  meanwhile: () => Promise<unknown>,
): Promise<Job> {
  const gate = join(folder, `gate-${++gates}`);
  let happened: Promise<unknown> | undefined;
  const job = start({
    inputs: { 'build-command': `until [ -e ${gate} ]; do sleep 0.1; done` },
    onOutput(text) {
      if (text.includes('::build-command')) happened ??= meanwhile().finally(() => writeFile(gate, ''));
    },
  });
  const ended = await job;
  await happened;
  return ended;
}

describe.each([
  ['with a bucket, by its ledger', 'fence'],
  ['without a bucket, by GitHub’s deployments', undefined],
])('%s', (_, bucket) => {
  let host: QuickHost;
  let site: Workflow;
  let view: BucketView | undefined;
  let older: string;
  let newer: string;

  beforeAll(async () => {
    host = await startQuickHost();
    const url = bucket === undefined ? '/static/' : `${server.endpoint}/${bucket}/static/`;
    if (bucket !== undefined) {
      await server.createBucket(bucket);
      view = await viewBucket(bucket, server.endpoint);
    }
    const inputs = { ...host.inputs, ...(bucket === undefined ? {} : bucketInputs(server, bucket)) };
    site = await openWorkflow({ inputs, settings: previewSettings(url) });
    older = await site.change('Older');
    newer = await site.change('Newer');
  });
  afterAll(async () => {
    await host.stop();
    await site.close();
  });

  /** The manifest and the files that it names say that release. */
  async function expectFilesOf(what: string): Promise<void> {
    if (!view) return;
    const { paths } = JSON.parse((await view.text('static/staticfiles.json')) ?? '') as {
      paths: Record<string, string>;
    };
    expect((await view.keys('static/')).map((key) => key.slice('static/'.length))).toEqual(
      expect.arrayContaining(Object.values(paths)),
    );
    expect((await view.text(`static/${paths['pages/home.css']}`))?.trimEnd().endsWith(`/* ${what} */`)).toBe(true);
  }
  const push = (sha: string, options: JobOptions = {}) => site.run(pushed(sha), options);

  test('a run whose build was slower than that of a newer commit puts nothing live', async () => {
    const late = await whileBuilding(
      (options) => push(older, { ...options, run: 1_001 }),
      () => push(newer, { run: 1_002 }),
    );
    expect(late).toMatchObject({ exitCode: 0, outputs: { status: 'superseded' } });
    expect(host.asked).toEqual([`deploy ${newer}`]);
    expect(standing(site.github, 'production')).toEqual(['inactive', 'success']);
    await expectFilesOf('Newer');
  });

  test('a re-run of an old run puts nothing live', async () => {
    const before = site.github.state.deployments.length;
    const again = await push(older, { run: 1_001, attempt: 2 });
    expect(again.outputs.status).toBe('superseded');
    expect(host.live()).toBe(newer);
    // With the ledger that is known before anything begins, and GitHub shows nothing of it.
    expect(site.github.state.deployments).toHaveLength(before + (view ? 0 : 1));
    expect(standing(site.github, 'production').filter((last) => last === 'success')).toHaveLength(1);
    await expectFilesOf('Newer');
  });

  test.each<[string, (sha: string) => Happening]>([
    ['pushed by force', pushed],
    ['chosen by hand', dispatched],
  ])('an older commit that is %s is live', async (_how, happening) => {
    await push(await site.change('Newest'));
    const job = await site.run(happening(older));
    expect(job.outputs.status).toBe('live');
    expect(host.live()).toBe(older);
    await expectFilesOf('Older');
  });

  test('a preview whose pull request is closed while it is built is taken away again', async () => {
    const topic = await site.branch('topic', 'Topic');
    const job = await whileBuilding(
      (options) => site.pull('opened', 7, topic, options),
      async () => {
        for (const pull of site.github.state.pulls) pull.open = false;
      },
    );
    expect(job.outputs.status).toBe('removed');
    expect([...host.previews]).toEqual([]);
    expect(await view?.keys('previews/')).toEqual(view && []);
    expect(standing(site.github, 'preview/pr-7')).toEqual([]);
    expect(site.comment()).toContain('Removed');
  });

  test('a preview whose pull request has a newer commit when it is built leaves the place to that', async () => {
    const first = await site.branch('other', 'First');
    const second = await site.branch('other', 'Second');
    const job = await whileBuilding(
      (options) => site.pull('opened', 8, first, options),
      () => site.pull('synchronize', 8, second),
    );
    expect(job.outputs.status).toBe('superseded');
    expect(host.previews.get('8')).toBe(second.head);
    expect(standing(site.github, 'preview/pr-8')).toEqual(['inactive', 'success']);
    expect(site.comment(8)).toContain(`/commit/${second.head}`);
    expect(site.comment(8)).toContain('Live');
  });
});

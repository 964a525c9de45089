import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { previewFolder } from '../../src/core/identity.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { pushed, scheduled } from '../support/github/events.ts';
import { identityOf } from '../support/identity.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import { bucketInputs, type JobOptions, openWorkflow, previewSettings, type Workflow } from '../support/workflow.ts';

/** Two repositories that share a bucket, with the same names of environments and previews, and one prefix inside the other. */
const bucket = 'shared';
let server: BucketServer;
let view: BucketView;

interface Tenant {
  readonly id: string;
  readonly host: QuickHost;
  readonly site: Workflow;
  push(what: string, options?: JobOptions): Promise<{ sha: string; status: string | undefined; log: string }>;
  /** Objects of its pull request #7. */
  preview(): Promise<Map<string, string>>;
}
let first: Tenant;
let second: Tenant;

async function tenant(id: string, prefix: string): Promise<Tenant> {
  const host = await startQuickHost();
  const inputs = { ...host.inputs, ...bucketInputs(server, bucket), prune: '1s' };
  const site = await openWorkflow({ inputs, settings: previewSettings(`${server.endpoint}/${bucket}/${prefix}`) });
  return {
    id,
    host,
    site,
    async push(what, options) {
      const sha = await site.change(what);
      const job = await site.run(pushed(sha), of(id, options));
      return { sha, status: job.outputs.status, log: job.log };
    },
    preview: () => view.sums(previewFolder(identityOf('preview/pr-7', '.', id))),
  };
}

const of = (id: string, options: JobOptions = {}): JobOptions => ({
  ...options,
  env: { ...options.env, GITHUB_REPOSITORY_ID: id },
});

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket(bucket);
  view = await viewBucket(bucket, server.endpoint);
  first = await tenant('100', 'static/');
  second = await tenant('200', 'static/b/');
});
afterAll(async () => {
  for (const { host, site } of [first, second]) {
    await host.stop();
    await site.close();
  }
  await server.stop();
});

const openPull = async ({ site, id }: Tenant) => {
  const commits = await site.branch('topic', 'Topic');
  const job = await site.pull('opened', 7, commits, of(id));
  return { commits, job };
};

describe('the other repository', () => {
  let theirs: Map<string, string>;

  test('supersedes nothing, however high the number of its runs is', async () => {
    expect((await second.push('Of the second', { run: 9_000 })).status).toBe('live');
    theirs = await view.sums('static/b/');
    expect(theirs.size).toBeGreaterThan(100);
    expect((await first.push('Of the first 1')).status).toBe('live');
  });

  test('keeps its live files below a prefix inside ours, whatever ours prunes', async () => {
    const deleted: number[] = [];
    for (let release = 2; release <= 7; release++) {
      const { status, log } = await first.push(`Of the first ${release}`);
      expect(status).toBe('live');
      deleted.push(Number(/(\d+) old files? deleted/.exec(log)?.[1] ?? 0));
    }
    expect(deleted.at(-1)).toBeGreaterThan(0);
    expect(await view.sums('static/b/')).toEqual(theirs);
  });

  test('is not where a rollback of ours goes', async () => {
    const before = first.host.live();
    const [mine = ''] = first.site.github.state.history.slice(-2);
    const sha = await first.site.project.git('rev-parse', 'main');
    const job = await first.site.run(pushed(sha), of(first.id, { inputs: { command: 'rollback' } }));
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'rolled-back' } });
    expect(before).toBe(sha);
    expect(first.host.live()).toBe(mine);
    expect(job.log).toContain(`Back at commit ${mine.slice(0, 12)}`);
    expect(second.host.asked).toHaveLength(1);
  });

  test.each<[string, (tenant: Tenant, commits: { head: string; merge: string }) => Promise<unknown>]>([
    ['our pull request of the same number is closed', ({ site, id }, at) => site.pull('closed', 7, at, of(id))],
    [
      'our schedule finds no open pull request',
      async ({ site, id }) => {
        for (const pull of site.github.state.pulls) pull.open = false;
        return site.run(scheduled(await site.project.git('rev-parse', 'main')), of(id));
      },
    ],
  ])('keeps its preview when %s', async (_when, close) => {
    const ours = await openPull(first);
    expect(ours.job.outputs.status).toBe('live');
    const theirs = await openPull(second);
    expect(theirs.job.outputs.status).toBe('live');
    const before = await second.preview();
    expect(before.size).toBeGreaterThan(100);
    expect((await first.preview()).size).toBeGreaterThan(100);

    await close(first, ours.commits);
    expect((await first.preview()).size).toBe(0);
    expect(await second.preview()).toEqual(before);
    expect(first.host.previews.has('7')).toBe(false);
    expect(second.host.previews.get('7')).toBe(theirs.commits.head);
    expect(second.host.asked.filter((line) => line.startsWith('teardown'))).toEqual([]);
  });
});

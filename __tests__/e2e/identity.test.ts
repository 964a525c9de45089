import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { pushed, scheduled } from '../support/github/events.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import { tempFolders } from '../support/sync.ts';
import { runSync } from '../support/sync-run.ts';
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
}
let first: Tenant;
let second: Tenant;
/** Runs of the second repository that come after all of the first. */
let last = 50_000;
const folder = tempFolders();

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

/** Opens pull request #7; `files` are those of its preview. */
const openPull = async ({ site, id }: Tenant, run?: number) => {
  const commits = await site.branch('topic', 'Topic');
  const { outputs, log } = await site.pull('opened', 7, commits, of(id, run === undefined ? {} : { run }));
  if (outputs.status !== 'live') throw new Error(log);
  const prefix = outputs['static-url']?.slice(`${server.endpoint}/${bucket}/`.length) ?? '';
  return { commits, files: () => view.sums(prefix) };
};

describe('the other repository', () => {
  test('keeps its live files below a prefix inside ours, whatever ours prunes (I3)', async () => {
    expect((await second.push('Of the second')).status).toBe('live');
    const theirs = await view.sums('static/b/');
    expect(theirs.size).toBeGreaterThan(100);
    const deleted: number[] = [];
    for (let release = 1; release <= 6; release++) {
      const { status, log } = await first.push(`Of the first ${release}`, { run: 1_100 + release });
      expect(await view.sums('static/b/')).toEqual(theirs);
      expect(status).toBe('live');
      deleted.push(Number(/(\d+) old files? deleted/.exec(log)?.[1] ?? 0));
    }
    expect(deleted.at(-1)).toBeGreaterThan(0);
  });

  test('is not where a rollback of ours goes (I4)', async () => {
    const mine = first.host.live();
    expect((await second.push('Of the second again', { run: 2_000 })).status).toBe('live');
    const { sha, status } = await first.push('Of the first at last', { run: 3_000 });
    expect(status).toBe('live');
    const job = await first.site.run(pushed(sha), of(first.id, { inputs: { command: 'rollback' } }));
    expect(first.host.live()).toBe(mine);
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'rolled-back' } });
    expect(job.log).toContain(`Back at commit ${mine?.slice(0, 12)}`);
    expect(second.host.asked).toHaveLength(2);
  });

  test('supersedes nothing, however high the number of its runs is (I4)', async () => {
    const workspace = await folder({ 'static/a.css': 'a' });
    const endpoint = server.endpoint;
    const sync = (run: number, id: string, prefix: string) =>
      runSync({
        workspace,
        bucket,
        endpoint,
        run,
        env: { GITHUB_REPOSITORY_ID: id },
        inputs: { 'static-prefix': prefix, environment: 'files' },
      });
    expect((await sync(9_000, second.id, 'of-the-second')).outputs).toMatchObject({ uploaded: '1' });
    expect((await sync(10, first.id, 'of-the-first')).outputs).toMatchObject({ uploaded: '1', status: 'synced' });
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
  ])('keeps its preview when %s (I2)', async (_when, close) => {
    const ours = await openPull(first);
    const theirs = await openPull(second, ++last);
    const before = await theirs.files();
    expect(before.size).toBeGreaterThan(100);
    expect((await ours.files()).size).toBeGreaterThan(100);

    await close(first, ours.commits);
    expect(await theirs.files()).toEqual(before);
    expect((await ours.files()).size).toBe(0);
    expect(first.host.previews.has('7')).toBe(false);
    expect(second.host.previews.get('7')).toBe(theirs.commits.head);
    expect(second.host.asked.filter((line) => line.startsWith('teardown'))).toEqual([]);
  });
});

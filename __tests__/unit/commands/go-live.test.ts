import { describe, expect, test } from '@jest/globals';
import { goLive } from '../../../src/commands/go-live.ts';
import { RunEnded } from '../../../src/commands/run/run-ended.ts';
import type { Files } from '../../../src/commands/stages/sync-stage.ts';
import type { Host, Preview } from '../../../src/hosts/contract/host.ts';
import type { LedgerSession } from '../../../src/ledger/session.ts';
import { answer, fakeHttp, memoryStore, never } from '../../support/fakes.ts';
import { memoryGitHub } from '../../support/github/memory.ts';
import { createHarbour, harbourSite } from '../../support/harbour.ts';
import { openAt, past } from '../../support/ledger.ts';
import { appServes, builtStage } from '../../support/live-stage.ts';
import { createRun, type RunOptions, type TestRun } from '../../support/run.ts';

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const other = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';

/** Release and proof of a run whose files, where it has a ledger, are in the bucket. */
async function live(run: TestRun, session?: LedgerSession, url?: string): Promise<void> {
  const files = session && ({ request: { session }, sync: { prune: [] } } as unknown as Files);
  try {
    await goLive(run, {
      built: builtStage,
      target: appServes,
      all: files ? [files] : [],
      before: { url, page: undefined },
    });
  } catch (error) {
    if (!(error instanceof RunEnded)) throw error;
    run.recorder.end(error.status, error.message);
  }
}

const deploy = (options: RunOptions = {}) => createRun({ context: { order: { id: 5, attempt: 1 } }, ...options });
const asked = ({ harbour }: TestRun) => harbour.asked.map(([what]) => what);

test('whose page shows the commit and lacks files notes what showed it, for the next run of that commit', async () => {
  const store = memoryStore();
  const session = await openAt(store, sha, 5);
  const name = 'app.5af66c1b1797.css';
  const page = answer(200, `<meta name="release" content="${sha}"><link rel="stylesheet" href="/static/${name}">`);
  const run = deploy({ store, http: fakeHttp(({ url }) => (url.endsWith('.css') ? answer(404) : page)) });
  const files = { request: { session }, sync: { prune: [] } } as unknown as Files;
  const target = { ...appServes, staticUrl: `${harbourSite}/static/` };
  const built = { ...builtStage, names: new Set([name]) };
  const going = goLive(run, { built, target, all: [files], before: { url: undefined, page: undefined } });
  await expect(going).rejects.toMatchObject({ code: 'ASSETS_BROKEN' });
  await session.save({}, never);
  const { before } = await openAt(store, sha, 6);
  expect(before.releases).toMatchObject([{ sha, proof: 'commit' }]);
  expect(before.releases[0]?.live).toBeUndefined();
});

describe('a deploy', () => {
  test('that nobody overtook goes live, and the ledger says so', async () => {
    const store = memoryStore();
    const run = deploy({ store });
    await live(run, await openAt(store, sha, 5));
    expect(run.recorder.report()).toMatchObject({
      status: 'live',
      url: harbourSite,
      proof: { evidence: { kind: 'commit' } },
    });
    const { before } = await openAt(store, other, 6);
    expect(before.releases).toMatchObject([{ sha, live: expect.any(String), proof: 'commit' }]);
  });

  test('that a newer one overtook by the ledger asks no host, and will prove nothing', async () => {
    const store = memoryStore();
    const session = await openAt(store, sha, 5);
    await past(store, { sha: other, files: [], run: 9 });
    const run = deploy({ store });
    await live(run, session);
    expect(asked(run)).toEqual([]);
    expect(run.recorder.report()).toMatchObject({
      status: 'superseded',
      reason: 'A newer deploy took the place of this one (0b7e31c4a2f5-9.1).',
    });
    const { before } = await openAt(store, other, 10);
    expect(before.releases.find((release) => release.sha === sha)).toMatchObject({ failed: true });
    expect(run.hub.asked).toEqual([]);
  });

  test('that an older one is beside goes live', async () => {
    const store = memoryStore();
    const session = await openAt(store, sha, 5);
    await past(store, { sha: other, files: [], run: 3 });
    const run = deploy({ store });
    await live(run, session);
    expect(run.recorder.report().status).toBe('live');
  });

  test.each<[number, string, string[]]>([
    [9, 'superseded', []],
    [3, 'live', ['trigger']],
  ])('without a bucket beside run %i, which GitHub knows, is %s', async (id, status, calls) => {
    const github = memoryGitHub();
    github.deployed({ sha: other, payload: { release: `0b7e31c4a2f5-${id}.1`, order: { id, attempt: 1 } } }, 'success');
    const run = deploy({ github });
    await live(run);
    expect([run.recorder.report().status, asked(run)]).toEqual([status, calls]);
  });

  test('goes live with a warning where GitHub does not know, and without one where nobody can be asked', async () => {
    const run = deploy();
    run.hub.refuse('deployments');
    await live(run);
    expect(run.recorder.report()).toMatchObject({
      status: 'live',
      warnings: ['Whether a newer deploy is live is not known: GitHub does not take deployments.'],
    });
    const silent = deploy({ github: null });
    await live(silent);
    expect(silent.recorder.report()).toMatchObject({ status: 'live', warnings: [] });
  });

  test('whose page is never of it fails, and is taken back where the step says so', async () => {
    const harbour = createHarbour();
    const stuck = { ...harbour, page: () => answer(200, '<h1>Harbour</h1>', { 'x-release': other }) };
    harbour.live.push(other);
    const options = { 'proof-header': ['x-release'] };
    const hostInputs = { service: undefined, token: undefined, deployHook: undefined, options };
    const run = deploy({ harbour: stuck, inputs: { rollback: true, hostInputs } });
    await expect(live(run)).rejects.toMatchObject({
      code: 'NOT_PROVEN',
      message: expect.stringMatching(/\nBack at commit 0b7e31c4a2f5: https:\/\/harbour\.test\.$/),
    });
    expect(asked(run)).toEqual(['trigger', 'rollback']);
    const patient = deploy({ harbour: stuck, inputs: { hostInputs } });
    await expect(live(patient)).rejects.not.toThrow('Back at');
    expect(asked(patient).filter((what) => what === 'rollback')).toHaveLength(1);
  });

  test('without a host and a URL ends with its files in place', async () => {
    const run = deploy({ inputs: { host: 'none' } });
    await live(run);
    expect(run.recorder.report().status).toBe('built');
  });
});

describe('a preview', () => {
  const plan = { kind: 'preview', pullRequest: 7 } as const;
  const pull = (open: boolean, head = sha) => memoryGitHub([{ number: 7, open, head, from: 'octo/site' }]);

  test('of an open pull request goes live beside production', async () => {
    const run = createRun({ plan, github: pull(true) });
    await live(run);
    expect(run.recorder.report()).toMatchObject({ status: 'live', url: 'https://pr-7.harbour.test' });
    expect([...run.harbour.previews]).toEqual([[7, sha]]);
    expect(run.harbour.live).toEqual([]);
  });

  test('whose address nobody tells is triggered, and the option that names it is told', async () => {
    const preview = (number: number): Preview => ({
      trigger: async ({ sha: commit }, { now }) => {
        expect(number).toBe(7);
        return { startedAt: now(), sha: commit };
      },
      destroy: async () => ({ outcome: 'gone', message: 'it was gone' }),
    });
    const trigger: Host['trigger'] = async ({ sha: commit }, { now }) => ({ startedAt: now(), sha: commit });
    const harbour = createHarbour({ create: () => ({ trigger, preview }) });
    const run = createRun({ plan, harbour, github: pull(true) });
    await live(run);
    const { status, reason } = run.recorder.report();
    expect({ status, reason }).toEqual({
      status: 'triggered',
      reason: expect.stringContaining('set preview-url in host-options to have the release proven'),
    });
    const production = createRun({ harbour });
    await live(production);
    expect(production.recorder.report().reason).toContain('set url to have the release proven');
  });

  test('of a pull request that was closed meanwhile is taken away, and never asked for', async () => {
    const run = createRun({ plan, github: pull(false) });
    run.harbour.previews.set(7, other);
    await live(run);
    expect(asked(run)).toEqual(['teardown']);
    expect(run.recorder.report()).toMatchObject({ status: 'removed' });
  });

  test('of a pull request that is closed while the host deploys is taken away again', async () => {
    const github = pull(true);
    const run = createRun({ plan, github });
    const [one] = github.pulls;
    const page = run.harbour.page;
    const http: TestRun['ports']['http'] = async (request) => {
      if (one) one.open = false;
      return page(request);
    };
    await live({ ...run, ports: { ...run.ports, http } });
    expect(asked(run)).toEqual(['preview', 'teardown']);
    expect(run.harbour.previews.size).toBe(0);
    expect(run.recorder.report().status).toBe('removed');
  });

  test('of a commit that is not the newest any more is left to the newer run', async () => {
    const store = memoryStore();
    const session = await openAt(store, sha, 5);
    const run = createRun({ plan, store, github: pull(true, other) });
    await live(run, session);
    expect(asked(run)).toEqual([]);
    expect(run.recorder.report()).toMatchObject({
      status: 'superseded',
      reason: 'A newer deploy took the place of this one (the pull request has a newer commit).',
    });
    expect((await openAt(store, other, 6)).before.releases).toMatchObject([{ sha, failed: true }]);
  });
});

import { describe, expect, test } from '@jest/globals';
import { goLive } from '../../../src/commands/go-live.ts';
import { RunEnded } from '../../../src/commands/run/run-ended.ts';
import type { BuildStage } from '../../../src/commands/stages/build-stage.ts';
import type { Files } from '../../../src/commands/stages/sync-stage.ts';
import type { DeployError } from '../../../src/core/errors.ts';
import type { Host, HostDefinition, Preview } from '../../../src/hosts/contract/host.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import type { LedgerSession } from '../../../src/ledger/session.ts';
import { answer, fakeHttp, memoryStore, never } from '../../support/fakes.ts';
import { memoryGitHub } from '../../support/github/memory.ts';
import { createHarbour, harbourSite } from '../../support/harbour.ts';
import { openAt, past } from '../../support/ledger.ts';
import { appServes, builtStage } from '../../support/live-stage.ts';
import { createRun, type RunOptions, type TestRun } from '../../support/run.ts';
import { createSettings } from '../../support/settings.ts';

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

describe('a deploy whose release answers 500', () => {
  const wayBack = '"command: rollback"';
  /** What the error advises; the page before the release, and what the ledger knows of an earlier one. */
  async function hint(page: string | undefined, earlier: boolean, definition: Partial<HostDefinition> = {}) {
    const store = memoryStore();
    if (earlier) await past(store, { sha: other, files: [], live: true, run: 3 });
    const session = await openAt(store, sha, 5);
    const http = fakeHttp(() => answer(500, 'Server Error', { 'x-release': sha }));
    const run = deploy({ store, http, harbour: createHarbour(definition) });
    const files = { request: { session }, sync: { prune: [] } } as unknown as Files;
    const ready = { built: builtStage, target: appServes, all: [files], before: { url: harbourSite, page } };
    const error = await goLive(run, ready).catch((thrown: DeployError) => thrown);
    expect(error).toMatchObject({ code: 'NOT_PROVEN', message: expect.stringContaining('is live and answers 500') });
    return error?.hint;
  }
  const noWayBack = {
    create: () => ({
      trigger: async ({ sha: commit }: { sha: string }) => ({ startedAt: 0, sha: commit }),
      url: async () => harbourSite,
    }),
  };

  test.each<[string, Parameters<typeof hint>]>([
    ['the ledger knows an earlier release', [undefined, true]],
    ['a page answered before', ['<h1>Harbour</h1>', false]],
  ])('is told the way back where %s', async (_when, given) => {
    expect(await hint(...given)).toContain(wayBack);
  });

  test.each<[string, Parameters<typeof hint>]>([
    ['it is the first, so that there is nothing to go back to', [undefined, false]],
    ['the host goes back to nothing', ['<h1>Harbour</h1>', true, noWayBack]],
  ])('is told none where %s', async (_when, given) => {
    const advice = await hint(...given);
    expect(advice).toContain('The site is down now.');
    expect(advice).not.toContain('rollback');
  });
});

describe('a deploy that nothing can prove ends "triggered", with the lines that make the next one provable,', () => {
  const built = { ...builtStage, outcome: { project: createSettings({ settings_module: 'shop.settings' }) } };
  const nowhere = {
    create: () => ({ trigger: async ({ sha: commit }: { sha: string }) => ({ startedAt: 0, sha: commit }) }),
  };

  async function advice(inputs: Partial<Inputs> = {}, definition: Partial<HostDefinition> = {}) {
    const plain = deploy({ inputs, harbour: createHarbour({ ...nowhere, ...definition }) });
    const { harbour } = plain.ports.hosts;
    const hosts = { harbour, hook: harbour } as typeof plain.ports.hosts;
    // The run's own hosts do not have the hook, which is asked as the harbour is.
    const host = async () => ({ host: nowhere.create(), title: 'Harbour' });
    const run = { ...plain, host, ports: { ...plain.ports, hosts } };
    const before = { url: undefined, page: undefined };
    await goLive(run, { built: built as unknown as BuildStage, target: appServes, all: [], before });
    const report = plain.recorder.report();
    expect(report).toMatchObject({ status: 'triggered', warnings: [expect.stringContaining('set url')] });
    expect(plain.lines).toContain(report.advice);
    return report.advice;
  }
  const hook = (body: string) => ({
    host: 'hook' as const,
    hostInputs: { service: undefined, token: undefined, deployHook: undefined, options: { body: [body] } },
  });

  test('in the folder of the settings, by the variable that its host sets', async () => {
    const text = await advice({}, { commitVariable: 'HARBOUR_COMMIT' });
    expect(text).toContain('# shop/release.py');
    expect(text).toContain('os.environ.get("HARBOUR_COMMIT", "")');
  });

  test.each([
    ['{"sha": "{sha}"}', 'The hook gets it already'],
    ['{"release": "{release}"}', 'The hook gets it already'],
    ['{"ref": "{branch}"}', 'The hook gets the commit where {sha} stands'],
  ])('and what a hook with the body %s has to be given', async (body, words) => {
    expect(await advice(hook(body))).toContain(words);
  });

  test('and the variable to set at a host that tells no commit', async () => {
    expect(await advice()).toContain('Set the variable RELEASE to the commit where the app starts.');
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

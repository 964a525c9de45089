import { describe, expect, test } from '@jest/globals';
import { findTarget, RolledBackError, rollback, rollbackAfter } from '../../../src/commands/rollback.ts';
import { DeployError, type ErrorCode } from '../../../src/core/errors.ts';
import { HostAnswerError } from '../../../src/hosts/contract/host.ts';
import type { LedgerRelease } from '../../../src/ledger/ledger.ts';
import { expectAssets } from '../../../src/release/expectation.ts';
import { FailingReleaseError } from '../../../src/release/proof-errors.ts';
import { memoryStore } from '../../support/fakes.ts';
import { createHarbour } from '../../support/harbour.ts';
import { openAt, past } from '../../support/ledger.ts';
import { createRun, type RunOptions, type TestRun } from '../../support/run.ts';

const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string];

/** Releases of these commits in their order, all of them proven live unless a commit stands in brackets. */
const releasesOf = (...commits: readonly (string | readonly [string])[]): LedgerRelease[] =>
  commits.map((commit, at) => {
    const sha = typeof commit === 'string' ? commit : commit[0];
    const live = typeof commit === 'string' ? { live: '2026-03-01T12:00:00Z' } : {};
    const run = { id: at + 1, attempt: 1 };
    return { seq: at + 1, release: `${sha.slice(0, 12)}-${at + 1}.1`, sha, at: '2026-03-01T12:00:00Z', run, ...live };
  });

describe('the release to go back to', () => {
  test.each<[string, LedgerRelease[], number | undefined]>([
    ['the one before the live one', releasesOf(one, two), 1],
    ['not one that was never live', releasesOf(one, [two], three), 1],
    ['not one of the commit that is live', releasesOf(one, two, two), 1],
    ['further back than what a rollback left', releasesOf(one, two, three, two), 1],
    ['none where nothing was live before', releasesOf(one), undefined],
    ['none where a rollback led to the first', releasesOf(one, two, one), undefined],
    ['none where nothing is known', [], undefined],
  ])('is %s', (_, releases, seq) => {
    expect(findTarget(releases, undefined)?.seq).toBe(seq);
  });

  test.each<[string, number | undefined]>([
    [two, 4],
    [two.slice(0, 7), 4],
    [`${two.slice(0, 12)}-2.1`, 2],
    [two.slice(0, 6), undefined],
    [three, undefined],
  ])('where %s is named, is the newest of it that was live', (to, seq) => {
    expect(findTarget(releasesOf(one, two, [three], two), to)?.seq).toBe(seq);
  });
});

const plan = { kind: 'rollback', to: undefined } as const;

/** Commit two is live, and one was before it; `bucket` says whether a ledger knows. */
async function world(bucket: boolean) {
  const harbour = createHarbour();
  harbour.live.push(one, two);
  const store = memoryStore();
  if (bucket) {
    await past(store, { sha: one, files: ['a.css', 'old.css'], live: true, run: 1 });
    await past(store, { sha: two, files: ['a.css', 'new.css'], live: true, run: 2 });
  }
  return { harbour, store };
}

const runWith = (options: RunOptions): TestRun =>
  createRun({ plan, ...options, context: { order: { id: 5, attempt: 1 } } });

describe('a rollback', () => {
  test('puts the release before back, proves it, and says in the ledger that it is live with its files', async () => {
    const { harbour, store } = await world(true);
    const run = runWith({ harbour, store, inputs: { bucket: 'site' } });
    await rollback(run, undefined);
    expect(harbour.targets).toEqual([{ sha: one, release: '111111111111-1.1' }]);
    expect(run.recorder.report()).toMatchObject({
      status: 'rolled-back',
      reason: 'Back at commit 111111111111: https://harbour.test.',
      url: 'https://harbour.test',
      sha: one,
      proof: { evidence: { kind: 'commit' } },
      stages: [{ name: 'Rollback' }, { name: 'Proof' }],
    });
    const { before } = await openAt(store, three, 9);
    expect(before.releases.map(({ sha, live }) => [sha, live !== undefined])).toEqual([
      [one, true],
      [two, true],
      [one, true],
    ]);
    expect([...before.objects].map(([key, { last }]) => [key, last])).toEqual([
      ['a.css', 3],
      ['new.css', 2],
      ['old.css', 3],
    ]);
  });

  test('says how it went before it went, so that GitHub shows the right commit', async () => {
    const { harbour, store } = await world(true);
    const run = runWith({ harbour, store, inputs: { bucket: 'site' } });
    const shown: (string | undefined)[] = [];
    run.recorder.watch(() => void shown.push(run.recorder.report().sha));
    await rollback(run, undefined);
    expect(shown).toEqual([one, one]);
  });

  test('leads to the host’s own release before, where no ledger knows', async () => {
    const { harbour } = await world(false);
    const run = runWith({ harbour });
    await rollback(run, undefined);
    expect(harbour.targets).toEqual([undefined]);
    expect(run.recorder.report()).toMatchObject({ status: 'rolled-back', sha: one });
  });

  test.each<[string, object]>([
    ['1111111', { sha: '1111111' }],
    ['dep-42', { id: 'dep-42', release: 'dep-42' }],
  ])('to %s asks the host for it, where no ledger knows', async (to, target) => {
    const { harbour } = await world(false);
    await rollback(runWith({ harbour, inputs: { dryRun: false } }), to).catch(() => undefined);
    expect(harbour.targets).toEqual([target]);
  });

  test('does not move the ledger to a commit that is cut off', async () => {
    const { harbour, store } = await world(true);
    const run = runWith({ harbour, store, inputs: { bucket: 'site' } });
    harbour.live.splice(0);
    const before = store.text('.deploy-django/production.json');
    await rollback(run, '3333333');
    expect(store.text('.deploy-django/production.json')).toBe(before);
    expect(run.recorder.report().reason).toContain('Back at commit 3333333');
  });

  test('changes nothing in a dry run', async () => {
    const { harbour, store } = await world(true);
    const run = runWith({ harbour, store, inputs: { bucket: 'site', dryRun: true } });
    await rollback(run, undefined);
    expect(harbour.asked).toEqual([]);
    expect(run.recorder.report()).toMatchObject({
      status: 'planned',
      reason: `Nothing was changed. The next run would go back to ${one}.`,
    });
  });

  test('where the host has no way back, says what to do instead', async () => {
    const create = () => ({ trigger: async () => ({ startedAt: 0, sha: '' }) });
    const harbour = createHarbour({ create, lacks: () => 'Harbour keeps nothing; set sails' });
    await expect(rollback(runWith({ harbour }), undefined)).rejects.toMatchObject({
      code: 'INVALID_INPUTS',
      message: 'There is no way back: Harbour keeps nothing; set sails.',
      hint: expect.stringContaining('Revert the commit'),
    });
    await expect(rollback(runWith({ inputs: { host: 'none' } }), undefined)).rejects.toThrow('no host is named');
  });
});

describe('after a proof that failed', () => {
  const failed = (code: ErrorCode = 'NOT_PROVEN') =>
    new DeployError(code, 'The page shows the old commit.', { hint: 'H' });

  /** A deploy of commit three that is live at the host, and not what it should be. */
  async function putBack(failure: unknown, options: RunOptions = {}) {
    const { store, harbour } = await world(true);
    harbour.live.push(three);
    const run = createRun({
      harbour,
      store,
      ...options,
      inputs: { rollback: true, ...options.inputs },
      context: { sha: three },
    });
    const session = await openAt(store, three, 3);
    return { run, harbour, back: await rollbackAfter(run, session, failure) };
  }

  test.each<[ErrorCode]>([['NOT_PROVEN'], ['ASSETS_BROKEN']])('%s, the last live release is put back', async (code) => {
    const { harbour, back } = await putBack(failed(code));
    expect(back).toBe('Back at commit 222222222222: https://harbour.test.');
    expect(harbour.targets).toEqual([{ sha: two, release: '222222222222-2.1' }]);
  });

  test.each<[string, unknown, RunOptions]>([
    ['nobody asked for it', failed(), { inputs: { rollback: false } }],
    ['the host itself refused', failed('HOST_FAILED'), {}],
    ['it was no error of the deploy', new TypeError('x'), {}],
    ['the run was cancelled', failed(), { signal: AbortSignal.abort(new Error('cancelled')) }],
  ])('nothing is put back where %s', async (_, failure, options) => {
    const { harbour, back, run } = await putBack(failure, options);
    expect([back, harbour.targets, run.lines]).toEqual([undefined, [], []]);
  });

  test('a host that goes back to nothing with these inputs is warned of, with what to write', async () => {
    const create = () => ({ trigger: async () => ({ startedAt: 0, sha: '' }) });
    const harbour = createHarbour({ create, lacks: () => 'no hook goes back; write one' });
    const { back, run } = await putBack(failed(), { harbour });
    expect(back).toBeUndefined();
    expect(run.lines).toEqual(['warning: "rollback: true" changed nothing: no hook goes back; write one.']);
  });

  test('a rollback that fails too is warned of, and the first failure stays the error', async () => {
    const harbour = createHarbour();
    harbour.refuse.set('rollback', new HostAnswerError('the build is gone', 410));
    const { back, run } = await putBack(failed(), { harbour });
    expect(back).toBeUndefined();
    expect(run.recorder.report().warnings).toEqual([
      expect.stringMatching(/^The release before could not be put back: .*the build is gone/),
    ]);
  });

  test('the error keeps its code and hint, and says what was done', () => {
    const error = new RolledBackError(failed(), 'Back at commit 222222222222.');
    expect(error).toMatchObject({
      code: 'NOT_PROVEN',
      message: 'The page shows the old commit.\nBack at commit 222222222222.',
      hint: 'H',
    });
  });

  test('the error does not say that the site is down once it was put back', () => {
    const request = {
      url: 'https://site.test',
      healthPath: '/',
      marks: {
        sha: '',
        release: 'r-1',
        header: undefined,
        path: undefined,
        body: undefined,
        hostSays: undefined,
        assets: new Set<string>(),
      },
      expectation: expectAssets(new Set(), { kind: 'unknown' }, undefined),
      deadline: 0,
      wayBack: 'by hand' as const,
    };
    const failing = new FailingReleaseError(request, 'it answers 500');
    expect(failing.hint).toContain('The site is down now');
    expect(new RolledBackError(failing, 'Back at commit 222222222222.').hint).toBe(
      "The app's log says why it answered 500.",
    );
  });
});

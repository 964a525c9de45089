import { describe, expect, test } from '@jest/globals';
import { DeployError } from '../../../src/core/errors.ts';
import { HttpError } from '../../../src/core/http-error.ts';
import type { Marks } from '../../../src/release/judge.ts';
import { answer } from '../../support/fakes.ts';
import {
  css,
  fresh,
  minutes,
  newPage,
  none,
  ofRound,
  oldPage,
  pageOf,
  plainPage,
  possible,
  required,
  type Scene,
  sha,
  stale,
  watch,
} from '../../support/proof.ts';

describe('a release is proven', () => {
  test('by rounds of several requests, each over a connection of its own, that show it for ten seconds', async () => {
    const { proof, http, elapsed } = await watch({ page: () => newPage });
    const asked = http.requests.filter(({ url }) => url.endsWith('/health/'));
    expect(asked.every(({ fresh: own }) => own === true)).toBe(true);
    expect(elapsed).toBe(10_000);
    expect(proof).toMatchObject({
      evidence: { kind: 'asset', seen: fresh },
      page: 'https://site.test/health/',
      answers: 25,
      assets: { checked: 1, problems: [] },
    });
  });

  test('and not by single ones between those of an old instance', async () => {
    const { proof } = await watch({ page: ofRound(newPage, oldPage, newPage, oldPage, newPage, newPage) });
    expect(proof).toMatchObject({ answers: 25, evidence: { kind: 'asset' } });
    const forEver = await watch({ page: (round) => (round % 2 ? newPage : oldPage) });
    expect(forEver.error?.code).toBe('NOT_PROVEN');
    expect(forEver.error?.message).toMatch(
      /\d+ of \d+ answers did not show this release; old and new are served side by/,
    );
  });

  test('after errors while it starts', async () => {
    const starting = [answer(502), answer(503), oldPage, newPage];
    expect((await watch({ page: ofRound(...starting) })).proof).toMatchObject({ answers: 25 });
    const refused = new HttpError('refused', 'site.test: ECONNREFUSED');
    expect((await watch({ page: (round) => (round < 4 ? refused : newPage) })).proof).toMatchObject({ answers: 25 });
  });

  test('by its host where the page answers', async () => {
    const marks = { hostSays: 'Render says that dep-1 is live' };
    const { proof } = await watch({ page: ofRound(answer(502), oldPage), marks, expectation: none });
    expect(proof?.evidence).toEqual({ kind: 'host', seen: 'Render says that dep-1 is live' });
    expect((await watch({ page: () => answer(502), marks, expectation: none })).error?.code).toBe('NOT_PROVEN');
  });

  describe('by its host, whose word counts for the addresses that it names', () => {
    const marks = { hostSays: 'Render says that dep-1 is live' };
    const away = answer(302, '', { location: 'https://login.test/sign-in' });
    const leading = (isHostsOwn: (url: string) => boolean, more: Partial<Scene> = {}) =>
      watch({ page: () => away, marks, expectation: none, isHostsOwn: async (url) => isHostsOwn(url), ...more });

    test('and so for the page of another name that it names too', async () => {
      const { proof } = await leading((url) => url === 'https://login.test/sign-in');
      expect(proof?.evidence?.kind).toBe('host');
    });

    test('and not for the page of somebody else that the URL leads to, as a login does', async () => {
      const { proof } = await leading(() => false);
      expect(proof).toMatchObject({ evidence: undefined, page: 'https://login.test/sign-in' });
    });

    test('but what the release itself shows there counts', async () => {
      const file = (path: string) => (path === '/sign-in' ? pageOf(fresh) : css);
      const { proof } = await leading(() => false, { file, expectation: required });
      expect(proof?.evidence).toEqual({ kind: 'asset', seen: fresh });
      const { error } = await leading(() => false, { expectation: required, deadline: minutes });
      expect(error?.code).toBe('NOT_PROVEN');
    });
  });

  test('by the commit at a path of its own', async () => {
    const version = (path: string, round: number) => (path === '/version' ? answer(200, round < 3 ? 'old' : sha) : css);
    const { proof } = await watch({
      page: () => oldPage,
      file: version,
      marks: { path: '/version' },
      expectation: none,
    });
    expect(proof).toMatchObject({ evidence: { kind: 'commit', seen: `/version says ${sha}` } });
  });

  test('just before the deadline too, if there is time for all of its window', async () => {
    const late = (from: number) => watch({ page: (_, time) => (time < from ? oldPage : newPage), deadline: 60_000 });
    expect((await late(40_000)).proof?.evidence?.kind).toBe('asset');
    const { error, elapsed } = await late(50_000);
    expect(error?.message).toContain('it showed this release, and not for long enough before the deadline');
    expect(elapsed).toBeLessThanOrEqual(60_000);
  });
});

describe('a new release is seen soon', () => {
  const times = [0, 700, 5_300, 59_900, 61_100, 4 * minutes + 1, 9 * minutes + 999];

  test.each(times)('where the site serves it after %d ms: two seconds later at most, and its window', async (from) => {
    const { proof, elapsed } = await watch({ page: (_, time) => (time < from ? oldPage : newPage) });
    expect(proof?.evidence?.kind).toBe('asset');
    expect(elapsed - from).toBeLessThanOrEqual(12_000);
  });

  test('and until then the site is asked at most once a second, whatever a round asks for', async () => {
    const until = 5 * minutes;
    const at: number[] = [];
    const note = (time: number, page = oldPage) => {
      if (time < until) at.push(time);
      return page;
    };
    let last = 0;
    await watch({
      page: (_, time) => {
        last = time;
        return note(time, time < until ? oldPage : newPage);
      },
      file: (path) => {
        if (path !== '/version') return css;
        note(last);
        return answer(200, last < until ? 'old' : sha);
      },
      marks: { path: '/version' },
      expectation: none,
    });
    for (let second = 0; second < until; second += 10_000)
      expect(at.filter((time) => time >= second && time < second + 10_000).length).toBeLessThanOrEqual(10);
  });
});

describe('a release is not proven', () => {
  test('by an old instance that answers 200 for ever, and the error says what was expected and seen', async () => {
    const { error, elapsed } = await watch({ page: () => oldPage });
    expect(error).toBeInstanceOf(DeployError);
    expect(error?.code).toBe('NOT_PROVEN');
    expect(error?.message).toContain('https://site.test/health/ did not show release 5ad1c8f0d0d1-12.1 within ');
    expect(error?.message).toContain(`expected: a page with ${fresh}`);
    expect(error?.message).toContain(`seen:     it answers 200 with a page with ${stale}`);
    expect(elapsed).toBeLessThanOrEqual(20 * minutes);
    expect(elapsed).toBeGreaterThan(19 * minutes);
  });

  test('by an old page out of a cache, and the error says so', async () => {
    const { error } = await watch({ page: () => pageOf(stale, { age: '120' }) });
    expect(error?.message).toContain('out of a cache (Age: 120)');
  });

  test('by an old page whose files are broken; they are not even asked for', async () => {
    const { error, http } = await watch({ page: () => oldPage, file: () => answer(404) });
    expect(error?.code).toBe('NOT_PROVEN');
    expect(http.requests.every(({ url }) => url === 'https://site.test/health/')).toBe(true);
  });

  test.each<[string, Partial<Marks>, string]>([
    [
      'a header',
      { header: 'X-Version' },
      'expected: X-Version: 5ad1c8f0d0d1\n  seen:     it answers 200 with no header',
    ],
    ['a path', { path: '/version' }, 'expected: 5ad1c8f0d0d1 at /version\n  seen:     it answers 200 with /version'],
    ['the body', { body: 'true' }, 'expected: the text of proof-body for 5ad1c8f0d0d1'],
  ])('by its files where the commit was asked for in %s', async (_, marks, message) => {
    const { error } = await watch({ page: () => newPage, marks, expectation: none });
    expect(error?.code).toBe('NOT_PROVEN');
    expect(error?.message).toContain(message);
  });

  test('where nothing answers, and the error says why', async () => {
    const { error } = await watch({ page: () => new HttpError('unresolved', 'site.test: ENOTFOUND') });
    expect(error?.message).toContain('seen:     it does not answer (site.test: ENOTFOUND). The name does not resolve');
  });

  test('after an abort, which is passed on as it is', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const page = (round: number) => {
      if (round === 3) controller.abort(reason);
      return oldPage;
    };
    const { error, pages } = await watch({ page, signal: controller.signal });
    expect(error).toBe(reason);
    expect(pages).toBe(3);
  });
});

describe('where the page need not show the release', () => {
  test('ten seconds of it are enough, and there is no evidence', async () => {
    const { proof } = await watch({ page: ofRound(answer(502), oldPage), expectation: none });
    expect(proof).toMatchObject({ assets: { checked: 1 } });
    expect(proof?.evidence).toBeUndefined();
  });

  test('a commit that it shows all the same is evidence', async () => {
    const { proof } = await watch({ page: () => pageOf(stale, { 'x-release': sha }), expectation: none });
    expect(proof?.evidence?.kind).toBe('commit');
  });

  test('a page that may show it is watched for some minutes', async () => {
    const same = await watch({ page: () => plainPage, expectation: possible });
    expect(same.proof).toBeDefined();
    expect(same.proof?.evidence).toBeUndefined();
    expect(same.elapsed).toBeGreaterThanOrEqual(3 * minutes);
    expect(same.elapsed).toBeLessThan(5 * minutes);
    const changed = await watch({ page: (_, time) => (time < minutes ? plainPage : newPage), expectation: possible });
    expect(changed.proof?.evidence?.kind).toBe('asset');
    expect(changed.elapsed).toBeLessThan(2 * minutes);
  });

  test('and does not fail a run whose deadline is nearer than that', async () => {
    const { proof, elapsed } = await watch({ page: () => plainPage, expectation: possible, deadline: minutes });
    expect(proof).toBeDefined();
    expect(elapsed).toBeLessThanOrEqual(minutes);
  });

  test('a page with an older form of a changed file is of an old instance, and never accepted', async () => {
    const { error } = await watch({ page: () => oldPage, expectation: possible });
    expect(error?.code).toBe('NOT_PROVEN');
  });

  test('one glimpse of the release among pages of an old instance is no evidence', async () => {
    const whole = await watch({ page: () => plainPage, expectation: possible });
    for (let glimpse = 1; glimpse <= whole.pages; glimpse++) {
      const { proof } = await watch({
        page: (round) => (round === glimpse ? newPage : plainPage),
        expectation: possible,
      });
      expect(proof?.evidence).toBeUndefined();
    }
  });
});

describe('a release that answers 500', () => {
  const marked = answer(500, 'Server Error', { 'x-release': sha });
  const hostSays = 'Render says that dep-1 is live';

  test.each<[string, Scene]>([
    ['by its mark', { page: () => marked }],
    ['by the word of its host', { page: () => answer(500), marks: { hostSays }, expectation: none }],
  ])('and is known %s is given up long before the timeout', async (_how, scene) => {
    const { error, elapsed } = await watch(scene);
    expect(error?.code).toBe('NOT_PROVEN');
    expect(error?.message).toMatch(/^Release 5ad1c8f0d0d1-12\.1 is live and answers 500\.\n/);
    expect(error?.hint).toBe("The site is down now. Fix what the app's log says, or revert the commit, and push.");
    expect(elapsed).toBeGreaterThanOrEqual(90_000);
    expect(elapsed).toBeLessThan(2 * minutes);
  });

  test('after a page that was fine is told so, without a guess at files that are the same, and with the way back', async () => {
    const scene = { page: () => marked, expectation: none, fineBefore: true, wayBack: 'by hand' as const };
    const { error } = await watch(scene);
    expect(error?.message).toContain('is live and answers 500; the page answered 200 before it.');
    expect(error?.message).toContain("Look at the app's log");
    expect(error?.message).not.toContain('collectstatic');
    expect(error?.hint).toContain('"command: rollback"');
    expect(error?.hint).not.toContain('X-Release');
  });

  test('sends nobody to what the run did by itself', async () => {
    const { error } = await watch({ page: () => marked, expectation: none, wayBack: 'by itself' });
    expect(error?.hint).toBe(
      'The site is down now. A warning says why the release before could not be put back. Revert the commit, and push.',
    );
  });

  test.each([20_000, 60_000, 89_000])('is told so, too, where the time is up after %d ms', async (deadline) => {
    const { error, elapsed } = await watch({ page: () => marked, deadline });
    expect(error?.message).toMatch(/^Release 5ad1c8f0d0d1-12\.1 is live and answers 500\.\n/);
    expect(error?.hint).toContain('The site is down now.');
    expect(elapsed).toBeLessThanOrEqual(deadline);
  });

  test('with new files may lack them, so that collectstatic is named', async () => {
    const { error } = await watch({ page: () => marked, fineBefore: true });
    expect(error?.message).toContain('collectstatic');
  });

  test.each<[string, Scene]>([
    ['nobody knows whose answer it is', { page: () => answer(500) }],
    ['an instance of the same commit failed before it', { page: () => marked, marks: { failedBefore: true } }],
    ['it is the host that answers', { page: () => answer(502), marks: { hostSays }, expectation: none }],
  ])('is waited for until the timeout where %s', async (_why, scene) => {
    const { error, elapsed } = await watch({ ...scene, deadline: 5 * minutes });
    expect(error?.code).toBe('NOT_PROVEN');
    expect(elapsed).toBeGreaterThan(4.9 * minutes);
  });

  test('while it starts, and then its page, is proven', async () => {
    expect((await watch({ page: (_, time) => (time < minutes ? marked : newPage) })).proof).toBeDefined();
    const now = (time: number) => (time % minutes < minutes / 2 ? marked : answer(503));
    expect((await watch({ page: (_, time) => (time < 5 * minutes ? now(time) : newPage) })).proof).toBeDefined();
  });
});

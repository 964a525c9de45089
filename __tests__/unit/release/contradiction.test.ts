import { describe, expect, test } from '@jest/globals';
import { contradiction, judge, type Marks } from '../../../src/release/judge.ts';
import { answer } from '../../support/fakes.ts';
import { fresh, none, oldPage, pageOf, required, sha, watch } from '../../support/proof.ts';

const other = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';
const marks: Marks = {
  sha,
  release: '5ad1c8f0d0d1-12.1',
  header: undefined,
  path: undefined,
  body: undefined,
  hostSays: 'Render says that dep-1 is live',
  assets: required.assets,
};

describe('a page contradicts', () => {
  test.each<[string, ReturnType<typeof answer>]>([
    ['by an older form of a file that changed', oldPage],
    ['by another commit in a header', pageOf(fresh, { 'x-commit': other })],
    ['by another short commit in a header', pageOf(fresh, { 'x-release': other.slice(0, 9) })],
    ['by a whole commit without a digit', pageOf(fresh, { 'x-release': 'f'.repeat(40) })],
    ['by another commit in a meta tag', answer(200, `<meta name="commit" content="${other}">`)],
  ])('%s, whatever the host says, until the deadline', async (_, page) => {
    expect(contradiction(page, marks, required)).toBeDefined();
    const { error } = await watch({ page: () => page, marks: { hostSays: marks.hostSays } });
    expect(error?.code).toBe('NOT_PROVEN');
  });

  test.each<[string, ReturnType<typeof answer>]>([
    ['our own commit', pageOf(fresh, { 'x-commit': sha.slice(0, 8) })],
    ['a version', pageOf(fresh, { 'x-version': '1.2.3', 'x-release': '2026.11' })],
    ['a date', pageOf(fresh, { 'x-build': '20261127', 'x-revision': '20261127' })],
    ['a word', pageOf(fresh, { 'x-release': 'deadbeef' })],
    ['an id of something else', pageOf(fresh, { 'x-request-id': other, etag: `"${other}"` })],
  ])('not by %s', (_, page) => {
    expect(contradiction(page, marks, required)).toBeUndefined();
  });

  test('not by a header where the user said where the commit stands', () => {
    const page = pageOf(fresh, { 'x-commit': other, 'x-mine': sha });
    expect(contradiction(page, { ...marks, header: 'x-mine' }, required)).toBeUndefined();
  });
});

test('a commit that the page held before is no evidence where it stands anywhere, and is in a header', () => {
  const seen = { ...marks, hostSays: undefined, assets: new Set<string>(), shownBefore: true };
  expect(judge(answer(200, `<p>latest: ${sha}</p>`), undefined, seen).evidence).toBeUndefined();
  expect(judge(answer(200, '', { 'x-release': sha }), undefined, seen).evidence?.kind).toBe('commit');
});

test('an app that answers JSON is triggered as soon as its page has settled', async () => {
  const page = () => answer(200, '{}', { 'content-type': 'application/json' });
  const expectation = { ...required, need: 'possible' as const, patience: 180_000 };
  const { proof, elapsed } = await watch({ page, expectation });
  expect(proof?.evidence).toBeUndefined();
  expect(elapsed).toBeLessThan(20_000);
});

test('a page that limits how often it may be asked is asked as it says, and is proven all the same', async () => {
  let allowed = 0;
  const { proof, error } = await watch({
    page: (_, time) => {
      if (time < allowed) return answer(429, '', { 'retry-after': '5' });
      allowed = time + 5_000;
      return pageOf(fresh);
    },
    expectation: none,
    marks: { assets: required.assets },
  });
  expect(error).toBeUndefined();
  expect(proof?.evidence?.kind).toBe('asset');
});

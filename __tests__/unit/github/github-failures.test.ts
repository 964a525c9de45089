import { describe, expect, test } from '@jest/globals';
import { type FailedAnswer, limitWait, mayRepeat, toGitHubError } from '../../../src/github/github-failures.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const answer = (overrides: Partial<FailedAnswer>): FailedAnswer => ({
  status: 500,
  headers: {},
  reply: '',
  sent: true,
  ...overrides,
});

describe('a limit says when it ends', () => {
  test.each<[string, Partial<FailedAnswer>, number | undefined]>([
    ['in seconds', { status: 403, headers: { 'retry-after': '30' } }, 30_000],
    ['as a date', { status: 429, headers: { 'retry-after': 'Sun, 01 Mar 2026 12:00:05 GMT' } }, 5_000],
    [
      'by the whole limit',
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${now / 1_000 + 90}` } },
      90_000,
    ],
    ['not at all, then it is a minute', { status: 403, reply: 'You have exceeded a secondary rate limit' }, 60_000],
    ['not at all with 429', { status: 429 }, 60_000],
  ])('%s', (_, given, wait) => {
    expect(limitWait(answer(given), now)).toBe(wait);
  });

  test.each<[string, Partial<FailedAnswer>]>([
    ['a missing permission', { status: 403, headers: { 'x-ratelimit-remaining': '4999' } }],
    ['an overload that names a time', { status: 503, headers: { 'retry-after': '30' } }],
  ])('%s is none', (_, given) => {
    expect(limitWait(answer(given), now)).toBeUndefined();
  });
});

describe('what may be asked again', () => {
  test.each<[string, Partial<FailedAnswer>, boolean, boolean | number]>([
    ['a question after an overload', {}, false, true],
    ['something new after an overload, which may be there', {}, true, false],
    ['something new that GitHub never got', { status: undefined, sent: false }, true, true],
    ['something new without an answer', { status: undefined }, true, false],
    ['a question without an answer', { status: undefined }, false, true],
    ['something new that a limit refused', { status: 429, headers: { 'retry-after': '2' } }, true, 2_000],
    ['what is not there', { status: 404 }, false, false],
    ['what is wrong', { status: 422 }, false, false],
  ])('%s', (_, given, creates, again) => {
    expect(mayRepeat(answer(given), creates, now)).toBe(again);
  });
});

describe('an error says what it means', () => {
  test.each<[Partial<FailedAnswer>, string]>([
    [{ status: 401 }, 'forbidden'],
    [{ status: 403, reply: 'Resource not accessible by integration' }, 'forbidden'],
    [{ status: 403, reply: 'Unable to create comment because issue is locked.' }, 'locked'],
    [{ status: 403, reply: 'Resource protected by organization SAML enforcement; unlocked by nobody' }, 'forbidden'],
    [{ status: 404 }, 'notFound'],
    [{ status: 410 }, 'notFound'],
    [{ status: 409 }, 'validation'],
    [{ status: 422 }, 'validation'],
    [{ status: 503 }, 'unavailable'],
    [{ status: 429 }, 'unavailable'],
    [{ status: undefined }, 'unavailable'],
  ])('%j is %s', (given, kind) => {
    expect(toGitHubError(answer(given), 'a comment', undefined, now, undefined).kind).toBe(kind);
  });

  test('in one short line, without the page or the link that came with it', () => {
    const said = (text: string, given: Partial<FailedAnswer> = { status: 502 }) =>
      toGitHubError(answer({ ...given, reply: text }), 'a comment', undefined, now, undefined).message;
    expect(said('<html>Unicorn</html>')).toBe('GitHub, a comment: HTTP 502');
    expect(said('Server Error - https://docs.github.com/rest')).toBe('GitHub, a comment: HTTP 502 (Server Error)');
    expect(said('api.github.com: ECONNREFUSED', { status: undefined })).toBe(
      'GitHub, a comment: api.github.com: ECONNREFUSED',
    );
    expect(said('x\n'.repeat(500)).length).toBeLessThan(240);
  });
});

import { describe, expect, test } from '@jest/globals';
import { retryAfter } from '../../../src/lib/retry-after.ts';

describe('Retry-After', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  test.each([
    ['30', 30_000],
    ['0', 0],
    ['Sun, 01 Mar 2026 12:01:30 GMT', 90_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ])('%j is %p ms', (value, milliseconds) => {
    expect(retryAfter({ 'retry-after': value }, now)).toBe(milliseconds);
  });

  test('that is not there asks for nothing', () => {
    expect(retryAfter({}, now)).toBeUndefined();
  });
});

import { describe, expect, test } from '@jest/globals';
import { adaptiveLimit, type Limit } from '../../../src/lib/adaptive-limit.ts';

const range = { start: 32, least: 4, most: 256 };

/** Does as much as a round takes, at so many a second; returns when it ended. */
function round(limit: Limit, now: number, perSecond: number): number {
  const count = limit.value * 2;
  const end = now + (count / perSecond) * 1_000;
  for (let done = 1; done <= count; done++) limit.done(1, now + ((end - now) * done) / count);
  return end;
}

/** The limit after each of some rounds, where each brings as much as `perSecond` says of the limit at that time. */
function rounds(limit: Limit, perSecond: (value: number) => number, count: number): number[] {
  let now = 0;
  return Array.from({ length: count }, () => {
    now = round(limit, now, perSecond(limit.value));
    return limit.value;
  });
}

describe('a limit', () => {
  test('begins where it is told to, and never above the most', () => {
    expect(adaptiveLimit(range, 0).value).toBe(32);
    expect(adaptiveLimit({ ...range, most: 8 }, 0).value).toBe(8);
  });

  test('grows by half as long as more at once bring more, up to the most', () => {
    expect(rounds(adaptiveLimit(range, 0), (value) => value * 10, 8)).toEqual([48, 72, 108, 162, 243, 256, 256, 256]);
  });

  test('stays where more at once brought no more', () => {
    expect(rounds(adaptiveLimit(range, 0), (value) => Math.min(value, 72) * 10, 8)).toEqual([
      48, 72, 108, 108, 108, 108, 108, 108,
    ]);
  });

  test('is measured by amounts, not by how many there were', () => {
    const limit = adaptiveLimit(range, 0);
    // The second round has as many, in the same time, of a tenth of the size.
    for (let done = 1; done <= 64; done++) limit.done(10, done);
    expect(limit.value).toBe(48);
    for (let done = 1; done <= 96; done++) limit.done(1, 64 + done);
    expect(limit.value).toBe(48);
    for (let done = 1; done <= 96; done++) limit.done(1_000, 160 + done);
    expect(limit.value).toBe(48);
  });

  test('does not change before a round is over', () => {
    const limit = adaptiveLimit(range, 0);
    for (let done = 1; done < 64; done++) limit.done(1, done);
    expect(limit.value).toBe(32);
    limit.done(1, 64);
    expect(limit.value).toBe(48);
  });
});

describe('a limit that is asked to slow down', () => {
  test('halves, and not below the least', () => {
    const limit = adaptiveLimit(range, 0);
    const values = [1_000, 2_000, 3_000, 4_000, 5_000].map((now) => {
      limit.slow(now);
      return limit.value;
    });
    expect(values).toEqual([16, 8, 4, 4, 4]);
  });

  test('halves once for all that was sent before', () => {
    const limit = adaptiveLimit(range, 0);
    for (const now of [1_000, 1_001, 1_500, 1_999]) limit.slow(now);
    expect(limit.value).toBe(16);
    limit.slow(2_000);
    expect(limit.value).toBe(8);
  });

  test('comes back by a sixteenth, whatever more brings', () => {
    const limit = adaptiveLimit({ ...range, start: 128 }, 0);
    limit.slow(0);
    expect(limit.value).toBe(64);
    expect(rounds(limit, () => 100, 4)).toEqual([68, 73, 78, 83]);
  });

  test('grows again even where it had stopped to', () => {
    const limit = adaptiveLimit(range, 0);
    const [, , , stopped = 0] = rounds(limit, () => 100, 4);
    limit.slow(1_000_000);
    const slowed = limit.value;
    expect(slowed).toBeLessThan(stopped);
    round(limit, 1_000_000, 100);
    expect(limit.value).toBe(slowed + Math.ceil(slowed / 16));
  });

  test('of one at a time stays at one', () => {
    const limit = adaptiveLimit({ start: 1, least: 1, most: 1 }, 0);
    limit.slow(0);
    expect(rounds(limit, (value) => value * 10, 3)).toEqual([1, 1, 1]);
  });
});

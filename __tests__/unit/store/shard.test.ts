import { describe, expect, test } from '@jest/globals';
import { inShard, parseShard } from '../../../src/store/shard.ts';

describe('a part', () => {
  test.each([
    ['1/1', 1, 1],
    ['1/4', 1, 4],
    ['4/4', 4, 4],
    ['256/9999', 256, 9999],
  ])('%s is the %i. of %i', (text, index, of) => {
    expect(parseShard(text)).toEqual({ index, of });
  });

  test.each(['0/4', '5/4', '1/0', '0/0', '-1/4', '1', '/4', '1/', '1/4/2', '1 / 4', '1.5/4', '1/10000', 'a/b', ''])(
    '%j is none',
    (text) => {
      expect(parseShard(text)).toBeUndefined();
    },
  );
});

describe('keys', () => {
  const keys = Array.from({ length: 4_000 }, (_, index) => `media/2026/${index % 7}/photo-${index}.jpg`);

  test.each([1, 2, 3, 8])('are each in exactly one of %i parts', (of) => {
    const indices = Array.from({ length: of }, (_, at) => at + 1);
    const homes = keys.map((key) => indices.filter((index) => inShard(key, { index, of })).length);
    expect(new Set(homes)).toEqual(new Set([1]));
  });

  test('are spread evenly, though they lie in few folders', () => {
    for (const index of [1, 2, 3, 4]) {
      const share = keys.filter((key) => inShard(key, { index, of: 4 })).length / keys.length;
      expect(Math.abs(share - 1 / 4)).toBeLessThan(0.03);
    }
  });

  // Of a job that failed another run, of another version perhaps, sends the same part again.
  test.each<[string, number]>([
    ['a.css', 3],
    ['media/ü.jpg', 1],
    ['static/js/app.js', 3],
  ])('stay where they are in every version: %s in part %i of 3', (key, index) => {
    expect([1, 2, 3].filter((one) => inShard(key, { index: one, of: 3 }))).toEqual([index]);
  });
});

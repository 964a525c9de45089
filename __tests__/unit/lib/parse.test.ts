import { describe, expect, test } from '@jest/globals';
import { parseBoolean, parseDuration, parseLines, parseNamedLines } from '../../../src/lib/parse.ts';

describe('a duration', () => {
  test.each<[string, number | undefined]>([
    ['90s', 90_000],
    ['20m', 1_200_000],
    ['1h30m', 5_400_000],
    ['0h5s', 5_000],
    ['30d', 2_592_000_000],
    ['1d12h', 129_600_000],
    ['0s', undefined],
    ['20', undefined],
    ['20 m', undefined],
    ['-5m', undefined],
    ['1.5h', undefined],
    ['20M', undefined],
    ['5m later', undefined],
    ['', undefined],
  ])('%j is %p', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });
});

describe('a boolean', () => {
  test.each(['true', 'True', 'TRUE'])('%s is true', (text) => expect(parseBoolean(text)).toBe(true));
  test.each(['false', 'False', 'FALSE'])('%s is false', (text) => expect(parseBoolean(text)).toBe(false));
  test.each(['', '0', '1', 'yes', 'no', 'tRUE', 'falsey', ' true'])('%j is neither', (text) => {
    expect(parseBoolean(text)).toBeUndefined();
  });
});

describe('named lines', () => {
  test('keep everything behind the first separator', () => {
    expect(parseNamedLines('header: X-Key: a: b')).toEqual([{ name: 'header', value: 'X-Key: a: b', line: 1 }]);
  });

  test('are counted with the blank lines and comments between them, at every kind of line end', () => {
    const found = parseNamedLines('A:1\r\n\r\n# B:2\n   \n  C: 3  \rD:');
    expect(found).toEqual([
      { name: 'A', value: '1', line: 1 },
      { name: 'C', value: '3', line: 5 },
      { name: 'D', value: '', line: 6 },
    ]);
  });

  test('without a separator have no name', () => {
    expect(parseNamedLines('just words')).toEqual([{ name: '', value: 'just words', line: 1 }]);
  });

  test('a value may hold what elsewhere is a comment', () => {
    expect(parseNamedLines('colour: #fff # white')[0]?.value).toBe('#fff # white');
  });
});

test('a list has one entry a line, without blanks and comments', () => {
  expect(parseLines('*.pem\r\n\n  docs/**/*.key  \n# none\n')).toEqual(['*.pem', 'docs/**/*.key']);
  expect(parseLines('')).toEqual([]);
});

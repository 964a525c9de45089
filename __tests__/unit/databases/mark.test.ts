import { describe, expect, test } from '@jest/globals';
import {
  isOurs,
  longestJob,
  makeMark,
  marksOf,
  parseMark,
  withMark,
  withoutMark,
} from '../../../src/databases/trusted-sources/mark.ts';

const until = Date.parse('2026-03-01T18:00:30Z');
const mark = makeMark('1296269', { id: 16_012_345_678, attempt: 2 }, until);

describe('a mark', () => {
  test('says whose it is and until when', () => {
    expect(mark).toMatch(/^deploy-django-1296269-16012345678-2-[a-z0-9]{6}-202603011801$/);
    expect(parseMark(mark)).toEqual({
      text: mark,
      repository: '1296269',
      run: { id: 16_012_345_678, attempt: 2 },
      until: Date.parse('2026-03-01T18:01:00Z'),
    });
  });

  test('is a name that every vendor takes: MySQL at Azure, 80 letters, digits and hyphens', () => {
    expect(makeMark('9999999999', { id: 999_999_999_999, attempt: 99 }, until)).toMatch(
      /^[a-zA-Z0-9][-_a-zA-Z0-9]{0,79}$/,
    );
  });

  test('of two steps of one run is another one', () => {
    expect(makeMark('1296269', { id: 1, attempt: 1 }, until)).not.toBe(
      makeMark('1296269', { id: 1, attempt: 1 }, until),
    );
  });

  test('without an id of the repository is of none', () => {
    expect(parseMark(makeMark('octo/site', { id: 1, attempt: 1 }, until))?.repository).toBe('0');
  });

  test.each([
    '',
    'office',
    `${mark} `,
    `${mark}, keep`,
    `my ${mark}`,
    'deploy-django-1-2-3',
    mark.replace('202603', '209999'),
  ])('is not "%s"', (label) => {
    expect(isOurs(label)).toBe(false);
  });
});

test('a rule of several runs has the marks of all, and loses one after the other', () => {
  const other = makeMark('1296269', { id: 2, attempt: 1 }, until);
  const both = withMark(withMark('', mark), other);
  expect(marksOf(both).map(({ text }) => text)).toEqual([mark, other]);
  expect(withMark(both, mark)).toBe(both);
  expect(withoutMark(both, mark)).toBe(other);
  expect(withoutMark(other, other)).toBe('');
});

test('no job lasts longer than 6 hours at GitHub, and 5 days elsewhere', () => {
  expect([longestJob(true), longestJob(false)]).toEqual([21_600_000, 432_000_000]);
});

import { expect, test } from '@jest/globals';
import { createRedactor } from '../../../src/lib/secret.ts';
import { Tail } from '../../../src/lib/tail.ts';

const tailOf = (most: number, ...chunks: (string | Uint8Array)[]) => {
  const redactor = createRedactor();
  redactor.add('s3cr3t-of-the-build');
  const tail = new Tail(most, redactor);
  for (const chunk of chunks) tail.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return tail.lines();
};

test('the last lines are kept, without the blank ones', () => {
  expect(tailOf(3, 'one\ntwo\n\n   \nthree\nfour\n')).toEqual(['two', 'three', 'four']);
});

test('a last line without a line end counts', () => {
  expect(tailOf(2, 'one\ntwo\nthree')).toEqual(['two', 'three']);
  expect(tailOf(5, 'only')).toEqual(['only']);
});

test('lines are the same wherever a chunk ends, inside a character too', () => {
  const bytes = Buffer.from('naïve\r\nwörld 🌍\rlast\n');
  const whole = tailOf(5, bytes);
  expect(whole).toEqual(['naïve', 'wörld 🌍', 'last']);
  for (let at = 0; at <= bytes.length; at++) {
    expect(tailOf(5, bytes.subarray(0, at), bytes.subarray(at))).toEqual(whole);
  }
});

test('a long line is cut, whether it has ended or not', () => {
  expect(tailOf(2, `${'x'.repeat(5_000)}\n${'y'.repeat(5_000)}`)).toEqual(['x'.repeat(300), 'y'.repeat(300)]);
});

test('nothing in, nothing out', () => {
  expect(tailOf(15)).toEqual([]);
  expect(tailOf(15, '\n\n')).toEqual([]);
});

test('no line holds a secret, and none holds a part of one where it is cut', () => {
  const around = (secret: string) =>
    Array.from({ length: 40 }, (_, at) => `${'x'.repeat(260 + at)} ${secret} end of the line`);
  const lines = tailOf(100, [...around('s3cr3t-of-the-build'), ...around('https://bob:hunter2@host/x')].join('\n'));
  expect(lines).toHaveLength(80);
  expect(lines.join('\n')).not.toMatch(/s3|hunter|bob/);
  expect(lines.join('\n')).toContain('*** end');
});

import { describe, expect, test } from '@jest/globals';
import {
  escapeMarkdown,
  fillTemplate,
  formatBytes,
  formatCount,
  formatDuration,
  headline,
  listSome,
  plural,
  sentences,
  slug,
} from '../../../src/lib/text.ts';

test.each([
  [0, '0 files'],
  [1, '1 file'],
  [2, '2 files'],
  [123_456, '123,456 files'],
])('%i is counted as %s', (count, text) => {
  expect(plural(count, 'file')).toBe(text);
});

test.each([
  [0, '0 B'],
  [1_023, '1023 B'],
  [1_024, '1.0 KiB'],
  [1_572_864, '1.5 MiB'],
  [5 * 1024 ** 3, '5.0 GiB'],
  [2048 * 1024 ** 3, '2048.0 GiB'],
])('%i bytes are shown as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, '0.0 s'],
  [420, '0.4 s'],
  [12_400, '12 s'],
  [59_700, '1 min 0 s'],
  [200_000, '3 min 20 s'],
  [7_200_000, '120 min 0 s'],
])('%i ms are shown as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test.each<[string[], string]>([
  [[], ''],
  [['a', 'b'], 'a, b'],
  [['a', 'b', 'c', 'd'], 'a, b, and 2 more'],
])('of %j the first two are listed', (items, text) => {
  expect(listSome(items, 2)).toBe(text);
});

describe('the headline of a text', () => {
  test.each<[string, string]>([
    ['Nothing was found.', 'Nothing was found.'],
    ['It did not show it.\n  expected: a\n  seen: b', 'It did not show it.'],
    ['2 things to fix:\n1. A: one\n   do this\n2. B: two', '2 things to fix: 1. A: one – and more'],
    ['1 file does not load:\n  /a.css answers 404.', '1 file does not load: /a.css answers 404.'],
    ['pip failed with exit code 1. Its last lines:\n  Traceback', 'pip failed with exit code 1.'],
    ['Nothing follows:', 'Nothing follows'],
  ])('%j never ends at a colon', (text, line) => {
    expect(headline(text)).toBe(line);
  });
});

describe('text in Markdown', () => {
  test.each([
    ['a|b', 'a\\|b'],
    ['`rm -rf`', '\\`rm -rf\\`'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['ask @org/team', 'ask @&#8203;org/team'],
    ['one\r\n\r\n# two', 'one # two'],
    ['[click](javascript:x)', '\\[click\\](javascript:x)'],
    ['**bold** _it_ ~~no~~', '\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['a\\|b', 'a\\\\\\|b'],
    ['plain words, 100%.', 'plain words, 100%.'],
  ])('%j is %j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

describe('a name in keys', () => {
  const nasty = [
    'main',
    'Main',
    'feature/login',
    'feature-login',
    'feature/Ünï',
    'feature/Uni',
    'zzz";echo$\x7bIFS}"hello";#',
    '$(id)',
    'a|b',
    'a/b',
    '<img src=x>',
    '@org/team',
    '🚀',
    '🚀🚀',
    '../../etc',
    'x'.repeat(255),
    `${'x'.repeat(254)}y`,
    '日本語',
  ];

  test.each(nasty)('%s is safe and of the same form each time', (name) => {
    const made = slug(name);
    expect(made).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
    expect(made.length).toBeLessThanOrEqual(40);
    expect(slug(name)).toBe(made);
  });

  test('stays apart from every other name', () => {
    expect(new Set(nasty.map((name) => slug(name))).size).toBe(nasty.length);
  });

  test('that is safe already stays as it is', () => {
    expect(slug('feature-login-2')).toBe('feature-login-2');
  });

  test('is still to be recognised where letters were lost', () => {
    expect(slug('feature/Ünï code')).toMatch(/^feature-uni-code-[0-9a-f]{6}$/);
  });

  test('is no longer than asked for', () => {
    expect(slug('a-very-long-branch-name', 16)).toMatch(/^a-very-lo-[0-9a-f]{6}$/);
  });
});

describe('a template', () => {
  test('is filled, each place with its value as it is', () => {
    const filled = fillTemplate('{sha}/{branch}/{sha}', { sha: 'abc', branch: '$& {sha} $1' });
    expect(filled).toEqual({ text: 'abc/$& {sha} $1/abc', unknown: [] });
  });

  test('keeps and names what it does not know, and leaves JSON alone', () => {
    expect(fillTemplate('{"a": {"b": "{nope}"}, "c": {}}', {})).toEqual({
      text: '{"a": {"b": "{nope}"}, "c": {}}',
      unknown: ['nope'],
    });
  });

  test('an empty value is a value', () => {
    expect(fillTemplate('x{branch}y', { branch: '' })).toEqual({ text: 'xy', unknown: [] });
  });
});

test.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [100_000, '100,000'],
  [1_234_567, '1,234,567'],
])('%i is written %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  ['One. Two! Is it three? "Four" is it.', ['One.', 'Two!', 'Is it three?', '"Four" is it.']],
  ['Write A = ["a. B"], or the path a.B. and so on', ['Write A = ["a. B"], or the path a.B. and so on']],
  ['It says "No. Never. [". Write it.', ['It says "No. Never. [".', 'Write it.']],
  ['A quote " that stays open. All is kept', ['A quote " that stays open. All is kept']],
  ['', []],
])('the sentences of %j are cut where nothing to copy is', (text, expected) => {
  expect(sentences(text)).toEqual(expected);
});

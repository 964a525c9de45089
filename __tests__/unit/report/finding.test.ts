import { expect, test } from '@jest/globals';
import { type Finding, findingText, todoOf } from '../../../src/report/finding.ts';

const finding = (id: string, message: string): Finding => ({ level: 'warning', id, message });

test.each<[string, Finding[], string]>([
  [
    'one finding',
    [finding('deploy.debug', 'DEBUG is on. Write DEBUG = False. Or leave it.')],
    'Write DEBUG = False. Or leave it.',
  ],
  ['one finding of one sentence', [finding('deploy.debug', 'Write DEBUG = False')], 'Write DEBUG = False'],
  [
    'several',
    [finding('deploy.debug', 'A. B.'), finding('shop.W1', 'C. D.'), finding('shop.W1', 'C. E.')],
    'See below: deploy.debug, shop.W1.',
  ],
])('what to do about %s is said by them, or by their ids', (_what, findings, todo) => {
  expect(todoOf(findings)).toBe(todo);
});

test.each<[string, Omit<Finding, 'level'>, string[]]>([
  [
    'with its place and what to do below what was seen, and nothing to copy is cut',
    {
      id: 'deploy.static-url',
      message: 'Pages ask the app. Write STATIC_URL = "https://a.example/b. C/". Or the path at the CDN.',
      at: { file: 'shop/settings.py', line: 117 },
    },
    [
      'deploy.static-url: Pages ask the app.',
      '  shop/settings.py:117',
      '  Write STATIC_URL = "https://a.example/b. C/".',
      '  Or the path at the CDN.',
    ],
  ],
  ['of one sentence', { id: 'shop.W1', message: 'No line', at: { file: 'a.py' } }, ['shop.W1: No line', '  a.py']],
  [
    'with lines of its own, which stay as they are',
    { id: 'shop.W1', message: 'Seen. Add:\n  A=1. B=2' },
    ['shop.W1: Seen.', '  Add:', '    A=1. B=2'],
  ],
])('a finding is shown %s', (_what, finding, lines) => {
  expect(findingText({ level: 'warning', ...finding }).split('\n')).toEqual(lines);
});

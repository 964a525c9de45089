import { expect, test } from '@jest/globals';
import { type Finding, todoOf } from '../../../src/report/finding.ts';

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

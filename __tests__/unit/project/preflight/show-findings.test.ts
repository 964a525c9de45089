import { expect, test } from '@jest/globals';
import { showFindings } from '../../../../src/project/preflight/show-findings.ts';
import type { Finding } from '../../../../src/report/finding.ts';
import { fakeLog } from '../../../support/fakes.ts';

function shown(findings: readonly Finding[]): string[] {
  const log = fakeLog();
  showFindings(findings, log);
  return log.lines;
}

const many = (count: number, id: string): Finding[] =>
  Array.from({ length: count }, (_, at) => ({ level: 'warning', id, message: `Note ${at}.` }));

test('eight findings of a level are annotations, and the others lines of the log', () => {
  const lines = shown([...many(9, 'deploy.template'), { level: 'error', id: 'deploy.link', message: 'A link.' }]);
  expect(lines.filter((line) => line.startsWith('warning: '))).toHaveLength(9);
  expect(lines.at(8)).toBe('warning: deploy.template: Note 8.');
  expect(lines.at(-1)).toBe('error: deploy.link: A link.');
});

test('an app’s check that says the same eighty times takes two annotations, and one line of the log', () => {
  const lines = shown([...many(80, 'shop.W001'), { level: 'warning', id: 'security.W020', message: 'No host.' }]);
  expect(lines).toEqual([
    'warning: shop.W001: Note 0.',
    'warning: shop.W001: Note 1.',
    'warning: security.W020: No host.',
    '78 more of shop.W001 stand in the report.',
  ]);
});

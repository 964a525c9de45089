import { describe, expect, test } from '@jest/globals';
import { plainMarkdown } from '../../../demo/parts/plain-markdown.ts';
import { renderSummary } from '../../../src/report/summary.ts';
import { sampleReports } from '../../support/report.ts';

test('what a summary is made of is text in a terminal', () => {
  const markdown = [
    '### ✅ Live — shop\\_1',
    '',
    '| URL | [shop.example](<https://shop.example>) |',
    '| :-- | :-- |',
    '| Environment | <code>a\\_b &lt;c&gt;</code> |',
    '',
    '| Stage | Time | Result |',
    '| :-- | --: | :-- |',
    '| ✅&nbsp;Build | 12&nbsp;s | fine \\| **bold** |',
    '| ⚠️&nbsp;Proof | 3.0&nbsp;s | @&#8203;org |',
    '',
    '<details open><summary>2 warnings</summary>',
    '',
    '- One \\*.',
    '- Two:',
    '',
    '  ```text',
    '  a: 1',
    '    b: 2',
    '  ```',
    '',
    '</details>',
    '',
  ].join('\n');
  expect(plainMarkdown(markdown)).toEqual([
    '✅ Live — shop_1',
    '',
    'URL          shop.example',
    'Environment  a_b <c>',
    '',
    'Stage      Time  Result',
    '✅ Build   12 s  fine | bold',
    '⚠️ Proof  3.0 s  @org',
    '',
    '2 warnings:',
    '',
    '- One *.',
    '- Two:',
    '    a: 1',
    '      b: 2',
  ]);
});

describe('no mark-up is left of a summary of this action', () => {
  test.each(Object.entries(sampleReports))('%s', (_name, report) => {
    const text = plainMarkdown(renderSummary(report)).join('\n');
    expect(text).not.toMatch(/<\/?(code|details|summary)|&[a-z]+;|&#\d+;|\\[_*[\]|]|\| :-- /);
  });
});

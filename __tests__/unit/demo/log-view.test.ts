import { expect, test } from '@jest/globals';
import { createLogView } from '../../../demo/parts/log-view.ts';

function view(log: string, shows: 'all' | 'stages' = 'stages', size = log.length): string[] {
  const lines: string[] = [];
  const { write, end } = createLogView((line) => lines.push(line), shows);
  for (let at = 0; at < log.length; at += size) write(log.slice(at, at + size));
  end();
  return lines;
}

const log = [
  '::add-mask::hook-secret',
  '::group::Install dependencies',
  '::stop-commands::word',
  'Resolved 3 packages',
  '::endgroup::',
  '::word::',
  '::endgroup::',
  '\u001b[32m✓ Build: fine (1 s)\u001b[0m',
  '::group::Plan of the uploads',
  '  new     static/a.css',
  '::endgroup::',
  '::warning file=app/settings.py,line=3::app/settings.py:3: DEBUG is on, 100%25',
  '::error::It failed:%0A  the reason',
  '::group::Proof: https://a.example/',
  '',
  'Waiting for a page',
  '',
  'It answers 503',
  '',
  '::endgroup::',
  'Failed: NOT_PROVEN',
].join('\n');

const seen = [
  '  Install dependencies …',
  '  \u001b[32m✓ Build: fine (1 s)\u001b[0m',
  '  Plan of the uploads …',
  '  warning: app/settings.py:3: DEBUG is on, 100%',
  '  error: It failed:',
  '      the reason',
  '  Proof: https://a.example/ …',
  '    Waiting for a page',
  '',
  '    It answers 503',
  '  Failed: NOT_PROVEN',
];

test.each([log.length, 1, 7])('no command of the runner is seen in a terminal, in parts of %d characters', (size) => {
  expect(view(log, 'stages', size)).toEqual(seen);
});

test('what the commands of the project print and each file are there where all is wanted', () => {
  const all = view(log, 'all');
  expect(all).toEqual(expect.arrayContaining(seen));
  expect(all.filter((line) => !seen.includes(line))).toEqual([
    '    Resolved 3 packages',
    '    ::endgroup::',
    '      new     static/a.css',
  ]);
});

import { expect, test } from '@jest/globals';
import type { Log } from '../../../src/core/ports.ts';
import { withinLimits } from '../../../src/workflow/annotations.ts';

/** A log that keeps its lines, each with its level before it. */
function keeping(): Log & { lines: string[] } {
  const lines: string[] = [];
  const keep = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return {
    lines,
    info: keep('plain'),
    notice: keep('notice'),
    warning: keep('warning'),
    error: keep('error'),
    group: (_title, work) => work(),
  };
}

test('ten annotations of a level are annotations, and what GitHub would drop is a line', () => {
  const kept = keeping();
  const log = withinLimits(kept);
  for (let index = 1; index <= 12; index++) log.warning(`no. ${index}`, { file: 'a.py', line: index });
  log.error('broken');
  log.notice('by the way');
  expect(kept.lines.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, index) => `warning no. ${index + 1}`));
  expect(kept.lines.slice(10)).toEqual([
    'plain warning: a.py:11: no. 11',
    'plain warning: a.py:12: no. 12',
    'error broken',
    'notice by the way',
  ]);
});

test('a place without a line, and none at all', () => {
  const kept = keeping();
  const log = withinLimits(kept);
  for (let index = 0; index < 10; index++) log.error('');
  log.error('here', { file: 'a.py' });
  log.error('somewhere');
  log.error('it is in\n  a.py:3', { file: 'a.py', line: 3 });
  expect(kept.lines.slice(10)).toEqual([
    'plain error: a.py: here',
    'plain error: somewhere',
    'plain error: it is in\n  a.py:3',
  ]);
});

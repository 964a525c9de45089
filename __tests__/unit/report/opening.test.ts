import { describe, expect, test } from '@jest/globals';
import { version } from '../../../src/core/version.ts';
import { createOpening, headLine } from '../../../src/report/opening.ts';

const sha = '1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d';

describe('the first line of the log', () => {
  test.each([
    [
      'everything',
      { ref: 'v1', command: 'deploy', environment: 'production', sha, event: 'push' },
      ` (v1): deploy, environment production, commit 1a2b3c4d5e6f, event push`,
    ],
    [
      'a local action',
      { command: 'sync', environment: 'media', sha, event: 'schedule' },
      ': sync, environment media, commit 1a2b3c4d5e6f, event schedule',
    ],
    ['inputs that could not be read', { ref: 'v1', sha, event: 'push' }, ' (v1): commit 1a2b3c4d5e6f, event push'],
    ['nothing', { ref: '', sha: '', event: '' }, ''],
  ])('tells %s', (_what, facts, rest) => {
    expect(headLine(facts)).toBe(`Deploy Django ${version}${rest}`);
  });
});

test('what is said before the run knows what it does comes after the first line, in its order', () => {
  const lines: string[] = [];
  const opening = createOpening({ info: (line) => void lines.push(line) });
  opening.know({ command: 'auto', sha });
  opening.after(() => void lines.push('one'));
  opening.after(() => void lines.push('two'));
  expect(lines).toEqual([]);
  opening.know({ command: 'preview' });
  opening.begin();
  opening.after(() => void lines.push('three'));
  opening.begin();
  expect(lines).toEqual([headLine({ command: 'preview', sha }), 'one', 'two', 'three']);
});

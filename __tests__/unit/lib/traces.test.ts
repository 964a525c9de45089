import { expect, test } from '@jest/globals';
import { tracesOnce } from '../../../src/lib/traces.ts';

const traceOf = (reason: string, indent = '') =>
  [
    'Traceback (most recent call last):',
    '  File "a.py", line 1, in page',
    '    return 1 / 0',
    `ValueError: ${reason}`,
  ].map((line) => indent + line);

test.each<[string, string[], string[]]>([
  [
    'of the same request made again stands where it is last',
    ['Error: /', ...traceOf('x'), 'Error: /', ...traceOf('x'), 'The end'],
    ['Error: /', 'Error: /', ...traceOf('x'), 'The end'],
  ],
  ['of another failure stays', [...traceOf('x'), ...traceOf('y')], [...traceOf('x'), ...traceOf('y')]],
  ['that is indented is one too', [...traceOf('x', '  '), ...traceOf('x', '  ')], traceOf('x', '  ')],
  [
    'that has no end stays',
    ['Traceback (most recent call last):', '  File'],
    ['Traceback (most recent call last):', '  File'],
  ],
  ['is looked for in nothing else', ['a', 'a', 'b'], ['a', 'a', 'b']],
])('a traceback %s', (_what, lines, expected) => {
  expect(tracesOnce(lines)).toEqual(expected);
});

import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assignments, environmentFile, withReferences } from '../../../../src/hosts/ssh/ssh-quote.ts';
import { quoteAlways } from '../../../../src/lib/shell-word.ts';

const sh = (script: string, env: Record<string, string> = {}) =>
  execFileSync('sh', ['-c', script], { env: { PATH: '/usr/bin:/bin', ...env } }).toString();

/** Any text that can be an argument. */
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(`'`, `"'$(id)\``, '\\', "\\'", '$HOME', '-rf', '#', '\n'),
  )
  .filter((value) => !value.includes('\0') && value.isWellFormed());

describe('a value for a shell', () => {
  test('is one word, and the same', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (words) => {
        const printed = sh(`for word in ${words.map(quoteAlways).join(' ')}; do printf '%s\\0' "$word"; done`);
        expect(printed.split('\0').slice(0, -1)).toEqual(words);
      }),
      { numRuns: 40 },
    );
  });

  test('is the same when it is assigned, and when it is read from a file of variables', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(sh(`${assignments({ A: value })}printf '%s' "$A"`)).toBe(value);
        expect(sh(`${environmentFile({ A: value })}printf '%s' "$A"`)).toBe(value);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a command line with places', () => {
  test.each([
    ['git checkout {branch}', 'git checkout "$' + '{DEPLOY_BRANCH}"'],
    ['echo "on {branch}"', 'echo "on $' + '{DEPLOY_BRANCH}"'],
    [`echo 'on {branch}'`, `echo 'on '"$` + `{DEPLOY_BRANCH}"''`],
    [`awk '{print $1}' | sed "s/\\"{sha}\\"/x/"`, `awk '{print $1}' | sed "s/\\"$` + `{DEPLOY_SHA}\\"/x/"`],
    ['echo $' + '{HOME} \\{sha}', 'echo $' + '{HOME} \\{sha}'],
  ])('%s', (line, filled) => {
    expect(withReferences(line)).toEqual({ line: filled, unknown: [] });
  });

  test('has its value in every kind of quotes, and none of it is run', () => {
    fc.assert(
      fc.property(text, (value) => {
        const { line } = withReferences(`printf '%s|' {branch} "{branch}" '{branch}' "it's {branch}" 'say "{branch}"'`);
        expect(sh(line, { DEPLOY_BRANCH: value })).toBe(`${value}|${value}|${value}|it's ${value}|say "${value}"|`);
      }),
      { numRuns: 40 },
    );
  });

  test('names what stands for nothing', () => {
    expect(withReferences('deploy {commit} {sha}').unknown).toEqual(['commit']);
  });
});

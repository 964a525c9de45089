import { describe, expect, test } from '@jest/globals';
import { fatalFailure } from '../../../../src/project/django/fatal-failure.ts';
import type { StepFailure } from '../../../../src/project/django/outcome.ts';
import { stepFailure } from '../../../support/project.ts';

type Source = NonNullable<StepFailure['source']>;

const hint = (source: Partial<Source>): string | undefined => {
  const fault: Source = { kind: 'syntax', since: null, python: '3.11', own: true, ...source };
  const failure = stepFailure({ type: 'SyntaxError', message: "'[' was never closed", source: fault });
  return fatalFailure({ failures: [failure] }, '/work/repo')?.hint;
};

describe('a source file that Python cannot read', () => {
  test.each<[string, Partial<Source>, RegExp]>([
    ['is to be fixed at its line', {}, /^Fix this line: .*bracket.*py_compile/],
    ['is to be indented', { kind: 'indentation' }, /^Fix the indentation/],
    ['is to be merged to the end', { kind: 'conflict' }, /merge that was not finished.*commit the file/],
    ['is to be saved anew where it is damaged', { kind: 'null' }, /null bytes.*UTF-16LE/],
    ['is to be saved as UTF-8', { kind: 'utf-16' }, /-f UTF-16 -t UTF-8/],
    ['is to be saved as UTF-8 whatever it says of itself', { kind: 'encoding' }, /UTF-8.*"coding: latin-1" out/],
  ])('%s, with no other Python', (_what, source, text) => {
    expect(hint(source)).toMatch(text);
    expect(hint(source)).not.toContain('python-version');
  });

  test('may be for a newer Python where its syntax is, after the mistake that it may be', () => {
    const text = hint({ kind: 'newer', since: '3.12' });
    expect(text).toMatch(
      /^If the line is a mistake, fix it\. It looks like syntax of Python 3\.12, and the build has 3\.11/,
    );
    expect(text).toContain('python-version: "3.12"');
  });

  test.each([
    [null, /does not read\. Take another version of the package/],
    ['3.12', /does not read\. Set python-version: "3\.12"/],
  ])('and that is a package’s is nothing to fix (since %s)', (since, text) => {
    expect(hint({ own: false, since })).toMatch(text);
  });
});

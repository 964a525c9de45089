import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commonFolder, fold } from '../../../src/cdn/fold.ts';
import { quote } from '../../../src/lib/shell-word.ts';

describe('paths that are folded', () => {
  test('stay as they are where there are few', () => {
    expect(fold(['a/x', 'b/y'], 2)).toEqual({ files: ['a/x', 'b/y'], folders: [] });
  });

  test('give up the deepest folders first, and a lone file stays a file', () => {
    const paths = ['s/a/1/x', 's/a/1/y', 's/a/2/x', 's/a/2/y', 's/b/z', 's/top'];
    expect(fold(paths, 4)).toEqual({ files: ['s/b/z', 's/top'], folders: ['s/a/1/', 's/a/2/'] });
    expect(fold(paths, 3)).toEqual({ files: ['s/b/z', 's/top'], folders: ['s/a/'] });
  });

  test('end at the folder that all have in common', () => {
    expect(fold(['s/x', 's/y', 's/z'], 2)).toEqual({ files: [], folders: ['s/'] });
    expect(fold(['x', 'y', 'z'], 2)).toEqual({ files: [], folders: [''] });
  });

  test.each([
    [['a/b/x', 'a/b/y'], 'a/b/'],
    [['a/b/x', 'a/c/y'], 'a/'],
    [['a/b/x', 'a/y'], 'a/'],
    [['a', 'b/c'], ''],
    [[], ''],
  ])('%j have %j in common', (paths, folder) => expect(commonFolder(paths)).toBe(folder));

  test('are all covered, within the limit, whatever they are', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1 }), fc.integer({ min: 1, max: 8 }), (paths, most) => {
        const { files, folders } = fold(paths, most);
        const covered = (one: string) => files.includes(one) || folders.some((folder) => one.startsWith(folder));
        return files.length + folders.length <= Math.max(1, most) && paths.every(covered);
      }),
    );
  });
});

test('a word for a shell is quoted only where it has to be', () => {
  expect(['/static/a.css', '/static/*', "it's"].map(quote)).toEqual(['/static/a.css', "'/static/*'", "'it'\\''s'"]);
});

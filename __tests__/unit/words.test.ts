import { describe, expect, test } from '@jest/globals';
import { findWords } from '../../scripts/words.ts';

const found = (text: string, isCode = true) => findWords(text, isCode).map(({ line, word }) => `${line}: ${word}`);

describe('a word of the list is reported with its line', () => {
  test.each([
    ['in a comment', '// fine\n// Mends the plan.', '2: "Mends"'],
    ['in a message', "log('redirects for ever');", '1: "for ever"'],
    ['over a name that is one', 'function whereOf() {}', '1: "whereOf"'],
  ])('%s', (_where, text, wanted) => {
    expect(found(text)).toEqual([wanted]);
  });

  test('and with what to write instead', () => {
    expect(findWords('It heeds the setting.', false)).toEqual([
      { line: 1, word: '"heeds"', instead: 'use, follow, respect' },
    ]);
  });
});

describe('a private name is reported once', () => {
  test.each([
    ['whole', 'const said = 1;\nshow(said);', ['1: the name said']],
    ['as a part in camel case', 'const bookIO = 1;', ['1: the name bookIO']],
    ['behind comments and strings with the same word', '// a book\nconst book = "book";', ['2: the name book']],
    ['behind a division', 'const half = all / said / 2;', ['1: the name said']],
    ['after an apostrophe in a comment', "// the host's word\nconst said = 'x';", ['2: the name said']],
  ])('%s', (_how, text, wanted) => {
    expect(found(text)).toEqual(wanted);
  });
});

test.each([
  ['a word that only holds one', '// recommend amendments: there is a bookmark', true],
  ['a standard term that has one as a part', 'rollBack(pathway, backoff, latestRelease);', true],
  ['a word in a regular expression', 'const isMade = (name: string) => /\\.db(-journal|["/]shm)$/.test(name);', true],
  ['what another package names so', 'const found = reply.said;', true],
  ['a word in prose that is private only as a name', 'Go back the way that GitHub said.', false],
])('%s is not', (_what, text, isCode) => {
  expect(found(text, isCode)).toEqual([]);
});

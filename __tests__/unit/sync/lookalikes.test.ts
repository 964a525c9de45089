import { describe, expect, test } from '@jest/globals';
import { lookalikes } from '../../../src/sync/lookalikes.ts';

const composed = 'caf\u00e9.jpg';
const decomposed = 'cafe\u0301.jpg';

describe('names that Windows and macOS take for the same', () => {
  test.each<[string, string[], [string, string][]]>([
    ['by a capital', ['a.css', 'A.css'], [['a.css', 'A.css']]],
    ['by a capital, whichever comes first', ['A.css', 'a.css'], [['a.css', 'A.css']]],
    ['by a capital in a folder', ['Img/a.png', 'img/a.png'], [['img/a.png', 'Img/a.png']]],
    ['by two capitals', ['AB.css', 'Ab.css'], [['AB.css', 'Ab.css']]],
    ['by a capital beyond ASCII', ['Ä.css', 'ä.css'], [['Ä.css', 'ä.css']]],
    ['by the form of an accent', [composed, decomposed], [[composed, decomposed]]],
    ['by both at once', [composed.toUpperCase(), decomposed], [[composed.toUpperCase(), decomposed]]],
    ['by a letter that only looks like another', ['k.css', '\u212a.css'], [['k.css', '\u212a.css']]],
    [
      'of three, each with the first',
      ['a.css', 'A.css', 'A.CSS'],
      [
        ['a.css', 'A.css'],
        ['a.css', 'A.CSS'],
      ],
    ],
  ])('%s', (_how, paths, pairs) => {
    expect(lookalikes(paths)).toEqual(pairs);
  });

  test.each<[string, string[]]>([
    ['in other folders', ['a/x.css', 'b/X.css']],
    ['with another ending', ['a.css', 'A.js']],
    ['with an accent and without', ['cafe.jpg', composed]],
    ['that are one name', ['README.md']],
    ['that are none', []],
  ])('are not those %s', (_how, paths) => {
    expect(lookalikes(paths)).toEqual([]);
  });
});

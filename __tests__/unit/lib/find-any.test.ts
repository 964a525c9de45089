import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSearch } from '../../../src/lib/find-any.ts';

const bytesOf = (text: string) => Buffer.from(text, 'latin1');

/** The search goes through both halves of the bytes in turn. */
const inOrder = (needles: readonly string[], places: readonly [string, number][]): [string, number][] =>
  places.toSorted(([a, one], [b, other]) => one - other || needles.indexOf(a) - needles.indexOf(b));

function placesOf(needles: readonly string[], text: string): [string, number][] {
  const places: [string, number][] = [];
  createSearch(needles.map(bytesOf))(bytesOf(text), (needle, at) => {
    places.push([needles[needle] as string, at]);
    return undefined;
  });
  return inOrder(needles, places);
}

/** The same, one needle after the other. */
function placesByIndexOf(needles: readonly string[], text: string): [string, number][] {
  const places = needles.flatMap((needle) => {
    const found: [string, number][] = [];
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) found.push([needle, at]);
    return found;
  });
  return inOrder(needles, places);
}

describe('the search for many needles at once', () => {
  test('finds what a search for each of them finds', () => {
    // Few signs, so that needles overlap, repeat and stand at both ends.
    const text = (minLength: number, maxLength: number) =>
      fc.string({ unit: fc.constantFrom('a', 'b', '\xff'), minLength, maxLength });
    fc.assert(
      fc.property(fc.uniqueArray(text(2, 6), { minLength: 1, maxLength: 6 }), text(0, 40), (needles, hay) => {
        expect(placesOf(needles, hay)).toEqual(placesByIndexOf(needles, hay));
      }),
      { numRuns: 2_000 },
    );
  });

  test('ends when it is told to', () => {
    const places: number[] = [];
    const search = createSearch([bytesOf('ab')]);
    const ended = search(bytesOf('ab ab ab'), (_, at) => places.push(at) === 2 || undefined);
    expect({ ended, places }).toEqual({ ended: true, places: [0, 3] });
  });
});

import { describe, expect, test } from '@jest/globals';
import {
  enterRelease,
  type LedgerRelease,
  possiblyServing,
  unknownTo,
  withRelease,
} from '../../../src/store/ledger.ts';
import { ledgerObject, ledgerOf } from '../../support/sync.ts';

const at = '2026-03-01T12:00:00Z';
/** A release of the commit `c<seq>`, unless told otherwise. */
const release = (seq: number, more: Partial<LedgerRelease> = {}): LedgerRelease => ({
  seq,
  release: `r${seq}`,
  sha: `c${seq}`,
  at,
  ...more,
});
const live = { live: at };
const failed = { failed: true } as const;

describe('releases that may still be serving', () => {
  test.each<[string, LedgerRelease[], string, number[]]>([
    ['before the first deploy: none', [], 'new', []],
    ['the live one', [release(1, live)], 'new', [1]],
    ['the last live one and not those before it', [release(1, live), release(2, live)], 'new', [2]],
    ['the live one and those triggered after it', [release(1, live), release(2), release(3)], 'new', [1, 2, 3]],
    ['none that the host failed', [release(1, live), release(2, failed), release(3)], 'new', [1, 3]],
    ['none that was triggered before the live one', [release(1), release(2, live)], 'new', [2]],
    ['all that were triggered, where none was ever live', [release(1), release(2), release(3, failed)], 'new', [1, 2]],
    ['not the commit itself, live', [release(1, live)], 'c1', []],
    ['not the commit itself, though another is live', [release(1, live), release(2)], 'c2', [1]],
    ['the others, where the commit was live before them', [release(1, live), release(2)], 'c1', [2]],
    [
      'one that failed, and was live after a re-run',
      [release(1, live), release(2, { ...failed, ...live })],
      'new',
      [2],
    ],
  ])('%s', (_name, releases, sha, expected) => {
    expect(possiblyServing({ releases, objects: new Map() }, sha).map(({ seq }) => seq)).toEqual(expected);
  });
});

describe('keys that some releases did not name', () => {
  const objects = {
    always: ledgerObject('x', 'h', { first: 1, last: 5 }),
    early: ledgerObject('x', 'h', { first: 1, last: 2 }),
    late: ledgerObject('x', 'h', { first: 4, last: 5 }),
  };
  const unknown = (...seqs: number[]) => {
    const releases = seqs.map((seq) => release(seq));
    return [...unknownTo(ledgerOf(objects), releases, ['always', 'early', 'late', 'never'])];
  };

  test.each<[number[], string[]]>([
    [[], ['always', 'early', 'late', 'never']],
    [[1], ['late', 'never']],
    [[2], ['late', 'never']],
    [[3], ['early', 'late', 'never']],
    [[5], ['early', 'never']],
    [[2, 4], ['never']],
    [[6], ['always', 'early', 'late', 'never']],
  ])('%j: %j', (seqs, expected) => {
    expect(unknown(...seqs)).toEqual(expected);
  });
});

describe('the entry of a release', () => {
  test.each<[string, LedgerRelease[], string, LedgerRelease]>([
    ['is the first', [], 'c1', release(1)],
    ['counts on from the newest', [release(7, live)], 'c8', release(8)],
    ['of the newest commit goes on', [release(7, live)], 'c7', release(7, live)],
    ['of an older commit is a new one', [release(6, { sha: 'c8' }), release(7)], 'c8', release(8)],
  ])('%s', (_name, releases, sha, expected) => {
    expect(enterRelease({ releases, objects: new Map() }, 'r8', sha, at)).toEqual({
      ...expected,
      release: expect.any(String),
    });
  });

  test('takes the place of what was known of it and of its objects, and of nothing else', () => {
    const before = ledgerOf({ a: ledgerObject('old', 'h'), b: ledgerObject('b', 'h') }, [release(1, live), release(2)]);
    const changed = ledgerObject('new', 'h', { last: 2 });
    const after = withRelease(before, release(2, live), new Map([['a', changed]]));
    expect(after.releases).toEqual([release(1, live), release(2, live)]);
    expect(Object.fromEntries(after.objects)).toEqual({ a: changed, b: ledgerObject('b', 'h') });
    expect(before.releases).toEqual([release(1, live), release(2)]);
  });
});

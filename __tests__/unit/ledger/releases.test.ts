import { describe, expect, test } from '@jest/globals';
import { compareRuns } from '../../../src/core/run-order.ts';
import type { LedgerRelease } from '../../../src/ledger/ledger.ts';
import { enterRelease, overtakenBy, possiblyServing, unknownTo } from '../../../src/ledger/releases.ts';
import { ownOf } from '../../support/ledger.ts';
import { ledgerObject, ledgerOf, releaseOf as release } from '../../support/sync.ts';

const at = '2026-03-01T12:00:00Z';
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
    ['no files that were synced alone', [release(1, live), release(2, { sync: true })], 'new', [1]],
    [
      'one that failed, and was live after a re-run',
      [release(1, live), release(2, { ...failed, ...live })],
      'new',
      [2],
    ],
  ])('%s', (_name, releases, sha, expected) => {
    expect(possiblyServing(ledgerOf({}, releases), sha).map(({ seq }) => seq)).toEqual(expected);
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
  test.each<[string, LedgerRelease[], string, Partial<LedgerRelease>]>([
    ['is the first', [], 'c1', { seq: 1, sha: 'c1' }],
    ['counts on from the newest', [release(7, live)], 'c8', { seq: 8, sha: 'c8' }],
    ['of the newest commit goes on, and is live still', [release(7, live)], 'c7', { seq: 7, release: 'r7', ...live }],
    ['of an older commit is a new one', [release(6, { sha: 'c8' }), release(7)], 'c8', { seq: 8, sha: 'c8' }],
    [
      'of the newest commit goes on beside a sync of it',
      [release(6, live), release(7, { sha: 'c6', sync: true })],
      'c6',
      { seq: 6, ...live },
    ],
    [
      'is a new one where files of another commit were synced since',
      [release(6, live), release(7, { sync: true })],
      'c6',
      { seq: 8 },
    ],
  ])('%s', (_name, releases, sha, expected) => {
    const entry = enterRelease(ledgerOf({}, releases), ownOf(sha, 9));
    expect(entry).toMatchObject(expected);
    expect(entry.run).toEqual({ id: 9, attempt: 1 });
  });

  test('of a commit that failed, and is run again, may be live this time', () => {
    expect(enterRelease(ledgerOf({}, [release(7, failed)]), ownOf('c7', 9))).not.toHaveProperty('failed');
  });

  test('keeps the newest run of a commit that an older run deploys again', () => {
    const entry = enterRelease(ledgerOf({}, [release(7)]), ownOf('c7', 5));
    expect(entry.run).toEqual({ id: 7, attempt: 1 });
  });
});

describe('two runs', () => {
  test.each<[string, [number, number], [number, number], number]>([
    ['the later is newer', [2, 1], [1, 5], 1],
    ['the earlier is older, whatever its attempt', [1, 5], [2, 1], -1],
    ['a re-run is newer than the run itself', [2, 2], [2, 1], 1],
    ['one is as old as itself', [2, 2], [2, 2], 0],
  ])('%s', (_name, one, other, sign) => {
    const [a, b] = [one, other].map(([id, attempt]) => ({ id, attempt }));
    expect(Math.sign(compareRuns(a as never, b as never))).toBe(sign);
  });
});

describe('a run is overtaken', () => {
  test.each<[string, LedgerRelease[], [string, number], number | undefined]>([
    ['by nobody in an empty bucket', [], ['c5', 5], undefined],
    ['by nobody, where all are older', [release(4, live)], ['c5', 5], undefined],
    ['by a newer one that is live', [release(6, live)], ['c5', 5], 6],
    ['by a newer one that is not live yet', [release(6)], ['c5', 5], 6],
    ['by nobody, where the newer one failed', [release(6, failed)], ['c5', 5], undefined],
    ['by the newest of the newer ones', [release(6), release(7)], ['c5', 5], 7],
    ['by nobody, where the newer one is of the same commit', [release(6)], ['c6', 5], undefined],
    [
      'by the newest run, whatever the order of the entries',
      [release(1, { run: { id: 9, attempt: 1 } }), release(2)],
      ['c5', 5],
      1,
    ],
    ['by nobody, where it is a later run of an older commit: a revert', [release(6, live)], ['c2', 7], undefined],
    [
      'by a re-run of its own run with another commit',
      [release(5, { run: { id: 5, attempt: 2 }, sha: 'x' })],
      ['c5', 5],
      5,
    ],
  ])('%s', (_name, releases, [sha, run], by) => {
    expect(overtakenBy(ledgerOf({}, releases), ownOf(sha, run))?.seq).toBe(by);
  });
});

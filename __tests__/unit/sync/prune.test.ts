import { describe, expect, test } from '@jest/globals';
import type { LedgerObject, LedgerRelease } from '../../../src/ledger/ledger.ts';
import type { ListedObject } from '../../../src/store/store.ts';
import { type PruneRequest, prunable } from '../../../src/sync/prune.ts';
import { ledgerObject, ledgerOf, listedObject, releaseOf } from '../../support/sync.ts';

const day = 86_400_000;
const now = Date.parse('2026-03-01T12:00:00Z');
/** Seconds since the epoch, so many days ago. */
const ago = (days: number) => (now - days * day) / 1_000;
const live = { live: '2026-01-01T00:00:00Z' };
const lives = (...seqs: number[]): LedgerRelease[] => seqs.map((seq) => releaseOf(seq, live));

/** Which of one object's key goes: named last by release 1, gone for 40 days, with a bucket that has it as it was put. */
function pruned(
  row: Partial<LedgerObject> = {},
  request: Partial<PruneRequest> & {
    releases?: readonly LedgerRelease[];
    key?: string;
    there?: Partial<ListedObject>;
  } = {},
): string[] {
  const { releases = lives(1, 2, 3, 4, 5, 6, 7), key = 'static/old.css', there, ...more } = request;
  return prunable({
    ledger: ledgerOf({ [key]: ledgerObject('x', '', { first: 1, last: 1, gone: ago(40), ...row }) }, releases),
    own: 8,
    remote: new Map([listedObject(key, 'x', there)]),
    prefix: 'static/',
    named: new Set(),
    now,
    age: 30 * day,
    ...more,
  });
}

describe('deleted is', () => {
  test('what no release of the last five names, and has been gone for long', () => {
    expect(pruned()).toEqual(['static/old.css']);
  });

  test('everything of that kind, in order', () => {
    const row = ledgerObject('x', '', { first: 1, last: 1, gone: ago(40) });
    const keys = ['static/b', 'static/a', 'static/c/d'];
    const ledger = ledgerOf(Object.fromEntries(keys.map((key) => [key, row])), lives(1, 2, 3, 4, 5, 6));
    const remote = new Map(keys.map((key) => listedObject(key, 'x')));
    expect(pruned({}, { ledger, remote, own: 7 })).toEqual(['static/a', 'static/b', 'static/c/d']);
  });

  test('what an earlier run was about to delete', () => {
    expect(pruned({ doomed: true })).toEqual(['static/old.css']);
  });
});

describe('never deleted is', () => {
  test.each<[string, Partial<LedgerObject>, Parameters<typeof pruned>[1]]>([
    ['what has not been gone for long enough', { gone: ago(29.9) }, {}],
    ['what is not gone', { gone: undefined } as object, {}],
    ['what this release names', {}, { named: new Set(['static/old.css']) }],
    ['media', { media: true }, {}],
    ['what lies elsewhere', {}, { key: 'assets/old.css' }],
    ['what lies under a prefix that begins alike', {}, { key: 'static-old/old.css' }],
    ['what somebody else changed', {}, { there: { etag: 'another' } }],
    ['what somebody else cut off', {}, { there: { size: 0 } }],
    ['what is not in the bucket', {}, { remote: new Map() }],
    ['anything before a release was live', {}, { releases: [1, 2, 3, 4, 5, 6, 7].map((seq) => releaseOf(seq)) }],
    ['anything where there is no release', {}, { releases: [], own: 1 }],
  ])('%s', (_what, row, request) => {
    expect(pruned(row, request)).toEqual([]);
  });
});

describe('of the last five releases, this one among them, every file stays:', () => {
  test.each<[string, number[], number, number]>([
    ['seven were live', [1, 2, 3, 4, 5, 6, 7], 8, 4],
    ['five were live', [1, 2, 3, 4, 5], 6, 2],
    ['this release was live before', [1, 2, 3, 4, 5, 6, 7], 7, 3],
    ['some were never live', [1, 2, 3, 4, 7], 9, 2],
    ['three were live', [2, 3, 4], 5, 2],
    ['one was live', [3], 4, 3],
  ])('where %s', (_what, seqs, own, oldest) => {
    const releases = Array.from({ length: own }, (_, at) => releaseOf(at + 1, seqs.includes(at + 1) ? live : {}));
    const kept = (last: number) => pruned({ last }, { releases, own }).length === 0;
    expect([oldest - 1, oldest, own - 1].map(kept)).toEqual([false, true, true]);
  });

  test('and so do those of later ones that may be serving', () => {
    const releases = [...lives(1, 2, 3, 4, 5, 6), releaseOf(7)];
    expect(pruned({ last: 7 }, { releases })).toEqual([]);
  });
});

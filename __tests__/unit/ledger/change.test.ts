import { describe, expect, test } from '@jest/globals';
import { type LedgerChange, noChange, withChange } from '../../../src/ledger/change.ts';
import { emptyLedger, type Ledger } from '../../../src/ledger/ledger.ts';
import { stored } from '../../support/ledger.ts';
import { ledgerObject, ledgerOf, releaseOf } from '../../support/sync.ts';

const entry = releaseOf(5);
const change = (more: Partial<LedgerChange>, ledger: Ledger = emptyLedger) =>
  withChange(ledger, entry, entry.run, { ...noChange, ...more });
const rowsOf = (ledger: Ledger) => Object.fromEntries(ledger.objects);
const known = (objects: Parameters<typeof ledgerOf>[0]) => ledgerOf(objects, [releaseOf(4), entry]);
const objects = (entries: Record<string, string>) =>
  new Map(Object.entries(entries).map(([key, content]) => [key, stored(content, { headers: 'h' })]));

describe('a change that says nothing new', () => {
  test('leaves the very ledger', () => {
    const ledger = known({ a: ledgerObject('x', 'h', { first: 2, last: 5 }) });
    expect(change({ objects: objects({ a: 'x' }) }, ledger)).toBe(ledger);
    expect(change({ deleted: new Set(['b']), doomed: new Set(['b']), ended: new Set(['b']) }, ledger)).toBe(ledger);
  });
});

describe('the release', () => {
  test('takes its place among the others, in their order', () => {
    const ledger = ledgerOf({}, [releaseOf(4), releaseOf(6)]);
    expect(change({ marks: { live: 'now' } }, ledger).releases).toEqual([
      releaseOf(4),
      releaseOf(5, { live: 'now' }),
      releaseOf(6),
    ]);
  });

  test('takes the place of what was known of it', () => {
    expect(change({ marks: { failed: true } }, ledgerOf({}, [entry])).releases).toEqual([{ ...entry, failed: true }]);
  });
});

describe('an object that the release names', () => {
  test('is there from this release on', () => {
    expect(rowsOf(change({ objects: objects({ a: 'x' }) }))).toEqual({
      a: ledgerObject('x', 'h', { first: 5, last: 5 }),
    });
  });

  test('keeps the first release that named it, and is neither gone nor doomed any more', () => {
    const ledger = known({ a: ledgerObject('old', 'h', { first: 2, last: 3, gone: 9, doomed: true }) });
    expect(rowsOf(change({ objects: objects({ a: 'x' }) }, ledger))).toEqual({
      a: ledgerObject('x', 'h', { first: 2, last: 5 }),
    });
  });

  test('is left as a newer release says that it is', () => {
    const newer = ledgerObject('newer', 'h', { first: 2, last: 6 });
    expect(rowsOf(change({ objects: objects({ a: 'x' }) }, known({ a: newer })))).toEqual({ a: newer });
  });
});

describe('once the release is live', () => {
  const gone = { prefix: 'static/', since: 77 };
  const old = ledgerObject('x', 'h', { first: 1, last: 4 });

  test('static files that it does not name are gone since then', () => {
    const ledger = known({ 'static/a': old, 'static/b': old });
    const after = change({ objects: objects({ 'static/a': 'x' }), gone }, ledger);
    expect(after.objects.get('static/a')).not.toHaveProperty('gone');
    expect(after.objects.get('static/b')).toEqual({ ...old, gone: 77 });
  });

  test.each([
    ['media is not', 'static/a', { ...old, media: true as const }],
    ['what lies elsewhere is not', 'static-old/a', old],
    ['what was gone before stays gone since then', 'static/a', { ...old, gone: 3 }],
    ['what a newer release names is not', 'static/a', { ...old, last: 6 }],
  ])('%s', (_name, key, row) => {
    const ledger = known({ [key]: row });
    expect(change({ gone }, ledger).objects.get(key)).toEqual(row);
  });
});

describe('what is being deleted', () => {
  const old = ledgerObject('x', 'h', { first: 1, last: 3 });

  test('is doomed first, and then forgotten', () => {
    const ledger = known({ a: old, b: old });
    const doomed = change({ doomed: new Set(['a']) }, ledger);
    expect(rowsOf(doomed)).toEqual({ a: { ...old, doomed: true }, b: old });
    expect(rowsOf(change({ deleted: new Set(['a']) }, doomed))).toEqual({ b: old });
  });

  test('is neither, where a newer release has named it since', () => {
    const newer = ledgerObject('x', 'h', { first: 1, last: 6 });
    const ledger = known({ a: newer });
    expect(change({ doomed: new Set(['a']) }, ledger)).toBe(ledger);
    expect(change({ deleted: new Set(['a']) }, ledger)).toBe(ledger);
  });
});

describe('uploads in parts', () => {
  test('are noted while they last, once each, beside those of others', () => {
    const begun = change({ uploads: new Set(['a', 'b']) }, { ...emptyLedger, uploads: ['b', 'c'] });
    expect(begun.uploads).toEqual(['b', 'c', 'a']);
    expect(change({ uploads: new Set(['a', 'b']), ended: new Set(['a', 'b']) }, begun).uploads).toEqual(['c']);
  });
});

describe('who is publishing', () => {
  const publishing = { run: entry.run, release: 'r5', until: 'later' };
  const other = { run: { id: 8, attempt: 1 }, release: 'r8', until: 'later' };

  test('is this run while it says so, and nobody afterwards', () => {
    const during = change({ publishing });
    expect(during.publishing).toEqual(publishing);
    expect(change({}, during).publishing).toBeUndefined();
  });

  test('is another run as long as that says so', () => {
    expect(change({ objects: objects({ a: 'x' }) }, { ...emptyLedger, publishing: other }).publishing).toEqual(other);
  });
});

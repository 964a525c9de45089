import { describe, expect, test } from '@jest/globals';
import { type LedgerChange, noChange, withChange } from '../../../src/ledger/change.ts';
import { emptyLedger, type Ledger } from '../../../src/ledger/ledger.ts';
import { stored } from '../../support/ledger.ts';
import { ledgerObject, ledgerOf, releaseOf } from '../../support/sync.ts';

const entry = releaseOf(5);
const change = (more: Partial<LedgerChange>, ledger: Ledger = emptyLedger) =>
  withChange(ledger, entry, { ...noChange, ...more });
const rowsOf = (ledger: Ledger) => Object.fromEntries(ledger.objects);
const known = (objects: Parameters<typeof ledgerOf>[0]) => ledgerOf(objects, [releaseOf(4), entry]);
const objects = (entries: Record<string, string>) =>
  new Map(Object.entries(entries).map(([key, content]) => [key, stored(content, { headers: 'h' })]));

describe('a change that says nothing new', () => {
  test('leaves the very ledger', () => {
    const ledger = known({ a: ledgerObject('x', 'h', { first: 2, last: 5 }) });
    expect(change({ objects: objects({ a: 'x' }) }, ledger)).toBe(ledger);
    expect(change({ deleted: new Set(['b']) }, ledger)).toBe(ledger);
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

describe('what was deleted', () => {
  test('is forgotten', () => {
    const ledger = known({ a: ledgerObject('x', 'h', { last: 3 }), b: ledgerObject('x', 'h', { last: 3 }) });
    expect(Object.keys(rowsOf(change({ deleted: new Set(['a']) }, ledger)))).toEqual(['b']);
  });

  test('is not, if a newer release has named it since', () => {
    const ledger = known({ a: ledgerObject('x', 'h', { last: 6 }) });
    expect(change({ deleted: new Set(['a']) }, ledger)).toBe(ledger);
  });
});

describe('prefixes', () => {
  const ledger = { ...known({ 'old/a': ledgerObject('x', 'h') }), prefixes: ['empty/', 'old/'] };

  test('are those that the run uses, and those that still have a file', () => {
    expect(change({ prefixes: ['static/'] }, ledger).prefixes).toEqual(['old/', 'static/']);
  });

  test('are as they were if the run says nothing, or nothing new', () => {
    expect(change({}, ledger).prefixes).toEqual(['empty/', 'old/']);
    const same = { ...ledger, prefixes: ['old/'] };
    expect(change({ prefixes: ['old/'] }, same)).toBe(same);
  });
});

import { describe, expect, test } from '@jest/globals';
import { emptyLedger, fingerprint, type LedgerObject } from '../../../src/ledger/ledger.ts';
import type { ListedObject } from '../../../src/store/store.ts';
import { headersOf } from '../../../src/sync/content-type.ts';
import type { SyncSource } from '../../../src/sync/planned-file.ts';
import { countPlan, planSync, type SyncPlan } from '../../../src/sync/sync-plan.ts';
import { md5 } from '../../support/md5.ts';
import { hashedName, ledgerObject, ledgerOf, listedObject, remoteOf, scanned, syncSource } from '../../support/sync.ts';

/** Where every file of a plan went: key → list, with the reason of a put. */
function outcome(plan: SyncPlan): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { file, reason } of plan.puts) found[file.key] = `put: ${reason}`;
  for (const list of ['verify', 'unchanged', 'conflicts'] as const) {
    for (const { key } of plan[list]) found[key] = list;
  }
  for (const { file } of plan.contested) found[file.key] = 'contested';
  return found;
}

const headersFor = (path: string, immutable = false, kind: 'static' | 'media' = 'static') =>
  fingerprint(headersOf(path, kind, immutable, undefined), undefined);

/** Plans one file `a.css` with the content "new", against one object and one line of the ledger. */
function planOne(
  there: [string, ListedObject] | undefined,
  known: LedgerObject | undefined,
  overrides: Partial<SyncSource> = {},
): string | undefined {
  const key = `${overrides.prefix ?? 'static/'}a.css`;
  const source = syncSource([scanned('a.css', 'new')], overrides);
  const ledger = known ? ledgerOf({ [key]: known }) : emptyLedger;
  return outcome(planSync([source], remoteOf(there ? [there] : []), ledger))[key];
}

describe('a static file', () => {
  const same = listedObject('static/a.css', 'new');
  const other = listedObject('static/a.css', 'old');
  const ours = headersFor('a.css');

  test.each<[string, [string, ListedObject] | undefined, LedgerObject | undefined, string]>([
    ['that is in no bucket and no ledger is new', undefined, undefined, 'put: new'],
    ['that the ledger has and the bucket lost is new', undefined, ledgerObject('new', ours), 'put: new'],
    ['of the same size with other bytes is changed', other, ledgerObject('old', ours), 'put: changed'],
    ['of another size is changed', listedObject('static/a.css', 'longer'), undefined, 'put: changed'],
    ['as ledger and bucket have it is unchanged', same, ledgerObject('new', ours), 'unchanged'],
    ['that another run is deleting is new', same, ledgerObject('new', ours, { doomed: true }), 'put: new'],
    ['with other headers is sent again', same, ledgerObject('new', 'other headers'), 'put: headers'],
    ['that somebody else put there is looked at', same, undefined, 'verify'],
    ['that somebody else put back is looked at', same, ledgerObject('old', ours), 'verify'],
    ['that somebody else changed is changed', other, ledgerObject('new', ours), 'put: changed'],
  ])('%s', (_name, there, known, expected) => {
    expect(planOne(there, known)).toBe(expected);
  });

  test('with an ETag that is no MD5 is known by the ledger', () => {
    const there = listedObject('static/a.css', 'new', { etag: 'b54357faf0632cce46e942fa68356b38-2' });
    const known = ledgerObject('new', ours, { etag: there[1].etag });
    expect(planOne(there, known)).toBe('unchanged');
    expect(planOne(there, { ...known, etag: 'another-2' })).toBe('put: changed');
    expect(planOne(there, undefined)).toBe('put: changed');
  });

  test('for which an ACL is wanted is put again, because nobody can see the ACL that it has', () => {
    expect(planOne(same, undefined, { acl: 'public-read' })).toBe('put: headers');
    expect(planOne(same, ledgerObject('new', ours), { acl: 'public-read' })).toBe('put: headers');
  });
});

describe('a hashed file', () => {
  const name = hashedName('a.css', 'new');
  const key = `static/${name}`;
  const plan = (content: string, there: [string, ListedObject] | undefined, known: LedgerObject | undefined) => {
    const source = syncSource([scanned(name, content)], { hashedNames: new Set([name]) });
    return planSync([source], remoteOf(there ? [there] : []), known ? ledgerOf({ [key]: known }) : emptyLedger);
  };

  test('that is proven is kept by browsers for a year', () => {
    expect(plan('new', undefined, undefined).puts).toMatchObject([
      {
        file: {
          key,
          phase: 'hashed',
          immutable: true,
          form: { headers: { cacheControl: 'public, max-age=31536000, immutable' } },
        },
      },
    ]);
  });

  test('that was tampered with is named and asked for again and again', () => {
    const { puts, unproven } = plan('neW', undefined, undefined);
    expect(puts).toMatchObject([{ file: { key, phase: 'plain', immutable: false } }]);
    expect(puts[0]?.file.form.headers.cacheControl).not.toContain('immutable');
    expect(unproven).toEqual([name]);
  });

  test('with other bytes in the bucket that no release of ours put there is a conflict', () => {
    const there = listedObject(key, 'old');
    expect(outcome(plan('new', there, undefined))).toEqual({ [key]: 'conflicts' });
    expect(outcome(plan('new', there, ledgerObject('old', '')))).toEqual({ [key]: 'conflicts' });
  });

  test('of ours that somebody else changed in the bucket is fixed', () => {
    expect(outcome(plan('new', listedObject(key, 'old'), ledgerObject('new', '')))).toEqual({ [key]: 'put: changed' });
  });

  test('of an earlier release that still lies in the folder is left as it is', () => {
    const old = hashedName('a.css', 'old');
    const source = syncSource([scanned(name, 'new'), scanned(old, 'old')], { hashedNames: new Set([name]) });
    const objects = { [`static/${old}`]: ledgerObject('old', headersFor(old, true)) };
    const remote = remoteOf([listedObject(`static/${old}`, 'old')]);
    expect(outcome(planSync([source], remote, ledgerOf(objects)))).toEqual({ [key]: 'put: new' });
  });

  test('of a vendor that no manifest names is a plain file', () => {
    const plan = planSync([syncSource([scanned(name, 'new')])], remoteOf(), emptyLedger);
    expect(plan.puts).toMatchObject([{ file: { phase: 'plain', immutable: false } }]);
    expect(plan.unproven).toEqual([]);
  });
});

test('a service worker is never kept, even where the manifest names it', () => {
  const source = syncSource([scanned('sw.js', 'x')], { hashedNames: new Set(['sw.js']) });
  const { puts, unproven } = planSync([source], remoteOf(), emptyLedger);
  expect(puts).toMatchObject([
    { file: { phase: 'plain', form: { headers: { cacheControl: 'public, max-age=0, must-revalidate' } } } },
  ]);
  expect(unproven).toEqual([]);
});

test('the manifest goes last, and only the one of the release', () => {
  const files = [scanned('staticfiles.json', '{}'), scanned('vendor/staticfiles.json', '{}')];
  const source = syncSource(files, { manifest: 'staticfiles.json' });
  const { puts } = planSync([source], remoteOf(), emptyLedger);
  expect(puts.map(({ file: { key, phase } }) => [key, phase])).toEqual([
    ['static/staticfiles.json', 'manifest'],
    ['static/vendor/staticfiles.json', 'plain'],
  ]);
});

describe('media', () => {
  const media = { kind: 'media', prefix: 'media/' } as const;
  const other = listedObject('media/a.css', 'old', { lastModified: 1_700_000_000_000 });
  const ours = headersFor('a.css', false, 'media');

  test.each<[string, [string, ListedObject] | undefined, LedgerObject | undefined, string]>([
    ['that is not there is new', undefined, undefined, 'put: new'],
    ['that somebody else put there in another form is contested', other, undefined, 'contested'],
    ['of ours that somebody else changed is contested', other, ledgerObject('before', ours), 'contested'],
    [
      'of ours with another size and the same ETag is contested',
      other,
      ledgerObject('older', ours, { etag: other[1].etag }),
      'contested',
    ],
    ['of ours that nobody touched is changed', other, ledgerObject('old', ours), 'put: changed'],
    ['of ours as it is stays', listedObject('media/a.css', 'new'), ledgerObject('new', ours), 'unchanged'],
    [
      'that somebody else put there with the same bytes is looked at',
      listedObject('media/a.css', 'new'),
      undefined,
      'verify',
    ],
  ])('%s', (_name, there, known, expected) => {
    expect(planOne(there, known, media)).toBe(expected);
  });

  test('that is contested keeps the age that the bucket tells', () => {
    const plan = planSync([syncSource([scanned('a.css', 'new')], media)], remoteOf([other]), emptyLedger);
    expect(plan.contested).toMatchObject([{ file: { key: 'media/a.css' }, remoteModified: 1_700_000_000_000 }]);
  });

  test('is never kept for a year, whatever its name', () => {
    const name = hashedName('a.css', 'new');
    const source = syncSource([scanned(name, 'new')], { ...media, hashedNames: new Set([name]) });
    expect(planSync([source], remoteOf(), emptyLedger).puts).toMatchObject([
      { file: { immutable: false, phase: 'media' } },
    ]);
  });
});

test('what is counted is what will be sent', () => {
  const files = [scanned('new.css', '12345'), scanned('same.css', 'same'), scanned('foreign.css', 'foreign')];
  const remote = remoteOf([listedObject('static/same.css', 'same'), listedObject('static/foreign.css', 'foreign')]);
  const ledger = ledgerOf({ 'static/same.css': ledgerObject('same', headersFor('same.css')) });
  const plan = planSync([syncSource(files)], remote, ledger);
  expect(countPlan(plan)).toEqual({ upload: 1, bytes: 5, unchanged: 2 });
  expect(plan.puts[0]?.file.file.md5).toBe(md5('12345'));
});

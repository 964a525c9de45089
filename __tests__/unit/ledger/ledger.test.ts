import { describe, expect, test } from '@jest/globals';
import { readLedger, writeLedger } from '../../../src/ledger/codec.ts';
import { ledgerKey, ledgerOwner, noteKey, notesFolder } from '../../../src/ledger/keys.ts';
import { emptyLedger, fingerprint, type Ledger, lastLive } from '../../../src/ledger/ledger.ts';
import { possiblyServing } from '../../../src/ledger/releases.ts';
import { named, previewOf, production } from '../../support/ledger.ts';
import { ledgerObject, ledgerOf, releaseOf as release } from '../../support/sync.ts';

const at = '2026-03-01T12:00:00Z';
const live = { live: at };
const failed = { failed: true } as const;
const written = (ledger: Ledger) => writeLedger(ledger, production).toString();
const roundTrip = (ledger: Ledger) => readLedger(writeLedger(ledger, production));

describe('a ledger on disk', () => {
  test('comes back as it was, whatever the keys are', () => {
    const keys = [
      '__proto__',
      'constructor',
      `it's "quoted"`,
      'ü/世界/🚀',
      'u\u0308',
      '<&>\u2028\\',
      '',
      'static/a.css',
    ];
    const objects = new Map(
      keys.map((key, index) => [key, ledgerObject(key, `headers ${index % 3}`, { first: index, last: 9 })]),
    );
    const ledger: Ledger = {
      identity: production,
      prefixes: ['static/'],
      releases: [release(1, live), release(2, failed)],
      objects,
      uploads: ['a', '🚀'],
    };
    const read = roundTrip(ledger);
    expect(read).toEqual(ledger);
  });

  test('keeps an ETag that is no MD5, also an empty one', () => {
    const objects = { a: ledgerObject('x', 'h', { etag: 'd41d-2' }), b: ledgerObject('x', 'h', { etag: '' }) };
    const read = roundTrip(ledgerOf(objects));
    expect([read?.objects.get('a')?.etag, read?.objects.get('b')?.etag]).toEqual(['d41d-2', '']);
  });

  test('keeps what is special about an object', () => {
    const objects = {
      media: ledgerObject('x', 'h', { media: true }),
      gone: ledgerObject('x', 'h', { gone: 1_772_366_400 }),
      all: ledgerObject('x', 'h', { media: true, gone: 1, doomed: true, etag: 'e' }),
    };
    expect(Object.fromEntries(roundTrip(ledgerOf(objects))?.objects ?? [])).toEqual(objects);
  });

  test('keeps who is publishing', () => {
    const publishing = { run: { id: 7, attempt: 2 }, release: 'r7', until: at };
    expect(roundTrip({ ...emptyLedger, publishing })?.publishing).toEqual(publishing);
  });

  test('is the same text for the same content, in whatever order it was noted', () => {
    const [a, b] = [ledgerObject('a', 'one'), ledgerObject('b', 'two')];
    expect(written(ledgerOf({ a, b }))).toBe(written(ledgerOf({ b, a })));
  });

  test('comes back whole, however many objects there are', () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => `static/ü${index}.css`);
    const ledger = ledgerOf(Object.fromEntries(keys.map((key) => [key, ledgerObject(key, 'h')])));
    expect(roundTrip(ledger)?.objects).toEqual(ledger.objects);
    expect(JSON.parse(written(ledger)).objects).toHaveLength(5_000);
  });

  test('that was cut anywhere is unreadable', () => {
    const bytes = writeLedger(ledgerOf({ a: ledgerObject('x', 'h'), b: ledgerObject('y', 'h') }), production);
    for (let length = 0; length < bytes.length - 1; length++) {
      expect(readLedger(bytes.subarray(0, length))).toBeUndefined();
    }
  });

  test('spends few bytes on an object', () => {
    const headers = fingerprint({ contentType: 'text/css', cacheControl: 'public, max-age=31536000' }, 'public-read');
    const keys = Array.from({ length: 1000 }, (_, index) => `static/${index}.css`);
    const objects = Object.fromEntries(keys.map((key) => [key, ledgerObject(key, headers)]));
    expect(writeLedger(ledgerOf(objects), production).length / 1000).toBeLessThan(80);
  });

  test.each([
    ['nothing', ''],
    ['half a file', written(ledgerOf({ a: ledgerObject('x', 'h') })).slice(0, -10)],
    ['another format', '<Error><Code>NoSuchKey</Code></Error>'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a future version', JSON.stringify({ version: 2, releases: [], headers: [], objects: [] })],
    ['no releases', JSON.stringify({ version: 1, headers: [], objects: [] })],
    ['releases without a run', written(ledgerOf({}, [release(1)])).replace('"run"', '"fun"')],
    ['no objects', JSON.stringify({ version: 1, releases: [], headers: [] })],
    ['rows that are none', JSON.stringify({ version: 1, releases: [], headers: [], objects: [null] })],
  ])('with %s is unreadable', (_what, text) => {
    expect(readLedger(Buffer.from(text))).toBeUndefined();
  });

  test('remembers the last releases, and forgets no object', () => {
    const releases = Array.from({ length: 30 }, (_, index) => release(index + 1, live));
    const read = roundTrip(ledgerOf({ old: ledgerObject('x', 'h', { first: 1, last: 1 }) }, releases));
    expect(read?.releases.at(-1)?.seq).toBe(30);
    expect(read?.releases.length).toBeLessThan(30);
    expect(read?.objects.has('old')).toBe(true);
  });

  test('never forgets the last five live releases, whose files stay', () => {
    const releases = Array.from({ length: 40 }, (_, index) => release(index + 1, index < 7 ? live : failed));
    const kept = roundTrip(ledgerOf({}, releases))?.releases.filter((one) => one.live !== undefined);
    expect(kept?.map(({ seq }) => seq)).toEqual([3, 4, 5, 6, 7]);
  });

  // Forgotten, the page that still answers would count as a first deploy, and its assets as proof of the new one.
  test('never forgets the release that is live, however many failed after it', () => {
    let ledger: Ledger = ledgerOf({}, [release(1, live)]);
    for (let seq = 2; seq <= 40; seq++) {
      ledger = roundTrip({ ...ledger, releases: [...ledger.releases, release(seq, failed)] }) ?? emptyLedger;
    }
    expect(lastLive(ledger)?.seq).toBe(1);
    expect(possiblyServing(ledger, 'new').map(({ seq }) => seq)).toEqual([1]);
  });
});

describe('the key of a ledger', () => {
  const names = [
    'production',
    'preview/pr-7',
    'preview-pr-7',
    'preview%2Fpr-7',
    'feature/Ünï',
    'feature/Uni',
    'a b',
    '..',
    'PRODUCTION',
  ];

  test('is one for each identity', () => {
    const identities = names.flatMap((name) => [
      named(name),
      { ...named(name), repository: '7' },
      { ...named(name), kind: 'preview' as const },
      { ...named(name), app: 'apps/shop' },
    ]);
    const keys = identities.map((identity) => ledgerKey(identity));
    expect(new Set(keys).size).toBe(identities.length);
    expect(keys[0]).toBe('.deploy-django/1296269/push/production.json');
    expect(ledgerKey(previewOf(7), { index: 2, of: 16 })).toBe(
      '.deploy-django/1296269/preview/preview%2Fpr-7.2-of-16.json',
    );
    for (const [at, identity] of identities.entries())
      expect(ledgerOwner(keys[at] ?? '')).toEqual({ identity, sharded: false, note: undefined });
  });

  test.each(['plan', 'lease'] as const)('of a %s of a run tells whose it is', (note) => {
    const shard = { index: 1, of: 2 };
    const key = noteKey(notesFolder(previewOf(7), shard), { id: 5, attempt: 1 }, 'ffffffff', note);
    expect(ledgerOwner(key)).toEqual({ identity: previewOf(7), sharded: true, note });
  });

  test.each(['static/a.json', '.deploy-django/', '.deploy-django/production.json', '.deploy-django/1/push/a.txt'])(
    '%j is none',
    (key) => {
      expect(ledgerOwner(key)).toBeUndefined();
    },
  );
});

test('a ledger of the old format is read, and is nobody’s', () => {
  const text = written(ledgerOf({ a: ledgerObject('x', 'h') })).replace(
    /"version":2,.*?"prefixes":\[\],/,
    '"version":1,"environment":"production",',
  );
  const ledger = readLedger(Buffer.from(text));
  expect([ledger?.identity, ledger?.prefixes, ledger?.objects.size]).toEqual([undefined, [], 1]);
});

describe('a fingerprint', () => {
  const headers = { contentType: 'text/css', cacheControl: 'no-cache' };

  test('is the same for the same headers and ACL, in whatever order', () => {
    const turned = { cacheControl: 'no-cache', contentType: 'text/css' };
    expect(fingerprint(turned, 'private')).toBe(fingerprint(headers, 'private'));
  });

  test('differs with every header and the ACL', () => {
    const all = [
      fingerprint(headers, undefined),
      fingerprint(headers, 'public-read'),
      fingerprint({ ...headers, contentType: 'text/plain' }, undefined),
      fingerprint({ ...headers, cacheControl: 'x' }, undefined),
      fingerprint({ ...headers, contentEncoding: 'x' }, undefined),
      fingerprint({ ...headers, contentDisposition: 'x' }, undefined),
      fingerprint({ ...headers, contentLanguage: 'x' }, undefined),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readLedger, writeLedger } from '../../../src/ledger/codec.ts';
import { ledgerKey } from '../../../src/ledger/keys.ts';
import { emptyLedger } from '../../../src/ledger/ledger.ts';
import { openLedgerSession } from '../../../src/ledger/session.ts';
import { memoryStore, never } from '../../support/fakes.ts';
import { pathsIn, withValueAt } from '../../support/json.ts';
import { bookIO, ownOf, production } from '../../support/ledger.ts';
import { ledgerObject, ledgerOf, releaseOf } from '../../support/sync.ts';

const at = '2026-03-01T12:00:00Z';
const publishing = { run: { id: 7, attempt: 2 }, release: 'r7', until: at };
const objects = {
  'static/a.css': ledgerObject('a', 'one'),
  'media/b.png': ledgerObject('b', 'two', { media: true, gone: 5, etag: 'e-2' }),
};
const sound = writeLedger(
  { ...ledgerOf(objects, [releaseOf(1, { live: at, proof: 'commit' }), releaseOf(2, { failed: true })]), publishing },
  production,
).toString();
/** A ledger in its form on disk: the rows on lines of their own. */
function textOf({ objects, ...head }: Record<string, unknown>): string {
  const rows = Array.isArray(objects) ? objects.map((row) => JSON.stringify(row)) : [];
  return `${JSON.stringify(head).slice(0, -1)},"objects":[\n${rows.join(',\n')}\n]}\n`;
}
const withRow = (row: unknown) => sound.replace(/\n\["media.*\n/, `\n${JSON.stringify(row)},\n`);
const md5 = 'd41d8cd98f00b204e9800998ecf8427e';

/** What is said of a ledger; undefined if it is read. */
function faultOf(text: string): string | undefined {
  const said: string[] = [];
  const ledger = readLedger(Buffer.from(text), (wrong) => said.push(wrong));
  expect(said).toHaveLength(ledger ? 0 : 1);
  return said[0];
}

describe('a ledger with', () => {
  test('nothing wrong is read', () => {
    expect(faultOf(sound)).toBeUndefined();
    expect(faultOf(withRow(['k', md5, 0, 0, 1, 1]))).toBeUndefined();
  });

  test('a newer version says so, whatever else is in it', () => {
    const newer = { ...JSON.parse(sound), version: 3, releases: {}, more: [] };
    expect(faultOf(textOf(newer))).toBe('a newer version of this action wrote it (3)');
  });

  test.each<[string, (string | number)[], unknown, string]>([
    ['publishing that is empty', ['publishing'], {}, '`publishing.run` is missing'],
    ['publishing that is null', ['publishing'], null, '`publishing` is null instead of an object'],
    ['a lease without a time', ['publishing', 'until'], 'soon', '`publishing.until` is not a time in ISO 8601'],
    ['a negative run', ['publishing', 'run', 'id'], -1, '`publishing.run.id` is not a whole number from 0'],
    ['a release that is a list', ['releases', 0], [], '`releases.0.seq` is missing'],
    ['a release number of 0', ['releases', 1, 'seq'], 0, '`releases.1.seq` is not a whole number from 1'],
    ['a live time that is a flag', ['releases', 0, 'live'], true, '`releases.0.live` is a boolean instead of a string'],
    [
      'an unknown proof',
      ['releases', 0, 'proof'],
      'hope',
      '`releases.0.proof` is a string instead of "commit" or "host" or "asset"',
    ],
    ['uploads that are numbers', ['uploads'], [1], '`uploads.0` is a number instead of a string'],
    ['headers that are no list', ['headers'], {}, '`headers` is an object instead of a list'],
  ])('%s says what is wrong', (_what, path, value, wrong) => {
    expect(faultOf(textOf(withValueAt(JSON.parse(sound), path, value)))).toBe(wrong);
  });

  test.each<[string, unknown]>([
    ['a row of numbers', [1, 2, 3]],
    ['a row that is an object', {}],
    ['a row that is null', null],
    ['a negative size', ['k', md5, -1, 0, 1, 1]],
    ['half a byte', ['k', md5, 0.5, 0, 1, 1]],
    ['a size that is text', ['k', md5, '1', 0, 1, 1]],
    ['a sum that is none', ['k', 'abc', 1, 0, 1, 1]],
    ['headers that are not there', ['k', md5, 1, 2, 1, 1]],
    ['a last release before the first', ['k', md5, 1, 0, 2, 1]],
    ['an ETag that is a number', ['k', md5, 1, 0, 1, 1, 5]],
    ['a negative time', ['k', md5, 1, 0, 1, 1, '=', -5]],
    ['flags that are text', ['k', md5, 1, 0, 1, 1, '=', 0, 'x']],
    ['a row that is too long', ['k', md5, 1, 0, 1, 1, '=', 0, 0, 0]],
  ])('%s cannot be read', (_what, row) => {
    expect(faultOf(withRow(row))).toBe('line 2 is not a row of a ledger');
  });

  test('one key twice cannot be read', () => {
    expect(faultOf(withRow(['static/a.css', md5, 1, 0, 1, 1]))).toBe('line 3 has a key that another line has too');
  });

  test('any other JSON in any place never throws: it is read and written as it is, or said to be corrupt', () => {
    const whole = JSON.parse(sound);
    const other = fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, -1, 0, '', 'x', null, [], {}, true));
    fc.assert(
      fc.property(fc.constantFrom(...pathsIn(whole)), other, (path, value) => {
        const text = textOf(withValueAt(whole, path, value));
        if (faultOf(text) !== undefined) return;
        const ledger = readLedger(Buffer.from(text)) ?? emptyLedger;
        const again = readLedger(writeLedger(ledger, production));
        expect(again?.objects).toEqual(ledger.objects);
      }),
      { numRuns: 2_000 },
    );
  });

  test('bytes that were changed never throws', () => {
    fc.assert(
      fc.property(fc.nat(sound.length), fc.uint8Array({ maxLength: 8 }), fc.nat(20), (from, bytes, cut) => {
        const whole = Buffer.from(sound);
        faultOf(Buffer.concat([whole.subarray(0, from), bytes, whole.subarray(from + cut)]).toString());
      }),
      { numRuns: 2_000 },
    );
  });

  test('a corrupt shape is opened as an empty one, and what is wrong is said', async () => {
    const store = memoryStore();
    const key = ledgerKey(production);
    store.seed(key, Buffer.from(withRow([1, 2, 3])));
    const io = bookIO();
    const request = { identity: production, shard: undefined, own: ownOf('c1', 1) };
    const session = await openLedgerSession(store, request, io);
    expect(session.before).toEqual(emptyLedger);
    expect(io.lines).toEqual([
      `The ledger ${key} in the bucket cannot be read (line 2 is not a row of a ledger), so it is written anew from what is there. Nothing is deleted.`,
    ]);
    await session.save({}, never);
    expect(store.deletes).toEqual([]);
  });
});

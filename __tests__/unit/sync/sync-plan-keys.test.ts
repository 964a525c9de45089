import { describe, expect, test } from '@jest/globals';
import { emptyLedger, fingerprint } from '../../../src/ledger/ledger.ts';
import type { ObjectStore } from '../../../src/store/store.ts';
import { headersOf } from '../../../src/sync/content-type.ts';
import { prepareSync } from '../../../src/sync/prepare-sync.ts';
import { invalidKey, planSync, refuseInvalidKeys } from '../../../src/sync/sync-plan.ts';
import { memoryStore, never } from '../../support/fakes.ts';
import {
  ledgerObject,
  ledgerOf,
  listedObject,
  planRequest,
  remoteOf,
  scanned,
  syncSource,
  tempFolders,
} from '../../support/sync.ts';

const folder = tempFolders();

describe('a key', () => {
  test.each([
    ['of 1024 bytes', 'a'.repeat(1024)],
    ['of 1024 bytes in 512 characters', 'ü'.repeat(512)],
    ['of 1024 bytes in 256 characters', '🚀'.repeat(256)],
    ['with spaces and quotes', `static/file name "it's".txt`],
    ['with mark-up and marks', 'hello? sausage/êé/Hello, 世界/ " @ < > & ? + ≠/z.txt'],
    ['with percent signs', 'test%46.txt'],
    ['with decomposed letters', 'u\u0308.txt'],
    ['with dots', 'static/.well-known/a..b/...'],
  ])('%s is a key', (_name, key) => {
    expect(invalidKey(key)).toBeUndefined();
  });

  test.each([
    ['of 1025 bytes', 'a'.repeat(1025), 'longer than 1024 bytes'],
    ['of 1025 bytes in 513 characters', `a${'ü'.repeat(512)}`, 'longer than 1024 bytes'],
    ['of 1028 bytes in 257 characters', '🚀'.repeat(257), 'longer than 1024 bytes'],
    ['with a line break', 'static/a\nb.css', 'control character'],
    ['with NUL', 'static/a\0.css', 'control character'],
    ['with DEL', 'static/a\x7f.css', 'control character'],
    ['that was no UTF-8', 'static/a\ufffd.css', 'not UTF-8'],
    ['with a backslash', 'static\\a.css', 'backslash'],
    ['with an empty part', 'static/a//b', 'empty'],
    ['with an empty first part', '/a', 'empty'],
    ['with an empty last part', 'static/', 'empty'],
    ['with ..', 'static/../a.css', '".."'],
    ['that is ..', '..', '".."'],
    ['with .', 'static/./a.css', '"."'],
  ])('%s is none', (_name, key, reason) => {
    expect(invalidKey(key)).toContain(reason);
  });
});

describe('files whose keys no bucket can hold', () => {
  const refuse = (paths: readonly string[], prefix = 'static/') =>
    refuseInvalidKeys(paths.map((path) => prefix + path));

  test('are refused, with the names so that a line break in one does not show as one', () => {
    expect(() => refuse(['ok.css', 'a\nb.css', 'c\\d.css'])).toThrow(
      expect.objectContaining({
        code: 'KEYS_INVALID',
        message: [
          '2 files cannot be stored under this name:',
          '  "static/a\\nb.css": a control character in its name',
          '  "static/c\\\\d.css": a backslash in its name',
        ].join('\n'),
      }),
    );
  });

  test('are known with their prefix alone', () => {
    const path = 'a'.repeat(1024 - 'static/'.length);
    expect(() => refuse([path])).not.toThrow();
    expect(() => refuse([`${path}a`])).toThrow('longer than 1024 bytes');
    expect(() => refuse([`${path}a`], '')).not.toThrow();
  });

  test('are refused before anything is read or listed', async () => {
    const root = await folder({ 'a\tb.css': 'x', '.env': 'x' });
    const folders = [{ kind: 'static', folder: root, prefix: 'static/', acl: undefined } as const];
    const store = memoryStore();
    // biome-ignore lint/correctness/useYield: nobody may list.
    const list: ObjectStore['list'] = async function* () {
      throw new Error('listed');
    };
    await expect(prepareSync(planRequest(folders), { ...store, list }, never)).rejects.toMatchObject({
      code: 'KEYS_INVALID',
      message: expect.stringContaining('"static/a\\tb.css": a control character'),
    });
  });

  test('are named ten of many', () => {
    const paths = Array.from({ length: 12 }, (_, index) => `${index}\t.css`);
    expect(() => refuse(paths)).toThrow(/^12 files[\s\S]*"static\/9\\t.css"[\s\S]*and 2 more$/);
  });
});

describe('prefixes', () => {
  const ours = fingerprint(headersOf('a.css', 'static', false, undefined), undefined);

  test('that begin alike do not mix', () => {
    const remote = remoteOf([listedObject('static-old/a.css', 'x'), listedObject('staticfiles/a.css', 'x')]);
    const ledger = ledgerOf({ 'static-old/a.css': ledgerObject('x', ours) });
    const plan = planSync([syncSource([scanned('a.css', 'x')])], remote, ledger);
    expect(plan.puts).toMatchObject([{ file: { key: 'static/a.css' }, reason: 'new' }]);
  });

  test('that are empty put files at the top of the bucket', () => {
    const source = syncSource([scanned('a.css', 'x'), scanned('css/b.css', 'y')], { prefix: '' });
    const plan = planSync(
      [source],
      remoteOf([listedObject('a.css', 'x')]),
      ledgerOf({ 'a.css': ledgerObject('x', ours) }),
    );
    expect(plan.unchanged).toMatchObject([{ key: 'a.css' }]);
    expect(plan.puts).toMatchObject([{ file: { key: 'css/b.css' }, reason: 'new' }]);
  });

  test('of static files and media are planned side by side, each with its own rules', () => {
    const sources = [
      syncSource([scanned('a.html', 'x')], { acl: 'public-read' }),
      syncSource([scanned('a.html', 'x')], { kind: 'media', prefix: 'media/' }),
    ];
    const files = planSync(sources, remoteOf(), emptyLedger).puts.map(({ file }) => file);
    expect(files.map(({ key, source }) => [key, source.acl])).toEqual([
      ['static/a.html', 'public-read'],
      ['media/a.html', undefined],
    ]);
    expect(files.map(({ form }) => form.headers)).toMatchObject([
      { cacheControl: 'public, max-age=0, must-revalidate' },
      { contentDisposition: 'attachment' },
    ]);
  });
});

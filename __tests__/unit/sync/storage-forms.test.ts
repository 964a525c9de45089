import { describe, expect, test } from '@jest/globals';
import { compileForms, isOfType } from '../../../src/sync/storage-forms.ts';
import { formsOf, hashedName, scanned, syncSource } from '../../support/sync.ts';

const css = 'a { color: red }';
const name = hashedName('a.css', css);

describe('what a storage says of its objects', () => {
  test('is the first form, but for the names that are listed', () => {
    const forms = [
      { headers: { cacheControl: 'one' }, acl: undefined },
      { headers: { cacheControl: 'two' }, acl: 'public-read' as const },
    ];
    const formOf = compileForms({ forms, names: { 'a.css': 1 } });
    expect([formOf('a.css').acl, formOf('b.css').headers, formOf('constructor').headers]).toEqual([
      'public-read',
      { cacheControl: 'one' },
      { cacheControl: 'one' },
    ]);
  });

  const formOf = () => ({ headers: { cacheControl: 'max-age=5' }, acl: 'public-read' as const });

  test('counts for a name with a hash too, and the input before it', () => {
    const file = scanned(name, css);
    const source = syncSource([file], { formOf, hashedNames: new Set([name]) });
    expect(formsOf(source, file)).toMatchObject({
      immutable: true,
      plain: { acl: 'public-read', headers: { cacheControl: 'max-age=5' } },
    });
    const ruled = () => ({ cacheControl: 'no-store' });
    expect(formsOf({ ...source, acl: 'private', ruled }, file).plain).toMatchObject({
      acl: 'private',
      headers: { cacheControl: 'no-store' },
    });
  });

  test('an ACL of the storage is part of the fingerprint, so that a change of it is sent', () => {
    const file = scanned('a.css', css);
    const withAcl = formsOf(syncSource([file], { formOf }), file).plain.fingerprint;
    const without = formsOf(
      syncSource([file], { formOf: () => ({ headers: { cacheControl: 'max-age=5' }, acl: undefined }) }),
      file,
    ).plain.fingerprint;
    expect(withAcl).not.toBe(without);
  });
});

describe('types that a storage compresses', () => {
  test.each([
    ['text/css; charset=utf-8', ['text/css'], true],
    ['text/javascript; charset=utf-8', ['application/javascript'], true],
    ['text/html', ['text/css'], false],
    ['image/svg+xml', ['*/*+xml'], true],
    ['application/json', ['*/json'], true],
    ['text/x-thing', ['text/*'], true],
    ['image/png', ['text/*', '*/xml'], false],
  ])('%s of %j: %s', (type, types, expected) => {
    expect(isOfType(type, types)).toBe(expected);
  });

  test('are compressed however small the file is', () => {
    const file = scanned('a.css', css);
    const gzip = { types: ['text/css'], below: Number.MAX_SAFE_INTEGER };
    expect(formsOf(syncSource([file], { gzip, compressed: new Map() }), file).packed?.headers.contentEncoding).toBe(
      'gzip',
    );
    const other = scanned('a.js', css);
    expect(formsOf(syncSource([other], { gzip, compressed: new Map() }), other).packed).toBeUndefined();
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Compressed } from '../../../src/sync/compress.ts';
import { createForms, planFile, provenForm, type SyncSource } from '../../../src/sync/planned-file.ts';
import { formsOf, ledgerObject, listedObject, scanned, syncSource } from '../../support/sync.ts';

const file = scanned('a.css', 'some text');
const packed: Compressed = { file: '/packed', size: 5, modified: 1, md5: 'f'.repeat(32) };

const forms = (source: Partial<SyncSource> = {}, one = file) => formsOf(syncSource([one], source), one);
const compressing = { compressed: new Map<string, Compressed | null>() };

describe('the forms of a file', () => {
  test('are one and the same for all that have the same headers', () => {
    const give = createForms(syncSource([]), new Set());
    const plainOf = (path: string) => give(scanned(path), undefined).plain;
    expect(plainOf('a.css')).toBe(plainOf('b/c.css'));
    expect(plainOf('a.js')).not.toBe(plainOf('b/c.css'));
  });

  test('are the plain one alone where nothing is compressed', () => {
    expect(forms().packed).toBeUndefined();
  });

  test('are two where text may be compressed, which differ by the encoding alone', () => {
    const { plain, packed } = forms(compressing);
    expect(plain.headers).not.toHaveProperty('contentEncoding');
    expect(packed?.headers).toEqual({ ...plain.headers, contentEncoding: 'gzip' });
  });

  test.each<[string, string, Partial<SyncSource>]>([
    ['an image', 'a.png', {}],
    ['a file that is compressed already', 'a.svgz', {}],
    ['the manifest, which the app reads', 'staticfiles.json', { manifest: 'staticfiles.json' }],
    ['a file whose encoding a rule sets', 'a.css', { ruled: () => ({ contentEncoding: 'br' }) }],
    ['a file whose encoding a rule takes away', 'a.css', { ruled: () => ({ contentEncoding: '' }) }],
    ['a file that a rule calls an image', 'a.css', { ruled: () => ({ contentType: 'image/png' }) }],
  ])('have no compressed one of %s', (_what, path, source) => {
    expect(forms({ ...compressing, ...source }, scanned(path, 'some text')).packed).toBeUndefined();
  });
});

describe('the form that the ledger proves', () => {
  const [, there] = listedObject('static/a.css', 'some text');
  const known = (headers: string) => ledgerObject('some text', headers);
  const both = forms(compressing);

  test('is the compressed one where it was stored so', () => {
    const print = both.packed?.fingerprint ?? '';
    expect(provenForm(file, both, known(print), there)).toBe(both.packed);
  });

  test('is the plain one where compressing was tried and made it no smaller', () => {
    expect(provenForm(file, both, known(both.plain.fingerprint), there)).toBe(both.plain);
  });

  test('is none where the file was stored before compressing was asked for', () => {
    expect(provenForm(file, both, known(forms().plain.fingerprint), there)).toBeUndefined();
  });

  test.each<[string, Parameters<typeof provenForm>[2], Parameters<typeof provenForm>[3]]>([
    ['the ledger knows nothing of it', undefined, there],
    ['the bucket lost it', known(both.plain.fingerprint), undefined],
    ['somebody else changed it', known(both.plain.fingerprint), { ...there, etag: 'another' }],
    ['it has other headers now', known('other headers'), there],
    ['the file has changed', ledgerObject('other text', both.plain.fingerprint, { etag: there.etag }), there],
    ['it is being deleted', { ...known(both.plain.fingerprint), doomed: true }, there],
  ])('is none where %s', (_why, row, listed) => {
    expect(provenForm(file, both, row, listed)).toBeUndefined();
  });
});

describe('a file that the bucket has compressed', () => {
  const [, there] = listedObject('static/a.css', 'some text');
  const source = syncSource([file], compressing);
  const forms = formsOf(source, file);
  const known = ledgerObject('some text', forms.packed?.fingerprint ?? '');
  const planned = planFile(source, file, forms, known, there);

  test('keeps that form, and can be sent as it is in another', () => {
    expect(planned).toMatchObject({ form: forms.packed, stored: undefined });
    expect(planned.uncompressed?.headers).not.toHaveProperty('contentEncoding');
  });

  test('is tried again after it was sent so', () => {
    const later = ledgerObject('some text', planned.uncompressed?.fingerprint ?? '');
    expect(provenForm(file, forms, later, there)).toBeUndefined();
  });
});

describe('a planned file', () => {
  const plan = (compressed: SyncSource['compressed']) => {
    const source = syncSource([file], { compressed });
    return planFile(source, file, formsOf(source, file), undefined, undefined);
  };

  test('is sent compressed where that made it smaller', () => {
    expect(plan(new Map([['a.css', packed]]))).toMatchObject({
      stored: packed,
      form: { headers: { contentEncoding: 'gzip' } },
    });
  });

  test.each<[string, SyncSource['compressed']]>([
    ['that made it no smaller', new Map([['a.css', null]])],
    ['nothing is compressed', undefined],
  ])('is sent as it is where %s', (_why, compressed) => {
    const { stored, form } = plan(compressed);
    expect(stored).toBeUndefined();
    expect(form.headers).not.toHaveProperty('contentEncoding');
  });
});

import { describe, expect, test } from '@jest/globals';
import { hashOf, isImmutable, withoutHash } from '../../../src/assets/hashed-names.ts';
import { parseManifest } from '../../../src/assets/manifest.ts';
import { md5 } from '../../support/md5.ts';
import { hashedName } from '../../support/sync.ts';

describe('the manifest', () => {
  const paths = { 'css/base.css': 'css/base.5af66c1b1797.css', LICENSE: 'LICENSE.2c54f4e1ca1c' };

  test.each([
    ['1.0, until Django 4.1', { paths, version: '1.0' }],
    ['1.1, with a hash of its own', { paths, version: '1.1', hash: 'a1b2c3d4e5f6' }],
  ])('of version %s is read', (_name, manifest) => {
    expect([...(parseManifest(JSON.stringify(manifest)) ?? [])]).toEqual(Object.entries(paths));
  });

  test.each([
    ['an unknown version', JSON.stringify({ paths, version: '2.0' })],
    ['a version that is a number', JSON.stringify({ paths, version: 1.1 })],
    ['no version', JSON.stringify({ paths })],
    ['text cut off', JSON.stringify({ paths, version: '1.1' }).slice(0, 30)],
    ['an empty file', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['paths that are none', JSON.stringify({ paths: null, version: '1.1' })],
    ['a web app manifest', JSON.stringify({ name: 'App', start_url: '/', icons: [] })],
    ['Vite’s manifest', JSON.stringify({ 'src/main.js': { file: 'assets/main-B7PI925R.js', isEntry: true } })],
    ['another tool’s manifest', JSON.stringify({ 'main.js': '/static/main.5af66c1b1797.js', version: '1.1' })],
  ])('is none with %s', (_name, text) => {
    expect(parseManifest(text)).toBeUndefined();
  });

  test('gives every string and nothing else, whatever the name', () => {
    const text = '{"version": "1.1", "paths": {"__proto__": "a.5af66c1b1797", "b": 1, "c": null, "d": ["x"]}}';
    expect([...(parseManifest(text) ?? [])]).toEqual([['__proto__', 'a.5af66c1b1797']]);
  });
});

describe('the hash in a name', () => {
  test.each([
    ['css/base.5af66c1b1797.css', '5af66c1b1797', 'css/base.css'],
    ['LICENSE.2c54f4e1ca1c', '2c54f4e1ca1c', 'LICENSE'],
    ['x.tar.5af66c1b1797.gz', '5af66c1b1797', 'x.tar.gz'],
    ['a.5af66c1b1797.min.js', undefined, 'a.5af66c1b1797.min.js'],
    ['a-5af66c1b1797.js', undefined, 'a-5af66c1b1797.js'],
    ['a.5af66c1b179.js', undefined, 'a.5af66c1b179.js'],
    ['a.5af66c1b1797a.js', undefined, 'a.5af66c1b1797a.js'],
    ['a.5AF66C1B1797.js', undefined, 'a.5AF66C1B1797.js'],
    ['v1.5af66c1b1797/a.js', undefined, 'v1.5af66c1b1797/a.js'],
  ])('%s: %s', (path, hash, source) => {
    expect(hashOf(path)).toBe(hash);
    expect(withoutHash(path)).toBe(source);
  });
});

describe('a file can never change under its name', () => {
  const content = 'body { color: #333 }';
  const name = hashedName('css/base.css', content);
  const named = new Set([name, 'css/other.5af66c1b1797.css', 'sw.js']);

  test('where the manifest has the name and the name the content', () => {
    expect(isImmutable(name, md5(content), named)).toBe(true);
    expect(isImmutable(hashedName('LICENSE', 'MIT'), md5('MIT'), new Set([hashedName('LICENSE', 'MIT')]))).toBe(true);
  });

  test.each([
    ['the file was tampered with', name, md5(`${content} `), named],
    ['no manifest has the name', name, md5(content), new Set<string>()],
    ['another folder has the name', `vendor/${name}`, md5(content), named],
    ['the hash is that of the source file', 'css/other.5af66c1b1797.css', md5(content), named],
    ['the name has no hash', 'sw.js', md5(content), named],
  ])('and not where %s', (_why, path, sum, names) => {
    expect(isImmutable(path, sum, names)).toBe(false);
  });
});

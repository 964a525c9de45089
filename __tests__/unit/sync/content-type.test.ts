import { describe, expect, test } from '@jest/globals';
import { types } from 'mime-types';
import type { ObjectHeaders } from '../../../src/store/store.ts';
import { contentType, ending, headersOf, needsSniffing } from '../../../src/sync/content-type.ts';
import { sniff } from '../../../src/sync/sniff.ts';

const mpegTs = Buffer.alloc(376);
mpegTs[0] = 0x47;
mpegTs[188] = 0x47;

const text = (type: string) => `${type}; charset=utf-8`;
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe('the type by the ending', () => {
  test.each<[endings: string, type: string]>([
    ['html htm', text('text/html')],
    ['css', text('text/css')],
    ['js mjs cjs', text('text/javascript')],
    ['json map topojson', 'application/json'],
    ['webmanifest', 'application/manifest+json'],
    ['jsonld', 'application/ld+json'],
    ['geojson', 'application/geo+json'],
    ['wasm', 'application/wasm'],
    ['xml', 'application/xml'],
    ['rss', 'application/rss+xml'],
    ['atom', 'application/atom+xml'],
    ['xhtml', 'application/xhtml+xml'],
    ['txt', text('text/plain')],
    ['csv', text('text/csv')],
    ['md', text('text/markdown')],
    ['vtt', text('text/vtt')],
    ['ics', text('text/calendar')],
    ['svg svgz', 'image/svg+xml'],
    ['ico', 'image/vnd.microsoft.icon'],
    ['jpg jpeg', 'image/jpeg'],
    ...'png gif webp avif apng bmp tiff heic jxl'.split(' ').map((end): [string, string] => [end, `image/${end}`]),
    ...'woff woff2 ttf otf'.split(' ').map((end): [string, string] => [end, `font/${end}`]),
    ['ttc', 'font/collection'],
    ['eot', 'application/vnd.ms-fontobject'],
    ['mp3', 'audio/mpeg'],
    ['m4a', 'audio/mp4'],
    ['aac', 'audio/aac'],
    ['wav', 'audio/wav'],
    ['ogg oga opus', 'audio/ogg'],
    ['flac', 'audio/flac'],
    ['mp4', 'video/mp4'],
    ['m4v', 'video/x-m4v'],
    ['webm', 'video/webm'],
    ['mov', 'video/quicktime'],
    ['ogv', 'video/ogg'],
    ['m3u8', 'application/vnd.apple.mpegurl'],
    ['mpd', 'application/dash+xml'],
    ['glb', 'model/gltf-binary'],
    ['gltf', 'model/gltf+json'],
    ['usdz', 'model/vnd.usdz+zip'],
    ['pdf', 'application/pdf'],
    ['zip', 'application/zip'],
    ['epub', 'application/epub+zip'],
    ['docx', word],
    ['gz tgz tar.gz', 'application/gzip'],
    ['exe dmg bin dat data pbf hdr splinecode riv nobody-knows-this', 'application/octet-stream'],
  ])('%s: %s', (endings, type) => {
    for (const end of endings.split(' ')) {
      expect([end, contentType(`fonts.v2/a.${end}`, undefined)]).toEqual([end, type]);
    }
  });

  test.each([
    ['IMG_0001.JPG', 'image/jpeg'],
    ['Index.HTML', text('text/html')],
    ['css/base.5af66c1b1797.css', text('text/css')],
    ['.well-known/apple-app-site-association', 'application/json'],
    ['.well-known/apple-app-site-association.5af66c1b1797', 'application/json'],
  ])('%s: %s', (path, type) => {
    expect(contentType(path, undefined)).toBe(type);
  });

  test('of every ending of the database is one that a header can carry', () => {
    const wrong = Object.keys(types).filter(
      (end) => !/^[\w.+-]+\/[\w.+-]+(; charset=utf-8)?$/.test(typeOf(`a.${end}`)),
    );
    expect(Object.keys(types).length).toBeGreaterThan(1000);
    expect(wrong).toEqual([]);
  });

  // Names that every JavaScript object has are file names like any other.
  test.each(['docs/constructor', 'docs/a.constructor', '__proto__', 'a.__proto__'])('%s is a file name', (path) => {
    expect(contentType(path, 'binary')).toBe('application/octet-stream');
  });
});

const typeOf = (path: string) => String(contentType(path, undefined));

describe('the type by the first bytes', () => {
  test.each<[what: string, path: string, head: Buffer, type: string]>([
    ['text without an ending', 'LICENSE', Buffer.from('MIT Lizenz für alle\n'), text('text/plain')],
    ['the same under its hashed name', 'LICENSE.2c54f4e1ca1c', Buffer.from('MIT\n'), text('text/plain')],
    ['an empty file', 'CNAME', Buffer.alloc(0), text('text/plain')],
    ['a dot file', '.nojekyll', Buffer.from('x'), text('text/plain')],
    ['text with its last character cut', 'robots', Buffer.from('ü').subarray(0, 1), text('text/plain')],
    ['a NUL byte', 'blob', Buffer.from('a\0b'), 'application/octet-stream'],
    ['no UTF-8', 'blob', Buffer.from([0x61, 0xff, 0x62]), 'application/octet-stream'],
    ['a video segment', 'hls/0001.ts', mpegTs, 'video/mp2t'],
    ['a video segment under its hashed name', 'hls/0001.5af66c1b1797.ts', mpegTs, 'video/mp2t'],
    ['TypeScript', 'src/app.ts', Buffer.from('export const a: number = 1;'), text('text/plain')],
    ['TypeScript that begins with G', 'src/app.TS', Buffer.from('Graph'.padEnd(400)), text('text/plain')],
  ])('%s', (_what, path, head, type) => {
    expect(needsSniffing(path)).toBe(true);
    expect(contentType(path, sniff(head))).toBe(type);
  });

  test.each(['a.css', 'a.bin', 'archive.tar.gz', 'x.nobody-knows-this'])('%s need not be asked', (path) => {
    expect(needsSniffing(path)).toBe(false);
  });

  test('a hash is no ending, and twelve other characters are one', () => {
    expect(ending('a/LICENSE.2c54f4e1ca1c')).toBe('');
    expect(ending('a/LICENSE.2c54f4e1ca1g')).toBe('2c54f4e1ca1g');
    expect(ending('a.b/LICENSE')).toBe('');
  });
});

describe('Content-Encoding', () => {
  test.each(['a.svgz', 'A.SVGZ', 'a.5af66c1b1797.svgz'])('%s is unpacked by the browser', (path) => {
    expect(headersOf(path, 'static', false, undefined).contentEncoding).toBe('gzip');
  });

  test.each(['x.tar.gz', 'x.tgz', 'x.gz', 'x.zip', 'x.svg'])('%s stays as it is', (path) => {
    expect(headersOf(path, 'static', false, undefined)).not.toHaveProperty('contentEncoding');
  });
});

describe('Cache-Control', () => {
  test('of what is proven is a year, of the rest is asked again, of media an hour', () => {
    const of = (kind: 'static' | 'media', immutable: boolean) =>
      headersOf('a.5af66c1b1797.css', kind, immutable, undefined).cacheControl;
    expect(of('static', true)).toBe('public, max-age=31536000, immutable');
    expect(of('static', false)).toBe('public, max-age=0, must-revalidate');
    expect(of('media', false)).toBe('public, max-age=3600');
    expect(of('media', true)).not.toContain('immutable');
  });
});

describe('Content-Disposition', () => {
  const disposition = (path: string) => headersOf(path, 'media', false, 'text').contentDisposition;

  test.each('html htm xhtml svg svgz xml xsl mht js mjs cjs swf wasm HTML Svg'.split(' '))(
    'media .%s is saved',
    (end) => {
      expect(disposition(`uploads/a.${end}`)).toBe('attachment');
      expect(headersOf(`a.${end}`, 'static', false, undefined)).not.toHaveProperty('contentDisposition');
    },
  );

  test.each('png jpg webp mp4 mp3 txt css woff2 zip'.split(' '))('media .%s is shown', (end) => {
    expect(disposition(`uploads/a.${end}`)).toBeUndefined();
  });

  const shown = (type: RegExp) =>
    Object.keys(types).filter((end) => type.test(typeOf(`a.${end}`)) && disposition(`a.${end}`) !== 'attachment');

  test('every ending that is served as HTML, XHTML or XML is saved', () => {
    expect(shown(/^(text\/html|application\/xhtml\+xml|(text|application)\/xml)(;|$)/)).toEqual([]);
  });

  // WHATWG MIME Sniffing, 4.6: a type that ends in +xml is scriptable, as text/html is.
  test('every other ending whose type is XML to a browser is saved', () => {
    expect(shown(/\+xml$/)).toEqual([]);
  });
});

describe('headers that rules set', () => {
  const of = (path: string, kind: 'static' | 'media', ruled: Partial<ObjectHeaders>, immutable = false) =>
    headersOf(path, kind, immutable, undefined, ruled);

  test.each<[string, Partial<ObjectHeaders>, Partial<ObjectHeaders>]>([
    ['Content-Type', { contentType: 'text/x' }, { contentType: 'text/x' }],
    ['Cache-Control', { cacheControl: 'no-cache' }, { cacheControl: 'no-cache' }],
    ['Cache-Control, taken away', { cacheControl: '' }, { cacheControl: '' }],
    ['Content-Encoding', { contentEncoding: 'br' }, { contentEncoding: 'br' }],
    ['Content-Disposition', { contentDisposition: 'inline' }, { contentDisposition: 'inline' }],
    ['Content-Language', { contentLanguage: 'de' }, { contentLanguage: 'de' }],
  ])('come before the built-in ones, and those that they do not set stay: %s', (_header, ruled, set) => {
    const built = of('a.css', 'static', {}, true);
    expect(of('a.css', 'static', ruled, true)).toEqual({ ...built, ...set });
  });

  test.each<[string, 'static' | 'media', Partial<ObjectHeaders>, keyof ObjectHeaders]>([
    ['a.svgz', 'static', { contentEncoding: '' }, 'contentEncoding'],
    ['a.html', 'media', { contentDisposition: '' }, 'contentDisposition'],
    ['a.css', 'static', { contentLanguage: '' }, 'contentLanguage'],
  ])('take one away where they are empty: %s', (path, kind, ruled, header) => {
    expect(of(path, kind, ruled)).not.toHaveProperty(header);
  });

  test.each([
    ['a.txt', 'text/html', 'attachment'],
    ['a.txt', 'Text/HTML; charset=utf-8', 'attachment'],
    ['a.bin', 'image/svg+xml', 'attachment'],
    ['a.html', 'text/plain', undefined],
  ])('decide whether media is shown, by the type that it is sent with: %s as %s', (path, contentType, disposition) => {
    expect(of(path, 'media', { contentType }).contentDisposition).toBe(disposition);
  });
});

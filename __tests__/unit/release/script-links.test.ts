import { describe, expect, test } from '@jest/globals';
import { parseImportMap, resolveImport, scriptLinks } from '../../../src/release/script-links.ts';

const page = 'https://site.test/blog/';
const from = 'https://cdn.test/js/main.js';
const map = parseImportMap(
  JSON.stringify({
    imports: { vue: 'https://cdn.test/vue.js', 'lib/': '/lib/', 'https://cdn.test/js/a.js': '/a.123.js', broken: 5 },
    scopes: { 'https://cdn.test/js/': { vue: '/scoped/vue.js' } },
  }),
);

describe('an import', () => {
  test.each<[string, string | undefined]>([
    ['./a.js', 'https://site.test/a.123.js'],
    ['./b.js', 'https://cdn.test/js/b.js'],
    ['../c.js', 'https://cdn.test/c.js'],
    ['/d.js', 'https://cdn.test/d.js'],
    ['https://e.test/e.js', 'https://e.test/e.js'],
    ['lib/deep/f.js', 'https://site.test/lib/deep/f.js'],
    ['vue', 'https://site.test/scoped/vue.js'],
    ['unknown', undefined],
    ['broken', undefined],
  ])('of "%s" leads to %s', (specifier, url) => {
    expect(resolveImport(specifier, from, map, page)).toBe(url);
  });

  test('outside a scope is of the page', () => {
    expect(resolveImport('vue', 'https://site.test/x.js', map, page)).toBe('https://cdn.test/vue.js');
  });

  test('is not mapped by what is not JSON', () => {
    expect(resolveImport('vue', from, parseImportMap('{'), page)).toBeUndefined();
  });
});

describe('a script imports', () => {
  const script = { url: from, module: true, credentials: false, nonce: 'n' };
  const urls = async (source: string, module = true) =>
    (await scriptLinks(source, { ...script, module }, map, page)).links.map(({ url, use }) => `${use} ${url}`);

  test.each<[string, string[]]>([
    [
      'import "./b.js"; import x from "./c.js"; export * from "./d.js"',
      ['b', 'c', 'd'].map((n) => `script https://cdn.test/js/${n}.js`),
    ],
    ['const p = import("./lazy.js")', ['script https://cdn.test/js/lazy.js']],
    ['import(`./lang/$' + '{code}.js`); import(name)', []],
    ['import data from "./d.json" with { type: "json" }', ['other https://cdn.test/js/d.json']],
    ['import sheet from "./d.css" with { type: "css" }', ['style https://cdn.test/js/d.css']],
    ['// import "./no.js"\nconst s = \'import "./no.js"\'', []],
    ['import "./b.js"; this is } not a script', []],
  ])('%s', async (source, links) => {
    expect(await urls(source)).toEqual(links);
  });

  test('nothing by a statement where it is not a module, and a literal call all the same', async () => {
    expect(await urls('import("./lazy.js")', false)).toEqual(['script https://cdn.test/js/lazy.js']);
  });

  test('a bare name that leads nowhere, and browsers run nothing of it', async () => {
    expect((await scriptLinks('import "jquery"; import("htmx")', script, map, page)).missing).toEqual(['jquery']);
  });
});

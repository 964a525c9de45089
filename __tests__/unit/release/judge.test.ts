import { describe, expect, test } from '@jest/globals';
import { namedAssets, replacedAssets } from '../../../src/release/hashed-words.ts';
import { judge, type Marks, namesRelease } from '../../../src/release/judge.ts';
import { answer } from '../../support/fakes.ts';

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const other = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';
const release = '5ad1c8f0d0d1-12.1';
const marks: Marks = {
  sha,
  release,
  header: undefined,
  path: undefined,
  body: undefined,
  hostSays: undefined,
  assets: new Set(),
};
const page = (body = '', headers: Record<string, string> = {}) => answer(200, body, headers);
const kindOf = (given: Partial<Marks>, body = '', headers: Record<string, string> = {}) =>
  judge(page(body, headers), undefined, { ...marks, ...given }).evidence?.kind;

test('what a long page has at its end counts, as scripts do', () => {
  const body = '<p>long</p>\n'.repeat(250_000);
  const assets = new Set(['app.5af66c1b1797.js']);
  expect(kindOf({ assets }, `${body}<script src="/static/app.5af66c1b1797.js"></script>`)).toBe('asset');
  expect(kindOf({}, `${body}<p>${sha}</p>`)).toBe('commit');
});

describe('a text names the release', () => {
  test.each<[string, boolean]>([
    [sha, true],
    [sha.toUpperCase(), true],
    [`v2 (${sha.slice(0, 7)})`, true],
    [sha.slice(0, 12), true],
    [`release ${release}`, true],
    [sha.slice(0, 6), false],
    [`${sha.slice(0, 7)}1`, false],
    [sha.slice(1, 12), false],
    [other, false],
    [`0b7e31c4a2f5-12.1`, false],
    ['', false],
  ])('"%s": %s', (text, named) => {
    expect(namesRelease(text, sha, release)).toBe(named);
  });

  test('and nothing names a release that has no ids', () => {
    expect(namesRelease(`${other} 1234567`, '', '')).toBe(false);
  });
});

describe('the commit is found unasked', () => {
  test.each<[string, Record<string, string>]>([
    ['x-release', { 'x-release': release }],
    ['x-commit', { 'x-commit': sha.slice(0, 7) }],
    ['x-git-sha', { 'x-git-sha': sha.slice(0, 8) }],
    ['x-app-version', { 'x-app-version': `1.4.2+${sha.slice(0, 9)}` }],
    ['x-build-id', { 'x-build-id': sha }],
    ['any header that holds all of it', { 'x-served-by': `app-${sha}` }],
  ])('in %s', (_, headers) => {
    const { evidence } = judge(page('', headers), undefined, marks);
    const [[name, value]] = Object.entries(headers) as [[string, string]];
    expect(evidence).toEqual({ kind: 'commit', seen: `${name}: ${value}` });
  });

  test.each([
    `<meta name="release" content="${release}">`,
    `<META content='${sha.slice(0, 7)}' name=commit>`,
    `<meta property="x"><meta name="git-sha" content="${sha.slice(0, 10)}"/>`,
    `<footer>built from ${sha}</footer>`,
  ])('in the page: %s', (body) => {
    expect(kindOf({}, `<html>${body}</html>`)).toBe('commit');
  });

  test.each<[string, string, Record<string, string>]>([
    ['another commit in a header', '', { 'x-release': other }],
    ['another commit in a meta tag', `<meta name="commit" content="${other}">`, {}],
    ['a short id in a header that means something else', '', { etag: `"${sha.slice(0, 12)}"` }],
    ['a short id somewhere in the page', `<p>order ${sha.slice(0, 7)}</p>`, {}],
    ['a short id in a meta tag that means something else', `<meta name="color" content="${sha.slice(0, 7)}">`, {}],
  ])('and %s is none', (_, body, headers) => {
    expect(kindOf({}, body, headers)).toBeUndefined();
  });
});

describe('where the user says where the commit stands', () => {
  const asset = 'app.5af66c1b1797.css';
  const version = (status: number, body: string) => answer(status, body);

  test.each<[string, Partial<Marks>, string, Record<string, string>, ReturnType<typeof version> | undefined, string]>([
    ['a header', { header: 'X-Version' }, '', { 'x-version': sha }, undefined, `X-Version: ${sha}`],
    ['a path', { path: '/version' }, '', {}, version(200, `{"sha": "${sha}"}`), `/version says {"sha": "${sha}"}`],
    ['the body', { body: 'true' }, `<p>${sha}</p>`, {}, undefined, `the page holds ${sha}`],
  ])('%s with this commit proves it', (_, given, body, headers, versionPage, seen) => {
    const found = judge(page(body, headers), versionPage, { ...marks, ...given });
    expect(found.evidence).toEqual({ kind: 'commit', seen });
  });

  test.each<[string, string]>([
    ['build {sha}', `build ${sha}`],
    ['v-{short-sha}', 'v-5ad1c8f'],
    ['{release}', release],
  ])('proof-body %s stands for "%s"', (wanted, body) => {
    expect(kindOf({ body: wanted }, `<p>${body}</p>`)).toBe('commit');
    expect(kindOf({ body: wanted }, `<p>${body.replace('5ad1c8f', '0b7e31c')}</p>`)).toBeUndefined();
  });

  test.each<[string, Partial<Marks>, Record<string, string>, ReturnType<typeof version> | undefined, string]>([
    ['no such header', { header: 'X-Version' }, {}, undefined, 'no header X-Version'],
    ['another commit in the header', { header: 'X-Version' }, { 'x-version': other }, undefined, `X-Version: ${other}`],
    ['a path that is not there', { path: '/version' }, {}, version(404, sha), '/version answers 404'],
    ['a path that does not answer', { path: '/version' }, {}, undefined, '/version answers nothing'],
    ['another commit at the path', { path: '/version' }, {}, version(200, other), `/version says ${other}`],
    ['a page without it', { body: 'true' }, {}, undefined, 'the page does not hold the text of proof-body'],
  ])('%s proves nothing, whatever else speaks for the release', (_, given, headers, versionPage, seen) => {
    const strong = { hostSays: 'Render says so', assets: new Set([asset]) };
    const elsewhere = { 'x-release': release, ...headers };
    const found = judge(page(`<link href="/static/${asset}">`, elsewhere), versionPage, {
      ...marks,
      ...strong,
      ...given,
    });
    expect(found).toEqual({ seen });
  });
});

describe('the strongest evidence counts', () => {
  const assets = new Set(['app.5af66c1b1797.css']);
  const body = '<link href="/static/app.5af66c1b1797.css">';

  test('the commit before the host, and the host before a file', () => {
    expect(kindOf({ assets, hostSays: 'Render says so' }, body, { 'x-release': release })).toBe('commit');
    expect(kindOf({ assets, hostSays: 'Render says so' }, body)).toBe('host');
    expect(kindOf({ assets }, body)).toBe('asset');
  });

  test('and where there is none, the files of the page are named instead', () => {
    const names = ['a', 'b', 'c', 'd'].map((name) => `${name}.111111111111.js`);
    const old = names.map((name) => `<script src="/static/js/${name}"></script>`).join('');
    expect(judge(page(old), undefined, { ...marks, assets }).seen).toBe(
      `a page with ${names.slice(0, 3).join(', ')} and 1 more`,
    );
    expect(judge(page('<p>hello'), undefined, { ...marks, assets }).seen).toBe('a page without hashed static files');
  });
});

const known = new Set([
  'css/app.5af66c1b1797.css',
  'a b.0123456789ab.png',
  'ü.0123456789ab.svg',
  'LICENSE.2c54f4e1ca1c',
]);

describe('a hashed name is found', () => {
  test.each<[string, string]>([
    ['<link href="/static/css/app.5af66c1b1797.css">', 'css/app.5af66c1b1797.css'],
    ['<link href=/static/css/app.5af66c1b1797.css>', 'css/app.5af66c1b1797.css'],
    ["<style>@import url(https://cdn.test/p/css/app.5af66c1b1797.css);</style>'", 'css/app.5af66c1b1797.css'],
    ['<link href="css/app.5af66c1b1797.css?v=3#top">', 'css/app.5af66c1b1797.css'],
    ['{"files":["css/app.5af66c1b1797.css","x"]}', 'css/app.5af66c1b1797.css'],
    ['<img srcset="/s/x.png 1x,/s/a%20b.0123456789ab.png 2x">', 'a b.0123456789ab.png'],
    ['<img src="/s/%C3%BC.0123456789ab.svg">', 'ü.0123456789ab.svg'],
    ['<a href="/static/LICENSE.2c54f4e1ca1c">', 'LICENSE.2c54f4e1ca1c'],
  ])('in %s', (body, name) => {
    expect([...namedAssets(body, known)]).toEqual([name]);
  });

  test.each([
    '/static/css/app.5af66c1b1798.css',
    '/static/css/myapp.5af66c1b1797.css',
    '/static/css/app.5af66c1b1797.js',
    '/static/css-app.5af66c1b1797.css',
    '/static/css/app.css',
    '/static/%E0%A4%A.5af66c1b1797.css',
  ])('and not in %s', (address) => {
    expect([...namedAssets(`<link href="${address}">`, known)]).toEqual([]);
  });
});

describe('a file of the page before is replaced', () => {
  test.each<[string, string, string[]]>([
    ['by one with another hash', '/static/css/app.111111111111.css', ['css/app.5af66c1b1797.css']],
    ['on another address', 'https://cdn.test/v1/css/app.111111111111.css', ['css/app.5af66c1b1797.css']],
    ['under a name with a space', '/static/a%20b.111111111111.png', ['a b.0123456789ab.png']],
    ['by nothing where it has the same hash', '/static/css/app.5af66c1b1797.css', []],
    ['by nothing where the release has no such file', '/static/css/gone.111111111111.css', []],
  ])('%s', (_, address, successors) => {
    expect(replacedAssets(`<link href="${address}">`, known)).toEqual(successors);
  });

  test('and not one of the same name in a folder above', () => {
    const above = new Set(['app.0123456789ab.css', 'css/app.5af66c1b1797.css']);
    expect(replacedAssets('<link href="/s/css/app.111111111111.css">', above)).toEqual(['css/app.5af66c1b1797.css']);
    const alike = new Set(['app.5af66c1b1797.css', 'css/app.5af66c1b1797.css']);
    expect([...namedAssets('<link href="/s/css/app.5af66c1b1797.css">', alike)]).toEqual(['css/app.5af66c1b1797.css']);
  });

  test('once, however often the page names it', () => {
    const old = '<img src="/s/css/app.111111111111.css"><img src="/s/css/app.222222222222.css">';
    expect(replacedAssets(old, known)).toEqual(['css/app.5af66c1b1797.css']);
  });
});

describe('a file of a bundler', () => {
  const names = new Set([
    'dist/assets/main-Bvn7sEtP.js',
    'dist/assets/main-DPX6zTLe.css',
    'b/app.73e9d84a48cd7ff0a58a.js',
  ]);

  test.each([
    ['<script type="module" src="/static/dist/assets/main-Bvn7sEtP.js"></script>', 'dist/assets/main-Bvn7sEtP.js'],
    [
      '<link href="https://cdn.test/p/dist/assets/main-DPX6zTLe.css" rel="stylesheet">',
      'dist/assets/main-DPX6zTLe.css',
    ],
    ['<script src="/static/b/app.73e9d84a48cd7ff0a58a.js"></script>', 'b/app.73e9d84a48cd7ff0a58a.js'],
  ])('is found in %s', (body, name) => {
    expect([...namedAssets(body, names)]).toEqual([name]);
  });

  test.each<[string, string, string[]]>([
    ['by one with another hash', '/s/dist/assets/main-OLD3sEtP.js', ['dist/assets/main-Bvn7sEtP.js']],
    ['by one with another hash of webpack', '/s/b/app.00e9d84a48cd7ff0a58a.js', ['b/app.73e9d84a48cd7ff0a58a.js']],
    ['by nothing where it has the same', '/s/dist/assets/main-Bvn7sEtP.js', []],
    ['by nothing in another folder', '/s/other/main-OLD3sEtP.js', []],
    ['by nothing where it is a word', '/s/dist/assets/main-settings.js', []],
  ])('is replaced %s', (_, address, successors) => {
    expect(replacedAssets(`<script src="${address}"></script>`, names)).toEqual(successors);
  });

  test('with Django’s hash as well is replaced by one with both', () => {
    const both = new Set(['a/main-Bvn7sEtP.js', 'a/main-Bvn7sEtP.5af66c1b1797.js']);
    const old = '<script src="/s/a/main-OLD3sEtP.111111111111.js"></script>';
    expect(replacedAssets(old, both)).toEqual(['a/main-Bvn7sEtP.5af66c1b1797.js']);
  });

  test('is not replaced by one of several outputs of a compressor, which are all called the same', () => {
    const outputs = new Set(['CACHE/css/output.5af66c1b1797.css', 'CACHE/css/output.0123456789ab.css']);
    expect(replacedAssets('<link href="/s/CACHE/css/output.5af66c1b1797.css">', outputs)).toEqual([]);
    expect(replacedAssets('<link href="/s/CACHE/css/output.111111111111.css">', outputs)).toEqual([]);
  });

  test('is not replaced by one of several that are called the same but for the hash', () => {
    const chunks = new Set(['a/index-Bvn7sEtP.js', 'a/index-DPX6zTLe.js', 'a/index-Xvn7sEtP.js']);
    expect(replacedAssets('<script src="/s/a/index-OLD3sEtP.js"></script>', chunks)).toEqual([]);
  });
});

test.each<[string, Record<string, string>, string]>([
  ['an empty header', { 'x-release': '' }, 'x-release: (empty); a page with app.111111111111.css'],
  ['a word', { 'x-version': 'stable' }, 'x-version: stable; a page with app.111111111111.css'],
  ['no header', {}, 'a page with app.111111111111.css'],
])('a page that tells its version by %s is described with it', (_how, headers, seen) => {
  const old = page('<link rel="stylesheet" href="/static/app.111111111111.css">', headers);
  expect(judge(old, undefined, marks)).toEqual({ seen });
});

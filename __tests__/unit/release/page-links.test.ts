import { describe, expect, test } from '@jest/globals';
import type { AssetLink } from '../../../src/release/asset-link.ts';
import { cssLinks } from '../../../src/release/css-links.ts';
import { pageLinks } from '../../../src/release/page-links.ts';

const at = 'https://site.test/blog/';
/** `use path`, with "cors" and "credentials" behind it where the browser asks so; the site's own origin left out. */
const brief = (links: readonly AssetLink[]) =>
  links.map(({ url, use, cors, credentials }) =>
    [use, url.replace('https://site.test', ''), cors && 'cors', credentials && 'credentials'].filter(Boolean).join(' '),
  );
const inPage = async (html: string) => brief((await pageLinks(html, at)).links);
const inCss = async (css: string) => brief((await cssLinks(css, 'https://site.test/s/app.css')).links);

describe('addresses', () => {
  test.each<[string, string[]]>([
    ['<img src="a.png">', ['image /blog/a.png']],
    ['<img src="/a.png">', ['image /a.png']],
    ['<img src=" /a.png\n">', ['image /a.png']],
    ['<img src="//cdn.test/a.png">', ['image https://cdn.test/a.png']],
    ['<img src="/a.png?x=1&amp;y=2#part">', ['image /a.png?x=1&y=2']],
    ['<base href="/app/"><img src="a.png">', ['image /app/a.png']],
    [
      '<base href="https://cdn.test/v1/"><style>p { background: url(a.png) }</style>',
      ['image https://cdn.test/v1/a.png'],
    ],
    ['<base target="_blank"><img src="a.png">', ['image /blog/a.png']],
    ['<img src="data:image/png;base64,AAAA"><img src="blob:https://site.test/1"><img src="#top">', []],
    ['<img src=""><img><script></script><link rel="stylesheet"><img src="http://[">', []],
    ['<img src="/a.png"><img src="/a.png#b"><img src="/a.png">', ['image /a.png']],
  ])('%s', async (html, links) => {
    expect(await inPage(html)).toEqual(links);
  });
});

describe('what a page loads', () => {
  test.each<[string, string[]]>([
    ['<link rel="stylesheet" href="/a.css">', ['style /a.css']],
    ['<link rel="Alternate StyleSheet" href="/a.css">', ['style /a.css']],
    ['<link rel="stylesheet" href="/a.css" crossorigin>', ['style /a.css cors']],
    ['<link rel="stylesheet" href="/a.css" crossorigin="use-credentials">', ['style /a.css cors credentials']],
    ['<script src="/a.js"></script>', ['script /a.js']],
    ['<script src="/a.js" crossorigin="anonymous"></script>', ['script /a.js cors']],
    ['<script type="text/javascript" src="/a.js"></script>', ['script /a.js']],
    ['<script type="module" src="/a.js"></script>', ['script /a.js cors']],
    ['<link rel="modulepreload" href="/a.js">', ['script /a.js cors']],
    ['<link rel="preload" as="font" href="/a.woff2">', ['font /a.woff2 cors']],
    ['<link rel="preload" as="style" href="/a.css">', ['style /a.css']],
    ['<link rel="preload" as="fetch" href="/a.json" crossorigin>', ['other /a.json cors']],
    ['<link rel="shortcut icon" href="/a.ico">', ['image /a.ico']],
    ['<link rel="apple-touch-icon" href="/a.png">', ['image /a.png']],
    ['<video src="/a.mp4" poster="/a.jpg"></video>', ['media /a.mp4', 'image /a.jpg']],
    ['<audio><source src="/a.ogg"></audio>', ['media /a.ogg']],
    ['<video src="/a.mp4"><track default src="/a.vtt"></video>', ['media /a.mp4', 'media /a.vtt cors']],
    ['<object data="/a.svg" type="image/svg+xml"><img src="/a.png"></object>', ['object /a.svg', 'image /a.png']],
    ['<object data="/a.html" type="text/html"></object>', ['frame /a.html']],
    ['<embed src="/a.pdf">', ['object /a.pdf']],
    [
      '<iframe src="/a.pdf"></iframe><iframe srcdoc="<p>"></iframe><iframe src="about:blank"></iframe>',
      ['frame /a.pdf'],
    ],
    ['<svg><filter><feImage href="/a.png"/></filter></svg>', ['image /a.png']],
    ['<input type="image" src="/a.png"><input type="text" src="/b.png">', ['image /a.png']],
    ['<svg><use href="/s.svg#a"/><use xlink:href="/t.svg#b"/><use href="#c"/></svg>', ['image /s.svg', 'image /t.svg']],
    [
      '<input type="IMAGE" src="/a.png"><link rel="stylesheet" type="text/css" href="/a.css">',
      ['image /a.png', 'style /a.css'],
    ],
    ['<template shadowrootmode="open"><img src="/a.png"></template>', ['image /a.png']],
    ['<p style="background: url(&quot;/a.png&quot;)">', ['image /a.png']],
    ['<style>@font-face { src: url(/a.woff2) }</style>', ['font /a.woff2 cors']],
    ['<style>a::before { content: "<b>" } p { background: url(/a.png) }</style>', ['image /a.png']],
  ])('%s', async (html, links) => {
    expect(await inPage(html)).toEqual(links);
  });

  test('browsers ask for a manifest with CORS, whatever its link says', async () => {
    const html = '<link rel="manifest" href="https://cdn.test/site.webmanifest">';
    expect(await inPage(html)).toEqual(['manifest https://cdn.test/site.webmanifest cors']);
  });

  test('what one link asks with CORS and credentials counts for all links to it', async () => {
    const html = '<link rel="preload" as="style" href="/a.css"><link rel="stylesheet" href="/a.css" crossorigin>';
    expect(await inPage(html)).toEqual(['style /a.css cors']);
  });

  test('a link that does not say what for is used as the next one says', async () => {
    expect(await inPage('<link rel="preload" href="/a.css"><link rel="stylesheet" href="/a.css">')).toEqual([
      'style /a.css',
    ]);
  });

  test.each<[string, string[]]>([
    [
      '<noscript><img src="/a.png"><link rel="stylesheet" href="/a.css"></noscript><img src="/b.png">',
      ['/a.png', '/a.css'],
    ],
    ['<script nomodule src="/a.js"></script><script type="module" src="/b.js"></script>', ['/a.js']],
    ['<link rel="preload" as="style" href="/a.css"><noscript><link rel="stylesheet" href="/a.css"></noscript>', []],
  ])('what only browsers without scripts or modules load is not needed: %s', async (html, spare) => {
    const { links } = await pageLinks(html, at);
    const found = links.filter(({ optional }) => optional).map(({ url }) => new URL(url).pathname);
    expect(found).toEqual(spare);
  });

  test('a page may have several import maps, of which the first one to name something counts', async () => {
    const map = (text: string) => `<script type="importmap">${text}</script>`;
    const first = map('{"imports": {"a": "/a.js"}, "scopes": {"/s/": {"c": "/c.js"}}}');
    const second = map('{"imports": {"a": "/other.js", "b": "/b.js"}, "scopes": {"/s/": {"d": "/d.js"}}}');
    expect((await pageLinks(first + second, at)).importMap).toEqual({
      imports: { a: '/a.js', b: '/b.js' },
      scopes: { '/s/': { c: '/c.js', d: '/d.js' } },
    });
  });

  test('a link names the page that it stands on', async () => {
    const html = '<base href="https://cdn.test/"><img src="a.png"><p style="background: url(b.png)">';
    const { links } = await pageLinks(html, at);
    expect(links.map(({ from }) => from)).toEqual([at, at]);
  });
});

describe('srcset', () => {
  test.each<[string, string[]]>([
    ['/a.png, /b.png 2x', ['/a.png', '/b.png']],
    ['/a.png 1x,/b.png 2x', ['/a.png', '/b.png']],
    ['/a.png 480w,\n    /b.png 800w', ['/a.png', '/b.png']],
    ['/w_100,h_50/a.png 1x, /w_200,h_99/a.png 2x', ['/w_100,h_50/a.png', '/w_200,h_99/a.png']],
    ['data:image/png;base64,AAAA 1x, /b.png 2x', ['/b.png']],
    ['/a.png', ['/a.png']],
    ['', []],
  ])('"%s"', async (srcset, paths) => {
    const images = paths.map((path) => `image ${path}`);
    expect(await inPage(`<img srcset="${srcset}">`)).toEqual(images);
    expect(await inPage(`<picture><source srcset="${srcset}"></picture>`)).toEqual(images);
  });
});

describe('what a page does not load', () => {
  test.each([
    '<script type="importmap">{"imports": {"a": "/a.js"}}</script>',
    '<script type="importmap" src="/a.json"></script>',
    '<script type="application/json" src="/a.json"></script>',
    '<script type="application/ld+json">{"image": "/a.png"}</script>',
    '<script type="text/x-template"><img src="/a.png"></script>',
    '<script>document.write(\'<img src="/a.png">\')</script>',
    '<!-- <link rel="stylesheet" href="/a.css"> -->',
    '<textarea><img src="/a.png"></textarea>',
    '<template><img src="/a.png"></template>',
    '<link rel="stylesheet" type="text/less" href="/a.less"><link rel="stylesheet" disabled href="/a.css">',
    '<link rel="canonical" href="/a"><link rel="preconnect" href="https://cdn.test"><a href="/a.pdf">x</a>',
    '<p>url(/a.png)</p><pre>@import "a.css";</pre>',
  ])('%s', async (html) => {
    expect(await inPage(html)).toEqual([]);
  });
});

describe('what a style sheet loads', () => {
  test.each<[string, string[]]>([
    ['p { background: url(a.png) }', ['image /s/a.png']],
    ['p { background: URL( "../a.png" ) }', ['image /a.png']],
    ["p { background: url('a b(1).png') }", ['image /s/a%20b(1).png']],
    ['p { background: url("a.png?v=1#x"), url(b.svg) }', ['image /s/a.png?v=1', 'image /s/b.svg']],
    ['p { background: url(data:image/svg+xml;base64,PHN2Zz4=); filter: url(#blur) }', []],
    ['p { background: url("data:image/svg+xml,%3Csvg fill=\'url(%23a)\'%3E") }', []],
    ['/* p { background: url(a.png) } */ q { background: url(b.png) /* url(c.png) */ }', ['image /s/b.png']],
    [
      '@import "a.css"; @import url(b.css); @import url("/c.css") print;',
      ['style /s/a.css', 'style /s/b.css', 'style /c.css'],
    ],
    ['@import "last.css"', ['style /s/last.css']],
    [
      '@font-face { src: url("a.woff2") format("woff2"), url(a.woff) }',
      ['font /s/a.woff2 cors', 'font /s/a.woff cors'],
    ],
    [
      '@font-face { src: local("A"), url(a.eot?#iefix) } p { background: url(a.png) }',
      ['font /s/a.eot? cors', 'image /s/a.png'],
    ],
    ['p { background: url() } q { background: url("") }', []],
  ])('%s', async (css, links) => {
    expect(await inCss(css)).toEqual(links);
  });

  test('an import as minifiers write it, without a space, is one too', async () => {
    expect(await inCss('@import"a.css";p{color:red}')).toEqual(['style /s/a.css']);
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { load } from '../../../src/release/page.ts';
import { checkAssets } from '../../../src/release/page-files.ts';
import { noFiles, ownFile, type ReleaseFiles } from '../../../src/release/release-files.ts';
import { answer, fakeClock, fakeHttp, never } from '../../support/fakes.ts';
import { md5 } from '../../support/md5.ts';
import { type Reply, site } from '../../support/site.ts';

const origin = 'https://site.test';
const text = 'p { color: red }';
const name = `app.${md5(text).slice(0, 12)}.css`;
const other = `other.${md5('b {}').slice(0, 12)}.css`;
const css = { 'content-type': 'text/css' };
const sheet = (body: string, headers: Record<string, string> = {}) =>
  answer(200, body, { ...css, 'cache-control': 'max-age=31536000, immutable', ...headers });
const stated: ReleaseFiles = { names: new Set([name]), staticUrl: '/static/', md5Of: () => md5(text) };
const unstated: ReleaseFiles = { ...stated, names: new Set([name, other]), md5Of: () => undefined };

async function check(body: string, pages: Record<string, Reply>, files: ReleaseFiles = noFiles, policy?: string) {
  const http = site(
    Object.fromEntries(Object.entries(pages).map(([path, reply]) => [new URL(path, origin).href, reply])),
  );
  // A bucket's name before an IP address, as addresses of buckets on loopback have it, is not a host name.
  const scope = {
    ours: new Set(['https://cdn.test', 'http://bucket.127.0.0.1:9000']),
    files,
    deadline: Number.POSITIVE_INFINITY,
  };
  const page = { url: `${origin}/`, body, policy };
  return checkAssets(page, scope, { http, clock: fakeClock(), signal: never });
}
const messages = async (...given: Parameters<typeof check>) =>
  (await check(...given)).problems.map(({ message }) => message);
const tag = `<link rel="stylesheet" href="/static/${name}">`;

describe('bytes of a file of the release', () => {
  test.each<[string, Reply, RegExp | undefined]>([
    ['as uploaded', sheet(text), undefined],
    ['an error page', sheet('<!DOCTYPE html><p>Sorry'), /holds an HTML page/],
    ['nothing', sheet(''), /is empty/],
    ['cut off', sheet(text.slice(0, 4)), /has other bytes \(4\)/],
    ['too long to be compared', { ...sheet('x'), cut: true }, undefined],
  ])('%s', async (_, reply, problem) => {
    const found = await messages(tag, { [`/static/${name}`]: reply }, stated);
    if (problem) expect(found).toEqual([expect.stringMatching(problem)]);
    else expect(found).toEqual([]);
  });

  test('are compared by the hash in the name where another file shows that it is the MD5', async () => {
    const both = `${tag}<link rel="stylesheet" href="/static/${other}">`;
    const pages = { [`/static/${name}`]: sheet('cut'), [`/static/${other}`]: sheet('b {}') };
    expect(await messages(both, pages, unstated)).toEqual([expect.stringContaining('has other bytes')]);
    const alone = await check(tag, { [`/static/${name}`]: sheet('cut') }, unstated);
    expect(alone).toMatchObject({ problems: [], remarks: [{ message: expect.stringContaining('has other bytes') }] });
  });

  test('are not compared by a hash that a bundler or compressor wrote, whatever those of Django are', async () => {
    const compressed = 'output.0123456789ab.css';
    const bundled = new Set([compressed]);
    const files = { ...unstated, names: new Set([name, compressed]), bundled };
    const both = `${tag}<link rel="stylesheet" href="/static/${compressed}">`;
    const pages = { [`/static/${name}`]: sheet(text), [`/static/${compressed}`]: sheet('b {}') };
    expect(await check(both, pages, files)).toMatchObject({ problems: [], remarks: [] });
  });

  test('may be other ones where a service made a smaller picture of it', async () => {
    const picture = { names: new Set(['a.0123456789ab.png']), staticUrl: '/static/', md5Of: () => md5('png') };
    const at = '/static/a.0123456789ab.png';
    const small = answer(200, 'webp', { 'content-type': 'image/webp' });
    expect(await messages(`<img src="${at}">`, { [at]: small }, picture)).toEqual([]);
    const cut = answer(200, 'p', { 'content-type': 'image/png' });
    expect(await messages(`<img src="${at}">`, { [at]: cut }, picture)).toHaveLength(1);
  });
});

describe('integrity', () => {
  const is = (kind: string, body = text) => `${kind}-${createHash(kind).update(body).digest('base64')}`;
  const linked = (integrity: string, url = '/a.css', more = '') =>
    `<link rel="stylesheet" href="${url}" integrity="${integrity}" ${more}>`;

  test.each<[string, boolean]>([
    [is('sha256'), true],
    [is('sha384'), true],
    [is('sha512'), true],
    [`${is('sha256', 'x')} ${is('sha256')}`, true],
    [`${is('sha256')} ${is('sha512', 'x')}`, false],
    [is('sha384', 'x'), false],
    ['md5-abc', true],
  ])('%s: %s', async (integrity, fine) => {
    expect(await messages(linked(integrity), { '/a.css': sheet(text) })).toHaveLength(fine ? 0 : 1);
  });

  test('on another origin needs crossorigin', async () => {
    const at = 'https://cdn.test/a.css';
    const open = sheet(text, { 'access-control-allow-origin': '*' });
    expect(await messages(linked(is('sha256'), at), { [at]: open })).toEqual([
      expect.stringContaining('no crossorigin'),
    ]);
    expect(await messages(linked(is('sha256'), at, 'crossorigin'), { [at]: open })).toEqual([]);
  });
});

describe('a page forbids', () => {
  test('by its policy, in the header or in itself', async () => {
    const at = 'https://cdn.test/a.css';
    const page = `<link rel="stylesheet" href="${at}">`;
    const forbidden = [
      expect.stringContaining('Content-Security-Policy: "style-src \'self\'". Allow https://cdn.test'),
    ];
    expect(await messages(page, {}, noFiles, "style-src 'self'")).toEqual(forbidden);
    const meta = `<meta http-equiv="Content-Security-Policy" content="style-src 'self'">`;
    expect(await messages(meta + page, {})).toEqual(forbidden);
  });

  test('http files by being https; pictures are loaded by https', async () => {
    const insecure = '<script src="http://cdn.test/a.js"></script><img src="http://cdn.test/a.png">';
    const png = answer(200, 'x', { 'content-type': 'image/png' });
    expect(await messages(insecure, { 'https://cdn.test/a.png': png })).toEqual([
      expect.stringContaining('is http on an https page'),
    ]);
  });
});

test('a server that is asked too often is left alone as long as it says, and what it never says is named', async () => {
  const clock = fakeClock();
  let turn = 0;
  const limited = answer(429, '', { 'retry-after': '3' });
  const http = fakeHttp(() => (++turn === 1 ? limited : answer(200, 'x', { 'content-type': 'image/png' })));
  const scope = { ours: new Set<string>(), files: noFiles, deadline: clock.now() + 60_000 };
  const page = { url: `${origin}/`, body: '<img src="/a.png">' };
  expect(await checkAssets(page, scope, { http, clock, signal: never })).toMatchObject({ problems: [], unseen: [] });
  expect(clock.slept[0]).toBe(3_000);
  const always = await checkAssets(page, scope, { http: fakeHttp(() => limited), clock, signal: never });
  expect(always).toMatchObject({
    problems: [],
    unseen: [expect.stringContaining('1 of 1 files could not be looked at')],
  });
});

test('files of a server that answers some of them in a second are all looked at, about as fast as it answers', async () => {
  const clock = fakeClock();
  const began = clock.now();
  let second = 0;
  let count = 0;
  const http = fakeHttp(() => {
    const now = Math.floor(clock.now() / 1_000);
    if (now !== second) [second, count] = [now, 0];
    count += 1;
    return count > 20 ? answer(429, '', { 'retry-after': '1' }) : answer(200, 'x', { 'content-type': 'image/png' });
  });
  const scope = { ours: new Set<string>(), files: noFiles, deadline: began + 120_000 };
  const body = Array.from({ length: 200 }, (_, at) => `<img src="/${at}.png">`).join('');
  const report = await checkAssets({ url: `${origin}/`, body }, scope, { http, clock, signal: never });
  expect(report).toMatchObject({ checked: 200, problems: [], unseen: [] });
  expect(clock.now() - began).toBeLessThan(60_000);
});

test.each<[string, string | undefined, boolean]>([
  ['https://site.test/static/css/app.5af66c1b1797.css', 'css/app.5af66c1b1797.css', true],
  ['https://cdn.test/v2/static/css/app.5af66c1b1797.css?x=1', 'css/app.5af66c1b1797.css', true],
  ['https://site.test/static/missing.css', 'missing.css', false],
  ['https://site.test/media/a.png', undefined, false],
])('%s is the file %s of the release', (url, found, known) => {
  const files = { names: new Set(['css/app.5af66c1b1797.css']), staticUrl: '/static/', md5Of: () => undefined };
  const own = ownFile(url, `${origin}/`, files);
  expect([own?.name, own?.known ?? false]).toEqual([found, known]);
});

test.each<[string, string, (string | undefined)[]]>([
  ['another host', 'https://other.test/', ['secret', undefined]],
  ['the same host by https', 'https://site.test/b', ['secret', 'secret']],
  ['another port', 'http://site.test:81/', ['secret', undefined]],
])("the site's own headers along a redirect to %s", async (_, location, sent) => {
  const http = fakeHttp(({ url }) => (url === 'http://site.test/' ? answer(302, '', { location }) : answer(200)));
  const own = { site: 'http://site.test', headers: { authorization: 'secret' } };
  await load(http, 'http://site.test/', { headers: {}, own, timeout: 1_000 }, never);
  expect(http.requests.map(({ headers }) => headers?.authorization)).toEqual(sent);
});

describe('a file without a hash of which a CDN may have an older copy', () => {
  const plain = '<link rel="stylesheet" href="https://cdn.test/static/site.css">';
  const at = 'https://cdn.test/static/site.css';
  const files = (old: boolean): ReleaseFiles => ({
    names: new Set(),
    staticUrl: 'https://cdn.test/static/',
    md5Of: () => md5(text),
    mayBeOld: () => old,
  });

  test('is fine before the purge: with old bytes, or not there yet', async () => {
    expect(await messages(plain, { [at]: sheet('old { }') }, files(true))).toEqual([]);
    expect(await messages(plain, { [at]: { ...answer(404), headers: { age: '9' } } }, files(true))).toEqual([]);
  });

  test.each<[string, Reply, RegExp]>([
    ['empty', sheet(''), /is empty/],
    ['an HTML page', sheet('<!doctype html><p>Sorry'), /holds an HTML page/],
    ['of a wrong type', answer(200, 'old', { 'content-type': 'text/plain' }), /has the type/],
    ['not there, by no cache', answer(404), /answers 404/],
  ])('is a problem where it is %s', async (_, reply, problem) => {
    expect(await messages(plain, { [at]: reply }, files(true))).toEqual([expect.stringMatching(problem)]);
  });

  test('is a problem where no purge follows, with what to set', async () => {
    const found = await messages(plain, { [at]: sheet('old { }', { age: '120' }) }, files(false));
    expect(found).toEqual([
      expect.stringContaining('a cache before it has an older copy (Age: 120). Name the CDN in the input cdn'),
    ]);
  });
});

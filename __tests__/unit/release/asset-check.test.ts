import { describe, expect, test } from '@jest/globals';
import { checkAsset } from '../../../src/release/asset-check.ts';
import type { AssetLink, AssetUse } from '../../../src/release/asset-link.ts';
import { answer } from '../../support/fakes.ts';

const origin = 'https://site.test';
const cdn = 'https://cdn.test';
const link = (use: AssetUse, more: Partial<AssetLink> = {}): AssetLink => ({
  url: `${cdn}/file`,
  use,
  cors: false,
  credentials: false,
  from: `${origin}/`,
  ...more,
});
const typed = (type: string, headers: Record<string, string> = {}) =>
  answer(200, '', { 'content-type': type, ...headers });
const allow = (who: string, headers: Record<string, string> = {}) =>
  typed('font/woff2', { 'access-control-allow-origin': who, ...headers });

describe('the type of a file', () => {
  test.each<[AssetUse, string]>([
    ['style', 'text/css'],
    ['style', 'text/css; charset=utf-8'],
    ['script', 'text/javascript'],
    ['script', 'Application/JavaScript;charset=UTF-8'],
    ['image', 'image/svg+xml'],
    ['image', 'image/x-icon'],
    ['font', 'font/woff2'],
    ['font', 'application/font-woff'],
    ['font', 'application/octet-stream'],
    ['manifest', 'application/manifest+json'],
    ['manifest', 'application/json'],
    ['media', 'video/mp4'],
    ['object', 'application/pdf'],
    ['object', 'image/svg+xml'],
    ['frame', 'text/html'],
    ['other', 'application/json'],
  ])('a %s may be %s', (use, type) => {
    expect(checkAsset(link(use), typed(type), { origin })).toEqual({});
  });

  test.each<[AssetUse, string]>([
    ['style', 'text/plain'],
    ['style', 'application/octet-stream'],
    ['style', 'text/html'],
    ['script', 'text/html; charset=utf-8'],
    ['image', 'text/html'],
    ['font', 'text/html'],
    ['manifest', 'text/html'],
    ['media', 'text/html; charset=utf-8'],
    ['object', 'text/html'],
  ])('a %s that is %s is broken', (use, type) => {
    const { problem } = checkAsset(link(use), typed(type), { origin });
    const what = use === 'media' ? 'film or sound' : use;
    expect(problem).toBe(`has the type "${type.split(';')[0]}", and a ${what} needs another.`);
  });

  test('a style sheet without any type is broken', () => {
    expect(checkAsset(link('style'), typed(''), { origin }).problem).toContain('has the type "none"');
  });

  test.each<[AssetUse, string]>([
    ['image', 'application/octet-stream'],
    ['font', 'text/plain'],
    ['manifest', 'text/plain'],
  ])('a %s that is %s works and is remarked on', (use, type) => {
    const found = checkAsset(link(use), typed(type), { origin });
    expect(found.problem).toBeUndefined();
    expect(found.remark).toContain(`has the type "${type}"`);
  });
});

describe('the status of a file', () => {
  test.each<[string, number, string]>([
    [cdn, 403, 'Set acl: public-read, or make the prefix public by a bucket policy.'],
    [cdn, 404, 'the page and the bucket are of different releases, or STATIC_URL leads to another prefix.'],
    [cdn, 500, 'answers 500.'],
    [origin, 404, 'the app was asked for it and does not serve it. Let STATIC_URL lead to the bucket'],
    [origin, 403, 'answers 403.'],
  ])('at %s: %d', (at, status, message) => {
    const { problem } = checkAsset(link('style', { url: `${at}/file` }), answer(status), { origin });
    expect(problem).toContain(`answers ${status}`);
    expect(problem).toContain(message);
  });
});

test('a file that lies where those of the release do, and is none of them, may have a wrong name', () => {
  const own = { name: 'shop/none.png', known: false, md5: undefined, hash: undefined };
  const { problem } = checkAsset(link('image', { url: `${origin}/file` }), answer(404), { origin, own });
  expect(problem).toMatch(
    /^answers 404: it is not one of the files .* If the name is wrong, fix it where the page has it/,
  );
});

describe('the CORS of a file', () => {
  const font = link('font', { cors: true });
  const withCookies = link('font', { cors: true, credentials: true });

  test.each<[string, AssetLink, ReturnType<typeof typed>]>([
    ['it is open to all', font, allow('*')],
    ['it is open to this site', font, allow(origin, { vary: 'Accept-Encoding, Origin' })],
    ['it is on the site itself', { ...font, url: `${origin}/file` }, typed('font/woff2')],
    ['nothing asks for it so', link('font'), typed('font/woff2')],
    [
      'cookies are sent and allowed',
      withCookies,
      allow(origin, { vary: 'Origin', 'access-control-allow-credentials': 'true' }),
    ],
  ])('is fine where %s', (_, asked, response) => {
    expect(checkAsset(asked, response, { origin })).toEqual({});
  });

  test.each<[string, AssetLink, ReturnType<typeof typed>, string]>([
    ['nothing is allowed', font, typed('font/woff2'), 'has no Access-Control-Allow-Origin'],
    ['another site is allowed', font, allow('https://www.site.test'), 'Allow-Origin: https://www.site.test'],
    ['the header comes twice', font, allow('*, *'), 'Access-Control-Allow-Origin: *, *'],
    ['cookies are sent to a file that is open to all', withCookies, allow('*'), 'Access-Control-Allow-Origin: *'],
  ])('is broken where %s, and the rule to add is named', (_, asked, response, got) => {
    const { problem } = checkAsset(asked, response, { origin });
    expect(problem).toContain(got);
    expect(problem).toContain(`Add a CORS rule to the bucket: AllowedOrigins ${origin}`);
  });

  test.each([
    ['input', 'Set allowed-origins: auto, which adds the CORS rule'],
    ['set', `if it does not stand for ${origin}, add a line with it`],
  ] as const)('is broken with what to write into the step where its CORS is "%s"', (cors, words) => {
    expect(checkAsset(font, typed('font/woff2'), { origin, cors }).problem).toContain(words);
  });

  test.each(['input', 'set', undefined] as const)('is broken by a cache that says so (%s)', (cors) => {
    const cached = typed('font/woff2', { 'cf-cache-status': 'HIT' });
    const { problem } = checkAsset(font, cached, { origin, cors });
    expect(problem).toContain('out of a cache (HIT)');
    expect(problem).toContain('Vary: Origin');
  });

  test('is broken where cookies are sent and not allowed', () => {
    expect(checkAsset(withCookies, allow(origin, { vary: 'Origin' }), { origin }).problem).toBeDefined();
  });

  test('for one site alone needs a Vary, or a cache gives it to the wrong one', () => {
    for (const headers of [{}, { vary: 'Accept-Encoding' }]) {
      const found = checkAsset(font, allow(origin, headers), { origin });
      expect(found.problem).toBeUndefined();
      expect(found.remark).toContain('Vary: Origin');
    }
  });
});

describe('a file in a frame', () => {
  const framed = (headers: Record<string, string>, url = `${cdn}/file`) =>
    checkAsset(link('frame', { url }), typed('application/pdf', headers), { origin }).problem;

  test.each<[string, Record<string, string>]>([
    ['is refused to everybody', { 'x-frame-options': 'DENY' }],
    ['is refused to other origins', { 'x-frame-options': 'sameorigin' }],
  ])('that %s is broken', (_, headers) => {
    expect(framed(headers)).toContain('browsers do not show it in a frame');
  });

  const elsewhere = `${cdn}/file`;
  test.each<[string, Record<string, string>, string]>([
    ['says nothing', {}, elsewhere],
    ['is of the same origin', { 'x-frame-options': 'SAMEORIGIN' }, `${origin}/file`],
    ['says it by a policy', { 'x-frame-options': 'DENY', 'content-security-policy': 'frame-ancestors *' }, elsewhere],
    ['says what browsers do not know', { 'x-frame-options': 'ALLOW-FROM https://site.test' }, elsewhere],
  ])('that %s is fine', (_, headers, url) => {
    expect(framed(headers, url)).toBeUndefined();
  });

  test('is the only use that the header counts for', () => {
    const response = typed('image/png', { 'x-frame-options': 'DENY' });
    expect(checkAsset(link('image'), response, { origin })).toEqual({});
  });
});

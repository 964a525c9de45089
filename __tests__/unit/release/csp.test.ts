import { describe, expect, test } from '@jest/globals';
import type { AssetLink, AssetUse } from '../../../src/release/asset-link.ts';
import { forbiddenBy, policiesOf } from '../../../src/release/csp.ts';

const page = 'https://site.test/';
const cdn = 'https://cdn.test/static/app.css';
const link = (use: AssetUse, url = cdn, more: Partial<AssetLink> = {}): AssetLink => ({
  url,
  use,
  cors: false,
  credentials: false,
  from: page,
  ...more,
});
const ask = (policy: string, asked: AssetLink, at = page) => forbiddenBy(policiesOf(policy, []), asked, at);

describe('a policy forbids', () => {
  test.each<[string, AssetLink, string]>([
    ["style-src 'self'", link('style'), "style-src 'self'"],
    ["default-src 'self'", link('script'), "default-src 'self'"],
    ["default-src *; font-src 'none'", link('font'), "font-src 'none'"],
    ['img-src https://other.test', link('image'), 'img-src https://other.test'],
    ["object-src 'none'; default-src *", link('object'), "object-src 'none'"],
    ["child-src 'none'; default-src *", link('frame'), "child-src 'none'"],
    ['style-src https://cdn.test/media/', link('style'), 'style-src https://cdn.test/media/'],
    ['style-src https://cdn.test:8443', link('style'), 'style-src https://cdn.test:8443'],
    ['style-src *.cdn.test', link('style'), 'style-src *.cdn.test'],
    ["style-src-elem 'self'; style-src *", link('style'), "style-src-elem 'self'"],
    ["style-src *, style-src 'self'", link('style'), "style-src 'self'"],
    [
      "script-src 'nonce-abc' 'strict-dynamic' https:",
      link('script'),
      "script-src 'nonce-abc' 'strict-dynamic' https:",
    ],
    ['style-src http://cdn.test', link('style', 'http://cdn.test:81/a.css'), 'style-src http://cdn.test'],
  ])('%s', (policy, asked, directive) => {
    expect(ask(policy, asked)).toBe(directive);
  });

  test('a file also where it stands in the page, and names nothing in a report', () => {
    expect(forbiddenBy(policiesOf(undefined, ["img-src 'none'"]), link('image'), page)).toBe("img-src 'none'");
    expect(policiesOf(undefined, [])).toEqual([]);
  });
});

describe('a policy allows', () => {
  test.each<[string, AssetLink]>([
    ["style-src 'self' https://cdn.test", link('style')],
    ['style-src https://cdn.test/static/', link('style')],
    ['style-src https://cdn.test/static/app.css', link('style')],
    ['style-src cdn.test', link('style')],
    ['style-src http://cdn.test', link('style')],
    ['style-src *.test', link('style')],
    ['style-src https:', link('style')],
    ["img-src 'self'", link('style')],
    ["default-src 'self'", link('style', 'https://site.test/app.css')],
    ["script-src 'nonce-abc'", link('script', cdn, { nonce: 'abc' })],
    ["script-src 'sha256-abc='", link('script', cdn, { integrity: 'sha256-abc=' })],
    ["script-src 'strict-dynamic' 'nonce-abc'", link('script', cdn, { from: 'https://cdn.test/main.js' })],
    ['upgrade-insecure-requests', link('style')],
    ["default-src 'none'", link('other')],
    ['frame-src https://cdn.test', link('frame')],
    ["object-src https://cdn.test; default-src 'none'", link('object')],
  ])('%s', (policy, asked) => {
    expect(ask(policy, asked)).toBeUndefined();
  });

  test('its own site over http and https', () => {
    expect(ask("style-src 'self'", link('style', 'https://site.test/a.css'), 'http://site.test/')).toBeUndefined();
    expect(ask("style-src 'self'", link('style', 'http://site.test:81/a.css'), 'http://site.test/')).toBeDefined();
  });
});

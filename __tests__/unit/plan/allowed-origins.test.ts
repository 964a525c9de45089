import { describe, expect, test } from '@jest/globals';
import { type KnownAddresses, resolveOrigins } from '../../../src/plan/allowed-origins.ts';

const site = 'https://www.example.com';
const resolve = (lines: readonly string[], known: Partial<KnownAddresses> = {}) =>
  resolveOrigins(lines, { urls: [], preview: false, ...known });

describe('auto', () => {
  test('is the origin of the site, and of every domain that the host tells', () => {
    expect(resolve(['auto'], { urls: [`${site}/shop`, 'https://shop.onrender.com', undefined] })).toEqual({
      origins: [site, 'https://shop.onrender.com'],
      waits: false,
    });
  });

  test.each<[string, string, readonly string[], readonly string[]]>([
    ['the same host with www', 'https://example.com/', [], ['https://example.com']],
    ['a host of ALLOWED_HOSTS', 'https://shop.example.net/', ['shop.example.net'], ['https://shop.example.net']],
    ['somebody else', 'https://login.example.net/', ['*', '.example.net'], []],
    ['plain http', 'http://example.com/', ['example.com'], []],
  ])('has where a redirect led to, if that is of the site: %s', (_what, page, hosts, more) => {
    const settings = { allowed_hosts: [...hosts], csrf_trusted_origins: [] };
    expect(resolve(['auto'], { urls: [site], page, settings }).origins).toEqual([site, ...more]);
  });

  const settings = {
    allowed_hosts: [],
    csrf_trusted_origins: ['https://shop.example', 'https://*.example.com', 'plain'],
  };

  test('is what the settings trust with forms until the address is known, and then no more', () => {
    expect(resolve(['auto'], { settings })).toEqual({ origins: ['https://shop.example'], waits: true });
    expect(resolve(['auto'], { settings, urls: [site] })).toEqual({ origins: [site], waits: false });
  });

  test('of a preview is never that of production', () => {
    expect(resolve(['auto'], { settings, preview: true })).toEqual({ origins: [], waits: true });
  });
});

test('lines that name origins are those, once each, and "*" is all of them', () => {
  expect(resolve([site, 'auto', 'https://cdn.example'], { urls: [site] }).origins).toEqual([
    site,
    'https://cdn.example',
  ]);
  expect(resolve([site, '*', 'auto'])).toEqual({ origins: ['*'], waits: false });
  expect(resolve([site])).toEqual({ origins: [site], waits: false });
});

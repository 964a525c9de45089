import { describe, expect, test } from '@jest/globals';
import { fillPrefix, folderOf } from '../../../src/plan/destination.ts';
import { normalPrefix, prefixOfUrl } from '../../../src/store/addresses.ts';
import { createContext, createPullRequest } from '../../support/context.ts';

describe('the prefix that a URL leads to', () => {
  const spaces = 'https://nyc3.digitaloceanspaces.com';

  test.each<[string, string | undefined, string]>([
    ['/static/', spaces, 'static/'],
    ['static/', spaces, 'static/'],
    ['/a/b%20c/', spaces, 'a/b c/'],
    ['/100%/', spaces, '100%/'],
    ['https://cdn.example.com/static/', spaces, 'static/'],
    ['https://cdn.example.com/shop/static/', spaces, 'shop/static/'],
    ['https://cdn.example.com/', spaces, ''],
    ['//cdn.example.com/assets/', spaces, 'assets/'],
    ['https://shop.nyc3.digitaloceanspaces.com/static/', spaces, 'static/'],
    ['https://shop.nyc3.cdn.digitaloceanspaces.com/static/', spaces, 'static/'],
    ['https://shop.s3.eu-west-1.amazonaws.com/shop/static/', undefined, 'shop/static/'],
    ['https://nyc3.digitaloceanspaces.com/shop/static/', spaces, 'static/'],
    ['https://nyc3.digitaloceanspaces.com/shop/', spaces, ''],
    ['https://nyc3.digitaloceanspaces.com/shop-old/static/', spaces, 'shop-old/static/'],
    ['https://s3.eu-west-1.amazonaws.com/shop/static/', undefined, 'static/'],
    ['https://s3.amazonaws.com/shop/static/', undefined, 'static/'],
    ['http://127.0.0.1:9000/shop/static/', 'http://127.0.0.1:9000', 'static/'],
    ['/shop/static/', spaces, 'shop/static/'],
  ])('%s at %s with a bucket called shop is %j', (url, endpoint, prefix) => {
    expect(prefixOfUrl(url, 'shop', endpoint)).toBe(prefix);
  });
});

test.each([
  ['', ''],
  ['/', ''],
  ['static', 'static/'],
  ['/static/', 'static/'],
  ['//a///b', 'a/b/'],
])('the prefix %j is written %j', (given, normal) => {
  expect(normalPrefix(given)).toBe(normal);
});

describe('placeholders', () => {
  test('are filled from the run', () => {
    const context = createContext({ branch: 'staging', pullRequest: createPullRequest({ number: 12 }) });
    expect(fillPrefix('{environment}/{branch}/{pr}/{sha}/', 'production', context)).toBe(
      `production/staging/12/${context.sha}/`,
    );
  });

  test('branch is the tag where there is no branch', () => {
    expect(fillPrefix('{branch}/', 'production', createContext({ branch: undefined, tag: 'v2' }))).toBe('v2/');
  });

  const nasty = [
    'zzz";echo$\x7bIFS}"hello";#',
    '$(id)',
    'a|b',
    '<img src=x>',
    '@org/team',
    '../../etc/passwd',
    'x'.repeat(255),
    '🚀',
    'feature/Ünï',
    'feature/Uni',
    '{sha}',
  ];

  test.each(nasty)('a branch or an environment called %s is one safe folder', (name) => {
    const folder = /^[a-z0-9][a-z0-9-]{0,39}\/$/;
    expect(fillPrefix('{branch}/', 'production', createContext({ branch: name }))).toMatch(folder);
    expect(fillPrefix('{environment}/', name, createContext())).toMatch(folder);
  });

  test('two branches never share a folder', () => {
    const prefixes = nasty.map((branch) => fillPrefix('{branch}/', 'production', createContext({ branch })));
    expect(new Set(prefixes).size).toBe(nasty.length);
  });
});

test('a folder is found below the working directory, or where its own path says', () => {
  expect(folderOf({ folder: 'dist', prefix: '' }, '/work/site')).toBe('/work/site/dist');
  expect(folderOf({ folder: '/tmp/collected', prefix: '' }, '/work/site')).toBe('/tmp/collected');
  expect(folderOf({ folder: 'D:\\a\\static', prefix: '' }, 'D:\\a')).toBe('D:\\a\\static');
});

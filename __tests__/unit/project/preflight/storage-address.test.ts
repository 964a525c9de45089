import { describe, expect, test } from '@jest/globals';
import { faultOfAddress, leadsTo } from '../../../../src/project/preflight/storage-address.ts';

const aws = { name: 'shop', endpoint: undefined, region: undefined };
const spaces = { name: 'shop', endpoint: 'https://nyc3.digitaloceanspaces.com', region: undefined };
const own = { name: 'shop', endpoint: 'http://127.0.0.1:9000', region: undefined };
const google = { name: 'shop', endpoint: 'https://storage.googleapis.com', region: undefined };
const key = 'static/a b.css';

describe('an address of the bucket itself', () => {
  test.each([
    ['https://shop.s3.amazonaws.com/static/a%20b.css', aws, 'yes'],
    ['https://s3.eu-west-1.amazonaws.com/shop/static/a%20b.css', aws, 'yes'],
    ['https://shop.s3.amazonaws.com/a%20b.css', aws, 'no'],
    ['https://other.s3.amazonaws.com/static/a%20b.css', aws, 'no'],
    ['https://storage.googleapis.com/shop/static/a%20b.css', google, 'yes'],
    ['https://shop.nyc3.digitaloceanspaces.com/static/a%20b.css', spaces, 'yes'],
    ['https://shop.nyc3.cdn.digitaloceanspaces.com/static/a%20b.css', spaces, 'yes'],
    ['https://shop.fra1.digitaloceanspaces.com/static/a%20b.css', spaces, 'no'],
    ['https://shop.s3.amazonaws.com/static/a%20b.css', spaces, 'no'],
    ['http://127.0.0.1:9000/shop/static/a%20b.css', own, 'yes'],
    ['http://127.0.0.1:9000/static/a%20b.css', own, 'no'],
  ] as const)('%s', (url, bucket, leads) => {
    expect(leadsTo(url, { bucket, key })).toBe(leads);
  });
});

describe('an address of a CDN or the site', () => {
  test.each([
    ['https://cdn.example/static/a%20b.css', key, 'yes'],
    ['https://cdn.example/a%20b.css', key, 'yes'],
    ['https://cdn.example/shop/static/a%20b.css', key, 'yes'],
    ['https://cdn.example/assets/a%20b.css', key, 'unclear'],
    ['/static/a%20b.css', key, 'unclear'],
    ['https://cdn.example/static/a%20b.css', `previews/pr-7/${key}`, 'unclear'],
  ] as const)('%s', (url, planned, leads) => {
    expect(leadsTo(url, { bucket: aws, key: planned })).toBe(leads);
  });
});

test('an address that no browser can read leads to no object', () => {
  expect(
    leadsTo('https://cdn.example:port/static/a.css', {
      bucket: { name: 'b', endpoint: undefined, region: undefined },
      key: 'static/a.css',
    }),
  ).toBe('no');
});

describe('an address that was put together wrongly', () => {
  test.each([
    // django-storages#1183: url_protocol without its colon.
    ['https//cdn.example/static/a.css', /path of the page’s own site/, true],
    ['/https//cdn.example/static/a.css', /path of the page’s own site/, true],
    ['https:/cdn.example/static/a.css', undefined, false],
    // django-storages#1461: custom_domain with a scheme.
    ['https://https://cdn.example/static/a.css', /the scheme twice/, true],
    ['https://http//cdn.example/static/a.css', /the scheme twice/, true],
    // django-storages#292: custom_domain with a slash at its end.
    ['https://cdn.example//static/a.css', /two slashes/, false],
    ['//cdn.example/static//a.css', /two slashes/, false],
    // A variable that is not set.
    ['https:///static/a.css', /names no host/, false],
    ['https://None/static/a.css', /names no host/, false],
    ['https://None.s3.amazonaws.com/static/a.css', /names no host/, false],
    // A variable with the quotes of its file, and an example that nobody filled in.
    ['https://"cdn.example"/static/a.css', /no browser can read/, true],
    ['https://<your domain>/static/a.css', /no browser can read/, true],
    ['//cdn example/static/a.css', /no browser can read/, true],
    ['https://cdn.example:port/static/a.css', /no browser can read/, true],
    ['/HTTPS://cdn.example/static/a.css', /path of the page’s own site/, true],
    ['https://cdn.example/a b/ü/a.css', undefined, false],
    ['https://cdn.example/static/a.css?v=//', undefined, false],
    ['https://nonesuch.example/static/a.css', undefined, false],
    ['//cdn.example/static/a.css', undefined, false],
    ['/static/a.css', undefined, false],
    ['/static//a.css', undefined, false],
  ])('%s', (url, why, certain) => {
    const fault = faultOfAddress(url);
    if (why) expect(fault).toMatchObject({ why: expect.stringMatching(why), certain });
    else expect(fault).toBeUndefined();
  });
});

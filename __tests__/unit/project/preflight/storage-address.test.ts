import { describe, expect, test } from '@jest/globals';
import { leadsTo } from '../../../../src/project/preflight/storage-address.ts';

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

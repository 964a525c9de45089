import { expect, test } from '@jest/globals';
import { publicUrlOf } from '../../../src/store/public-url.ts';

test.each<[string, string | undefined, string | undefined, string | undefined]>([
  ['assets', undefined, undefined, 'https://assets.s3.us-east-1.amazonaws.com/static/'],
  ['assets', undefined, 'eu-west-1', 'https://assets.s3.eu-west-1.amazonaws.com/static/'],
  ['assets', undefined, 'cn-north-1', 'https://assets.s3.cn-north-1.amazonaws.com.cn/static/'],
  ['assets', 'https://nyc3.digitaloceanspaces.com', undefined, 'https://assets.nyc3.digitaloceanspaces.com/static/'],
  [
    'a.example',
    'https://nyc3.digitaloceanspaces.com',
    undefined,
    'https://nyc3.digitaloceanspaces.com/a.example/static/',
  ],
  ['assets', 'https://storage.googleapis.com', undefined, 'https://storage.googleapis.com/assets/static/'],
  ['assets', 'http://127.0.0.1:9000', undefined, 'http://127.0.0.1:9000/assets/static/'],
  ['assets', 'https://0a1b.r2.cloudflarestorage.com', undefined, undefined],
])('visitors read the files of %s at %s in %s at %s', (name, endpoint, region, url) => {
  expect(publicUrlOf({ name, endpoint, region }, 'static/')).toBe(url);
});

import { describe, expect, test } from '@jest/globals';
import { serviceEndpoint } from '../../../../src/store/s3/s3-store.ts';

describe('the endpoint of the service', () => {
  test.each<[string, string | undefined, string | undefined]>([
    ['is none for AWS itself', undefined, undefined],
    ['stays as it is', 'https://nyc3.digitaloceanspaces.com', 'https://nyc3.digitaloceanspaces.com'],
    ['loses its last slash', 'https://nyc3.digitaloceanspaces.com/', 'https://nyc3.digitaloceanspaces.com'],
    ['loses the bucket', 'https://assets.nyc3.digitaloceanspaces.com', 'https://nyc3.digitaloceanspaces.com'],
    [
      'loses the bucket in capitals',
      'https://ASSETS.nyc3.digitaloceanspaces.com',
      'https://nyc3.digitaloceanspaces.com',
    ],
    ['keeps a name that only begins alike', 'https://assets-eu.example.com', 'https://assets-eu.example.com'],
    ['keeps the bucket further in', 'https://s3.assets.example.com', 'https://s3.assets.example.com'],
    ['keeps port and path', 'http://assets.localhost:9000/s3/', 'http://localhost:9000/s3'],
    ['keeps an address', 'http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
  ])('%s', (_name, given, expected) => {
    expect(serviceEndpoint(given, 'assets')).toBe(expected);
  });

  test('loses a bucket with dots in its name', () => {
    expect(serviceEndpoint('https://cdn.example.org.s3.example.com', 'cdn.example.org')).toBe('https://s3.example.com');
  });

  test('keeps the region of a bucket that is called like it', () => {
    expect(serviceEndpoint('https://nyc3.digitaloceanspaces.com', 'nyc3')).toBe('https://nyc3.digitaloceanspaces.com');
  });
});

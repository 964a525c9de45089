import { describe, expect, test } from '@jest/globals';
import { generic, regionIn, vendorNames, vendorOf, vendors } from '../../../src/store/vendors.ts';

describe('the vendor of an endpoint', () => {
  test.each([
    [undefined, 'aws'],
    ['https://s3.eu-central-1.amazonaws.com', 'aws'],
    ['https://s3.cn-north-1.amazonaws.com.cn', 'aws'],
    ['https://nyc3.digitaloceanspaces.com', 'spaces'],
    ['https://0123456789abcdef.r2.cloudflarestorage.com', 'r2'],
    ['https://0123456789abcdef.eu.r2.cloudflarestorage.com', 'r2'],
    ['https://s3.us-west-004.backblazeb2.com', 'b2'],
    ['https://storage.googleapis.com', 'gcs'],
    ['https://s3.fr-par.scw.cloud', 'scaleway'],
    ['https://fsn1.your-objectstorage.com', 'hetzner'],
    ['https://us-east-1.linodeobjects.com', 'linode'],
    ['https://s3.gra.io.cloud.ovh.net', 'ovh'],
    ['https://s3.eu-central-2.wasabisys.com', 'wasabi'],
    ['http://127.0.0.1:9000', 'generic'],
    ['https://s3.example.com', 'generic'],
    ['https://nyc3.digitaloceanspaces.com.example.org', 'generic'],
    ['https://evil-amazonaws.com', 'generic'],
  ])('%s is %s', (endpoint, name) => {
    expect(vendorOf(endpoint).name).toBe(name);
  });

  test.each(vendorNames.filter((name) => name !== 'generic'))('is %s where a name says so', (name) => {
    expect(vendorOf('https://s3.example.com', name).name).toBe(name);
  });

  test('is generic where a name says so, whatever the address', () => {
    expect(vendorOf('https://nyc3.digitaloceanspaces.com', 'generic')).toBe(generic);
  });
});

test('every vendor has a name of its own', () => {
  expect(new Set(vendorNames).size).toBe(vendorNames.length);
  expect(vendorNames).toEqual(expect.arrayContaining(vendors.map(({ name }) => name)));
});

// What is taken for granted of a vendor that nobody knows has to be true of every one.
test('an unknown vendor is asked for nothing that a known one refuses', () => {
  expect(generic.mostParts).toBe(Math.min(...vendors.map(({ mostParts }) => mostParts)));
  expect([generic.md5Etags, generic.partsEtag, generic.pathStyle]).toEqual([false, false, true]);
});

describe('the region that is signed with where nobody gives one', () => {
  test.each<[string | undefined, string]>([
    [undefined, 'us-east-1'],
    ['https://s3.eu-central-1.amazonaws.com', 'eu-central-1'],
    ['https://s3-fips.dualstack.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['https://s3.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['https://s3.us-west-004.backblazeb2.com', 'us-west-004'],
    ['https://s3.nl-ams.scw.cloud', 'nl-ams'],
    ['https://s3.gra.io.cloud.ovh.net', 'gra'],
    ['https://s3.eu-central-2.wasabisys.com', 'eu-central-2'],
    ['https://s3.wasabisys.com', 'us-east-1'],
    ['https://nyc3.digitaloceanspaces.com', 'us-east-1'],
    ['https://0123456789abcdef.r2.cloudflarestorage.com', 'auto'],
    ['https://s3.example.com', 'us-east-1'],
  ])('at %s is %s', (endpoint, region) => {
    expect(regionIn(vendorOf(endpoint), endpoint)).toBe(region);
  });
});

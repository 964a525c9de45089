import { describe, expect, test } from '@jest/globals';
import { parseTarget } from '../../../src/cdn/target.ts';

const zone = '023e105f4ecef8ad9ca31a8372d0c353';

describe('a line of the input cdn', () => {
  test.each([
    ['cloudfront:E2QWRUHAPOMQZL', 'cloudfront', undefined],
    ['digitalocean:19f06b6a-3ace-4315-b086-499a0e521b76', 'digitalocean', undefined],
    [`cloudflare:${zone} https://cdn.example.com/`, 'cloudflare', 'https://cdn.example.com'],
    [`cloudflare:${zone}   https://example.com/files`, 'cloudflare', 'https://example.com/files'],
  ])('%s', (line, name, address) => expect(parseTarget(line)).toMatchObject({ name, address }));

  test.each([
    ['E2QWRUHAPOMQZL', /is not one of cloudfront:E2/],
    ['fastly:abc', /is not one of/],
    ['toString:abc', /is not one of/],
    ['cloudfront:', /has no id; write the id of the distribution: cloudfront:E2/],
    ['cloudfront:d111111abcdef8.cloudfront.net', /its domain is another thing/],
    ['digitalocean:files.nyc3.cdn.digitaloceanspaces.com', /doctl compute cdn list/],
    ['cloudflare:example.com', /32 hex digits/],
    [`cloudflare:${zone} cdn.example.com`, /no address; write it like https/],
    [`cloudflare:${zone} https://cdn.example.com/?x=1`, /no address/],
  ])('%s is refused with what to write', (line, message) => expect(parseTarget(line)).toMatch(message));
});

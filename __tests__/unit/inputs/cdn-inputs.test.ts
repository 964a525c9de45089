import { describe, expect, test } from '@jest/globals';
import { hosts } from '../../../src/hosts/index.ts';
import { cdnKeysOf, cdnTokenOf } from '../../../src/inputs/cdn-inputs.ts';
import { parseInputs } from '../../../src/inputs/parse-inputs.ts';
import { secretsOf } from '../../../src/inputs/secrets.ts';
import { Secret } from '../../../src/lib/secret.ts';

const zone = 'cloudflare:023e105f4ecef8ad9ca31a8372d0c353';
const spaces = 'digitalocean:19f06b6a-3ace-4315-b086-499a0e521b76';
const front = 'cloudfront:E2QWRUHAPOMQZL';
const app = '4f6c71e2-1e90-4762-9fee-6cc4a0a9f2cf';

const read = (given: Record<string, string>, intent: 'deploy' | undefined) =>
  parseInputs({ input: (name) => given[name] ?? '', env: {} }, hosts, () => intent);
const messages = (given: Record<string, string>, intent: 'deploy' | undefined = 'deploy') =>
  read({ host: 'none', ...given }, intent).mistakes.map(({ input, message }) => `${input}: ${message}`);

describe('the inputs of CDNs', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['a token that is missing', { cdn: zone }, /^cdn-token: is empty, and Cloudflare takes a token/],
    ['a token for nobody', { 'cdn-token': 'x'.repeat(20) }, /^cdn-token: is set, and cdn is empty/],
    ['a token for CloudFront', { cdn: front, 'cdn-token': 'x'.repeat(20) }, /^cdn-token: .*takes keys of AWS/],
    ['a line twice', { cdn: `${front}\n${front}` }, /^cdn: has cloudfront:E2QWRUHAPOMQZL on two lines/],
    [
      'a wait for a CDN that does not tell',
      { cdn: spaces, 'cdn-token': 'x'.repeat(20), 'host-options': 'cdn-wait: true' },
      /^host-options: cdn-wait is true/,
    ],
    [
      'a wait that is neither',
      { cdn: front, 'host-options': 'cdn-wait: yes' },
      /^host-options: cdn-wait "yes" is not one of true, false/,
    ],
    [
      'plain http, which would show the token',
      { cdn: front, 'host-options': 'cdn-api-url: http://proxy.test' },
      /^host-options: cdn-api-url uses plain http/,
    ],
    [
      'a sync with addresses that nobody knows',
      { command: 'sync', bucket: 'b', 'static-dir': 's', cdn: zone, 'cdn-token': 'x'.repeat(20) },
      /^cdn: names Cloudflare, and "command: sync"/,
    ],
  ])('%s is a mistake', (_what, given, message) => {
    expect(messages(given)).toEqual([expect.stringMatching(message)]);
  });

  test('are right without a token in a run that asks nobody', () => {
    const { mistakes } = read({ host: 'none', cdn: zone }, undefined);
    expect(mistakes).toEqual([]);
  });

  test('take options beside those of a host', () => {
    const host = { host: 'digitalocean', service: app, 'host-token': 'dop_v1_1' };
    expect(
      messages({ ...host, cdn: front, 'host-options': 'cdn-wait: true\ncdn-api-url: http://127.0.0.1:1' }),
    ).toEqual([]);
  });

  test('have the token of the host for DigitalOcean, and cdn-token before it', () => {
    const host = { host: 'digitalocean', service: app, 'host-token': 'dop_v1_host' };
    const token = (given: Record<string, string>, name: 'digitalocean' | 'cloudflare') =>
      cdnTokenOf(read({ ...host, ...given }, 'deploy').inputs, name)?.reveal();
    expect(read({ ...host, cdn: spaces }, 'deploy').mistakes).toEqual([]);
    expect(token({ cdn: spaces }, 'digitalocean')).toBe('dop_v1_host');
    expect(token({ cdn: spaces, 'cdn-token': 'dop_v1_cdn' }, 'digitalocean')).toBe('dop_v1_cdn');
    const both = { cdn: `${spaces}\n${zone}`, 'cdn-token': 'cf-token' };
    expect([token(both, 'digitalocean'), token(both, 'cloudflare')]).toEqual(['dop_v1_host', 'cf-token']);
  });

  test('have the keys of the bucket for CloudFront only where the bucket is at AWS', () => {
    const { inputs } = read(
      { host: 'none', bucket: 'b', 'access-key-id': 'AKIA1', 'secret-access-key': 'secret' },
      'deploy',
    );
    const keys = { accessKeyId: 'AKIA1', secretAccessKey: 'secret' };
    expect(cdnKeysOf(inputs, undefined)).toEqual(keys);
    expect(cdnKeysOf(inputs, 'https://s3.eu-central-1.amazonaws.com')).toEqual(keys);
    expect(cdnKeysOf(inputs, 'https://nyc3.digitaloceanspaces.com')).toBeUndefined();
    expect(cdnKeysOf({ ...inputs, sessionToken: new Secret('t') }, undefined)).toEqual({ ...keys, sessionToken: 't' });
  });

  test('have a token that is masked', () => {
    const { inputs } = read({ host: 'none', cdn: zone, 'cdn-token': 'a-token-of-cloudflare' }, 'deploy');
    expect(secretsOf(inputs, hosts)).toContainEqual({
      input: 'cdn-token',
      value: 'a-token-of-cloudflare',
      rank: 'credential',
    });
  });
});

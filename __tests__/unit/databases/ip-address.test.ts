import { describe, expect, test } from '@jest/globals';
import {
  holds,
  type IpAddress,
  isPublic,
  networkOf,
  parseAddress,
} from '../../../src/databases/trusted-sources/ip-address.ts';

const address = (text: string) => parseAddress(text) as IpAddress;

describe('an address', () => {
  test.each([
    ['203.0.113.7', { text: '203.0.113.7', family: 4 }],
    ['2001:DB8:0:0::7', { text: '2001:db8::7', family: 6 }],
    ['::ffff:203.0.113.7', { text: '203.0.113.7', family: 4 }],
  ])('%s', (text, parsed) => {
    expect(parseAddress(text)).toEqual(parsed);
  });

  test.each([
    '',
    '203.0.113.0/24',
    '0.0.0.0/0',
    '203.0.113',
    'example.com',
    'fe80::1%eth0',
    '203.0.113.7, 10.0.0.1',
    '<html>',
  ])('is not "%s"', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.31.0.1', '192.168.1.1', '224.0.0.1'],
    ...['255.255.255.255', '::', '::1', 'fd00::1', 'fe80::1', 'ff02::1'],
  ])('%s is not public', (text) => {
    expect(isPublic(address(text))).toBe(false);
  });

  test.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111'])('%s is public', (text) => {
    expect(isPublic(address(text))).toBe(true);
  });

  test('alone is a network', () => {
    expect([networkOf(address('203.0.113.7')), networkOf(address('2001:db8::7'))]).toEqual([
      '203.0.113.7/32',
      '2001:db8::7/128',
    ]);
  });
});

test.each([
  ['203.0.113.7', '203.0.113.7', true],
  ['203.0.113.7/32', '203.0.113.7', true],
  ['203.0.113.0/24', '203.0.113.7', true],
  ['0.0.0.0/0', '203.0.113.7', true],
  ['203.0.113.1-203.0.113.9', '203.0.113.7', true],
  ['0.0.0.0-0.0.0.0', '203.0.113.7', false],
  ['203.0.113.9-203.0.113.1', '203.0.113.7', false],
  ['203.0.112.0/24', '203.0.113.7', false],
  ['203.0.113.0/64', '203.0.113.7', false],
  ['::/0', '203.0.113.7', false],
  ['2001:db8::/32', '2001:db8::7', true],
  ['backend', '203.0.113.7', false],
  ['', '203.0.113.7', false],
])('the network %s holds %s: %p', (network, text, is) => {
  expect(holds(network, address(text))).toBe(is);
});

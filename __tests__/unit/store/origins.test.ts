import { describe, expect, test } from '@jest/globals';
import { admitsOrigin, isSameSite, parseOrigin, sampleOrigin } from '../../../src/store/origins.ts';

describe('a line of allowed-origins', () => {
  test.each([
    ['https://www.example.com', 'https://www.example.com'],
    ['https://WWW.Example.com/', 'https://www.example.com'],
    ['https://www.example.com:443', 'https://www.example.com'],
    ['https://www.example.com:8443', 'https://www.example.com:8443'],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['http://[::1]:8000', 'http://[::1]:8000'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['https://*.example.com', 'https://*.example.com'],
    ['https://app-pr-*.onrender.com', 'https://app-pr-*.onrender.com'],
    ['*', '*'],
  ])('%s is the origin that a browser sends: %s', (line, origin) => {
    expect(parseOrigin(line)).toEqual({ origin });
  });

  test.each([
    ['example.com', 'has no scheme; write https://example.com'],
    ['//example.com/static', 'has no scheme; write https://www.example.com'],
    ['https://example.com/static/', 'is more than scheme, host and port; write https://example.com'],
    ['https://example.com/?a=1', 'is more than scheme, host and port; write https://example.com'],
    ['https://example.com#top', 'is more than scheme, host and port; write https://example.com'],
    ['https://me:secret@example.com', 'holds a user name or password; write https://example.com'],
    ['https://a.example, https://b.example', 'is more than one origin; write one a line'],
    ['https://a.example;https://b.example', 'is more than one origin; write one a line'],
    ['null', 'is what any page in a sandbox sends; write it like https://www.example.com'],
    [
      'ftp://example.com',
      'is neither https nor http, and browsers send no other origins; write it like https://www.example.com',
    ],
    [
      'file:///tmp',
      'is neither https nor http, and browsers send no other origins; write it like https://www.example.com',
    ],
    ['https://', 'is no origin; write it like https://www.example.com'],
    ['https://exa mple.com', 'is more than one origin; write one a line'],
    ['https://*', 'has its * in a place that lets strangers in; write it like https://*.example.com'],
    ['https://*.com', 'has its * in a place that lets strangers in; write it like https://*.example.com'],
    ['https://example.*', 'has its * in a place that lets strangers in; write it like https://*.example.com'],
    ['https://www.*.example.com', 'has its * in a place that lets strangers in; write it like https://*.example.com'],
    ['https://*.*.example.com', 'has its * in a place that lets strangers in; write it like https://*.example.com'],
  ])('%s is refused, with what to write: %s', (line, problem) => {
    expect(parseOrigin(line)).toEqual({ problem });
  });
});

test.each([
  ['https://*.example.com', 'https://a.example.com', true],
  ['https://*.example.com', 'https://a.b.example.com', true],
  ['https://*.example.com', 'https://example.com', false],
  ['https://*.example.com', 'http://a.example.com', false],
  ['https://*.example.com', 'https://a.example.com.evil.test', false],
  ['https://a-*.example.com', 'https://a-7.example.com', true],
  ['https://example.com', 'https://example.com', true],
  ['https://example.com', 'https://example.com:8443', false],
  ['*', 'http://anything.test', true],
])('%s and %s: %s', (pattern, origin, admitted) => {
  expect(admitsOrigin(pattern, origin)).toBe(admitted);
  expect(admitsOrigin(pattern, sampleOrigin(pattern))).toBe(true);
});

test.each([
  ['https://example.com', 'https://www.example.com', true],
  ['https://www.example.com', 'https://example.com/home', true],
  ['http://example.com', 'https://example.com', true],
  ['https://example.com', 'http://example.com', false],
  ['http://127.0.0.1:8000', 'http://127.0.0.1:9000', true],
  ['https://example.com', 'https://login.example.net', false],
  ['https://example.com', 'https://example.com.evil.test', false],
])('a page of %s that ends at %s is of the site: %s', (url, page, same) => {
  expect(isSameSite(url, page)).toBe(same);
});

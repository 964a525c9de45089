import { describe, expect, test } from '@jest/globals';
import { compileRules, type HeaderRule, parseRule } from '../../../src/sync/header-rules.ts';
import { hashedName } from '../../support/sync.ts';

const compile = (...lines: string[]) => compileRules(lines.map((line) => parseRule(line) as HeaderRule));

describe('a line', () => {
  test.each<[string, HeaderRule]>([
    [
      '*.html  Cache-Control: no-cache, private',
      { glob: '*.html', header: 'cacheControl', value: 'no-cache, private' },
    ],
    ['a.pdf content-disposition:attachment', { glob: 'a.pdf', header: 'contentDisposition', value: 'attachment' }],
    ['docs/\tContent-Language : de', { glob: 'docs/', header: 'contentLanguage', value: 'de' }],
    ['*.bin CONTENT-TYPE: a/b; c="d: e"', { glob: '*.bin', header: 'contentType', value: 'a/b; c="d: e"' }],
    ['*.svgz Content-Encoding:', { glob: '*.svgz', header: 'contentEncoding', value: '' }],
  ])('%j is a rule', (line, rule) => {
    expect(parseRule(line)).toEqual(rule);
  });

  test.each([
    ['*.html', 'is not "glob  Header: value"'],
    ['Cache-Control: no-cache', 'is not "glob  Header: value"'],
    ['*.html Cache-Control no-cache', 'is not "glob  Header: value"'],
    ['*.html Set-Cookie: a=b', 'sets "Set-Cookie"; there are Cache-Control'],
    ['*.html constructor: a', 'sets "constructor"'],
    ['*.html x-amz-acl: public-read', 'sets "x-amz-acl"'],
    ['*.html Content-Type:', 'leaves Content-Type empty'],
    ['*.html Content-Language: dé', 'has signs in Content-Language'],
    ['*.html Cache-Control: a\u0007b', 'has signs in Cache-Control'],
    ['*.html Cache-Control: a\u007fb', 'has signs in Cache-Control'],
  ])('%j %s', (line, problem) => {
    expect(parseRule(line)).toContain(problem);
  });

  test('cannot end a header and begin another', () => {
    expect(typeof parseRule('*.html Cache-Control: a\r\nx-amz-acl: public-read')).toBe('string');
  });
});

describe('rules', () => {
  test('set the headers of what they match, and nothing else', () => {
    const ruled = compile('*.html Cache-Control: no-cache', 'docs/ Content-Language: de');
    expect(ruled('a.html')).toEqual({ cacheControl: 'no-cache' });
    expect(ruled('docs/a.html')).toEqual({ cacheControl: 'no-cache', contentLanguage: 'de' });
    expect(ruled('docs.css')).toEqual({});
  });

  test('count in their order: of each header the first that matches', () => {
    const ruled = compile('a.html Cache-Control: no-store', '*.html Cache-Control: no-cache', '* Content-Language: en');
    expect(ruled('a.html')).toEqual({ cacheControl: 'no-store', contentLanguage: 'en' });
    expect(ruled('b.html')).toEqual({ cacheControl: 'no-cache', contentLanguage: 'en' });
  });

  test('that take a header away come before those that set it', () => {
    expect(compile('*.svgz Content-Encoding:', '* Content-Encoding: gzip')('a.svgz')).toEqual({ contentEncoding: '' });
  });

  test.each(['fonts/a.css', hashedName('fonts/a.css', 'x')])('match %s by the name of its source', (path) => {
    expect(compile('fonts/a.css Content-Language: fr')(path)).toEqual({ contentLanguage: 'fr' });
  });

  test('match a hashed file by its whole name too', () => {
    const name = hashedName('a.css', 'x');
    expect(compile(`${name} Content-Language: fr`)(name)).toEqual({ contentLanguage: 'fr' });
    expect(compile(`${name} Content-Language: fr`)('a.css')).toEqual({});
  });

  test('that are none say nothing', () => {
    expect(compile()('a.html')).toEqual({});
  });
});

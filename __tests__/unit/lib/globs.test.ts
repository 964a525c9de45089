import { describe, expect, test } from '@jest/globals';
import { globs } from '../../../src/lib/globs.ts';

describe('a glob', () => {
  test.each<[string, string]>([
    ['*.html', 'index.html'],
    ['*.html', 'docs/deep/index.html'],
    ['*.html', 'docs/.hidden.html'],
    ['robots.txt', 'site/robots.txt'],
    ['docs/*.html', 'docs/a.html'],
    ['/docs/*.html', 'docs/a.html'],
    ['./docs/*.html', 'docs/a.html'],
    ['docs/', 'docs/a.html'],
    ['docs/', 'docs/deep/.env'],
    ['docs/**/*.html', 'docs/a.html'],
    ['docs/**/*.html', 'docs/b/c/a.html'],
    ['**/private/**', 'a/private/b/c.txt'],
    ['*.{png,jpg}', 'a.JPG'],
    ['*.PNG', 'a.png'],
    ['img?.png', 'img1.png'],
    ['*.txt', 'a\nb.txt'],
    ['**/*.env', 'a\u2028b/c.env'],
  ])('%s matches %j', (pattern, path) => {
    expect(globs([pattern])(path)).toBe(true);
  });

  test.each<[string, string]>([
    ['*.html', 'index.html.bak'],
    ['*.html', 'index.xhtml/a.css'],
    ['docs/*.html', 'site/docs/a.html'],
    ['docs/*.html', 'docs/deep/a.html'],
    ['docs/', 'docs'],
    ['docs/', 'site/docs/a.html'],
    ['docs/', 'docs-old/a.html'],
    ['a.css', 'ba.css'],
    ['a.css', 'a-css'],
    ['img?.png', 'img12.png'],
  ])('%s does not match %j', (pattern, path) => {
    expect(globs([pattern])(path)).toBe(false);
  });
});

describe('several globs', () => {
  test('match what one of them matches', () => {
    const matches = globs(['*.css', 'docs/', 'a+(b).txt']);
    expect(['x.css', 'docs/x.js', 'x.js', 'abb.txt'].map(matches)).toEqual([true, true, false, true]);
  });

  test('that are none match nothing', () => {
    expect(globs([])('')).toBe(false);
    expect(globs([])('a.css')).toBe(false);
  });
});

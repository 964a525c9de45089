import { describe, expect, test } from '@jest/globals';
import { cssLinks } from '../../../src/release/css-links.ts';
import { hashedWords, longestText } from '../../../src/release/hashed-words.ts';
import { pageLimits, pageLinks } from '../../../src/release/page-links.ts';
import { noImports, scriptLinks } from '../../../src/release/script-links.ts';

const at = 'https://site.test/';

/** What is parsed in one go is bounded: the reader gives way to other things in between, and stops at its limits. */
describe('a page that is made to hold the run up', () => {
  test.each<[string, string, string]>([
    ['tags that nobody closes', '<div>'.repeat(500_000), `${pageLimits.depth} tags inside one another`],
    ['nested graphics', '<svg><a>'.repeat(300_000), `${pageLimits.depth} tags inside one another`],
    ['many tags', '<i></i>'.repeat(300_000), `${pageLimits.tags} tags`],
    ['closing tags that close nothing', '<br></p>'.repeat(300_000), `${pageLimits.tags} tags`],
    [
      'many links',
      Array.from({ length: 9_000 }, (_, n) => `<img src="/${n}.png">`).join(''),
      `${pageLimits.links} links`,
    ],
    ['a long text', 'a'.repeat(pageLimits.characters + 1), `${pageLimits.characters} characters`],
    ['a srcset of many pictures', `<img srcset="${'a.png 1x, '.repeat(400_000)}">`, `${pageLimits.links} links`],
  ])('%s', async (_, html, cut) => {
    const found = await pageLinks(html, at);
    expect(String(found.cut)).toBe(cut);
    expect(found.links.length).toBeLessThanOrEqual(pageLimits.links + 16_384);
  });

  test('gives way to other things while it is read', async () => {
    let turns = 0;
    const timer = setInterval(() => void turns++, 1);
    await pageLinks('<i></i>'.repeat(300_000), at);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  test('is searched for names up to a size', () => {
    expect(hashedWords(`${'a '.repeat(longestText / 2)}app.5af66c1b1797.css`)).toEqual([]);
    const hard = Array.from({ length: 4_000 }, (_, n) => '.aaaaaaaa'.repeat(27) + n).join(' ');
    expect(hashedWords(hard).length).toBeLessThan(4_000);
  });
});

test.each<[string, string]>([
  ['strings that do not end', '"\n'.repeat(500_000)],
  ['open blocks', '{'.repeat(1_000_000)],
  ['open functions', 'a('.repeat(800_000)],
  ['comments', '/**/'.repeat(700_000)],
  ['many pictures', Array.from({ length: 100_000 }, (_, n) => `url(${n}.png)`).join(' ')],
])('a style sheet of %s is read up to a limit, and that is said', async (_, css) => {
  const { links, cut } = await cssLinks(css, at);
  expect(cut).toBe(true);
  expect(links.length).toBeLessThanOrEqual(2_000);
});

test('a script of many imports is read up to a limit, and that is said', async () => {
  const source = Array.from({ length: 3_000 }, (_, n) => `import "./${n}.js";`).join('');
  const found = await scriptLinks(source, { url: at, module: true, credentials: false }, noImports, at);
  expect(found).toMatchObject({ cut: true, missing: [] });
  expect(found.links).toHaveLength(1_000);
});

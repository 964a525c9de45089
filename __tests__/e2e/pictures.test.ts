import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../../demo/parts/browser.ts';
import { pageOf, samples, themes } from '../support/markdown.ts';

/** Comments and summaries in a browser, as GitHub shows them. `npm run pictures` draws them to look at. */
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 860, height: 400 } });
});
afterAll(() => browser.close());

interface Shown {
  /** What stands in a place of text, without the blocks of log lines. */
  readonly text: string;
  readonly tags: string[];
  /** Number of cells in each row of each table. */
  readonly tables: number[][];
  readonly links: { readonly text: string; readonly href: string }[];
  /** Texts that are too faint against what is behind them, or wider than the comment. */
  readonly faint: string[];
  readonly wide: string[];
}

/** Runs in the page. Contrast is that of WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
const look = `(() => {
  const body = document.querySelector('.markdown-body');
  for (const details of body.querySelectorAll('details')) details.open = true;
  const all = [...body.querySelectorAll('*')];
  const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const over = ([r, g, b, a = 1], under) => [r, g, b].map((value, at) => value * a + under[at] * (1 - a));
  const behind = (element) => {
    if (!element) return [255, 255, 255];
    return over(parse(getComputedStyle(element).backgroundColor), behind(element.parentElement));
  };
  const light = (color) => {
    const [r, g, b] = color.map((value) => value / 255).map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (element) => {
    const back = behind(element);
    const [low, high] = [light(back), light(over(parse(getComputedStyle(element).color), back))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const own = (element) => [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('').trim();
  const copy = body.cloneNode(true);
  for (const block of copy.querySelectorAll('pre')) block.remove();
  return {
    text: copy.textContent,
    tags: [...new Set(all.map((element) => element.localName))],
    tables: [...body.querySelectorAll('table')].map((table) => [...table.rows].map((row) => row.cells.length)),
    links: [...body.querySelectorAll('a')].map((link) => ({ text: link.textContent, href: link.href })),
    faint: all.filter((element) => own(element) !== '' && contrast(element) < 4.5).map(own),
    wide: all.filter((element) => element.localName !== 'pre' && element.getBoundingClientRect().right > body.getBoundingClientRect().right).map(own),
  };
})()`;

/** What GitHub lets through, as far as we write it: no style, no picture, no frame. */
const known = 'h3 span code table thead tbody tr th td a p strong em sub details summary ul li pre'.split(' ');

describe.each(themes)('in the %s theme', (theme) => {
  test.each(samples.map(({ name, ...sample }) => [name, sample] as const))('%s', async (_name, sample) => {
    await page.setContent(await pageOf(sample.markdown, theme, sample.comment));
    const { text, tags, tables, links, faint, wide } = (await page.evaluate(look)) as Shown;
    expect(tags.filter((tag) => !known.includes(tag))).toEqual([]);
    expect(text).not.toMatch(/undefined|\*\*|&nbsp;|&#|<\/?[a-z]|\]\(|\\[_*|[]|^\s*\|/m);
    for (const [columns, ...rows] of tables) expect(new Set(rows)).toEqual(new Set([columns]));
    expect(tables).not.toEqual([]);
    expect(links.filter(({ href }) => !/^https:\/\/[a-z0-9.-]+\//.test(href))).toEqual([]);
    expect(faint).toEqual([]);
    expect(wide).toEqual([]);
  });
});

const linksOf = async (name: string) => {
  const sample = samples.find((one) => one.name === name);
  await page.setContent(await pageOf(sample?.markdown ?? '', 'light', true));
  return ((await page.evaluate(look)) as Shown).links;
};

test('a live preview links its page, its commit, and both logs', async () => {
  expect(await linksOf('comment-live')).toEqual([
    { text: 'harbour-pr-7.onrender.com', href: 'https://harbour-pr-7.onrender.com/' },
    { text: '5ad1c8f', href: expect.stringContaining('https://github.com/octo/site/commit/5ad1c8f0d0d1') },
    { text: 'changes since 0c4d2e6', href: expect.stringContaining('https://github.com/harbour/notes/compare/') },
    { text: 'Run', href: 'https://github.com/octo/site/actions/runs/1001' },
    { text: 'Host', href: expect.stringContaining('https://dashboard.render.com/') },
  ]);
});

test('a preview that is gone links nothing that is gone', async () => {
  expect((await linksOf('comment-removed')).map(({ text }) => text)).toEqual(['5ad1c8f', 'Run']);
  expect(await linksOf('summary-removed')).toEqual([]);
});

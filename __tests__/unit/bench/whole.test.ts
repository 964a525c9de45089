import { expect, test } from '@jest/globals';
import { startBenchHost } from '../../../bench/host.ts';
import { siteOf } from '../../../bench/whole.ts';

test('how late a run knows of its release, and how often it asked before and after', () => {
  const pages = [11_000, 12_000, 16_000];
  expect(siteOf({ served: 15_000, pages }, 20_000)).toEqual({ lag: 5, rate: 1, after: 1 });
  expect(siteOf({ served: 15_000, pages: [12_000, 16_000] }, 20_000)).toEqual({ lag: 5, rate: 0, after: 1 });
});

test('a run that ends before its release is served has proven nothing', () => {
  expect(() => siteOf({ served: undefined, pages: [] }, 5)).toThrow('before the site served');
  expect(() => siteOf({ served: 9, pages: [] }, 5)).toThrow('before the site served');
});

test('the host serves the release before until the new one is ready', async () => {
  const host = await startBenchHost(100, async (sha) => `<p>${sha}</p>`);
  try {
    expect((await fetch(host.url)).status).toBe(503);
    await fetch(host.hook, { method: 'POST', body: '{"sha": "abc"}' });
    expect(host.visits().pages).toEqual([]);
    expect((await fetch(host.url)).status).toBe(503);
    let page = await fetch(host.url);
    while (page.status !== 200) page = await fetch(host.url);
    expect(page.headers.get('x-release')).toBe('abc');
    expect(await page.text()).toBe('<p>abc</p>');
    expect(host.visits().served).toBeLessThanOrEqual(Date.now());
  } finally {
    await host.stop();
  }
});

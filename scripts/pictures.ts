import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pageOf, samples, themes } from '../__tests__/support/markdown.ts';
import { startBrowser } from '../demo/parts/browser.ts';

/** Draws every kind of comment and summary as GitHub does, light and dark and with all that is folded open, for somebody to look at. */
const folder = await mkdtemp(join(tmpdir(), 'deploy-django-pictures-'));
const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 860, height: 400 } });
for (const { name, markdown, comment } of samples) {
  for (const theme of themes) {
    await page.setContent(await pageOf(markdown, theme, comment));
    await page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true");
    await page.screenshot({ path: join(folder, `${name}-${theme}.png`), fullPage: true });
  }
}
await browser.close();
console.log(`${samples.length * themes.length} pictures: ${folder}`);

import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { memoryStore } from '../../../support/fakes.ts';
import { tempFolders } from '../../../support/sync.ts';
import { prepareStage } from '../../../support/sync-stage.ts';

const folder = tempFolders();
const name = 'assets/main-Bvn7sEtP.js';
const key = `static/${name}`;
const text = 'console.log("text");'.repeat(50);

const warning =
  '1 file of a bundler changed and kept its name, so browsers may not keep them: assets/main-Bvn7sEtP.js. Let it put a hash of the content into the names, [contenthash] in webpack, [hash] in Vite.';

describe.each(['off', 'gzip'] as const)('a file of a bundler, with compress: %s', (compress) => {
  /** One run: what it sent, how browsers keep the file, and its warnings. */
  async function run(root: string, store: ReturnType<typeof memoryStore>) {
    const before = store.puts.length;
    const { sync, recorder } = await prepareStage(root, store, { bundled: [name], inputs: { compress } });
    await sync();
    await rm(`${root}/.scratch`, { recursive: true, force: true });
    return {
      sent: store.puts.slice(before).filter((one) => one.startsWith('static/')),
      kept: store.objects.get(key)?.headers.cacheControl?.includes('immutable'),
      warnings: recorder.report().warnings,
    };
  }

  test('goes first, is kept by browsers, and is not sent twice', async () => {
    const root = await folder({ 'static/a.html': 'page', [`static/${name}`]: text });
    const store = memoryStore();
    expect(await run(root, store)).toEqual({ sent: [key, 'static/a.html'], kept: true, warnings: [] });
    expect(await run(root, store)).toEqual({ sent: [], kept: true, warnings: [] });
  });

  test('that changes and keeps its name is sent for browsers to ask again, then and ever after', async () => {
    const root = await folder({ [`static/${name}`]: text });
    const store = memoryStore();
    await run(root, store);
    await writeFile(`${root}/static/${name}`, `${text}//`);
    expect(await run(root, store)).toEqual({ sent: [key], kept: false, warnings: [warning] });
    expect(await run(root, store)).toEqual({ sent: [], kept: false, warnings: [warning] });
  });

  test('is not trusted either where somebody else had other bytes there', async () => {
    const root = await folder({ [`static/${name}`]: text });
    const store = memoryStore();
    store.seed(key, 'other bytes');
    expect(await run(root, store)).toEqual({ sent: [key], kept: false, warnings: [warning] });
    expect(await run(root, store)).toEqual({ sent: [], kept: false, warnings: [warning] });
  });
});

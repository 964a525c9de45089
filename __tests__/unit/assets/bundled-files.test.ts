import { describe, expect, test } from '@jest/globals';
import { findBundled } from '../../../src/assets/bundled-files.ts';
import { tempFolder, writeFiles } from '../../support/project.ts';

const vite = JSON.stringify({ 'src/main.js': { file: 'assets/main-Bvn7sEtP.js', css: ['assets/main-DPX6zTLe.css'] } });
const webpack = JSON.stringify({ 'main.js': '/static/bundles/main.73e9d84a48cd7ff0a58a.js' });

/** A project with these files, and what of `staticfiles` its manifests name. */
async function find(files: Record<string, string>, project = true): Promise<string[]> {
  const root = tempFolder();
  await writeFiles(root, files);
  return [...(await findBundled(project ? root : undefined, `${root}/staticfiles`))].sort();
}

describe('found by a manifest', () => {
  test('in the folder of the sources, because collectstatic leaves .vite out', async () => {
    const found = await find({
      'frontend/dist/.vite/manifest.json': vite,
      'staticfiles/assets/main-Bvn7sEtP.js': 'js',
      'staticfiles/assets/main-DPX6zTLe.css': 'css',
      'staticfiles/assets/other-Bvn7sEtX.js': 'js',
    });
    expect(found).toEqual(['assets/main-Bvn7sEtP.js', 'assets/main-DPX6zTLe.css']);
  });

  test('among the collected files, below whatever folder a finder puts them', async () => {
    const files = {
      'staticfiles/shop/manifest.json': webpack,
      'staticfiles/shop/bundles/main.73e9d84a48cd7ff0a58a.js': 'js',
    };
    expect(await find(files)).toEqual(['shop/bundles/main.73e9d84a48cd7ff0a58a.js']);
    expect(await find(files, false)).toEqual(['shop/bundles/main.73e9d84a48cd7ff0a58a.js']);
  });

  test('are not files of installed packages', async () => {
    const found = await find({
      'node_modules/lib/dist/manifest.json': webpack,
      'env/pyvenv.cfg': '',
      'env/lib/site/manifest.json': webpack,
      'staticfiles/main.73e9d84a48cd7ff0a58a.js': 'js',
    });
    expect(found).toEqual([]);
  });
});

test('nothing is found where nothing was collected', async () => {
  expect(await find({ 'dist/.vite/manifest.json': vite })).toEqual([]);
  expect([...(await findBundled(tempFolder(), undefined))]).toEqual([]);
  expect(await find({ staticfiles: 'a file' }, false)).toEqual([]);
});

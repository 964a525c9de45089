import { describe, expect, test } from '@jest/globals';
import { bundledNames, splitBundled } from '../../../src/assets/bundlers.ts';

const namesOf = (manifest: unknown) => [...bundledNames(JSON.stringify(manifest))].sort();

describe('the hash of a bundler in a name', () => {
  test.each([
    ['assets/main-BX3k91aZ.js', 'assets/main.js', 'BX3k91aZ'],
    ['assets/app-settings-B-3o1ccR.js', 'assets/app-settings.js', 'B-3o1ccR'],
    ['assets/main-DEvytz_D.css', 'assets/main.css', 'DEvytz_D'],
    ['main-BX3k91aZ.js.map', 'main.js.map', 'BX3k91aZ'],
    ['main.BX3k91aZ.js', 'main.js', 'BX3k91aZ'],
    ['index-CHUNKUP7.js', 'index.js', 'CHUNKUP7'],
    ['shared.3f2a1b9c.js', 'shared.js', '3f2a1b9c'],
    ['main.73e9d84a48cd7ff0a58a.js', 'main.js', '73e9d84a48cd7ff0a58a'],
    ['js/787.4c5d6e7f.chunk.js', 'js/787.chunk.js', '4c5d6e7f'],
    ['CACHE/css/output.5af66c1b1797.css', 'CACHE/css/output.css', '5af66c1b1797'],
    ['17ccf96dd2b8a21bc662.svg', '.svg', '17ccf96dd2b8a21bc662'],
    ['img/17ccf96dd2b8a21bc662.svg', 'img/.svg', '17ccf96dd2b8a21bc662'],
  ])('%s', (path, source, hash) => {
    expect(splitBundled(path)).toEqual({ source, hash });
  });

  test.each([
    'main.js',
    'app-settings.js',
    'app-date_time.js',
    'report-20260131.pdf',
    'photo.20260131.jpg',
    'jquery-3.7.1.min.js',
    'a1b2c3d4.png',
    'main-BX3k91a.js',
    'LICENSE-BX3k91aZ',
    'v1-BX3k91aZ/main.js',
    'sw.js',
    '',
  ])('is not in "%s"', (path) => {
    expect(splitBundled(path)).toBeUndefined();
  });
});

describe('named by a manifest are', () => {
  test('chunks, style sheets and images of Vite', () => {
    const manifest = {
      '_shared-BvCs8Aoe.js': { file: 'assets/shared-BvCs8Aoe.js', name: 'shared' },
      'src/logo.svg': { file: 'assets/logo-fYZ9aeeB.svg', src: 'src/logo.svg' },
      'src/main.js': {
        file: 'assets/main-Bvn7sEtP.js',
        name: 'main',
        src: 'src/main.js',
        isEntry: true,
        imports: ['_shared-BvCs8Aoe.js'],
        css: ['assets/main-DPX6zTLe.css'],
        assets: ['assets/logo-fYZ9aeeB.svg', 'assets/big-DSMHUzYG.png'],
      },
    };
    expect(namesOf(manifest)).toEqual([
      'big-DSMHUzYG.png',
      'logo-fYZ9aeeB.svg',
      'main-Bvn7sEtP.js',
      'main-DPX6zTLe.css',
      'shared-BvCs8Aoe.js',
    ]);
  });

  test('chunks of a Vite before version 5, which wrote hex', () => {
    const manifest = {
      '_vendor-3f2a1b9c.js': { file: 'assets/vendor-3f2a1b9c.js' },
      'style.css': { file: 'assets/style-0c1d2e3f.css', src: 'style.css' },
    };
    expect(namesOf(manifest)).toEqual(['style-0c1d2e3f.css', 'vendor-3f2a1b9c.js']);
  });

  test('no files of Vite that are called as their chunk or source is, however much that looks like a hash', () => {
    const manifest = {
      'src/page-MyWidget.vue': { file: 'assets/page-MyWidget.js', src: 'src/page-MyWidget.vue' },
      '_lib-React18x.js': { file: 'assets/lib-React18x.js', name: 'lib-React18x', css: ['assets/lib-React18x.css'] },
      'img/scan-2026_001.png': { file: 'assets/scan-2026_001.png', src: 'img/scan-2026_001.png' },
      'src/main.js': { file: 'assets/main-Bvn7sEtP.js', src: 'src/main.js' },
    };
    expect(namesOf(manifest)).toEqual(['main-Bvn7sEtP.js']);
  });

  test('assets and chunks of webpack-bundle-tracker, without what is copied under its own name', () => {
    const tracked = (name: string, more = {}) => ({
      name,
      path: `/build/${name}`,
      publicPath: `/static/${name}`,
      ...more,
    });
    const manifest = {
      status: 'done',
      assets: {
        '17ccf96dd2b8a21bc662.svg': tracked('17ccf96dd2b8a21bc662.svg', { sourceFilename: 'src/logo.svg' }),
        'img/scan-a1b2c3d4.png': tracked('img/scan-a1b2c3d4.png', { sourceFilename: 'src/img/scan-a1b2c3d4.png' }),
        'main.73e9d84a48cd7ff0a58a.js': tracked('main.73e9d84a48cd7ff0a58a.js'),
        'manifest.json': tracked('manifest.json'),
      },
      chunks: { main: ['main.73e9d84a48cd7ff0a58a.js'] },
      publicPath: '/static/',
    };
    expect(namesOf(manifest)).toEqual(['17ccf96dd2b8a21bc662.svg', 'main.73e9d84a48cd7ff0a58a.js']);
  });

  test('chunks of webpack-bundle-tracker before version 1, which are objects', () => {
    const chunks = { main: [{ name: 'main-73e9d84a48cd7ff0a58a.js', path: '/build/main-73e9d84a48cd7ff0a58a.js' }] };
    expect(namesOf({ status: 'done', assets: {}, chunks })).toEqual(['main-73e9d84a48cd7ff0a58a.js']);
  });

  test('files of webpack-manifest-plugin, behind whatever public path', () => {
    const manifest = {
      'main.js': '/static/bundles/main.73e9d84a48cd7ff0a58a.js',
      'logo.svg': 'https://cdn.example.com/b/17ccf96dd2b8a21bc662.svg?v=1',
      'sw.js': '/static/sw.js',
    };
    expect(namesOf(manifest)).toEqual(['17ccf96dd2b8a21bc662.svg', 'main.73e9d84a48cd7ff0a58a.js']);
  });

  test('files of webpack-assets-manifest, with their integrity beside them', () => {
    const manifest = {
      entrypoints: { main: { assets: { js: ['main.73e9d84a48cd7ff0a58a.js'] } } },
      'logo.svg': { src: '17ccf96dd2b8a21bc662.svg', integrity: 'sha256-b4cG5Jgbo8vh3hW+FcoWVId74xBk5xAPkneBALJmi+4=' },
    };
    expect(namesOf(manifest)).toEqual(['17ccf96dd2b8a21bc662.svg', 'main.73e9d84a48cd7ff0a58a.js']);
  });

  test('files of Create React App', () => {
    const manifest = {
      files: {
        'main.js': '/static/js/main.4c5d6e7f.js',
        'static/js/787.0a1b2c3d.chunk.js': '/static/js/787.0a1b2c3d.chunk.js',
      },
      entrypoints: ['static/js/main.4c5d6e7f.js'],
    };
    expect(namesOf(manifest)).toEqual(['787.0a1b2c3d.chunk.js', 'main.4c5d6e7f.js']);
  });

  test('files in the tags that django-compressor keeps', () => {
    const manifest = {
      [`${'0a'.repeat(32)}`]:
        '<link rel="stylesheet" href="__compressor_url_placeholder__/CACHE/css/output.5af66c1b1797.css" type="text/css">',
    };
    expect(namesOf(manifest)).toEqual(['output.5af66c1b1797.css']);
  });

  test.each([
    ['a web app manifest', JSON.stringify({ name: 'App', start_url: '/', icons: [{ src: '/icon-192.png' }] })],
    ['text that is cut off', '{"main.js": "/static/main.73e9d84a48cd7f'],
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '1'],
    ['a list', '[[], {}, null]'],
    ['no chunks', '{}'],
    ['values of every kind', '{"a": {"file": 1}, "b": null, "c": [true], "assets": {"x": null}, "chunks": 3}'],
    ['more folds than a stack has room for', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ])('none by %s', (_what, text) => {
    expect([...bundledNames(text)]).toEqual([]);
  });
});

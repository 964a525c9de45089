import { describe, expect, test } from '@jest/globals';
import {
  fromStaticRootReads,
  mayReadStaticRoot,
  readsOfStaticRoot,
} from '../../../../src/project/frontend/static-root-reads.ts';

describe('what code reads in STATIC_ROOT', () => {
  test.each([
    ['PATH = settings.STATIC_ROOT / "shop-manifest.json"', 'shop-manifest.json'],
    ["PATH = Path(settings.STATIC_ROOT) / 'vite' / 'manifest.json'", 'vite/manifest.json'],
    ['open(os.path.join(settings.STATIC_ROOT, "vite", "manifest.json"))', 'vite/manifest.json'],
    ['open(f"{settings.STATIC_ROOT}/vite/manifest.json")', 'vite/manifest.json'],
    ['open(settings.STATIC_ROOT + "/manifest.json")', 'manifest.json'],
  ])('is found: %s', (line, name) => {
    expect(readsOfStaticRoot('shop/tags.py', `import os\n${line}\n`)).toEqual([
      { file: 'shop/tags.py', line: 2, name },
    ]);
  });

  test.each([
    'STATIC_ROOT = BASE_DIR / "staticfiles"',
    'STATIC_ROOT = x\nNAMES = "manifest.json"',
    'STATIC_ROOT / name',
  ])('is not guessed: %s', (text) => {
    expect(readsOfStaticRoot('shop/settings.py', text)).toEqual([]);
  });

  test.each([
    ['shop/templatetags/vite.py', true],
    ['shop/tests/test_vite.py', false],
    ['shop/management/commands/rebuild.py', false],
    ['docs/static.md', false],
  ])('of %s is looked at: %s', (path, looked) => {
    expect(mayReadStaticRoot(path)).toBe(looked);
  });
});

describe('a list of files that pages look for in STATIC_ROOT', () => {
  const reads = [{ file: 'shop/tags.py', line: 2, name: 'vite/manifest.json' }];
  const places = {
    paths: ['ui/dist/manifest.json'],
    isCollected: () => false,
    staticRoot: 'static.dist',
    prefix: 'site/',
  };

  test('and that was written elsewhere is told with both places, and with what brings it', () => {
    const [finding] = fromStaticRootReads(reads, places);
    expect(finding).toMatchObject({
      level: 'warning',
      id: 'deploy.not-made',
      at: { file: 'site/shop/tags.py', line: 2 },
    });
    expect(finding?.message).toMatch(
      /look for vite\/manifest\.json .* it is at site\/ui\/dist\/manifest\.json.*post-build-command: mkdir -p static\.dist\/vite && cp -r ui\/dist\/\. static\.dist\/vite$/,
    );
  });

  test('outside of the checkout, where no command of the build may write, is told without one', () => {
    const [finding] = fromStaticRootReads(reads, { ...places, staticRoot: undefined });
    expect(finding?.message).toMatch(/\(STATICFILES_DIRS\)$/);
  });

  test.each([
    ['is collected', { isCollected: () => true }],
    ['is nowhere: whatever makes it may run at the host', { paths: ['ui/dist/other.json'] }],
  ])('is not told where it %s', (_why, other) => {
    expect(fromStaticRootReads(reads, { ...places, ...other })).toEqual([]);
  });
});

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
    'OLD_STATIC_ROOT / "manifest.json"',
  ])('is not guessed: %s', (text) => {
    expect(readsOfStaticRoot('shop/settings.py', text)).toEqual([]);
  });

  test.each([
    '# open(settings.STATIC_ROOT / "manifest.json")',
    'x = "#"  # settings.STATIC_ROOT / "manifest.json"',
    'def read():\n    """Reads f"{STATIC_ROOT}/manifest.json".\n    STATIC_ROOT / "a.json"\n    """\n',
  ])('is not what is only said: %s', (text) => {
    expect(readsOfStaticRoot('shop/tags.py', text)).toEqual([]);
    const line = text.split('\n').length + 1;
    const more = `${text}\nPATH = STATIC_ROOT / "#a" / "b.json"\nPATH = STATIC_ROOT / "b.json"`;
    expect(readsOfStaticRoot('shop/tags.py', more)).toEqual([{ file: 'shop/tags.py', line: line + 1, name: 'b.json' }]);
  });

  test.each([
    'open(settings.STATIC_ROOT / "manifest.json", "w")',
    'open(os.path.join(settings.STATIC_ROOT, "vite", "manifest.json"), "wb")',
    'open(f"{settings.STATIC_ROOT}/manifest.json", encoding="utf-8", mode="a")',
    '(settings.STATIC_ROOT / "manifest.json").write_text(text)',
    '(settings.STATIC_ROOT / "manifest.json").open("x")',
    'shutil.copyfile(path, settings.STATIC_ROOT / "manifest.json")',
  ])('is not what is written there: %s', (text) => {
    expect(readsOfStaticRoot('shop/tags.py', `${text}\n`)).toEqual([]);
  });

  test.each([
    'open(settings.STATIC_ROOT / "manifest.json", "rb")',
    '(settings.STATIC_ROOT / "manifest.json").open("r", encoding="utf-8")',
    'shutil.copy(settings.STATIC_ROOT / "manifest.json", path)',
  ])('is what is only read: %s', (text) => {
    expect(readsOfStaticRoot('shop/tags.py', `${text}\n`)).toMatchObject([{ name: 'manifest.json' }]);
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
    paths: ['ui/dist/vite/manifest.json'],
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
      /look for vite\/manifest\.json .* it is at site\/ui\/dist\/vite\/manifest\.json.*post-build-command: mkdir -p static\.dist\/vite && cp -r ui\/dist\/vite\/\. static\.dist\/vite$/,
    );
  });

  test('outside of the checkout, where no command of the build may write, is told without one', () => {
    const [finding] = fromStaticRootReads(reads, { ...places, staticRoot: undefined });
    expect(finding?.message).toMatch(/\(STATICFILES_DIRS\)$/);
  });

  test.each([
    ['the checkout itself', ['vite/manifest.json', 'manifest.json'], 'manifest.json', 'static.dist'],
    ['a folder that STATIC_ROOT is in', ['ui/manifest.json'], 'manifest.json', 'ui/static'],
    ['the sources of a front-end', ['ui/manifest.json', 'ui/package.json'], 'manifest.json', 'static.dist'],
    ['one folder of several', ['ui/dist/vite/manifest.json', 'b/vite/manifest.json'], 'vite/manifest.json', 'out'],
  ])('in %s is told without a command that copies it', (_where, paths, name, staticRoot) => {
    const [finding] = fromStaticRootReads([{ file: 'a.py', line: 1, name }], { ...places, paths, staticRoot });
    expect(finding?.message).toMatch(/\(STATICFILES_DIRS\)$/);
  });

  test('in a folder whose name a shell would take apart is brought with quotes', () => {
    const paths = ['my ui/vite/manifest.json'];
    const [finding] = fromStaticRootReads(reads, { ...places, paths, staticRoot: 'all static' });
    expect(finding?.message).toMatch(/mkdir -p 'all static\/vite' && cp -r 'my ui\/vite\/\.' 'all static\/vite'$/);
  });

  test.each([
    ['is another file of the same name', { paths: ['ui/dist/manifest.json', 'ui/xvite/manifest.json'] }],
    ['is collected', { isCollected: () => true }],
    ['is nowhere: whatever makes it may run at the host', { paths: ['ui/dist/other.json'] }],
  ])('is not told where it %s', (_why, other) => {
    expect(fromStaticRootReads(reads, { ...places, ...other })).toEqual([]);
  });
});

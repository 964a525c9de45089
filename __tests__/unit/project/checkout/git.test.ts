import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { gitIn } from '../../../../src/project/checkout/git.ts';
import { runnerExec } from '../../../../src/runner/runner-exec.ts';
import { commit, git, gitEnv, repository, shellIO, tempFolder, writeFiles } from '../../../support/project.ts';

const inFolder = (folder: string, env: Record<string, string> = {}) =>
  gitIn(shellIO(runnerExec), folder, { ...gitEnv, ...env });

const pathsIn = async (folder: string) => (await inFolder(folder).trackedFiles())?.map(({ path }) => path);

const january = Date.parse('2026-01-01T00:00:00Z') / 1000;
const march = Date.parse('2026-03-01T00:00:00Z') / 1000;

/** A repository with a.txt of January and b.txt of March. */
async function twoCommits(): Promise<string> {
  const root = await repository({ 'a.txt': 'a' }, january);
  await writeFiles(root, { 'b.txt': 'b' });
  commit(root, march);
  return root;
}

describe('tracked files', () => {
  test('have their executable bit, know a link, and leave out what is not committed', async () => {
    const root = await repository({ 'manage.py': '#!', 'shop/models.py': 'x', '.gitignore': '*.sqlite3' });
    chmodSync(join(root, 'manage.py'), 0o755);
    symlinkSync('manage.py', join(root, 'link'));
    commit(root);
    await writeFiles(root, { 'db.sqlite3': 'ignored', 'notes.txt': 'untracked' });
    const tracked = await inFolder(root).trackedFiles();
    expect(tracked?.map(({ path, mode }) => [path, mode])).toEqual([
      ['.gitignore', '100644'],
      ['link', '120000'],
      ['manage.py', '100755'],
      ['shop/models.py', '100644'],
    ]);
  });

  test('are those below the folder, relative to it', async () => {
    const root = await repository({ 'top.txt': '', 'site/manage.py': '', 'site/shop/a.py': '' });
    expect(await pathsIn(join(root, 'site'))).toEqual(['manage.py', 'shop/a.py']);
  });

  test.each([
    'with space.txt',
    "quote\"s and 'more'.txt",
    'ünïcode/日本語.txt',
    'line\nbreak.txt',
    'back\\slash.txt',
    '-option.txt',
    ':colon.txt',
    'tab\tstop.txt',
  ])('can be called %j', async (path) => {
    const root = await repository({ 'a.txt': 'a' });
    await writeFiles(root, { [path]: 'first' });
    commit(root);
    writeFileSync(join(root, path), 'another');
    expect(await pathsIn(root)).toEqual(['a.txt', path].sort());
    expect(await inFolder(root).changedFiles()).toEqual(new Set([path]));
  });

  test('of a submodule are among them', async () => {
    const theme = await repository({ 'theme.css': 'body {}' });
    const root = await repository({ 'manage.py': '' });
    git(root, 'submodule', '--quiet', 'add', theme, 'vendor/theme');
    commit(root);
    expect(await pathsIn(root)).toEqual(['.gitmodules', 'manage.py', 'vendor/theme/theme.css']);
  });
});

describe('changed files', () => {
  test('are the tracked ones whose content differs, or that are gone', async () => {
    const root = await repository({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' });
    await writeFiles(root, { 'a.txt': 'more than a', 'c.txt': 'c', 'new.txt': 'new' });
    await rm(join(root, 'b.txt'));
    expect(await inFolder(root).changedFiles()).toEqual(new Set(['a.txt', 'b.txt']));
  });

  test('are relative to the folder, and only those below it', async () => {
    const root = await repository({ 'top.txt': '', 'site/a.py': '' });
    await writeFiles(root, { 'top.txt': 'changed', 'site/a.py': 'changed' });
    expect(await inFolder(join(root, 'site')).changedFiles()).toEqual(new Set(['a.py']));
  });

  test('are found where git has a warning to give about their line ends', async () => {
    const root = await repository({ '.gitattributes': '* text=auto', 'a.txt': 'one\ntwo\n' });
    await writeFiles(root, { 'a.txt': 'one\r\ntwo\r\nthree\r\n' });
    expect(await inFolder(root).changedFiles()).toEqual(new Set(['a.txt']));
  });
});

test('content is the committed one, byte for byte, whatever the work tree has', async () => {
  const root = await repository({ 'a.txt': 'a' });
  const bytes = Buffer.from([0, 255, 10, 13, 10, 200, 0]);
  writeFileSync(join(root, 'image.bin'), bytes);
  commit(root);
  writeFileSync(join(root, 'image.bin'), 'changed');
  const blob = (await inFolder(root).trackedFiles())?.find(({ path }) => path === 'image.bin')?.blob ?? '';
  expect(Buffer.from((await inFolder(root).content(blob)) ?? [])).toEqual(bytes);
  expect(await inFolder(root).content('0'.repeat(40))).toBeUndefined();
});

test('head and its time are those of the commit that is checked out', async () => {
  const root = await twoCommits();
  git(root, 'checkout', '--quiet', 'HEAD~1');
  expect(await inFolder(root).head()).toBe(git(root, 'rev-parse', 'HEAD'));
  expect(await inFolder(root).commitTime()).toBe(january);
});

describe('the last change of a file', () => {
  test('is its last commit, not the one that is checked out', async () => {
    const root = await twoCommits();
    expect(await inFolder(root).lastChange('a.txt')).toBe(january);
    expect(await inFolder(root).lastChange('b.txt')).toBe(march);
  });

  test('is not known for a file that git does not hold', async () => {
    const root = await twoCommits();
    expect(await inFolder(root).lastChange('upload.jpg')).toBeUndefined();
  });

  test('is not known in a shallow clone, where every file seems to be new', async () => {
    const [origin, clone] = [await twoCommits(), tempFolder()];
    git(clone, 'clone', '--quiet', '--depth', '1', pathToFileURL(origin).href, '.');
    expect(await inFolder(clone).commitTime()).toBe(march);
    expect(await inFolder(clone).lastChange('a.txt')).toBeUndefined();
  });

  test('is known in a clone with the whole history', async () => {
    const [origin, clone] = [await twoCommits(), tempFolder()];
    git(clone, 'clone', '--quiet', pathToFileURL(origin).href, '.');
    expect(await inFolder(clone).lastChange('a.txt')).toBe(january);
  });

  test.each(['photo[1].jpg', ':photo.jpg', '*.jpg'])(
    'is that of %s alone, not of the names it would match',
    async (path) => {
      const root = await repository({ [path]: 'a' }, january);
      await writeFiles(root, { 'photo1.jpg': 'b' });
      commit(root, march);
      expect(await inFolder(root).lastChange(path)).toBe(january);
    },
  );
});

test('a folder in no repository has no answer to anything', async () => {
  const nowhere = inFolder(tempFolder());
  expect(await nowhere.trackedFiles()).toBeUndefined();
  expect(await nowhere.changedFiles()).toBeUndefined();
  expect(await nowhere.head()).toBeUndefined();
  expect(await nowhere.commitTime()).toBeUndefined();
  expect(await nowhere.lastChange('a.txt')).toBeUndefined();
});

test('a repository without a commit has neither head nor time', async () => {
  const root = tempFolder();
  git(root, 'init', '--quiet');
  expect(await inFolder(root).head()).toBeUndefined();
  expect(await inFolder(root).commitTime()).toBeUndefined();
});

test('a checkout that belongs to another user, as in a container, is read all the same', async () => {
  const root = await repository({ 'a.txt': 'a' });
  const other = inFolder(root, { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' });
  expect(await other.trackedFiles()).toHaveLength(1);
});

describe('files that .gitattributes keeps out of archives', () => {
  test('are those that git archive leaves out', async () => {
    const root = await repository({
      '.gitattributes':
        'docs export-ignore\nkeep/ export-ignore\n*.psd export-ignore\n/root.txt export-ignore\n/a.b -export-ignore\n"ä ö" export-ignore\n',
      'docs/deep/er.md': '',
      'keep/file.txt': '',
      'art/logo.psd': '',
      'root.txt': '',
      'sub/root.txt': '',
      'a.b': '',
      'ä ö/x.txt': '',
      'sub/.gitattributes': 'tests export-ignore\n',
      'sub/tests/test.py': '',
      'tests/test.py': '',
    });
    const paths = (await pathsIn(root)) ?? [];
    const ignored = await inFolder(root).exportIgnored(paths);
    execFileSync('git', ['archive', '--format=tar', '--output=archive.tar', 'HEAD'], { cwd: root, env: gitEnv });
    const listed = execFileSync('tar', ['-tf', 'archive.tar'], { cwd: root }).toString().split('\n');
    const archived = paths.filter((path) => listed.includes(path) || listed.includes(JSON.stringify(path)));
    const kept = paths.filter((path) => !ignored.has(path));
    expect(ignored.size).toBe(6);
    expect(kept.filter((path) => !path.startsWith('ä'))).toEqual(archived);
  });

  test('are found among more paths than a command line holds', async () => {
    const names = Array.from({ length: 3_000 }, (_, at) => `folder/with/a/long/name/file-${at}.txt`);
    const root = await repository({ '.gitattributes': '*9.txt export-ignore\n' });
    expect((await inFolder(root).exportIgnored(names)).size).toBe(300);
  });
});

describe('the last changes of a folder’s files', () => {
  test('are those of their commits, with any name', async () => {
    const root = await repository({ 'media/a.txt': 'a', 'media/ü b.txt': 'b', 'c.txt': 'c' }, january);
    await writeFiles(root, { 'media/a.txt': 'changed', 'media/deep/d.txt': 'd' });
    commit(root, march);
    expect(await inFolder(root).lastChanges('media')).toEqual(
      new Map([
        ['a.txt', march],
        ['deep/d.txt', march],
        ['ü b.txt', january],
      ]),
    );
  });

  test('are those of a working directory', async () => {
    const root = await repository({ 'site/media/a.txt': 'a', 'media/b.txt': 'b' }, january);
    expect(await inFolder(join(root, 'site')).lastChanges('media')).toEqual(new Map([['a.txt', january]]));
  });

  test('are unknown where history is cut off', async () => {
    const root = await twoCommits();
    const clone = join(tempFolder(), 'clone');
    git(tempFolder(), 'clone', '--quiet', '--depth', '1', pathToFileURL(root).href, clone);
    expect(await inFolder(clone).lastChanges('.')).toEqual(new Map());
  });
});

test('what .gitignore keeps out is known with its line, whether or not it is there, and not what it lets in', async () => {
  const root = await repository({ '.gitignore': '# built\nlib/\n*.ico\n!keep.ico\n', 'a[1].txt': '' });
  const paths = ['shop/lib/x.js', 'b.ico', 'keep.ico', 'a[1].txt', 'none.css'].map((path) => join(root, path));
  const found = await inFolder(root).ignoredBy(paths);
  expect([...found].map(([path, line]) => [path.slice(root.length + 1), line])).toEqual([
    ['shop/lib/x.js', '.gitignore, line 2: lib/'],
    ['b.ico', '.gitignore, line 3: *.ico'],
  ]);
  expect((await inFolder(root).ignoredBy([])).size).toBe(0);
});

test('texts are found in tracked text files as they are, below the folder alone', async () => {
  const root = await repository({
    'site/settings.py': 'os.environ["A_URL"], env("B_URL")',
    'site/web.ts': 'process.env.C_URL',
    'other/settings.py': '"D_URL"',
  });
  await writeFiles(root, { 'site/notes.py': '"E_URL"' });
  const texts = ['"A_URL"', "'A_URL'", '"B_URL"', 'env.C_URL', '"D_URL"', '"E_URL"'];
  const found = await inFolder(join(root, 'site')).textsIn(texts);
  expect([...found].sort()).toEqual(['"A_URL"', '"B_URL"', 'env.C_URL']);
  expect(await inFolder(root).textsIn([])).toEqual(new Set());
});

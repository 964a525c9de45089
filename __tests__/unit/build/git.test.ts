import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { gitIn } from '../../../src/build/git.ts';
import { runnerExec } from '../../../src/runner/exec.ts';
import { commit, git, gitEnv, repository, shellIO, tempFolder, writeFiles } from '../../support/project.ts';

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

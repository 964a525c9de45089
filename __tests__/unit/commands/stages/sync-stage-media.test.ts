import { symlink, utimes, writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { memoryStore } from '../../../support/fakes.ts';
import { commit, git, repository, tempFolder, writeFiles } from '../../../support/project.ts';
import { prepareStage } from '../../../support/sync-stage.ts';

/** When somebody else put `media/a.jpg` into the bucket, in seconds. */
const there = 1_750_000_000;

/** Whether `a.jpg` in a folder of media replaces what the bucket has; where it does not, a warning names it. */
async function replaces(root: string, folder = 'media', workspace = root): Promise<boolean> {
  const store = memoryStore();
  store.seed('media/a.jpg', 'theirs', {}, there * 1000);
  const { sync, recorder } = await prepareStage(root, store, { folders: [{ kind: 'media', folder }], workspace });
  await sync();
  const replaced = store.puts.includes('media/a.jpg');
  expect(recorder.report().warnings).toEqual(replaced ? [] : [expect.stringContaining('media/a.jpg')]);
  return replaced;
}

describe('media that the bucket has in another form', () => {
  // A checkout gives every file the time of the run, which is later than anything in the bucket.
  test.each([
    ['is replaced by a later commit', there + 1, true],
    ['is kept before an earlier commit, though the checkout is new', there - 1, false],
    ['is kept before a commit of the same second', there, false],
  ])('%s', async (_name, time, replaced) => {
    expect(await replaces(await repository({ 'media/a.jpg': 'ours' }, time))).toBe(replaced);
  });

  test('is kept where the file itself was committed earlier than the newest commit', async () => {
    const root = await repository({ 'media/a.jpg': 'ours' }, there - 1);
    await writeFile(`${root}/other.txt`, 'x');
    commit(root, there + 1);
    expect(await replaces(root)).toBe(false);
  });

  test('is kept in a checkout whose history is cut off', async () => {
    const origin = await repository({ 'media/a.jpg': 'ours' }, there - 1);
    await writeFile(`${origin}/other.txt`, 'x');
    commit(origin, there + 1);
    const clone = `${tempFolder()}/clone`;
    git(origin, 'clone', '--quiet', '--depth', '1', `file://${origin}`, clone);
    expect(await replaces(clone)).toBe(false);
  });

  test.each([
    ['is replaced by a later file that git does not hold', there + 1, true],
    ['is kept before an earlier file that git does not hold', there - 1, false],
  ])('%s', async (_name, modified, replaced) => {
    const root = tempFolder();
    await writeFiles(root, { 'media/a.jpg': 'ours' });
    await utimes(`${root}/media/a.jpg`, modified, modified);
    expect(await replaces(root)).toBe(replaced);
  });

  test('is kept where git holds the file that a link leads to', async () => {
    const root = await repository({ 'media/files/1.jpg': 'ours' }, there - 1);
    await symlink('files/1.jpg', `${root}/media/a.jpg`);
    expect(await replaces(root)).toBe(false);
  });

  test('is kept where the folder is in the checkout, and beside the working directory', async () => {
    const workspace = await repository({ 'site/manage.py': '', 'media/a.jpg': 'ours' }, there - 1);
    expect(await replaces(`${workspace}/site`, '../media', workspace)).toBe(false);
  });
});

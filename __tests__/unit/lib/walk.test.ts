import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type WalkEntry, walk } from '../../../src/lib/walk.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'walk-'));
  for (const folder of ['b/deep', 'empty', 'node_modules/x']) await mkdir(join(root, folder), { recursive: true });
  for (const file of ['B.txt', 'a.txt', 'b/deep/z.css', 'b/ü ñ.js', 'node_modules/x/i.js', 'b.txt']) {
    await writeFile(join(root, file), '');
  }
  await symlink(join(root, 'b'), join(root, 'link-to-folder'));
  await symlink('nowhere', join(root, 'broken-link'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
});

afterAll(() => rm(root, { recursive: true }));

async function all(enter?: (path: string, name: string) => boolean): Promise<WalkEntry[]> {
  const found: WalkEntry[] = [];
  for await (const entry of walk(root, enter)) found.push(entry);
  return found;
}

test('every entry is shown once, in the order of the names, and links are not followed', async () => {
  expect((await all()).map(({ path, kind }) => [path, kind])).toEqual([
    ['B.txt', 'file'],
    ['a.txt', 'file'],
    ['b/deep/z.css', 'file'],
    ['b/ü ñ.js', 'file'],
    ['b.txt', 'file'],
    ['broken-link', 'link'],
    ['link-to-folder', 'link'],
    ['node_modules/x/i.js', 'file'],
    ['pipe', 'other'],
  ]);
});

test('a folder that may not be entered is left out with all that is in it', async () => {
  const asked: string[] = [];
  const found = await all((path, name) => {
    asked.push(path);
    return name !== 'node_modules' && name !== 'deep';
  });
  expect(found.map(({ path }) => path)).not.toContain('node_modules/x/i.js');
  expect(found.map(({ path }) => path)).not.toContain('b/deep/z.css');
  expect(asked).toEqual(['b', 'b/deep', 'empty', 'node_modules']);
});

test('a root that is not there is an error, not an empty folder', async () => {
  await expect(walk(join(root, 'missing')).next()).rejects.toThrow('ENOENT');
});

import { hash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  changeTree,
  contentOf,
  hashedName,
  makeTree,
  type TreeFile,
  touchTree,
  treeFiles,
} from '../../../bench/trees.ts';
import { isImmutable } from '../../../src/assets/hashed-names.ts';

const megabyte = 1024 * 1024;
const sum = (sizes: readonly number[]) => sizes.reduce((all, size) => all + size, 0);
const contents = (file: TreeFile) => Buffer.concat([...contentOf(file)]);

describe('what a tree is made of', () => {
  test('is the same every time', () => {
    expect(treeFiles('small')).toEqual(treeFiles('small'));
    const [file] = treeFiles('small') as [TreeFile];
    expect(contents(file)).toEqual(contents({ ...file }));
  });

  test('is what its name says', () => {
    const small = treeFiles('small');
    const many = treeFiles('many');
    expect(small).toHaveLength(1_400);
    // Each is there twice.
    expect(sum(small.map(({ size }) => size)) * 2).toBeGreaterThan(55 * megabyte);
    expect(sum(small.map(({ size }) => size)) * 2).toBeLessThan(65 * megabyte);
    expect(new Set(many.map(({ path }) => path)).size).toBe(100_000);
    expect(many.every(({ size }) => size >= 512 && size < 4_096)).toBe(true);
    expect(treeFiles('large').map(({ size }) => size)).toEqual([1024 * megabyte]);
  });

  test('no two files have the same content', () => {
    const files = treeFiles('many').slice(0, 2_000);
    expect(new Set(files.map((file) => contents(file).toString('latin1'))).size).toBe(2_000);
  });

  test('one file in a hundred changes, and keeps its size', () => {
    const before = treeFiles('many');
    const odd = treeFiles('many', true).filter((file, at) => file.seed !== before[at]?.seed);
    expect(odd).toHaveLength(1_000);
    expect(odd[0]?.size).toBe(before.find(({ path }) => path === odd[0]?.path)?.size);
  });
});

describe('a tree on disk', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-tree-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const names = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();

  test('has hashed copies that the sync takes for immutable, also after a change', async () => {
    expect(await makeTree('small', folder)).toBe(2_801);
    const made = await names();
    expect(made).toHaveLength(2_801);
    await changeTree('small', folder, true);
    const changed = await names();
    expect(changed).toHaveLength(2_801);
    expect(changed.filter((name) => !made.includes(name))).toHaveLength(14);
    const { paths } = JSON.parse(await readFile(join(folder, 'staticfiles.json'), 'utf8')) as {
      paths: Record<string, string>;
    };
    const source = treeFiles('small', true)[50] as TreeFile;
    const content = contents(source);
    const hashed = paths[source.path] ?? '';
    expect(hashed).toBe(hashedName(source.path, content));
    expect(await readFile(join(folder, hashed))).toEqual(content);
    expect(isImmutable(hashed, hash('md5', content), new Set(Object.values(paths)))).toBe(true);
    await changeTree('small', folder, false);
    expect(await names()).toEqual(made);
  });

  test('a checkout gives all files one time', async () => {
    await makeTree('small', folder);
    const time = new Date('2026-05-01T00:00:00Z');
    await touchTree('small', folder, time);
    for (const name of await names()) expect((await stat(name)).mtime).toEqual(time);
  });
});

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ArtifactEntry } from '../../../../src/project/artifact/artifact.ts';
import { packArtifact } from '../../../../src/project/artifact/pack.ts';
import { failure, tempFolder, writeFiles } from '../../../support/project.ts';

const time = Date.parse('2026-03-01T12:00:00Z') / 1000;

const fromText = (path: string, text = path, executable = false): ArtifactEntry => ({
  path,
  executable,
  from: { bytes: Buffer.from(text) },
});

const fromFile = (root: string, path: string, executable = false): ArtifactEntry => ({
  path,
  executable,
  from: { file: join(root, path) },
});

const writeArtifact = async (entries: readonly ArtifactEntry[], at: number, path: string) => {
  const record = (files: object) => Buffer.from(JSON.stringify(files));
  const { artifact, left } = await packArtifact({ entries, format: 'tar.gz', time: at, path, record });
  return { ...artifact, left };
};

async function pack(entries: readonly ArtifactEntry[]) {
  const artifact = await writeArtifact(entries, time, join(tempFolder(), 'artifact.tar.gz'));
  return { ...artifact, content: readFileSync(artifact.path) };
}

/** Packs, and unpacks with the system's tar. */
async function roundTrip(entries: readonly ArtifactEntry[]) {
  const artifact = await pack(entries);
  const root = tempFolder();
  execFileSync('tar', ['-xpzf', artifact.path, '-C', root]);
  return { ...artifact, at: (path: string) => join(root, path) };
}

function link(root: string, path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}

describe('the bytes', () => {
  test('are the same for the same entries in another order, from another folder, written at another time', async () => {
    const files = { 'b.txt': 'b', 'a/c.txt': 'c', 'a.txt': 'a', 'é.txt': 'e' };
    const [one, other] = [tempFolder(), tempFolder()];
    await writeFiles(one, files);
    await writeFiles(other, files);
    utimesSync(join(other, 'b.txt'), 1_000_000, 1_000_000);
    const paths = Object.keys(files);
    const first = await pack(paths.map((path) => fromFile(one, path)));
    const second = await pack(paths.toReversed().map((path) => fromFile(other, path)));
    expect(second.content.equals(first.content)).toBe(true);
    expect(second.sha256).toBe(first.sha256);
  });

  test('are others for another content, path, bit or time', async () => {
    const variants = [[fromText('a', 'x')], [fromText('a', 'y')], [fromText('b', 'x')], [fromText('a', 'x', true)]];
    const artifacts = await Promise.all(variants.map(pack));
    const later = await writeArtifact([fromText('a', 'x')], time + 1, join(tempFolder(), 'artifact.tar.gz'));
    expect(new Set([...artifacts, later].map(({ sha256 }) => sha256)).size).toBe(5);
  });

  test('are those that the checksum and the size are of', async () => {
    const { content, sha256, bytes } = await pack([fromText('a.txt'), fromText('b.txt')]);
    expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect(bytes).toBe(content.length);
  });
});

describe('the system’s tar finds', () => {
  test('each content: empty, binary, larger than a buffer, from memory', async () => {
    const root = tempFolder();
    const large = Buffer.alloc(300_001, 'no block of 512 bytes ends here');
    writeFileSync(join(root, 'empty'), '');
    writeFileSync(join(root, 'large.bin'), large);
    const { at, files, left } = await roundTrip([
      fromFile(root, 'empty'),
      fromFile(root, 'large.bin'),
      fromText('from/memory.txt', 'held by git'),
      fromText('from/nothing.txt', ''),
    ]);
    expect(readFileSync(at('empty'))).toHaveLength(0);
    expect(readFileSync(at('large.bin')).equals(large)).toBe(true);
    expect(readFileSync(at('from/memory.txt'), 'utf8')).toBe('held by git');
    expect(readFileSync(at('from/nothing.txt'))).toHaveLength(0);
    expect({ files, left }).toEqual({ files: 4, left: [] });
  });

  test.each([
    ['long', `${'folder/'.repeat(40)}${'name'.repeat(50)}.css`],
    ['without a place to divide it', 'n'.repeat(200)],
    ['in another script', 'статика/日本語/😀.png'],
    ['with spaces and quotes', 'it\'s "a name" .txt'],
  ])('a name %s', async (_what, path) => {
    const { at } = await roundTrip([fromText(path, 'content')]);
    expect(readFileSync(at(path), 'utf8')).toBe('content');
  });

  test('the executable bit of git, not that of the disk, and the given time on every file', async () => {
    const root = tempFolder();
    writeFileSync(join(root, 'run.sh'), 'x', { mode: 0o600 });
    writeFileSync(join(root, 'plain.txt'), 'x', { mode: 0o777 });
    const { at } = await roundTrip([
      fromFile(root, 'run.sh', true),
      fromFile(root, 'plain.txt'),
      fromText('m', '', true),
    ]);
    const modes = ['run.sh', 'plain.txt', 'm'].map((path) => lstatSync(at(path)).mode & 0o777);
    expect(modes).toEqual([0o755, 0o644, 0o755]);
    for (const path of ['run.sh', 'plain.txt', 'm']) expect(lstatSync(at(path)).mtimeMs).toBe(time * 1000);
  });

  test('no owner', async () => {
    const root = tempFolder();
    await writeFiles(root, { a: 'a' });
    const { path } = await pack([fromFile(root, 'a')]);
    expect(execFileSync('tar', ['--numeric-owner', '-tvzf', path]).toString()).toMatch(/^-rw-r--r-- 0\/0 /);
  });
});

describe('a link', () => {
  test.each([
    ['static/current.css', 'base.css'],
    ['static/current.css', '../shared/base.css'],
    ['a/b/folder', '../..'],
    ['long', 'x/'.repeat(100)],
  ])('%s that leads to %s inside is kept', async (path, target) => {
    const root = tempFolder();
    link(root, path, target);
    const { at, left } = await roundTrip([fromFile(root, path)]);
    expect(left).toEqual([]);
    expect(readlinkSync(at(path))).toBe(target);
  });

  test.each([
    ['key', '/etc/ssl/private/key.pem'],
    ['key', '../key'],
    ['a/b/key', '../../../key'],
    ['a/key', 'b/../../../key'],
    ['key', 'C:/keys/key'],
    ['key', 'a\\..\\..\\key'],
  ])('%s that leads to %s outside is left out, with the reason', async (path, target) => {
    const root = tempFolder();
    link(root, path, target);
    const { files, left, content } = await pack([fromFile(root, path), fromText('other')]);
    expect(left).toEqual([`${path}: a link that leads out of the project`]);
    expect(files).toBe(1);
    expect(content.equals((await pack([fromText('other')])).content)).toBe(true);
  });

  test('that leads out through another link is left out', async () => {
    const root = tempFolder();
    link(root, 'deep/er/top', '../..');
    link(root, 'out', 'deep/er/top/../key');
    const { left } = await pack([fromFile(root, 'deep/er/top'), fromFile(root, 'out')]);
    expect(left).toEqual(['out: a link that leads out of the project']);
  });

  test('to a name that only begins with two dots is kept', async () => {
    const root = tempFolder();
    link(root, 'data', '..data');
    expect((await pack([fromFile(root, 'data')])).left).toEqual([]);
  });
});

test.each(['a\nb.txt', 'a\\b.txt', '.deploy-django/release.json'])('the name %j is left out and said', async (name) => {
  const { files, left } = await pack([fromText(name), fromText('a.txt')]);
  expect(left).toEqual([expect.stringMatching(/a name that not every system can hold|what it is made of/)]);
  expect(files).toBe(1);
});

test('what is not there, or is a folder, is left out and named, and the rest is packed', async () => {
  const root = tempFolder();
  await writeFiles(root, { 'module/file': '', 'z.txt': 'z' });
  const { at, files, left } = await roundTrip([
    fromFile(root, 'gone.txt'),
    fromFile(root, 'module'),
    fromFile(root, 'z.txt'),
  ]);
  expect(left).toEqual([
    'gone.txt: not in the work tree',
    'module: a submodule that is not checked out; set submodules: true of actions/checkout',
  ]);
  expect(files).toBe(1);
  expect(readFileSync(at('z.txt'), 'utf8')).toBe('z');
});

test.each(['disk', 'memory'])(
  'a place that cannot be written to ends with its error, for files from %s',
  async (from) => {
    const root = tempFolder();
    const text = 'x'.repeat(500_000);
    const paths = ['1', '2', '3', '4'];
    await writeFiles(root, Object.fromEntries(paths.map((path) => [path, text])));
    const entries = paths.map((path) => (from === 'disk' ? fromFile(root, path) : fromText(path, text)));
    const error = await failure(() => writeArtifact(entries, time, join(root, 'none', 'artifact.tar.gz')));
    expect(error).toMatchObject({ code: 'ENOENT' });
  },
);

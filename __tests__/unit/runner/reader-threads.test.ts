import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createReaders } from '../../../src/runner/reader-threads.ts';
import { readFiles } from '../../../src/sync/read-files.ts';
import { findFiles } from '../../../src/sync/scan.ts';
import { never, noReaders } from '../../support/fakes.ts';
import { md5 } from '../../support/md5.ts';
import { scan, tempFolders } from '../../support/sync.ts';

const folder = tempFolders();
const readers = createReaders(3);
afterAll(() => readers.close());

const asked = (path: string, sniffs = false) => ({ path, target: undefined, sniffs });
const awsKey = `AKIA${'Z7QK'.repeat(4)}`;
const large = Buffer.alloc(2.5 * 1024 * 1024, 'abcdefg');

describe('threads that read files', () => {
  test('are one fewer than the cores, and not many', () => {
    expect([1, 2, 4, 64].map((cores) => createReaders(cores).count)).toEqual([0, 1, 3, 3]);
  });

  test('say what each file is, which are large, and what must not be public', async () => {
    const root = await folder({
      'a.css': 'body {}',
      LICENSE: 'text',
      'film.mp4': large,
      'leak.js': `key = "${awsKey}"`,
    });
    const files = [asked('a.css'), asked('LICENSE', true), asked('film.mp4'), asked('leak.js')];
    expect(await readers.read(root, files)).toEqual([
      expect.objectContaining({ md5: md5('body {}'), size: 7, sniffed: undefined, reason: undefined }),
      expect.objectContaining({ md5: md5('text'), size: 4, sniffed: 'text' }),
      'large',
      expect.objectContaining({ reason: 'an AWS access key' }),
    ]);
    const film = await readers.readAny(root, asked('film.mp4'));
    expect(film).toMatchObject({ md5: md5(large), size: large.length });
  });

  test('say why a file cannot be read, and go on', async () => {
    const root = await folder({ 'a.css': 'x', 'b/c.css': 'y' });
    expect(await readers.read(root, [asked('missing.css'), asked('b'), asked('a.css')])).toEqual([
      { code: 'ENOENT' },
      'none',
      expect.objectContaining({ md5: md5('x') }),
    ]);
  });

  test('follow a link only where they are told to', async () => {
    const root = await folder({ 'a.css': 'x' });
    await symlink('a.css', `${root}/link.css`);
    const [refused, followed] = await readers.read(root, [
      asked('link.css'),
      { ...asked('link.css'), target: `${root}/a.css` },
    ]);
    expect([refused, followed]).toEqual([{ code: 'ELOOP' }, expect.objectContaining({ md5: md5('x') })]);
  });

  test('give the MD5 of bytes, shared with them or not, also where they break', async () => {
    const broken = createReaders(3, join(await folder({ 'a.css': 'x' }), 'missing.ts'));
    const shared = Buffer.from(new SharedArrayBuffer(large.length));
    large.copy(shared);
    for (const own of [readers, broken, createReaders(1)]) {
      expect(await own.md5(shared.subarray(1_000))).toBe(md5(large.subarray(1_000)));
      expect(await own.md5(large)).toBe(md5(large));
    }
    await broken.close();
  });

  test('look into blocks of a large file beside the one that reads it, also where they break or all have other work', async () => {
    const broken = createReaders(3, join(await folder({ 'a.css': 'x' }), 'missing.ts'));
    const half = 40 * 1024 * 1024;
    const text = Buffer.alloc(2 * half, 'abcdefg');
    // Across the border of two blocks.
    text.write(`"${awsKey}"`, half - 9);
    const root = await folder({ 'leak.txt': text, 'fine.txt': Buffer.alloc(2 * half, 'abcdefg') });
    const found = await findFiles(root, [], 'static-dir', [root]);
    for (const own of [readers, broken, createReaders(1), createReaders(2)])
      await expect(readFiles(found, own, never)).rejects.toThrow(/1 file .*\n {2}leak\.txt: an AWS access key$/s);
    await broken.close();
  });

  test('answer here for bytes that are not shared, or where none has nothing to do', async () => {
    const own = createReaders(2);
    const shared = Buffer.from(new SharedArrayBuffer(64));
    shared.write(awsKey, 8);
    const busy = own.md5(shared);
    expect(own.refusedContents(shared)).toBe('an AWS access key');
    await busy;
    const elsewhere = own.refusedContents(shared);
    expect(elsewhere).toBeInstanceOf(Promise);
    expect(await elsewhere).toBe('an AWS access key');
    expect(own.refusedContents(Buffer.from(awsKey))).toBe('an AWS access key');
    await own.close();
  });

  test('end while they have nothing to do', async () => {
    const own = createReaders(2);
    await own.read(await folder({ 'a.css': 'x' }), [asked('a.css')]);
    await own.close();
  });

  test('reject where the run is over, and where they cannot start', async () => {
    const root = await folder({ 'a.css': 'x' });
    const over = createReaders(2);
    await over.close();
    await expect(over.read(root, [asked('a.css')])).rejects.toThrow('The run is over.');
    const broken = createReaders(2, join(root, 'missing.ts'));
    for (let time = 0; time < 2; time++)
      await expect(broken.read(root, [asked('a.css')])).rejects.toThrow('missing.ts');
    await broken.close();
  });
});

describe('a folder of very many files', () => {
  const names = Array.from({ length: 5_100 }, (_, index) => `part${index % 7}/file${index}.css`);
  const contents = Object.fromEntries(names.map((name) => [name, `content of ${name}`]));

  test('is the same whether one thread reads it or several', async () => {
    const root = await folder({ ...contents, 'film.mp4': large, 'more/film.mp4': large, LICENSE: 'x' });
    const [alone, together] = [await scan(root, [], never, noReaders), await scan(root, [], never, readers)];
    expect(together).toEqual(alone);
    expect(together.files).toHaveLength(names.length + 3);
  });

  test('is refused with the same words, however the threads come to an end', async () => {
    const leaks = Object.fromEntries(names.filter((_, index) => index % 400 === 3).map((name) => [name, awsKey]));
    const root = await folder({ ...contents, ...leaks, '.env': 'x' });
    await symlink('/etc/hostname', `${root}/part1/out.css`);
    const messageOf = (own: typeof noReaders) =>
      scan(root, [], never, own).then(
        () => undefined,
        ({ message }: Error) => message,
      );
    const alone = await messageOf(noReaders);
    expect(await messageOf(readers)).toBe(alone);
    expect(alone).toContain('15 files');
  });

  test('names the first file that cannot be read', async () => {
    const root = await folder(contents);
    const found = await findFiles(root, [], 'static-dir', [root]);
    const gone = [3, 700, 5_000].map((at) => found.entries[at]?.path ?? '');
    for (const path of gone) await rm(`${root}/${path}`);
    await expect(readFiles(found, readers, never)).rejects.toThrow(`${gone[0]} cannot be read: ENOENT.`);
  });

  test('is given up where the run is cancelled', async () => {
    const root = await folder(contents);
    const cancelled = new AbortController();
    const reading = scan(root, [], cancelled.signal, readers);
    const reason = new Error('cancelled');
    setTimeout(() => cancelled.abort(reason), 5);
    await expect(reading).rejects.toBe(reason);
  });

  test('is read by this thread alone where the others break', async () => {
    const root = await folder({ ...contents, 'film.mp4': large });
    const broken = createReaders(3, join(root, 'missing.ts'));
    expect(await scan(root, [], never, broken)).toEqual(await scan(root, [], never, noReaders));
    await broken.close();
  });
});

import { execFileSync, spawn } from 'node:child_process';
import { chmod, link, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { DeployError } from '../../../src/core/errors.ts';
import { prepareSync } from '../../../src/sync/prepare-sync.ts';
import { fileOf } from '../../../src/sync/readers.ts';
import { memoryStore, never } from '../../support/fakes.ts';
import { md5 } from '../../support/md5.ts';
import { planRequest, scan, tempFolders } from '../../support/sync.ts';

const folder = tempFolders();
const look = (root: string, signal = never) => scan(root, [], signal);
const paths = ({ files }: Awaited<ReturnType<typeof scan>>) => files.map(({ path }) => path);

/** What a user gets to hear of the files that were not taken: of a refusal, or as left out. */
const heard = (root: string): Promise<string> =>
  look(root).then(
    ({ left }) => left.join('\n'),
    (error: unknown) => {
      if (error instanceof DeployError) return error.message;
      throw error;
    },
  );

test('every file is found, with its size, time and MD5', async () => {
  const root = await folder({ 'css/a.css': 'body {}', 'empty.txt': '', '.well-known/security.txt': 'x' });
  await utimes(`${root}/css/a.css`, 1_700_000_000, 1_700_000_000);
  const { files, left, root: real } = await look(root);
  expect(left).toEqual([]);
  expect(files.map(({ path, size, md5 }) => [path, size, md5])).toEqual([
    ['.well-known/security.txt', 1, md5('x')],
    ['css/a.css', 7, md5('body {}')],
    ['empty.txt', 0, 'd41d8cd98f00b204e9800998ecf8427e'],
  ]);
  expect(files[1]).toMatchObject({ modified: 1_700_000_000_000 });
  expect(files.map((file) => fileOf(real, file))).toContain(`${root}/css/a.css`);
});

test('a folder without files has none', async () => {
  expect(await look(await folder())).toMatchObject({ files: [], left: [] });
});

test('a file of several blocks has the MD5 of all of them, and the type of its beginning', async () => {
  const content = Buffer.alloc(2.5 * 1024 * 1024, 'abcdefg');
  const segment = Buffer.alloc(1024 * 1024 + 1);
  segment[0] = 0x47;
  segment[188] = 0x47;
  const root = await folder({ LICENSE: content, 'a.ts': segment });
  expect((await look(root)).files).toMatchObject([
    { path: 'LICENSE', size: content.length, md5: md5(content), sniffed: 'text' },
    { path: 'a.ts', size: segment.length, md5: md5(segment), sniffed: 'mpeg-ts' },
  ]);
});

test('names are kept to the letter', async () => {
  const names = [
    'file name.txt',
    `"it's".txt`,
    'hello? <êé> & ≠ 世界 🚀.txt',
    'u\u0308.txt',
    'a\nb.txt',
    'c\\d.txt',
    '%46.txt',
    '-x',
  ];
  const root = await folder(Object.fromEntries(names.map((name) => [name, name])));
  expect(paths(await look(root)).sort()).toEqual([...names].sort());
});

test('a name that is no UTF-8 is refused like others that no bucket can hold', async () => {
  const root = await folder();
  await writeFile(Buffer.concat([Buffer.from(`${root}/a`), Buffer.from([0xfe]), Buffer.from('.css')]), 'x');
  const folders = [{ kind: 'static', folder: root, prefix: 'static/', acl: undefined } as const];
  await expect(prepareSync(planRequest(folders), memoryStore(), never)).rejects.toBeInstanceOf(DeployError);
});

describe('links', () => {
  test('to a file of the folder are followed', async () => {
    const root = await folder({ 'a/real.css': 'x' });
    await symlink('a/real.css', `${root}/by-path.css`);
    await symlink('by-path.css', `${root}/by-link.css`);
    await link(`${root}/a/real.css`, `${root}/hard.css`);
    const { files } = await look(root);
    expect(files.map(({ path, md5 }) => [path, md5])).toEqual(
      ['a/real.css', 'by-link.css', 'by-path.css', 'hard.css'].map((path) => [path, md5('x')]),
    );
  });

  test('in a folder that is itself reached by a link are followed too', async () => {
    const [root, other] = [await folder({ 'real.css': 'x' }), await folder()];
    await symlink('real.css', `${root}/link.css`);
    await symlink(root, `${other}/static`);
    expect(paths(await look(`${other}/static`))).toEqual(['link.css', 'real.css']);
  });

  test.each<[string, (outside: string) => string]>([
    ['to a file outside', (outside) => `${outside}/secret.txt`],
    ['to a file outside by a relative path', (outside) => `../../${outside.split('/').at(-1)}/secret.txt`],
    ['to a folder outside', (outside) => outside],
    ['to a file of a neighbour whose name begins alike', () => '../static-old/secret.txt'],
    ['to nothing', () => 'missing.txt'],
    ['to itself', () => 'odd'],
    ['to the folder itself', () => '.'],
    ['to a folder inside', () => 'inside'],
  ])('%s are not followed, and are named', async (_what, target) => {
    const outside = await folder({ 'secret.txt': 'x' });
    const root = `${await folder({ 'static/inside/a.css': 'x', 'static-old/secret.txt': 'x' })}/static`;
    await symlink(target(outside), `${root}/odd`);
    expect(await heard(root)).toMatch(/^ *odd: /m);
  });

  test('through a linked folder to a file outside are not followed', async () => {
    const outside = await folder({ 'secret.txt': 'x' });
    const root = await folder();
    await symlink(outside, `${root}/dir`);
    await symlink('dir/secret.txt', `${root}/odd`);
    expect(await heard(root)).toMatch(/^ *odd: /m);
  });
});

describe('what is neither a file nor a folder', () => {
  test('is left out and named', async () => {
    const root = await folder({ 'a.css': 'x' });
    execFileSync('mkfifo', [`${root}/pipe`]);
    const server = createServer();
    await new Promise<void>((done) => server.listen(`${root}/socket`, done));
    const { files, left } = await look(root).finally(() => server.close());
    expect(files.map(({ path }) => path)).toEqual(['a.css']);
    expect(left).toEqual(['pipe: neither a file nor a folder', 'socket: neither a file nor a folder']);
  });

  test('is not read through a link', async () => {
    const root = await folder();
    execFileSync('mkfifo', [`${root}/pipe`]);
    await symlink('pipe', `${root}/odd`);
    // Without a writer, opening a pipe for reading would wait for ever.
    const writer = spawn('sh', ['-c', 'echo x > pipe'], { cwd: root });
    try {
      expect(await heard(root)).toMatch(/^ *odd: /m);
    } finally {
      writer.kill();
    }
  });
});

test('a file that may not be read stops the scan and is named', async () => {
  const root = await folder({ 'locked.css': 'x', 'a.css': 'x' });
  await chmod(root, 0o755);
  await chmod(`${root}/locked.css`, 0);
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    await expect(look(root)).rejects.toThrow('locked.css');
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});

describe('compressed twins', () => {
  test('are left out and named; a file that is only there compressed is kept', async () => {
    const root = await folder({
      'app.js': 'x',
      'app.js.gz': 'x',
      'app.js.br': 'x',
      'data.json.gz': 'x',
      'font.br': 'x',
      'sub/app.js.gz': 'x',
    });
    const found = await look(root);
    expect(paths(found)).toEqual(['app.js', 'data.json.gz', 'font.br', 'sub/app.js.gz']);
    expect(found.left).toEqual([
      'app.js.br: a compressed twin for servers that choose',
      'app.js.gz: a compressed twin for servers that choose',
    ]);
  });
});

test('a scan that is cancelled ends with the reason', async () => {
  const root = await folder({ 'a.css': 'x' });
  const reason = new Error('cancelled');
  await expect(look(root, AbortSignal.abort(reason))).rejects.toBe(reason);
});

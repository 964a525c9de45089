import { describe, expect, test } from '@jest/globals';
import { refuseContent, sniffLimit } from '../../../src/sync/guard.ts';
import { scan, tempFolders } from '../../support/sync.ts';

const folder = tempFolders();
const look = (root: string, allow: readonly string[] = []) => scan(root, allow);

/** Paths and reasons that a refusal names. */
async function refusals(root: string, allow: readonly string[] = []): Promise<string[]> {
  const error = await look(root, allow).then(
    () => undefined,
    (thrown: { code: string; message: string }) => thrown,
  );
  if (error === undefined) return [];
  expect(error.code).toBe('FILES_REFUSED');
  return error.message
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

// The text of a key is put together here, so that no scanner takes this file for one.
const pem = (kind: string, lineEnd = '\n') =>
  [
    `-----BEGIN ${kind}PRIVATE KEY-----`,
    'MIIEvQ'.repeat(11),
    'q3X+/='.repeat(11),
    `-----END ${kind}PRIVATE KEY-----`,
    '',
  ].join(lineEnd);
const awsKey = `AKIA${'Z7QK'.repeat(4)}`;

describe('names that never become public', () => {
  test.each([
    '.env',
    '.env.production',
    'app/.envrc',
    'app/.git/config',
    '.hg/store',
    '.svn/entries',
    '.aws/credentials',
    'home/.ssh/known_hosts',
    '.npmrc',
    '.pypirc',
    '.netrc',
    '.htpasswd',
    'app/settings.py',
    'app/views.pyc',
    'app/__pycache__/views.txt',
    'db.sqlite3',
    'data/site.db',
    'dump.sql',
    'site.dump',
    'index.html.bak',
    'server.pem',
    'server.key',
    'cert.p12',
    'cert.pfx',
    'putty.ppk',
    'vault.kdbx',
    'id_rsa',
    'keys/id_ed25519.pub',
    'credentials-prod.json',
    'gha-creds-0123456789abcdef.json',
    'terraform.tfstate.backup',
    'docker-compose.override.yml',
    'docker-compose.yaml',
    'CONFIG.PY',
    'Server.KEY',
  ])('%s', async (path) => {
    const root = await folder({ [path]: 'x', 'fine.css': 'x' });
    expect(await refusals(root)).toEqual([`${path}: its name`]);
    expect((await look(root, [path])).files.map((file) => file.path).sort()).toEqual([path, 'fine.css'].sort());
  });

  test('are seen in folders of any name', async () => {
    const paths = ['a b/.env', "it's/.env", 'ü/🚀/.env', '.dot/.env'];
    const root = await folder(Object.fromEntries(paths.map((path) => [path, 'x'])));
    expect((await refusals(root)).sort()).toEqual(paths.map((path) => `${path}: its name`).sort());
  });

  // A line end to a regular expression, and no control character that a bucket would refuse.
  test('are seen below a folder with U+2028 in its name', async () => {
    expect(await refusals(await folder({ 'a\u2028b/.env': 'x' }))).toEqual(['a\u2028b/.env: its name']);
  });

  test.each([
    'env.js',
    'py.css',
    'monkey.js',
    'keys/index.html',
    'a.sql.js',
    'db.json',
    'credentials.html',
    '.well-known/x',
  ])('%s is no such name', async (path) => {
    expect((await look(await folder({ [path]: 'x' }))).files).toHaveLength(1);
  });
});

describe('content that never becomes public', () => {
  test.each<[string, string | Buffer, string]>([
    ['a PKCS #8 key', pem(''), 'a private key'],
    ['an RSA key with Windows line ends', pem('RSA ', '\r\n'), 'a private key'],
    ['an OpenSSH key after other text', `my key:\n${pem('OPENSSH ')}`, 'a private key'],
    ['a key inside JSON', JSON.stringify({ private_key: pem('') }), 'a private key'],
    ['an AWS access key', `{"id": "${awsKey}"}`, 'an AWS access key'],
    ['Django settings', `DEBUG = False\nSECRET_KEY = 'django-insecure'\n`, 'a SECRET_KEY'],
    ['an indented setting', `    SECRET_KEY="x"`, 'a SECRET_KEY'],
    ['an SQLite database', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(84)]), 'an SQLite database'],
  ])('%s', async (_name, content, reason) => {
    const root = await folder({ 'js/app.txt': content });
    expect(await refusals(root)).toEqual([`js/app.txt: ${reason}`]);
    expect((await look(root, ['js/*'])).files).toHaveLength(1);
  });

  test.each([
    ['a library that reads keys', `if (pem.startsWith('-----BEGIN PRIVATE KEY-----')) return decode(pem);`],
    ['a placeholder of a key', '-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----'],
    ['a public key', pem('').replaceAll('PRIVATE', 'PUBLIC')],
    ['AWS’s example key', 'AKIAIOSFODNN7EXAMPLE'],
    ['a longer word around a key id', `x${awsKey}`],
    ['documentation of the setting', 'Set <code>SECRET_KEY = "..."</code> in settings.py'],
    ['the setting read from the environment', 'SECRET_KEY = os.environ["KEY"]'],
    ['text about SQLite', 'The header is "SQLite format 3".'],
  ])('%s is fine', async (_name, content) => {
    expect((await look(await folder({ 'app.js': content }))).files).toHaveLength(1);
  });

  test('a large database is seen, and a large bundle is not searched for keys', () => {
    const head = Buffer.from(`SQLite format 3\0${'x'.repeat(100)}`);
    expect(refuseContent(head, 500 * 1024 * 1024)).toBe('an SQLite database');
    expect(refuseContent(Buffer.from(pem('')), sniffLimit)).toBe('a private key');
    expect(refuseContent(Buffer.from(pem('')), sniffLimit + 1)).toBeUndefined();
  });
});

describe('a refusal', () => {
  test('names the first ten files, counts the rest, and says what to type', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `${String.fromCharCode(97 + index)}.py`);
    const root = await folder(Object.fromEntries(names.map((name) => [name, 'x'])));
    const lines = await refusals(root);
    expect(lines).toHaveLength(11);
    expect(lines.slice(0, 2)).toEqual(['a.py: its name', 'b.py: its name']);
    expect(lines.at(-1)).toBe('and 2 more');
    await expect(look(root)).rejects.toMatchObject({
      hint: expect.stringContaining('allow-files: a.py b.py c.py and 9 more'),
    });
  });

  test('ends with allow-files that match, and only with those', async () => {
    const root = await folder({ 'pyodide/lib/a.py': 'x', 'pyodide/b.py': 'x', 'other/c.py': 'x', 'pyodide/.env': 'x' });
    expect(await refusals(root, ['pyodide/**/*.py'])).toEqual(['other/c.py: its name', 'pyodide/.env: its name']);
    expect(await refusals(root, ['**/*.py', '**/.env'])).toEqual([]);
  });
});

describe('a folder', () => {
  test.each(['.git/HEAD', '.git', 'manage.py'])('that holds %s is not of public files', async (path) => {
    const root = await folder({ [path]: 'x', 'a.css': 'x' });
    const [mark] = path.split('/');
    await expect(look(root, ['**'])).rejects.toMatchObject({
      code: 'FILES_REFUSED',
      message: expect.stringMatching(new RegExp(`^static-dir: .* is a folder with ${mark} in it`)),
    });
  });

  test('that is the root of the disk is refused', async () => {
    await expect(look('/')).rejects.toMatchObject({ code: 'FILES_REFUSED' });
  });

  test.each([
    ['does not exist', 'missing'],
    ['is a file', 'a.css'],
  ])('that %s is a mistake of the input', async (_why, path) => {
    const root = await folder({ 'a.css': 'x' });
    await expect(look(`${root}/${path}`)).rejects.toMatchObject({
      code: 'INVALID_INPUTS',
      message: `static-dir: there is no folder "${root}/${path}".`,
    });
  });
});

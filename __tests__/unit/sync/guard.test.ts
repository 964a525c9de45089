import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseLines } from '../../../src/lib/parse.ts';
import { findFiles } from '../../../src/sync/scan.ts';
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
    '.git-credentials',
    'a/.gitconfig',
    'sub/.git',
    '.pgpass',
    '.my.cnf',
    '.dockercfg',
    '.docker/config.json',
    'release.jks',
    'upload.keystore',
    'AuthKey.p8',
    'prod.env',
    'kubeconfig',
    'kubeconfig.yaml',
    '.kube/config',
    'prod.tfvars',
    '.bash_history',
    'service-account-prod.json',
    'client_secret_1.json',
    '.config/gcloud/x.txt',
    'secrets.yml',
    'rclone.conf',
    'wp-config.php',
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
    [
      'a pointer of Git LFS',
      'version https://git-lfs.github.com/spec/v1\noid sha256:0a1b\nsize 12345\n',
      'a pointer of Git LFS in place of the file (set lfs: true of actions/checkout)',
    ],
    ['Django settings', `DEBUG = False\nSECRET_KEY = 'django-insecure'\n`, 'a SECRET_KEY'],
    ['an indented setting', `    SECRET_KEY="x"`, 'a SECRET_KEY'],
    ['a token of GitHub', `token: ghp_${'a1B2'.repeat(9)}`, 'a token of GitHub'],
    ['a token of an app of GitHub', `ghs_${'a1B2'.repeat(9)}`, 'a token of GitHub'],
    ['a fine-grained token', `github_pat_${'1A'.repeat(11)}_${'b2'.repeat(30)}`, 'a token of GitHub'],
    ['a token of GitLab', `"glpat-${'a1'.repeat(10)}"`, 'a token of GitLab'],
    ['a key of Stripe', `const k='sk_live_${'a1'.repeat(12)}'`, 'a secret key of Stripe'],
    ['a token of Slack', `xoxb-${'12'.repeat(6)}-${'aB3'.repeat(8)}`, 'a token of Slack'],
    ['a kubeconfig', `    client-key-data: ${'LS0tLS1C'.repeat(10)}`, 'a key of Kubernetes'],
    ['a key of PuTTY', 'PuTTY-User-Key-File-3: ssh-rsa\n', 'a private key'],
    ['a dump of PostgreSQL', '--\n-- PostgreSQL database dump\n--\n', 'a database dump'],
    ['a dump in the format of pg_dump', Buffer.from('PGDMP\x01\x0e'), 'a database dump'],
    ['a keystore of Java', Buffer.from([0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]), 'a keystore'],
    ['a service account', JSON.stringify({ type: 'service_account', private_key: pem('') }), 'a private key'],
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
    ['the pattern of a scanner', '/ghp_[A-Za-z0-9]{36}|github_pat_[a-z]+|glpat-[a-z]{20}|xox[bp]-/'],
    ['a placeholder of a token', `ghp_${'x'.repeat(36)} sk_live_... glpat-${'x'.repeat(20)}`],
    ['text about SQLite', 'The header is "SQLite format 3".'],
  ])('%s is fine', async (_name, content) => {
    expect((await look(await folder({ 'app.js': content }))).files).toHaveLength(1);
  });

  describe('is seen in a file of any size, wherever it stands', () => {
    const block = 1024 * 1024;
    const secret = Buffer.from(`\n${pem('')}`);
    test.each([
      ['at its beginning', 0],
      ['behind 256 KiB', 300 * 1024],
      ['across two blocks', block - 40],
      ['in the last block', 2 * block + 100],
    ])('%s', async (_where, at) => {
      const bytes = Buffer.alloc(2 * block + 5_000, 0xfe);
      secret.copy(bytes, at);
      expect(await refusals(await folder({ 'app.bin': bytes }))).toEqual(['app.bin: a private key']);
    });

    test.each([
      ['MP4', '\0\0\0\x18ftypmp42'],
      ['WebM', '\x1aE\xdf\xa3'],
      ['Ogg', 'OggS'],
      ['FLAC', 'fLaC'],
      ['MP3', 'ID3\x04'],
      ['WAV', 'RIFF'],
    ])('of a recording in its first block, which has its texts: %s', async (_format, beginning) => {
      const leaking = (at: number) => {
        const bytes = Buffer.alloc(2 * block, 0xfe);
        bytes.write(beginning, 'latin1');
        secret.copy(bytes, at);
        return bytes;
      };
      const root = await folder({ 'a.bin': leaking(block - 1_000), 'b.bin': leaking(block + 1_000) });
      expect(await refusals(root)).toEqual(['a.bin: a private key']);
    });

    test('a large database', async () => {
      const bytes = Buffer.alloc(3 * block);
      bytes.write('SQLite format 3\0');
      expect(await refusals(await folder({ 'app.bin': bytes }))).toEqual(['app.bin: an SQLite database']);
    });
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
      hint: expect.stringContaining('allow-files: |\n  /a.py\n  /b.py\n'),
    });
  });

  test('has a block that lets exactly these through when it is pasted, and again when their hashes have changed', async () => {
    const files = (django: string, vite: string) => ({
      [`pyodide/base.${django}.py`]: 'x',
      [`assets/index-${vite}.py`]: 'x',
      'a b [1] (2)!.py': 'x',
      'plain.py': 'x',
    });
    const root = await folder({ ...files('55e7cbb9ba48', 'BkX9z12a'), 'fine.css': 'x' });
    const hint = await look(root).then(
      () => '',
      (error: { hint: string }) => error.hint,
    );
    const allow = parseLines(hint.split('allow-files: |')[1] ?? '');
    expect(allow).toHaveLength(4);
    expect((await look(root, allow)).files).toHaveLength(5);
    const later = await folder({ ...files('0123456789ab', 'C0dE_f-9'), 'sub/plain.py': 'x' });
    expect(await refusals(later, allow)).toEqual(['sub/plain.py: its name']);
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

  test.each(['itself', 'its parent'])(
    'that leads out of the checkout, because %s is a link, is not read',
    async (which) => {
      const checkout = await folder({ 'a.css': 'x' });
      const outside = await folder({ 'static/secret.txt': 'x' });
      const link = which === 'itself' ? join(checkout, 'static') : join(checkout, 'web');
      await symlink(which === 'itself' ? join(outside, 'static') : outside, link);
      const given = which === 'itself' ? link : join(link, 'static');
      await expect(findFiles(given, ['**'], 'static-dir', [checkout])).rejects.toMatchObject({
        code: 'FILES_REFUSED',
        message: expect.stringMatching(/^static-dir: ".*" is .*static, which is outside of the checkout\.$/),
      });
    },
  );

  test('that is a link to another folder of the checkout is read', async () => {
    const checkout = await folder({ 'build/a.css': 'x' });
    await symlink(join(checkout, 'build'), join(checkout, 'static'));
    const found = await findFiles(join(checkout, 'static'), [], 'static-dir', [checkout]);
    expect(found.entries.map(({ path }) => path)).toEqual(['a.css']);
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

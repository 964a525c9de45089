import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { UrlParts } from '../../demo/parts/database-server.ts';
import type { Venv } from '../../demo/parts/python.ts';
import { type Asked, type AskOptions, askDatabaseOf } from '../support/asked-database.ts';
import { type DatabaseServer, databaseTls, startMariaDb, startPostgres } from '../support/databases.ts';
import { tempFolder } from '../support/project.ts';
import { generate, usualDjango, venvOf } from '../support/real-django.ts';
import { type LoopbackServer, serveTcp } from '../support/server.ts';

/** What real servers and real drivers say when they do not let in, and what the action makes of it. */
let servers: Readonly<Record<'postgres' | 'mariadb' | 'plainPostgres' | 'plainMariadb', DatabaseServer>>;
let silent: LoopbackServer;
let venv: Venv;
let root: string;
let otherAuthority: string;

/** The settings do not read DATABASE_URL, so that the URL is taken apart by the action. */
const settings = `
if os.environ.get("DRIVER") == "PyMySQL":
    import pymysql
    pymysql.version_info = (2, 2, 7, "final", 0)
    pymysql.install_as_MySQLdb()
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
`;

beforeAll(async () => {
  const access = ['hostnossl all tls 127.0.0.1/32 reject', 'host all banned 127.0.0.1/32 reject'];
  const [postgres, mariadb, plainPostgres, plainMariadb] = await Promise.all([
    startPostgres({ tls: databaseTls, access }),
    startMariaDb({ tls: databaseTls }),
    startPostgres(),
    startMariaDb({ settings: { 'skip-ssl': '' } }),
  ]);
  servers = { postgres, mariadb, plainPostgres, plainMariadb };
  silent = await serveTcp(() => undefined);
  for (const server of [postgres, plainPostgres]) {
    await server.sql('postgres', 'CREATE DATABASE shop');
  }
  for (const server of [mariadb, plainMariadb]) await server.sql('mysql', 'CREATE DATABASE shop');
  await postgres.sql(
    'shop',
    `CREATE USER tls PASSWORD 'secret-pass'; CREATE USER banned PASSWORD 'secret-pass'; CREATE USER plain PASSWORD 'secret-pass';
     CREATE USER busy PASSWORD 'secret-pass' CONNECTION LIMIT 0; CREATE USER reader PASSWORD 'secret-pass';
     ALTER USER reader SET default_transaction_read_only = on`,
  );
  await mariadb.sql(
    'shop',
    `CREATE USER plain@'%' IDENTIFIED BY 'secret-pass'; GRANT SELECT ON shop.* TO plain@'%';
     CREATE USER tls@'%' IDENTIFIED BY 'secret-pass' REQUIRE SSL; GRANT ALL ON shop.* TO tls@'%';
     CREATE USER writer@'%' IDENTIFIED BY 'secret-pass'; GRANT ALL ON shop.* TO writer@'%'`,
  );
  venv = await venvOf(await usualDjango(), ['psycopg[binary]', 'mysqlclient', 'PyMySQL']);
  root = await generate(venv, settings);
  otherAuthority = join(tempFolder(), 'other.pem');
  await writeFile(otherAuthority, rootCertificates[0] ?? '');
}, 240_000);
afterAll(async () => {
  await Promise.all([silent.stop(), ...Object.values(servers).map((server) => server.stop())]);
});

type ServerName = keyof typeof servers;
type Case = readonly [
  name: string,
  server: ServerName,
  database: string,
  parts: () => UrlParts,
  code: string,
  says: RegExp,
];

const password = 'secret-pass';
const cases: readonly Case[] = [
  [
    'a name that no DNS knows',
    'postgres',
    'shop',
    () => ({ host: 'no-such-server.invalid' }),
    'DATABASE_UNREACHABLE',
    /no server of the name no-such-server\.invalid/,
  ],
  [
    'a port where nothing listens',
    'postgres',
    'shop',
    () => ({ port: 1 }),
    'DATABASE_UNREACHABLE',
    /Nothing listens at 127\.0\.0\.1, port 1/,
  ],
  [
    'a server that does not answer',
    'postgres',
    'shop',
    () => ({ port: silent.port, query: 'connect_timeout=2' }),
    'DATABASE_UNREACHABLE',
    /did not answer in time/,
  ],
  [
    'a wrong password',
    'postgres',
    'shop',
    () => ({ password: 'wrong-password' }),
    'DATABASE_LOGIN_FAILED',
    /does not let the user "admin" in/,
  ],
  [
    'a user that is not there',
    'postgres',
    'shop',
    () => ({ user: 'nobody', password }),
    'DATABASE_LOGIN_FAILED',
    /does not let the user "nobody" in/,
  ],
  ['a database that is not there', 'postgres', 'shpo', () => ({}), 'DATABASE_NOT_FOUND', /There is no database "shpo"/],
  [
    'an address that is not let in',
    'postgres',
    'shop',
    () => ({ user: 'banned', password }),
    'DATABASE_DENIED',
    /lets nobody in from the address of this runner/,
  ],
  [
    'a server that wants TLS',
    'postgres',
    'shop',
    () => ({ user: 'tls', password, query: 'sslmode=disable' }),
    'DATABASE_TLS',
    /takes connections with TLS alone/,
  ],
  [
    'a certificate that nobody vouches for',
    'postgres',
    'shop',
    () => ({ query: `sslmode=verify-full&sslrootcert=${otherAuthority}` }),
    'DATABASE_TLS',
    /certificate of the database at .* is not trusted/,
  ],
  [
    'no file of the authority',
    'postgres',
    'shop',
    () => ({ query: 'sslmode=verify-full' }),
    'DATABASE_TLS',
    /is not trusted/,
  ],
  [
    'TLS with a server that has none',
    'plainPostgres',
    'shop',
    () => ({ query: 'sslmode=require' }),
    'DATABASE_TLS',
    /has no TLS, and database-url demands it/,
  ],
  [
    'no connection left',
    'postgres',
    'shop',
    () => ({ user: 'busy', password }),
    'DATABASE_BUSY',
    /has no connection left/,
  ],
  [
    'a server that can only be read',
    'postgres',
    'shop',
    () => ({ user: 'reader', password }),
    'DATABASE_READ_ONLY',
    /can only be read: its setting default_transaction_read_only is on/,
  ],
  [
    'a user who may make no tables',
    'postgres',
    'shop',
    () => ({ user: 'plain', password }),
    'DATABASE_DENIED',
    /may not make tables in the schema "public"/,
  ],

  [
    'a name that no DNS knows',
    'mariadb',
    'shop',
    () => ({ host: 'no-such-server.invalid' }),
    'DATABASE_UNREACHABLE',
    /no server of the name no-such-server\.invalid/,
  ],
  [
    'a port where nothing listens',
    'mariadb',
    'shop',
    () => ({ port: 1 }),
    'DATABASE_UNREACHABLE',
    /Nothing listens at 127\.0\.0\.1, port 1/,
  ],
  [
    'a server that does not answer',
    'mariadb',
    'shop',
    () => ({ port: silent.port, query: 'connect_timeout=2' }),
    'DATABASE_UNREACHABLE',
    /did not answer in time/,
  ],
  [
    'localhost, which is a socket',
    'mariadb',
    'shop',
    () => ({ host: 'localhost' }),
    'DATABASE_UNREACHABLE',
    /by a local socket/,
  ],
  [
    'a wrong password',
    'mariadb',
    'shop',
    () => ({ password: 'wrong-password' }),
    'DATABASE_LOGIN_FAILED',
    /does not let the user "admin" in/,
  ],
  ['a database that is not there', 'mariadb', 'shpo', () => ({}), 'DATABASE_NOT_FOUND', /There is no database "shpo"/],
  [
    'a certificate that nobody vouches for',
    'mariadb',
    'shop',
    () => ({ query: `ssl-ca=${otherAuthority}&ssl-mode=VERIFY_CA` }),
    'DATABASE_TLS',
    /is not trusted/,
  ],
  [
    'TLS with a server that has none',
    'plainMariadb',
    'shop',
    () => ({ query: 'ssl-mode=REQUIRED' }),
    'DATABASE_TLS',
    /has no TLS, and database-url demands it/,
  ],
];

/** PyMySQL is Python, and says the same in words of its own. */
const pymysql = cases
  .filter(([, server]) => server.endsWith('ariadb'))
  .filter(([name]) => !name.startsWith('localhost'));

const ask = (server: ServerName, database: string, parts: UrlParts, options: AskOptions = {}): Promise<Asked> =>
  askDatabaseOf(venv, root, servers[server].url(database, parts), options);

function expectError({ error, log }: Asked, code: string, says: RegExp): void {
  expect({ code: error?.code, message: error?.message, log }).toMatchObject({
    code,
    message: expect.stringMatching(says),
  });
  expect(error?.hint).toMatch(/\S/);
}

test.each(cases)('%s, %s', async (_name, server, database, parts, code, says) => {
  expectError(await ask(server, database, parts()), code, says);
});

test.each(pymysql)('%s, %s, by PyMySQL', async (_name, server, database, parts, code, says) => {
  expectError(await ask(server, database, parts(), { env: { DRIVER: 'PyMySQL' } }), code, says);
});

describe('TLS that is right', () => {
  const trusted = databaseTls.certificate;
  test.each<readonly [ServerName, string, string]>([
    ['postgres', `sslmode=verify-full&sslrootcert=${trusted}`, ''],
    ['mariadb', `ssl-mode=VERIFY_CA&ssl-ca=${trusted}`, ''],
    ['mariadb', 'ssl-mode=REQUIRED', ''],
    ['mariadb', `ssl-mode=VERIFY_IDENTITY&ssl-ca=${trusted}`, 'PyMySQL'],
    ['mariadb', 'ssl-mode=REQUIRED', 'PyMySQL'],
  ])('%s, %s %s', async (server, query, driver) => {
    const env = driver === '' ? {} : { DRIVER: driver };
    const asked = await ask(server, 'shop', { user: 'tls', password, query }, { env });
    // Without TLS this user is not let in.
    expect({ server: asked.outcome.databases?.[0]?.server?.product, log: asked.log }).toMatchObject({
      server: server === 'postgres' ? 'PostgreSQL' : 'MariaDB',
    });
  });
});

test('a MariaDB that wants TLS, one that can only be read, and a user who may change nothing', async () => {
  const { mariadb } = servers;
  await mariadb.sql('mysql', 'SET GLOBAL require_secure_transport = ON');
  try {
    // MariaDB refuses it in the words of a wrong password, so that the hint has both.
    const refused = await ask('mariadb', 'shop', { query: 'ssl-mode=DISABLED' });
    expectError(refused, 'DATABASE_LOGIN_FAILED', /does not let the user "admin" in/);
    expect(refused.error?.hint).toContain('?ssl-mode=REQUIRED');
  } finally {
    await mariadb.sql('mysql', 'SET GLOBAL require_secure_transport = OFF');
  }
  await mariadb.sql('mysql', 'SET GLOBAL read_only = ON');
  try {
    expectError(
      await ask('mariadb', 'shop', { user: 'writer', password }),
      'DATABASE_READ_ONLY',
      /its setting read_only is on/,
    );
  } finally {
    await mariadb.sql('mysql', 'SET GLOBAL read_only = OFF');
  }
  const denied = await ask('mariadb', 'shop', { user: 'plain', password }, { mode: 'run' });
  expectError(denied, 'DATABASE_DENIED', /failed|denied/);
  expect(denied.error?.hint).toContain('GRANT ALL PRIVILEGES ON `shop`');
});

test('a lock that another connection holds for the whole time', async () => {
  const { postgres } = servers;
  const key = Buffer.from('deploy-d').readBigInt64BE();
  const held = postgres.sql(
    'shop',
    `SELECT set_config('application_name', 'acme/shop run 6.1', false); SELECT pg_advisory_lock(${key}); SELECT pg_sleep(600)`,
  );
  // Ended below.
  held.catch(() => undefined);
  const holder = "FROM pg_locks WHERE locktype = 'advisory'";
  while ((await postgres.sql('shop', `SELECT count(*) ${holder}`)) === '0');
  expectError(
    await ask('postgres', 'shop', {}, { mode: 'run', wait: 1_000 }),
    'MIGRATION_LOCKED',
    /^acme\/shop run 6\.1 migrates the database "default"/,
  );
  await postgres.sql('shop', `SELECT pg_terminate_backend(pid) ${holder}`);
  await expect(held).rejects.toThrow();
});

test('no driver in the project', async () => {
  const bare = await venvOf(await usualDjango());
  for (const [server, driver] of [
    ['postgres', 'psycopg[binary]'],
    ['mariadb', 'mysqlclient'],
  ] as const) {
    const asked = await askDatabaseOf(bare, root, servers[server].url('shop'));
    expectError(asked, 'DATABASE_DRIVER_MISSING', /no driver for the database/);
    expect(asked.error?.hint).toContain(`Add ${driver} to the dependencies`);
  }
});

test('no server at all: settings that name a file', async () => {
  expectError(await askDatabaseOf(venv, root, undefined), 'DATABASE_NOT_SET', /"default" is an SQLite file/);
});

test('files that a migration writes to a storage of the network are counted, because they are lost', async () => {
  const bucket = 'from django.core.files.storage import Storage\n\n\nclass Bucket(Storage):\n    pass\n';
  const migration = `from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import migrations


def write(apps, schema_editor):
    default_storage.save("a.txt", ContentFile(b"a"))


class Migration(migrations.Migration):
    operations = [migrations.RunPython(write)]
`;
  const peculiar = `${settings}INSTALLED_APPS += ["files"]\nSTORAGES["default"] = {"BACKEND": "files.bucket.Bucket"}\n`;
  const project = await generate(venv, peculiar, {
    'files/__init__.py': '',
    'files/bucket.py': bucket,
    'files/migrations/__init__.py': '',
    'files/migrations/0001_write.py': migration,
  });
  await servers.postgres.sql('postgres', 'CREATE DATABASE files');
  const asked = await askDatabaseOf(venv, project, servers.postgres.url('files'), { mode: 'run' });
  expect(asked.error).toBeUndefined();
  expect(asked.outcome.stored).toBe(1);
  const again = await askDatabaseOf(venv, project, servers.postgres.url('files'), { mode: 'run' });
  expect(again.outcome.stored).toBe(0);
});

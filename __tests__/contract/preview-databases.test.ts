import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeIdentity } from '../../src/core/identity.ts';
import { previewDatabaseName } from '../../src/databases/preview-name.ts';
import { type DatabaseServer, databaseTls } from '../support/databases.ts';
import {
  databasesBy,
  dropUnforced,
  type Place,
  places,
  postgresPlace,
  startMariaDb,
  startPostgres,
} from './support/preview-databases.ts';

/** What every place promises in which databases of previews are made. */
let postgres: DatabaseServer;
let mariadb: DatabaseServer;
beforeAll(async () => {
  [postgres, mariadb] = await Promise.all([startPostgres({ tls: databaseTls }), startMariaDb({ tls: databaseTls })]);
});
afterAll(() => Promise.all([postgres.stop(), mariadb.stop()]));

let repositories = 100;
const databaseOf = (repository: string, pullRequest: number) => {
  const identity = makeIdentity({ repository, workingDirectory: '.', environment: 'preview', pullRequest });
  return { identity, name: previewDatabaseName(identity) };
};

describe.each(Object.entries(places({ postgres: () => postgres, mariadb: () => mariadb })))('%s', (_name, open) => {
  let place: Place;
  const repository = String(++repositories);
  const seven = databaseOf(repository, 7);
  beforeAll(async () => {
    place = await open();
  });
  afterAll(() => place.stop());

  test('names the server as it calls itself, once it has answered', async () => {
    await place.databases.list();
    expect(place.databases.title).toMatch(place.title);
  });

  test('makes a database once, and remembers that it was prepared', async () => {
    const { databases } = place;
    expect(await databases.open(seven)).toBe('made');
    expect(await place.names()).toContain(seven.name);
    expect(await databases.open(seven)).toBe('found');
    await databases.notePrepared(seven);
    expect(await databases.open(seven)).toBe('prepared');
    await databases.notePrepared(seven);
    expect(await databases.open(seven)).toBe('prepared');
  });

  test('makes one for each pull request and each repository, and lists those that are ours', async () => {
    const { databases } = place;
    const others = [databaseOf(repository, 8), databaseOf(`${repository}1`, 7)];
    for (const one of others) expect(await databases.open(one)).toBe('made');
    const listed = await databases.list();
    for (const { name } of [seven, ...others]) expect(listed).toContain(name);
    for (const one of others) expect(await databases.drop(one)).toBe('dropped');
    expect(await databases.list()).toContain(seven.name);
  });

  test('makes no second one where two runs begin at once', async () => {
    const one = databaseOf(repository, 9);
    const both = await Promise.all([place.databases.open(one), place.databases.open(one)]);
    expect(['found', 'made']).toEqual(expect.arrayContaining(both));
    expect(await place.databases.drop(one)).toBe('dropped');
  });

  test('does not use, mark or drop one that it did not make', async () => {
    const foreign = databaseOf(repository, 10);
    await place.make(foreign.name);
    const message = new RegExp(`There is a database ${foreign.name} at .* bears no mark of this action`);
    await expect(place.databases.open(foreign)).rejects.toMatchObject({ code: 'DATABASE_TAKEN' });
    await expect(place.databases.open(foreign)).rejects.toThrow(message);
    await expect(place.databases.check(foreign)).rejects.toMatchObject({ code: 'DATABASE_TAKEN' });
    expect(await place.databases.drop(foreign)).toBe('left');
    expect(await place.databases.list()).not.toContain(foreign.name);
    expect(await place.names()).toContain(foreign.name);
  });

  test('drops it although somebody uses it, and again without harm', async () => {
    const used = await place.use?.(seven.name);
    expect(await place.databases.drop(seven)).toBe('dropped');
    await used?.ended;
    expect(await place.names()).not.toContain(seven.name);
    expect(await place.databases.drop(seven)).toBe('gone');
  });

  test('forgets with it that it was prepared', async () => {
    expect(await place.databases.open(seven)).toBe('made');
    expect(await place.databases.open(seven)).toBe('found');
    expect(await place.databases.drop(seven)).toBe('dropped');
  });

  test('says that the user may make databases', async () => {
    expect((await place.databases.check(seven)).join()).toMatch(/^$|shows when it does/);
  });
});

test.each(['psycopg[binary]==3.3.9', 'psycopg2-binary'])(
  'a PostgreSQL before version 13 drops a database in use too, by %s',
  async (driver) => {
    const place = await postgresPlace(driver, postgres);
    const one = databaseOf('44', 7);
    expect(await place.databases.open(one)).toBe('made');
    const used = await place.use?.(one.name);
    expect(await dropUnforced(driver, postgres, one.name)).toEqual([0, '']);
    await used?.ended;
    expect(await place.names()).not.toContain(one.name);
  },
);

describe('a mark of another preview', () => {
  test.each([
    [
      'PostgreSQL',
      'psycopg[binary]==3.3.9',
      () => postgres,
      (name: string, mark: string) => `COMMENT ON DATABASE "${name}" IS '${mark}'`,
    ],
    [
      'MariaDB',
      'PyMySQL',
      () => mariadb,
      (name: string, mark: string) =>
        `CREATE TABLE \`${name}\`.deploy_django (id INT NOT NULL PRIMARY KEY) COMMENT = '${mark}'`,
    ],
  ])('does for %s as little as none', async (_name, driver, server, marking) => {
    const database = databaseOf('77', 7);
    const databases = await databasesBy(
      driver,
      server().url('mysql' === server().url('').slice(0, 5) ? '' : 'postgres'),
    );
    const admin = server().url('').startsWith('mysql') ? 'mysql' : 'postgres';
    await server().sql(admin, `CREATE DATABASE ${database.name}`);
    await server().sql(admin, marking(database.name, 'Preview database of deploy-django: 78/preview/preview%2Fpr-7'));
    await expect(databases.open(database)).rejects.toThrow(
      'bears the mark of another preview (78/preview/preview%2Fpr-7)',
    );
    await expect(databases.notePrepared(database)).rejects.toMatchObject({ code: 'DATABASE_TAKEN' });
    expect(await databases.drop(database)).toBe('left');
    expect(await databases.list()).not.toContain(database.name);
  });
});

describe('says what is wrong', () => {
  const other = { user: 'nobody_special', password: 'secret-of-nobody' };
  beforeAll(async () => {
    await postgres.sql('postgres', `CREATE ROLE ${other.user} LOGIN PASSWORD '${other.password}'`);
    await mariadb.sql('mysql', `CREATE USER '${other.user}'@'%' IDENTIFIED BY '${other.password}'`);
  });
  const seven = databaseOf('55', 7);
  const by = {
    PostgreSQL: ['psycopg[binary]==3.3.9', () => postgres, 'postgres'],
    'PostgreSQL (psycopg2)': ['psycopg2-binary', () => postgres, 'postgres'],
    MariaDB: ['PyMySQL', () => mariadb, ''],
    'MariaDB (mysqlclient)': ['mysqlclient', () => mariadb, ''],
  } as const;

  describe.each(Object.entries(by))('%s', (name, [driver, server, admin]) => {
    const opened = async (parts: Parameters<DatabaseServer['url']>[1], database: string = admin) =>
      databasesBy(driver, server().url(database, parts));

    test('with the statement to type, where the user may make no database', async () => {
      const databases = await opened(other);
      const hint = name.startsWith('MariaDB')
        ? `GRANT ALL PRIVILEGES ON \`preview\\_%\`.* TO 'nobody_special'@'%';`
        : 'ALTER ROLE "nobody_special" CREATEDB;';
      const message = expect.stringMatching(/^(PostgreSQL|MariaDB) at [\d.:]+ does not let the user "nobody_special"/);
      const expected = { code: 'DATABASE_DENIED', message, hint: expect.stringContaining(hint) };
      await expect(databases.open(seven)).rejects.toMatchObject(expected);
      await expect(databases.check(seven)).rejects.toMatchObject(expected);
      await expect(databases.check(undefined)).rejects.toMatchObject(expected);
    });

    test('that the statement to type is enough', async () => {
      const databases = await opened(other);
      const { hint } = (await databases.open(seven).catch((error: unknown) => error)) as { hint: string };
      await server().sql(admin || 'mysql', hint.replace(/^.*?: /, ''));
      expect(await databases.check(seven)).toEqual([]);
      expect(await databases.open(seven)).toBe('made');
      expect(await databases.drop(seven)).toBe('dropped');
      await server().sql(
        admin || 'mysql',
        name.startsWith('MariaDB')
          ? `REVOKE ALL PRIVILEGES ON \`preview\\_%\`.* FROM '${other.user}'@'%'`
          : `ALTER ROLE ${other.user} NOCREATEDB`,
      );
    });

    test('that the password is wrong', async () => {
      const databases = await opened({ password: 'wrong-password' });
      const error = await databases.open(seven).catch((one: unknown) => one);
      expect(error).toMatchObject({ code: 'DATABASE_LOGIN_FAILED' });
      expect(String((error as Error).message)).not.toContain('wrong-password');
    });

    test('that nobody answers', async () => {
      const databases = await opened({ port: 1 });
      await expect(databases.open(seven)).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    });

    test('that the host has no address', async () => {
      const databases = await opened({ host: 'nowhere.invalid' });
      await expect(databases.drop(seven)).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    });
  });

  test('that PostgreSQL has no database of the name in database-url', async () => {
    const databases = await databasesBy('psycopg[binary]==3.3.9', postgres.url('nothing_here'));
    await expect(databases.open(seven)).rejects.toMatchObject({
      code: 'DATABASE_NOT_FOUND',
      message: expect.stringContaining('There is no database "nothing_here"'),
    });
  });
});

describe('over TLS', () => {
  const secured = { user: 'secured', password: 'only-over-tls' };
  beforeAll(async () => {
    await mariadb.sql('mysql', `CREATE USER '${secured.user}'@'%' IDENTIFIED BY '${secured.password}' REQUIRE SSL`);
    await mariadb.sql('mysql', `GRANT ALL PRIVILEGES ON \`preview\\_%\`.* TO '${secured.user}'@'%'`);
  });
  const certificate = encodeURIComponent(databaseTls.certificate);
  const seven = databaseOf('66', 7);

  test.each([
    ['PyMySQL', 'ssl-mode=REQUIRED'],
    ['PyMySQL', `ssl-ca=${certificate}`],
    ['PyMySQL', `ssl-mode=VERIFY_IDENTITY&ssl_ca=${certificate}`],
    ['mysqlclient', 'ssl-mode=REQUIRED'],
    ['mysqlclient', `ssl-ca=${certificate}`],
  ])('%s connects with %s', async (driver, query) => {
    const databases = await databasesBy(driver, mariadb.url('shop', { ...secured, query }));
    expect(await databases.open(seven)).toBe('made');
    expect(await databases.drop(seven)).toBe('dropped');
  });

  test.each([
    ['psycopg[binary]==3.3.9', 'sslmode=require&conn_max_age=60'],
    ['psycopg[binary]==3.3.9', `sslmode=verify-full&sslrootcert=${certificate}`],
    ['psycopg2-binary', 'sslmode=require'],
  ])('%s connects with %s', async (driver, query) => {
    const databases = await databasesBy(driver, postgres.url('postgres', { query }));
    expect(await databases.check(seven)).toEqual([]);
  });

  test('a certificate that is not trusted is refused', async () => {
    const query = 'sslmode=verify-full&sslrootcert=system';
    const databases = await databasesBy('psycopg[binary]==3.3.9', postgres.url('postgres', { query }));
    await expect(databases.open(seven)).rejects.toMatchObject({ code: 'DATABASE_TLS' });
  });
});

import { join } from 'node:path';
import { ensureVenv } from '../../../demo/parts/python.ts';
import { parseDatabaseUrl } from '../../../src/databases/database-url.ts';
import { digitalOceanDatabases } from '../../../src/databases/digitalocean/digitalocean-databases.ts';
import type { PreviewDatabases } from '../../../src/databases/preview-databases.ts';
import { sqlDatabases } from '../../../src/databases/sql/sql-databases.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { refusalError } from '../../../src/project/migrate/database-failures.ts';
import { createHttp } from '../../../src/runner/http-client.ts';
import { runnerExec } from '../../../src/runner/runner-exec.ts';
import { type DatabaseServer, startMariaDb, startPostgres } from '../../support/databases.ts';
import { fakeClock, never } from '../../support/fakes.ts';
import { fakeMachine } from '../../support/host-io.ts';
import { clusterId, clusterToken, startDatabaseCluster } from '../../support/hosts/digitalocean-databases.ts';

/** Somewhere that databases of previews are made, and a look at it from outside. */
export interface Place {
  readonly databases: PreviewDatabases;
  readonly title: RegExp;
  /** Makes a database as somebody else would. */
  make(name: string): Promise<unknown>;
  names(): Promise<string[]>;
  /** Somebody uses it, until `ended`. */
  use?(name: string): Promise<{ readonly ended: Promise<unknown> }>;
  stop(): Promise<void>;
}

/** The folder of the Python files as they stand in the sources. */
export const databaseScripts = join(import.meta.dirname, '..', '..', '..', 'src', 'databases', 'python');

/** Databases of a server over a driver that a virtual environment has. */
export async function databasesBy(driver: string, url: string): Promise<PreviewDatabases> {
  const parsed = parseDatabaseUrl(url);
  if (typeof parsed === 'string') throw new Error(parsed);
  const { python } = await ensureVenv([driver]);
  const client = { program: python, env: {}, script: join(databaseScripts, 'preview_databases.py'), cwd: '/' };
  return sqlDatabases(parsed, {
    exec: runnerExec,
    signal: never,
    client: async () => client,
    explain: (refusal) => refusalError({ type: 'refusal', ...refusal }),
  });
}

const session = `
import sys, time
{connect}
connection.cursor().execute("CREATE TABLE used (n integer)")
print("here", flush=True)
while True:
    time.sleep(0.2)
    connection.cursor().execute("SELECT 1")
`;

/** A process that has an open transaction in a database. */
async function useBy(driver: string, connect: string, url: string): Promise<{ ended: Promise<unknown> }> {
  const { python } = await ensureVenv([driver]);
  const { promise: here, resolve } = Promise.withResolvers<void>();
  const env = { URL: url };
  const command = { program: python, args: ['-c', session.replace('{connect}', connect)], cwd: '/', env };
  const ended = runnerExec(command, () => resolve(), never);
  await Promise.race([here, ended]);
  return { ended };
}

const unforced = `
import os, sys
sys.path.insert(0, sys.argv[1])
from deploy_django_databases import postgresql
connection = {"name": "postgres", "user": sys.argv[2], "password": os.environ["PGPASSWORD"], "host": "127.0.0.1", "port": int(sys.argv[3]), "options": {}}
postgresql.Server(postgresql.driver(), {"connection": connection}).drop_unforced(sys.argv[4])
`;

const [user, password] = ['previews', 'p@ss/w0rd'];

/** Drops a database as it is done on a PostgreSQL before version 13. The exit code, and what was printed. */
export async function dropUnforced(driver: string, server: DatabaseServer, name: string): Promise<[number, string]> {
  const { python } = await ensureVenv([driver]);
  const args = ['-c', unforced, databaseScripts, user, String(server.port), name];
  const chunks: Uint8Array[] = [];
  const command = { program: python, args, cwd: '/', env: { PGPASSWORD: password } };
  const exit = await runnerExec(command, (chunk) => void chunks.push(chunk), never);
  return [exit, Buffer.concat(chunks).toString()];
}

/** A PostgreSQL whose user may make databases and nothing more. */
export async function postgresPlace(driver: string, server: DatabaseServer): Promise<Place> {
  const known = await server.sql('postgres', `SELECT 1 FROM pg_roles WHERE rolname = '${user}'`);
  if (known === '') await server.sql('postgres', `CREATE ROLE ${user} LOGIN CREATEDB PASSWORD '${password}'`);
  const url = (name: string) => server.url(name, { user, password });
  return {
    databases: await databasesBy(driver, url('postgres')),
    title: /^PostgreSQL at 127\.0\.0\.1:\d+$/,
    make: (name) => server.sql('postgres', `CREATE DATABASE "${name}" OWNER ${user}`),
    names: async () => (await server.sql('postgres', 'SELECT datname FROM pg_database')).split('\n'),
    use: async (name) => {
      const module = driver.startsWith('psycopg2') ? 'psycopg2' : 'psycopg';
      return useBy(driver, `import os, ${module}\nconnection = ${module}.connect(os.environ["URL"])`, url(name));
    },
    stop: async () => undefined,
  };
}

/** A MariaDB whose user may do everything with databases of previews, and nothing with others. */
export async function mariaDbPlace(driver: string, server: DatabaseServer): Promise<Place> {
  await server.sql(
    'mysql',
    `CREATE USER IF NOT EXISTS '${user}'@'%' IDENTIFIED BY '${password}'; GRANT ALL PRIVILEGES ON \`preview\\_%\`.* TO '${user}'@'%'`,
  );
  const url = (name: string) => server.url(name, { user, password });
  const module = driver.startsWith('mysqlclient') ? 'MySQLdb' : 'pymysql';
  const connect = (name: string) =>
    `import ${module}\nconnection = ${module}.connect(host="127.0.0.1", port=${server.port}, user="${user}", password="${password}", database="${name}")\nconnection.cursor().execute("CREATE TABLE kept (n integer)")\nconnection.cursor().execute("INSERT INTO kept VALUES (1)")`;
  return {
    databases: await databasesBy(driver, url('')),
    title: /^MariaDB at 127\.0\.0\.1:\d+$/,
    make: (name) => server.sql('mysql', `CREATE DATABASE \`${name}\``),
    names: async () => (await server.sql('mysql', 'SHOW DATABASES')).split('\n'),
    use: async (name) => useBy(driver, connect(name), url(name)),
    stop: async () => undefined,
  };
}

export async function digitalOceanPlace(): Promise<Place> {
  const cluster = await startDatabaseCluster();
  const http = createHttp('test');
  const io = {
    ...fakeMachine(),
    run: async () => ({ code: 127, stdout: '', stderr: '' }),
    request: (request: Parameters<typeof http>[0]) => http(request, never),
    now: Date.now,
    signal: never,
    clock: fakeClock(),
    random: () => 1,
  };
  const token = new Secret(clusterToken);
  return {
    databases: digitalOceanDatabases(
      { id: clusterId, token, options: { 'api-url': [cluster.origin] } },
      'postgresql',
      io,
    ),
    title: /^DigitalOcean's cluster 9cc10173-/,
    make: async (name) => cluster.databases.add(name),
    names: async () => [...cluster.databases],
    async stop() {
      await http.close();
      await cluster.stop();
      if (cluster.complaints.length > 0) throw new Error(cluster.complaints.join('\n'));
    },
  };
}

/** Every way to make databases of previews, by its name. */
export const places = (servers: {
  readonly postgres: () => DatabaseServer;
  readonly mariadb: () => DatabaseServer;
}): Readonly<Record<string, () => Promise<Place>>> => ({
  'PostgreSQL by psycopg': () => postgresPlace('psycopg[binary]==3.3.9', servers.postgres()),
  'PostgreSQL by psycopg2': () => postgresPlace('psycopg2-binary', servers.postgres()),
  'MariaDB by PyMySQL': () => mariaDbPlace('PyMySQL', servers.mariadb()),
  'MariaDB by mysqlclient': () => mariaDbPlace('mysqlclient', servers.mariadb()),
  'DigitalOcean by its API': digitalOceanPlace,
});

export { startMariaDb, startPostgres };

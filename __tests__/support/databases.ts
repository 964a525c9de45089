import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  accountOf,
  type DatabaseServer,
  type DatabaseServerOptions,
  folderFor,
  startDatabase,
  urlOf,
  writeFor,
} from '../../demo/parts/database-server.ts';
import { freePort } from '../../demo/parts/ports.ts';

export type { DatabaseServer } from '../../demo/parts/database-server.ts';
export { startPostgres } from '../../demo/parts/postgres.ts';

const run = promisify(execFile);
const [user, password] = ['admin', 'p@ss/w0rd:mariadb'];
const server = '/usr/sbin/mariadbd';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'tls');
/** For `localhost` and `127.0.0.1`, signed by itself: the certificate is its own authority. */
export const databaseTls = { certificate: join(fixtures, 'localhost.crt'), key: join(fixtures, 'localhost.key') };

/** Starts a real MariaDB on loopback. Logins are by password, over TCP. */
export async function startMariaDb(options: DatabaseServerOptions = {}): Promise<DatabaseServer> {
  if (!existsSync(server)) {
    throw new Error('There is no MariaDB on this machine. Install it: apt-get install mariadb-server');
  }
  const account = await accountOf('mysql');
  const [folder, port] = await Promise.all([folderFor(account), freePort()]);
  const data = join(folder, 'data');
  // Two that share a folder for temporary tables would take away each other's.
  const install = [
    '--no-defaults',
    `--tmpdir=${folder}`,
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ];
  await run('mariadb-install-db', [...install, '--skip-name-resolve'], { cwd: folder, ...account });
  const setUp = [
    `CREATE USER '${user}'@'%' IDENTIFIED BY '${password}';`,
    `GRANT ALL PRIVILEGES ON *.* TO '${user}'@'%' WITH GRANT OPTION;`,
    `DROP USER IF EXISTS ''@'localhost', root@localhost;`,
  ];
  const tls: Record<string, string> = {};
  if (options.tls) {
    tls['ssl-cert'] = await writeFor(account, join(folder, 'tls.crt'), await readFile(options.tls.certificate, 'utf8'));
    tls['ssl-key'] = await writeFor(account, join(folder, 'tls.key'), await readFile(options.tls.key, 'utf8'));
  }
  const settings = {
    datadir: data,
    tmpdir: folder,
    port: String(port),
    'bind-address': '127.0.0.1',
    socket: join(folder, 'socket'),
    'pid-file': join(folder, 'pid'),
    'init-file': await writeFor(account, join(folder, 'set-up.sql'), `${setUp.join('\n')}\n`),
    'innodb-flush-log-at-trx-commit': '0',
    'character-set-server': 'utf8mb4',
    ...tls,
    ...options.settings,
  };
  const url = urlOf('mysql', { user, password, host: '127.0.0.1', port });
  const client = ['--no-defaults', '--protocol=TCP', '--host=127.0.0.1', `--port=${port}`, `--user=${user}`];
  const sql = async (database: string, statements: string) => {
    const args = [...client, '--batch', '--skip-column-names', `--execute=${statements}`, database];
    const { stdout } = await run('mariadb', args, { env: { ...process.env, MYSQL_PWD: password } });
    return stdout.trimEnd();
  };
  const running = await startDatabase({
    path: server,
    args: ['--no-defaults', ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`)],
    account,
    port,
    folder,
    signal: 'SIGTERM',
    isReady: () =>
      sql('mysql', 'SELECT 1').then(
        () => true,
        () => false,
      ),
  });
  return { ...running, port, user, password, url, sql };
}

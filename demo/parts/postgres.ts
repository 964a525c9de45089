import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
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
} from './database-server.ts';
import { freePort } from './ports.ts';

const run = promisify(execFile);
const [user, password] = ['admin', 'p@ss/w0rd:postgres'];

export interface PostgresOptions extends DatabaseServerOptions {
  /** Lines of pg_hba.conf that go before the rule that lets everybody in by password. */
  readonly access?: readonly string[];
}

/** Folder of the newest PostgreSQL's programs, Debian's place first; undefined where there is none. */
function programs(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => existsSync(join(folder, 'initdb')));
}

/** Starts a real PostgreSQL on loopback. Logins are by password (SCRAM). */
export async function startPostgres(options: PostgresOptions = {}): Promise<DatabaseServer> {
  const bin = programs();
  if (!bin) throw new Error('There is no PostgreSQL on this machine. Install it: apt-get install postgresql');
  const account = await accountOf('postgres');
  const [folder, port] = await Promise.all([folderFor(account), freePort()]);
  const data = join(folder, 'data');
  const secret = await writeFor(account, join(folder, 'password'), password);
  const initial = ['--pgdata', data, '--username', user, '--pwfile', secret, '--auth=scram-sha-256', '--encoding=UTF8'];
  await run(join(bin, 'initdb'), [...initial, '--locale=C.UTF-8', '--no-sync'], { cwd: folder, ...account });
  const lines = [...(options.access ?? []), 'host all all 127.0.0.1/32 scram-sha-256'];
  await writeFor(account, join(data, 'pg_hba.conf'), `${lines.join('\n')}\n`);
  const tls: Record<string, string> = {};
  if (options.tls) {
    tls.ssl = 'on';
    tls.ssl_cert_file = await writeFor(
      account,
      join(folder, 'tls.crt'),
      await readFile(options.tls.certificate, 'utf8'),
    );
    tls.ssl_key_file = await writeFor(account, join(folder, 'tls.key'), await readFile(options.tls.key, 'utf8'));
  }
  const quick = { fsync: 'off', listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const settings = Object.entries({ ...quick, ...tls, ...options.settings });
  const url = urlOf('postgres', { user, password, host: '127.0.0.1', port });
  const sql = async (database: string, statements: string) => {
    const args = ['--no-psqlrc', '--tuples-only', '--no-align', '--field-separator=\t', '--set=ON_ERROR_STOP=1'];
    const { stdout } = await run(join(bin, 'psql'), [...args, `--dbname=${url(database)}`, '--command', statements]);
    return stdout.trimEnd();
  };
  const running = await startDatabase({
    path: join(bin, 'postgres'),
    args: ['-D', data, '-p', String(port), ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    account,
    port,
    folder,
    signal: 'SIGINT',
    isReady: () =>
      run(join(bin, 'pg_isready'), ['--host=127.0.0.1', `--port=${port}`]).then(
        () => true,
        () => false,
      ),
  });
  return { ...running, port, user, password, url, sql };
}

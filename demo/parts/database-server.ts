import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A real database server on loopback, at a port of its own, that forgets everything at its end. */
export interface DatabaseServer {
  readonly port: number;
  /** The administrator, who may make databases and users. */
  readonly user: string;
  readonly password: string;
  /** Id of the server's process. */
  readonly pid: number;
  /** A URL for `DATABASE_URL`: `engine://user:password@127.0.0.1:port/database`, with what is given instead. */
  url(database: string, other?: UrlParts): string;
  /** Runs SQL as the administrator: one line a row, columns by tab. Throws with the server's own sentence. */
  sql(database: string, statements: string): Promise<string>;
  /** What the server wrote, the last 20,000 characters. */
  log(): string;
  stop(): Promise<void>;
}

export interface UrlParts {
  readonly user?: string;
  readonly password?: string;
  readonly host?: string;
  readonly port?: number;
  /** For example `sslmode=require`. */
  readonly query?: string;
}

export interface DatabaseServerOptions {
  /** The server's own settings by name, for example `max_connections: '3'`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Paths of certificate and key (PEM): the server offers TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

export const urlOf =
  (scheme: string, own: Required<Omit<UrlParts, 'query'>>): DatabaseServer['url'] =>
  (database, other = {}) => {
    const { user, password, host, port } = { ...own, ...other };
    const query = other.query ? `?${other.query}` : '';
    return `${scheme}://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}${query}`;
  };

/** Whom the server runs as: servers of databases refuse to be run by root. */
export interface Account {
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

export async function accountOf(name: string): Promise<Account> {
  if (userInfo().uid !== 0) return {};
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
  );
  return { uid, gid };
}

/** An empty folder of that account. */
export async function folderFor({ uid, gid }: Account): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'database-')));
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
  return folder;
}

/** Writes a file that only that account may read. */
export async function writeFor({ uid, gid }: Account, path: string, text: string): Promise<string> {
  await writeFile(path, text, { mode: 0o600 });
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
  return path;
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once('exit', () => resolve());
  child.kill(signal);
  const last = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await promise;
  clearTimeout(last);
}

export interface Program {
  readonly path: string;
  readonly args: readonly string[];
  readonly account: Account;
  readonly port: number;
  /** It goes away with the server. */
  readonly folder: string;
  /** The signal that ends it at once and in order. */
  readonly signal: NodeJS.Signals;
  /** True when it takes logins: a port can be open before that. */
  isReady(): Promise<boolean>;
}

/** Starts a server and waits until it takes logins; throws with its output where it ends before. */
export async function startDatabase(program: Program): Promise<Pick<DatabaseServer, 'pid' | 'log' | 'stop'>> {
  const { account, folder } = program;
  const child = spawn(program.path, program.args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], ...account });
  let output = '';
  const keep = (chunk: Uint8Array) => {
    output = (output + Buffer.from(chunk).toString()).slice(-20_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(String(error))));
  const stop = async () => {
    await end(child, program.signal);
    await rm(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + 60_000;
  while (!((await listens(program.port)) && (await program.isReady()))) {
    if (child.exitCode !== null || child.pid === undefined || Date.now() > deadline) {
      await stop();
      throw new Error(`${program.path} did not start:\n${output}`);
    }
    await delay(100);
  }
  return { pid: child.pid ?? 0, log: () => output, stop };
}

import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { tempFolder } from './project.ts';

const run = promisify(execFile);
const program = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((path) => existsSync(path));

/** A real OpenSSH server on loopback that lets the user of this process in, with one key. */
export interface Sshd {
  /** `user@127.0.0.1:port`. */
  readonly service: string;
  readonly privateKey: string;
  /** The line of its host key. */
  readonly knownHosts: string;
  /** Lines of its own log. */
  log(): string;
  stop(): Promise<void>;
}

/** A port of loopback that was free a moment ago. */
export function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer()
    .once('error', reject)
    .listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  return promise;
}

async function makeKey(path: string): Promise<{ readonly key: string; readonly pub: string }> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path]);
  const [key, pub] = await Promise.all([readFile(path, 'utf8'), readFile(`${path}.pub`, 'utf8')]);
  return { key, pub: pub.trim() };
}

export async function startSshd(): Promise<Sshd> {
  if (!program) throw new Error('There is no sshd on this machine. Install it: apt-get install openssh-server');
  const folder = tempFolder();
  const { username, uid } = userInfo();
  // Where it is started by root, it wants the folder that it would give up its rights in.
  if (uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const [server, client, port] = await Promise.all([
    makeKey(join(folder, 'host-key')),
    makeKey(join(folder, 'client-key')),
    freePort(),
  ]);
  const authorized = join(folder, 'authorized_keys');
  await writeFile(authorized, `${client.pub}\n`, { mode: 0o600 });
  const config = [
    `ListenAddress 127.0.0.1:${port}`,
    `HostKey ${join(folder, 'host-key')}`,
    `AuthorizedKeysFile ${authorized}`,
    `PidFile ${join(folder, 'pid')}`,
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'StrictModes no',
    'Subsystem sftp internal-sftp',
  ];
  await writeFile(join(folder, 'config'), `${config.join('\n')}\n`);
  const child = spawn(program, ['-D', '-e', '-f', join(folder, 'config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Uint8Array) => {
    said += Buffer.from(chunk).toString();
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let round = 0; !said.includes('Server listening'); round++) {
    if (round > 200 || child.exitCode !== null) throw new Error(`sshd did not start: ${said}`);
    await delay(50);
  }
  return {
    service: `${username}@127.0.0.1:${port}`,
    privateKey: client.key,
    knownHosts: `[127.0.0.1]:${port} ${server.pub}`,
    log: () => said,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

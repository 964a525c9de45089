import { DeployError } from '../../core/errors.ts';
import { quoteAlways } from '../../lib/shell-word.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../contract/host.ts';
import { parseAddress, type SshAddress } from './ssh-address.ts';

/** What a script on the server printed, and how it ended. */
export interface ScriptResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A server that scripts run on and files are sent to. */
export interface Connection {
  readonly address: SshAddress;
  /** Runs a script with arguments in the server's `sh`. @throws where the connection is not made. */
  script(text: string, args: readonly string[]): Promise<ScriptResult>;
  /** Sends files into a folder of the server; they keep their names. */
  send(files: readonly string[], folder: string): Promise<void>;
}

const last = (text: string): string => text.trim().split(/\r?\n/).at(-1)?.trim().slice(0, 200) ?? '';

const refused = (message: string, hint: string) => new DeployError('HOST_REFUSED', message, { hint });

/**
 * Why ssh itself failed: what the inputs cause says what to type; all else may pass, and is an error of status 503 for the
 * release to try again.
 */
export function connectionError(stderr: string, { host, port, user }: SshAddress): Error {
  const scan = `ssh-keyscan ${port === 22 ? '' : `-p ${port} `}${host}`;
  if (/HOST IDENTIFICATION HAS CHANGED|Host key verification failed|No \S+ host key is known/i.test(stderr)) {
    const name = port === 22 ? host : `[${host}]:${port}`;
    return refused(
      `The server shows a host key that known-hosts does not hold for ${name}.`,
      `Run "${scan}" in a network that you trust, compare it with the keys in /etc/ssh on the server, and write the line into host-options: "known-hosts: ${name} ssh-ed25519 AAAA…".`,
    );
  }
  if (/Load key|invalid format|error in libcrypto|incorrect passphrase/i.test(stderr)) {
    return refused(
      'host-token is not a private key that ssh can read.',
      'Put the whole file into the secret, from -----BEGIN to -----END and without a passphrase: ssh-keygen -t ed25519 -N "" -f deploy-key.',
    );
  }
  if (/Permission denied|Too many authentication failures/i.test(stderr)) {
    return refused(
      `The server does not let ${user} in with this key.`,
      `Add the public half of the key in host-token to ~/.ssh/authorized_keys of ${user} on the server.`,
    );
  }
  return new HostAnswerError(
    `no connection to ${host}:${port} (${last(stderr) || 'ssh ended without a message'})`,
    503,
  );
}

/** Options that make ssh use these files alone, ask nobody, and trust no key that is not among them. */
function sshOptions(key: string, knownHosts: string): string[] {
  const options = {
    BatchMode: 'yes',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: knownHosts,
    GlobalKnownHostsFile: knownHosts,
    UpdateHostKeys: 'no',
    IdentityFile: key,
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    PreferredAuthentications: 'publickey',
    ForwardAgent: 'no',
    ClearAllForwardings: 'yes',
    ConnectTimeout: '20',
    ServerAliveInterval: '15',
    ServerAliveCountMax: '4',
    LogLevel: 'ERROR',
  };
  return ['-F', 'none', ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}

/** Opens no connection by itself: each script and each copy is a connection of its own. */
export async function connect(inputs: HostInputs, io: HostIO): Promise<Connection> {
  const address = parseAddress(inputs.service ?? '');
  if (!address) throw new DeployError('INTERNAL', 'The address of the server was not checked.');
  const { user, host, port } = address;
  // The last line has to end, and keys that were copied on Windows have other ends of lines.
  const keyText = `${(inputs.token?.reveal() ?? '').replace(/\r\n?/g, '\n').trim()}\n`;
  const key = await io.secretFile('ssh-key', keyText);
  const knownHosts = await io.secretFile('known-hosts', `${(inputs.options['known-hosts'] ?? []).join('\n')}\n`);
  const options = sshOptions(key, knownHosts);

  async function run(program: string, args: readonly string[]): Promise<ScriptResult> {
    const result = await io.run({ program, args: [...options, ...args] });
    if (result.code === 127 && result.stdout === '' && result.stderr === '')
      throw refused(`There is no ${program} on this machine.`, 'Install the package openssh-client in a step before.');
    return result;
  }

  return {
    address,
    async script(text, args) {
      const words = ['sh', '-c', text, 'sh', ...args].map(quoteAlways).join(' ');
      const result = await run('ssh', ['-T', '-p', String(port), '-l', user, '--', host, words]);
      if (result.code === 255) throw connectionError(result.stderr, address);
      return result;
    },
    async send(files, folder) {
      const target = `${user}@${host.includes(':') ? `[${host}]` : host}:${folder}/`;
      const result = await run('scp', ['-q', '-P', String(port), '--', ...files, target]);
      if (result.code === 0) return;
      const failure = connectionError(result.stderr, address);
      if (failure instanceof DeployError) throw failure;
      throw new HostAnswerError(`the upload to ${host} failed (${last(result.stderr)})`, 503);
    },
  };
}

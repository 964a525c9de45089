import type { Mistake } from '../../core/mistake.ts';
import type { HostDefinition, HostInputs, HostIntent } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';
import { option } from '../contract/options.ts';
import { parseAddress } from './ssh-address.ts';
import { commandNames, releaseNames, sshOptions } from './ssh-options.ts';

function lacks(capability: 'preview' | 'rollback', { options }: HostInputs): string | undefined {
  const isCommand = option(options, 'command') !== undefined;
  if (capability === 'rollback') {
    if (!isCommand || option(options, 'rollback-command')) return undefined;
    return 'no command goes back to an earlier release; write one into host-options: "rollback-command: …"';
  }
  if (isCommand) {
    if (option(options, 'preview-command')) return undefined;
    return 'no command deploys a preview; write one into host-options: "preview-command: …"';
  }
  if (option(options, 'preview-path')) return undefined;
  return 'no folder is named for previews; write one into host-options: "preview-path: /srv/previews/shop-{pr}"';
}

function check(inputs: HostInputs, intent: HostIntent = 'deploy'): Mistake[] {
  const { service, options, token } = inputs;
  const mistakes: Mistake[] = [];
  const add = (message: string) => mistakes.push({ input: 'host-options', message });
  if (service !== undefined && !parseAddress(service))
    mistakes.push({
      input: 'service',
      message: `"${service}" is not user@host or user@host:port; write it like deploy@shop.example.com`,
    });
  if (token !== undefined && !/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(token.reveal())) {
    mistakes.push({
      input: 'host-token',
      message: 'is not a private key; put the whole file into the secret, from -----BEGIN to -----END',
    });
  }
  const has = (name: string) => option(options, name) !== undefined;
  if (has('command')) {
    const own = releaseNames.filter((name) => name !== 'path' && has(name));
    if (own.length > 0)
      add(`${own.join(', ')} belong to release folders, and command takes their place; leave command out, or them`);
    if (has('teardown-command') && !has('preview-command'))
      add('teardown-command takes away what preview-command made; write preview-command too');
  } else {
    const own = commandNames.filter(has);
    if (own.length > 0) add(`${own.join(', ')} ${own.length > 1 ? 'need' : 'needs'} command; write "command: …" too`);
    else if (!has('path'))
      add('there is neither path nor command; write "path: /srv/shop" for release folders, or "command: …"');
  }
  if (has('preview-path') && option(options, 'preview-path') === option(options, 'path'))
    add('preview-path is path; write a folder of its own');
  if (intent !== 'deploy') {
    const missing = lacks(intent, inputs);
    if (missing) add(missing);
  }
  return mistakes;
}

export const ssh = {
  title: 'the server',
  page: 'hosts/ssh.md',
  migrations: {
    how: 'Set "migrate: python manage.py migrate --noinput" in host-options: it runs on the server before the switch.',
    option: 'migrate',
  },
  service: {
    meaning: 'user, server and port: `user@host` or `user@host:port`',
    example: 'deploy@shop.example.com',
    requiredFor: everyIntent,
  },
  token: {
    meaning: 'the private key that the user is let in with, without a passphrase',
    secretName: 'SSH_PRIVATE_KEY',
    example: '-----BEGIN OPENSSH PRIVATE KEY-----',
    requiredFor: everyIntent,
  },
  options: sshOptions,
  artifactFormat: 'tar.gz',
  /** A server without uv cannot read uv.lock. */
  builds: { packages: ['requirements.txt'] },
  servesStatic: 'let nginx or Caddy answer STATIC_URL out of the folder STATIC_ROOT of the release',
  setsVariables: true,
  ways: [
    ['service', 'host-token', 'known-hosts', 'path'],
    ['service', 'host-token', 'known-hosts', 'path', 'preview-path'],
    ['service', 'host-token', 'known-hosts', 'command'],
    ['service', 'host-token', 'known-hosts', 'command', 'preview-command', 'teardown-command', 'rollback-command'],
  ],
  matches: ({ service, token }) =>
    (service !== undefined && parseAddress(service) !== undefined) ||
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(token?.reveal() ?? ''),
  check,
  lacks,
  create: async (inputs) => (await import('./ssh-host.ts')).createSsh(inputs),
} as const satisfies HostDefinition;

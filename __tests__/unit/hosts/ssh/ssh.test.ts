import { describe, expect, test } from '@jest/globals';
import { checkHost } from '../../../../src/hosts/contract/check-host.ts';
import type { HostIntent, HostOptions } from '../../../../src/hosts/contract/host.ts';
import { ssh } from '../../../../src/hosts/ssh/ssh.ts';
import { parseAddress } from '../../../../src/hosts/ssh/ssh-address.ts';
import { connectionError } from '../../../../src/hosts/ssh/ssh-connection.ts';
import { mark } from '../../../../src/hosts/ssh/ssh-scripts.ts';
import { statusOf } from '../../../../src/hosts/ssh/ssh-status.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs } from '../../../support/host-io.ts';

const token = new Secret('-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----');
const line = `shop.example.com ssh-ed25519 ${'A'.repeat(68)}`;
const inputs = (options: HostOptions, service = 'deploy@shop.example.com') =>
  createHostInputs({ service, token, options: { 'known-hosts': [line], ...options } });
const messages = (options: HostOptions, intent: HostIntent = 'deploy') =>
  checkHost(ssh, inputs(options), intent).map(({ message }) => message);

test.each([
  ['deploy@shop.example.com', { user: 'deploy', host: 'shop.example.com', port: 22 }],
  ['deploy@10.0.0.1:2222', { user: 'deploy', host: '10.0.0.1', port: 2222 }],
  ['deploy@[::1]:2222', { user: 'deploy', host: '::1', port: 2222 }],
  ['shop.example.com', undefined],
  ['deploy@', undefined],
  ['deploy@-oProxyCommand=id', undefined],
  ['-oProxyCommand=id@host', undefined],
  ['deploy@host:0', undefined],
  ['deploy@host:99999', undefined],
  ['deploy@host;id', undefined],
  ['deploy@host path', undefined],
])('the address %j', (service, address) => {
  expect(parseAddress(service)).toEqual(address);
});

describe('inputs', () => {
  test('of each way have no mistakes', () => {
    expect(messages({ path: ['/srv/shop'] })).toEqual([]);
    expect(messages({ path: ['apps/shop'], 'preview-path': ['/srv/pr-{pr}'] }, 'preview')).toEqual([]);
    expect(messages({ command: ['deploy {sha}'] })).toEqual([]);
    expect(messages({ command: ['deploy'], 'rollback-command': ['back {sha}'] }, 'rollback')).toEqual([]);
  });

  test.each<[HostOptions, string]>([
    [{}, 'there is neither path nor command'],
    [{ command: ['x'], reload: ['y'] }, 'reload belong to release folders'],
    [{ path: ['/srv'], 'preview-command': ['x'] }, 'preview-command needs command'],
    [{ command: ['x'], 'teardown-command': ['y'] }, 'write preview-command too'],
    [{ path: ['/srv/a b'] }, 'is not a path that can be used'],
    [{ path: ['/srv/../etc'] }, 'has .. in it'],
    [{ path: ['/'] }, 'is the root of the server'],
    [{ path: ['-rf'] }, 'is not a path that can be used'],
    [{ path: ['/srv/$(id)'] }, 'is not a path that can be used'],
    [{ path: ['/srv/shop'], 'preview-path': ['/srv/preview'] }, 'is the same for every pull request'],
    [{ path: ['/srv/shop'], reload: ['restart {commit}'] }, 'reload has {commit} in it'],
    [{ path: ['/srv/shop'], shared: ['/etc'] }, 'starts with /'],
    [{ path: ['/srv/shop'], keep: ['1'] }, 'keep "1" is not a number from 2 to 100'],
    [{ path: ['/srv/shop'], 'known-hosts': ['shop.example.com'] }, 'known-hosts is not a line of ssh-keyscan'],
    [{ path: ['/srv/shop'], 'known-hosts': [] }, 'known-hosts is missing'],
  ])('%j have a mistake', (options, message) => {
    expect(messages(options)).toContainEqual(expect.stringContaining(message));
  });

  test('say what is missing for a preview and a rollback', () => {
    expect(messages({ path: ['/srv/shop'] }, 'preview')[0]).toContain('"preview-path: ');
    expect(messages({ command: ['x'] }, 'preview')[0]).toContain('"preview-command: ');
    expect(messages({ command: ['x'] }, 'rollback')[0]).toContain('"rollback-command: ');
  });

  test('without a private key, or with another address, are mistakes that do not show the key', () => {
    const wrong = { ...inputs({ path: ['/srv/shop'] }, 'shop'), token: new Secret('ssh-ed25519 AAAAsecretsecret') };
    const found = checkHost(ssh, wrong);
    expect(found.map(({ input }) => input).sort()).toEqual(['host-token', 'service']);
    expect(JSON.stringify(found)).not.toContain('secretsecret');
  });
});

describe('the state of a job', () => {
  const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
  const answer = (values: Record<string, string>) =>
    `Welcome!\n${Object.entries(values)
      .map(([name, value]) => `${mark}${name} ${value}\n`)
      .join('')}`;
  const of = (values: Record<string, string>) => statusOf(answer(values), 'r-1', sha);

  test.each<[Record<string, string>, object]>([
    [{ alive: 'yes', state: 'queued' }, { phase: 'queued' }],
    [
      { alive: 'yes', state: 'install' },
      { phase: 'running', state: 'install' },
    ],
    [
      { alive: 'yes', state: 'something new' },
      { phase: 'running', state: 'something' },
    ],
    [
      { alive: 'no', state: 'live', live: `r-1 ${sha}` },
      { phase: 'live', commit: sha },
    ],
    [
      { alive: 'no', state: 'live', live: `r-0 ${sha}` },
      { phase: 'live', commit: sha },
    ],
    [
      { alive: 'no', state: 'live', live: 'r-2 other' },
      { phase: 'superseded', by: 'other' },
    ],
    [{ alive: 'no', state: 'live' }, { phase: 'superseded' }],
    [
      { alive: 'no', state: 'superseded', live: 'r-2 other' },
      { phase: 'superseded', by: 'other' },
    ],
    [
      { alive: 'no', state: 'cancelled migrate' },
      { phase: 'cancelled', reason: 'it was cancelled on the server during migrate' },
    ],
    [
      { alive: 'no', state: 'failed migrate 3' },
      { phase: 'failed', reason: 'migrate failed: exit status 3' },
    ],
    [
      { alive: 'no', state: 'install' },
      { phase: 'failed', reason: 'the job ended without a result during install, as when the server restarts' },
    ],
    [{}, { phase: 'failed', reason: 'the server does not know the job any more' }],
  ])('%j', (values, status) => {
    expect(of(values)).toEqual(status);
  });
});

test.each<[string, object]>([
  ['Host key verification failed.', { code: 'HOST_REFUSED' }],
  ['No ED25519 host key is known for [x]:22 and you have requested strict checking.', { code: 'HOST_REFUSED' }],
  ['WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!', { code: 'HOST_REFUSED' }],
  ['deploy@x: Permission denied (publickey).', { code: 'HOST_REFUSED' }],
  [
    'Load key "/tmp/x": error in libcrypto\ndeploy@x: Permission denied (publickey).',
    { code: 'HOST_REFUSED', message: expect.stringContaining('private key') },
  ],
  ['ssh: connect to host x port 22: Connection refused', { name: 'HostAnswerError', status: 503 }],
  ['ssh: Could not resolve hostname x: Temporary failure in name resolution', { name: 'HostAnswerError', status: 503 }],
  ['', { name: 'HostAnswerError', status: 503 }],
])('ssh that says %j', (stderr, error) => {
  expect(connectionError(stderr, { user: 'deploy', host: 'x', port: 22 })).toMatchObject(error);
});

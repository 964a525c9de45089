import { describe, expect, test } from '@jest/globals';
import { hook } from '../../../src/hosts/hook.ts';
import type { HostOptions } from '../../../src/hosts/host.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { createHostInputs } from '../../support/host-io.ts';

const withHook = (options: HostOptions = {}, url = 'https://hooks.example.com/deploy') =>
  createHostInputs({ deployHook: new Secret(url), options });
const messages = (options: HostOptions) => hook.check(withHook(options)).map(({ message }) => message);

test('a deploy hook is for every URL, and needs one', () => {
  expect(hook.matches(withHook())).toBe(true);
  expect(hook.matches(createHostInputs())).toBe(false);
  expect(hook.check(createHostInputs())).toEqual([
    { input: 'deploy-hook', message: expect.stringContaining(`\${{ secrets.DEPLOY_HOOK }}`) },
  ]);
});

test('a hook in plain http is refused', () => {
  expect(hook.check(withHook({}, 'http://hooks.example.com/x'))).toEqual([
    { input: 'deploy-hook', message: expect.stringContaining('plain http') },
  ]);
});

describe('right options have no mistakes', () => {
  test.each<[HostOptions]>([
    [{}],
    [{ method: ['POST'], body: ['{"sha":"{sha}"}'], 'content-type': ['application/json'] }],
    [{ method: ['GET'], header: ['X-Commit: {sha}'] }],
    [{ method: ['PUT'], header: ['X-A: 1', 'x-b:2', 'X-Empty:'] }],
    [{ 'signature-secret': ['s'], 'signature-header': ['x-signature'] }],
  ])('%j', (options) => {
    expect(messages(options)).toEqual([]);
  });
});

describe('each mistake in the options says what to type', () => {
  test.each<[HostOptions, string]>([
    [{ method: ['DELETE'] }, 'method "DELETE" is none of POST, GET, PUT'],
    [{ method: ['post'] }, 'method "post" is none of POST, GET, PUT'],
    [{ method: ['GET'], body: ['x'] }, 'method GET sends no body; leave out body or write method: POST'],
    [{ header: ['X Y: 1'] }, 'header "X Y" is not "Name: value"'],
    [{ header: [': 1'] }, 'header "" is not "Name: value"'],
    [{ body: ['{commit}'] }, '{commit} stands for nothing; there are {sha}, {release}, {branch}, {environment}'],
    [{ header: ['X-Commit: {commit}'] }, '{commit} stands for nothing'],
    [{ 'signature-header': ['x-signature'] }, 'signature-header needs signature-secret'],
  ])('%j', (options, message) => {
    expect(messages(options)).toEqual([expect.stringContaining(message)]);
  });

  test('all of them at once', () => {
    const options = { method: ['HEAD'], body: ['{a}{b}'], header: ['no header'], 'signature-header': ['x'] };
    expect(messages(options)).toHaveLength(5);
  });

  test('without a word of a header line that may be a secret whose name was forgotten', () => {
    expect(messages({ header: ['hunter2hunter2'] }).join()).not.toContain('hunter2');
    expect(messages({ header: ['Authorization Bearer hunter2hunter2'] }).join()).not.toContain('hunter2');
  });
});

test('values of headers and the key of the signature are secrets', () => {
  const options = { header: ['X-Api-Key: key-value', 'X-B:  b:c '], 'signature-secret': ['signing-key'] };
  expect(hook.secrets?.(withHook(options)).map((secret) => secret.trim())).toEqual(['signing-key', 'key-value', 'b:c']);
  expect(hook.secrets?.(withHook())).toEqual([]);
});

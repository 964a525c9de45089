import { describe, expect, test } from '@jest/globals';
import { checkHost } from '../../../../src/hosts/contract/check-host.ts';
import type { HostOptions } from '../../../../src/hosts/contract/host.ts';
import { hook } from '../../../../src/hosts/hook/hook.ts';
import { secretsOf } from '../../../../src/inputs/secrets.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { createInputs } from '../../../support/fakes.ts';
import { createHostInputs } from '../../../support/host-io.ts';

const withHook = (options: HostOptions = {}, url = 'https://hooks.example.com/deploy') =>
  createHostInputs({ deployHook: new Secret(url), options });
const messages = (options: HostOptions) => checkHost(hook, withHook(options)).map(({ message }) => message);

test('a deploy hook is for every URL, and needs one', () => {
  expect(hook.matches(withHook())).toBe(true);
  expect(hook.matches(createHostInputs())).toBe(false);
  expect(checkHost(hook, createHostInputs())).toEqual([
    { input: 'deploy-hook', message: expect.stringContaining(`\${{ secrets.DEPLOY_HOOK }}`) },
  ]);
});

test('a hook in plain http is refused', () => {
  expect(checkHost(hook, withHook({}, 'http://hooks.example.com/x'))).toEqual([
    { input: 'deploy-hook', message: expect.stringContaining('plain http') },
  ]);
});

/** Everything in the options that is masked. */
const secretsIn = (options: HostOptions): string[] =>
  secretsOf(createInputs({ host: 'hook', hostInputs: withHook(options) }), { hook }).map(({ value }) => value);

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

describe('previews and rollback', () => {
  const hooks = {
    'preview-hook': ['https://hooks.example.com/preview/{pr}?key=preview-key&ref={sha}'],
    'teardown-hook': ['https://hooks.example.com/teardown/tear-{pr}-down?key=teardown-key'],
    'rollback-hook': ['https://hooks.example.com/rollback/rollback-token-1?to={sha}'],
  };

  test('need no deploy hook, which a deploy does', () => {
    const inputs = createHostInputs({ options: hooks });
    expect(hook.matches(inputs)).toBe(true);
    expect(checkHost(hook, inputs, 'preview')).toEqual([]);
    expect(checkHost(hook, inputs, 'rollback')).toEqual([]);
    expect(checkHost(hook, inputs, 'deploy').map(({ input }) => input)).toEqual(['deploy-hook']);
  });

  test.each(['preview', 'rollback'] as const)('need a hook of their own: %s', (intent) => {
    const [mistake, ...more] = checkHost(hook, withHook(), intent);
    expect(mistake).toEqual({
      input: 'host-options',
      message: expect.stringContaining(`"${intent}-hook: https://…"`),
    });
    expect(more).toEqual([]);
    expect(hook.lacks(intent, withHook())).toBe(mistake?.message);
    expect(hook.lacks(intent, withHook(hooks))).toBeUndefined();
  });

  test.each<[HostOptions, string]>([
    [{ 'preview-hook': ['http://hooks.example.com/{pr}'] }, 'preview-hook uses plain http'],
    [{ 'rollback-hook': ['hooks.example.com'] }, 'rollback-hook is not a URL'],
    [{ 'preview-hook': ['https://hooks.example.com/{number}'] }, '{number} stands for nothing'],
    [{ 'preview-hook': ['https://{branch}.example.com/'] }, 'preview-hook has a place in its host'],
    [{ 'preview-hook': ['https://hooks.example.com{branch}'] }, 'preview-hook has a place in its host'],
    [{ 'preview-hook': ['https:/{branch}/deploy'] }, 'preview-hook has a place in its host'],
    [{ 'preview-hook': ['https://example.com:80{branch}'] }, 'preview-hook has a place in its host'],
    [{ 'preview-hook': ['{branch}'] }, 'preview-hook is not a URL'],
    [{ 'teardown-hook': ['https://hooks.example.com/'] }, 'write preview-hook too'],
  ])('%j is a mistake', (options, message) => {
    expect(messages(options)).toEqual([expect.stringContaining(message)]);
  });

  test('may go to a host of the pull request’s own', () => {
    expect(messages({ 'preview-hook': ['https://pr-{pr}.example.com/deploy'] })).toEqual([]);
  });

  test('have secrets in every part of their URLs, on both sides of a place', () => {
    const masked = secretsIn(hooks);
    for (const part of ['preview-key', 'teardown-key', 'rollback-token-1']) expect(masked).toContain(part);
    const halves = { 'preview-hook': ['https://{pr}.example.com/aaaa-bbbb-{pr}-cccc-dddd-1?k=eeee-ffff{pr}gggg-hhhh'] };
    const parts = secretsIn(halves);
    for (const part of ['-cccc-dddd-1', 'eeee-ffff', 'gggg-hhhh']) expect(parts).toContain(part);
    expect(parts).not.toContain('example.com');
  });
});

describe('each mistake in the options says what to type', () => {
  test.each<[HostOptions, string]>([
    [{ method: ['DELETE'] }, 'method "DELETE" is not one of POST, GET, PUT'],
    [{ method: ['post'] }, 'method "post" is not one of POST, GET, PUT'],
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
  const options = { header: ['X-Api-Key: key-value', 'X-B:  b:cdef '], 'signature-secret': ['signing-key'] };
  for (const secret of ['signing-key', 'key-value', 'b:cdef']) expect(secretsIn(options)).toContain(secret);
  expect(secretsIn({})).not.toContain('POST');
});

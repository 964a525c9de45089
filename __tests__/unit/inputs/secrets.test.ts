import { describe, expect, test } from '@jest/globals';
import { hosts } from '../../../src/hosts/index.ts';
import { maskingProblems, secretsOf, secretsOfEnvironment } from '../../../src/inputs/secrets.ts';
import { createRedactor } from '../../../src/lib/secret.ts';
import { readInputs } from '../../support/inputs.ts';

const read = (given: Record<string, string>) =>
  readInputs({ input: (name) => given[name] ?? '', env: {} }, hosts, () => 'deploy');

const given = {
  'access-key-id': 'access-key',
  'secret-access-key': 'secret-key',
  'host-token': 'token-value',
  'deploy-hook': 'https://example.com/deploy?key=hook-key-value',
  env: 'SECRET_KEY=from-the-env\nDJANGO_SETTINGS_MODULE=config.settings\nSITE_URL=https://www.example.org',
  'host-options':
    'signature-secret: signing-secret\nheader: X-Api-Key: header-secret\nheader: Content-Type: application/x',
};

test('secrets are told by the input that they come by, by name and by kind', () => {
  const found = secretsOf(read(given), hosts).map(({ input, value, rank }) => `${input} ${rank} ${value}`);
  expect(new Set(found)).toEqual(
    new Set([
      'access-key-id secret access-key',
      'secret-access-key credential secret-key',
      'host-token credential token-value',
      'deploy-hook credential https://example.com/deploy?key=hook-key-value',
      'deploy-hook secret /deploy?key=hook-key-value',
      'deploy-hook secret key=hook-key-value',
      'deploy-hook secret hook-key-value',
      'host-options credential signing-secret',
      'host-options secret header-secret',
      'env secret from-the-env',
    ]),
  );
});

describe('of a header is masked', () => {
  test.each([
    ['header: Authorization: Bearer kingfisher', 'kingfisher'],
    [`header: Authorization: Basic ${Buffer.from('bob:kingfisher').toString('base64')}`, 'kingfisher'],
    ['header: X-Deploy: kingfisher', 'kingfisher'],
  ])('%s', (options, secret) => {
    const values = secretsOf(read({ ...given, 'host-options': options }), hosts).map(({ value }) => value);
    expect(values).toContain(secret);
  });

  test.each(['header: X-Environment: production', 'header: Accept: application/json', 'header: X-Commit: {sha}'])(
    'nothing: %s',
    (options) => {
      const secrets = secretsOf(read({ ...given, 'host-options': options }), hosts);
      const redactor = createRedactor();
      for (const { value, rank } of secrets) redactor.add(value, rank);
      const value = options.split(': ').at(-1) as string;
      expect(redactor.whole(value)).toBe(value);
    },
  );
});

describe('of the environment of the step is masked', () => {
  test.each<[string, string, string[]]>([
    ['AWS_SESSION_TOKEN', 'IQoJb3JpZ2lu', ['IQoJb3JpZ2lu']],
    ['ACTIONS_RUNTIME_TOKEN', 'eyJ-run', ['eyJ-run']],
    ['ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'eyJ-oidc', ['eyJ-oidc']],
    ['GITHUB_TOKEN', 'ghs_1', ['ghs_1']],
    ['UV_INDEX_OURS_USERNAME', 'tok_1', ['tok_1']],
    ['UV_INDEX_OURS_PASSWORD', 'p1', ['p1']],
    ['POETRY_HTTP_BASIC_OURS_USERNAME', '__token__', []],
    ['HTTPS_PROXY', 'http://bob:hunter2@proxy:3128', ['hunter2']],
    ['PIP_EXTRA_INDEX_URL', 'https://a.example https://b:p%40ss@c https://ghp_1@d', ['p%40ss', 'p@ss', 'ghp_1']],
    ['UV_INDEX', 'ours=https://bob:pa/ss@pypi.example.com/simple', ['pa/ss']],
    ['UV_DEFAULT_INDEX', 'https://bob:100%@pypi.example.com/simple', ['100%']],
    ['PIP_INDEX_URL', 'https://pypi.example.com/simple', []],
    ['GITHUB_REPOSITORY', 'harbour/notes', []],
    ['RUNNER_TRACKING_ID', 'github_7f4c1b1e-6a41-4d6c-9b0e-0a1b2c3d4e5f', []],
    ['SSH_AUTH_SOCK', '/tmp/ssh-1/agent.2', []],
    ['PATH', '/usr/bin:/bin', []],
    ['PWD', '/home/runner/work/site/site', []],
    ['OLDPWD', '/home/runner', []],
    ['DB_PWD', 'kingfisher', ['kingfisher']],
    ['MYSQLPWD', 'kingfisher', ['kingfisher']],
    ['UV_CACHE_DIR', '/home/me@work/cache', []],
  ])('%s=%s', (name, value, found) => {
    const values = secretsOfEnvironment({ [name]: value }).map((one) => one.value);
    expect(values).toEqual(expect.arrayContaining(found));
    if (found.length === 0) expect(values).toEqual([]);
  });
});

describe('what cannot be masked is said', () => {
  const problems = (more: Record<string, string>, ...published: (string | undefined)[]) =>
    maskingProblems(secretsOf(read({ ...given, ...more }), hosts), published);

  test('a credential that is too short', () => {
    expect(problems({ 'host-token': 'abc' })).toEqual([
      expect.stringMatching(/^host-token has fewer than 4 characters/),
    ]);
  });

  test('a credential that is a part of the URL', () => {
    expect(problems({ 'host-token': 'my-shop-app' }, 'https://example.com/my-shop-app')).toEqual([
      expect.stringMatching(/^host-token is a part of what this run makes public.*Use another value for host-token\.$/),
    ]);
  });

  test('nothing of ordinary inputs', () => {
    expect(problems({}, 'https://www.example.com', 'production', undefined)).toEqual([]);
  });
});

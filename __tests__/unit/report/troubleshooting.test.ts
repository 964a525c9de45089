import { expect, test } from '@jest/globals';
import { troubleshooting } from '../../../src/report/troubleshooting.ts';

const runner = { RUNNER_ENVIRONMENT: 'github-hosted' };

test.each([
  [
    'in the version that runs',
    { ...runner, GITHUB_ACTION_REPOSITORY: 'octo/deploy-django', GITHUB_ACTION_REF: 'v1.2.3' },
    'https://github.com/octo/deploy-django/blob/v1.2.3/docs/troubleshooting.md#collect_failed',
  ],
  [
    'at a server of one’s own',
    {
      ...runner,
      GITHUB_ACTION_REPOSITORY: 'octo/deploy-django',
      GITHUB_ACTION_REF: '',
      GITHUB_SERVER_URL: 'https://git.example',
    },
    'https://git.example/octo/deploy-django/blob/HEAD/docs/troubleshooting.md#collect_failed',
  ],
  [
    'where act runs it',
    { ACT: 'true', GITHUB_ACTION_REPOSITORY: 'octo/deploy-django', GITHUB_ACTION_REF: 'v1' },
    'https://github.com/octo/deploy-django/blob/v1/docs/troubleshooting.md#collect_failed',
  ],
  [
    'on a machine without a runner, whatever the checkout is called',
    { GITHUB_ACTION_REPOSITORY: 'octo/deploy-django', GITHUB_ACTION_REF: 'a-commit-that-is-not-pushed' },
    'docs/troubleshooting.md#collect_failed',
  ],
  ['in this checkout', runner, 'docs/troubleshooting.md#collect_failed'],
])('a failure leads to its section %s', (_where, env, address) => {
  expect(troubleshooting('COLLECT_FAILED', env)).toBe(address);
});

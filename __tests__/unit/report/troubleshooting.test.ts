import { expect, test } from '@jest/globals';
import { troubleshooting } from '../../../src/report/troubleshooting.ts';

test.each([
  [
    'in the version that runs',
    { GITHUB_ACTION_REPOSITORY: 'octo/deploy-django', GITHUB_ACTION_REF: 'v1.2.3' },
    'https://github.com/octo/deploy-django/blob/v1.2.3/docs/troubleshooting.md#collect_failed',
  ],
  [
    'at a server of one’s own',
    { GITHUB_ACTION_REPOSITORY: 'octo/deploy-django', GITHUB_ACTION_REF: '', GITHUB_SERVER_URL: 'https://git.example' },
    'https://git.example/octo/deploy-django/blob/HEAD/docs/troubleshooting.md#collect_failed',
  ],
  ['in this checkout', {}, 'docs/troubleshooting.md#collect_failed'],
])('a failure leads to its section %s', (_where, env, address) => {
  expect(troubleshooting('COLLECT_FAILED', env)).toBe(address);
});

import { expect, test } from '@jest/globals';
import { GitHubError } from '../../../src/github/github.ts';
import { explainProblems } from '../../../src/github/permissions.ts';

const forbidden = (permission: 'deployments: write' | 'pull-requests: write') =>
  new GitHubError('forbidden', 'GitHub, a comment: HTTP 403 (Resource not accessible by integration)', { permission });

test('where nothing was amiss nothing is said', () => {
  expect(explainProblems([])).toBeUndefined();
});

test('what is missing is shown as the lines to add, with what naming them would take away', () => {
  const problems = [
    forbidden('pull-requests: write'),
    forbidden('deployments: write'),
    forbidden('deployments: write'),
  ];
  expect(explainProblems(problems)).toBe(
    [
      'The deploy is not affected, but its token may not show the deployment and comment on the pull request. Add to the job, beside what is there:',
      'permissions:',
      '  contents: read',
      '  deployments: write',
      '  pull-requests: write',
    ].join('\n'),
  );
});

test('what has no permission to name is said once, in GitHub’s words', () => {
  const locked = new GitHubError('locked', 'GitHub, a comment: HTTP 403 (issue is locked)');
  expect(explainProblems([locked, locked])).toBe(
    'GitHub did not take all, which does not affect the deploy: GitHub, a comment: HTTP 403 (issue is locked).',
  );
});

test('both are one warning, and the lines to add come last', () => {
  expect(explainProblems([forbidden('deployments: write'), new Error('out of order')])).toMatch(
    /out of order\.\n.*may not show the deployment.*\npermissions:\n {2}contents: read\n {2}deployments: write$/,
  );
});

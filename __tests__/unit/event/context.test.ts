import { describe, expect, test } from '@jest/globals';
import type { RunOrder } from '../../../src/core/run-order.ts';
import { type Cause, type Context, readContext } from '../../../src/event/context.ts';

const headSha = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
/** What GitHub puts into GITHUB_SHA: of a pull request a merge commit, of pull_request_target and comments the base. */
const ownSha = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';
const repository = { id: 1, full_name: 'octo/site', default_branch: 'main' };

const runner = (event: string, ref: string, more: Record<string, string> = {}) => ({
  GITHUB_EVENT_NAME: event,
  GITHUB_REPOSITORY: 'octo/site',
  GITHUB_REF: ref,
  GITHUB_SHA: ownSha,
  GITHUB_ACTOR: 'mona',
  GITHUB_RUN_NUMBER: '42',
  GITHUB_RUN_ATTEMPT: '3',
  GITHUB_RUN_ID: '1001',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_WORKSPACE: '/home/runner/work/site/site',
  RUNNER_TEMP: '/home/runner/work/_temp',
  ...more,
});

function pull(headRepo: { full_name: string } | null, more: Record<string, unknown> = {}, login = 'mona') {
  const head = { ref: 'feature/login', sha: headSha, repo: headRepo };
  const pull_request = { number: 7, state: 'open', user: { login }, head, base: { ref: 'main', sha: ownSha } };
  return { action: 'synchronize', number: 7, pull_request, repository, ...more };
}

const ours = { full_name: 'octo/site' };
const mergeRef = 'refs/pull/7/merge';
const workflowRun = (head_repository: unknown) => ({
  action: 'completed',
  workflow_run: { head_branch: 'feature/login', head_sha: headSha, head_repository },
  repository,
});
const comment = { action: 'created', issue: { number: 7, pull_request: { url: 'x' } }, comment: {}, repository };

describe('the event', () => {
  test.each<[string, ReturnType<typeof runner>, Record<string, unknown>, Partial<Context>]>([
    [
      'a push to the default branch',
      runner('push', 'refs/heads/main'),
      { repository, deleted: false },
      { sha: ownSha, branch: 'main', tag: undefined, defaultBranch: 'main', deleted: false, pullRequest: undefined },
    ],
    [
      'a push to a branch with slashes in its name',
      runner('push', 'refs/heads/release/2026/q1'),
      { repository },
      { branch: 'release/2026/q1', tag: undefined },
    ],
    ['a tag', runner('push', 'refs/tags/v1.2'), { repository }, { branch: undefined, tag: 'v1.2' }],
    [
      'the end of a branch',
      runner('push', 'refs/heads/old'),
      { repository, deleted: true, after: '0000000000000000000000000000000000000000' },
      { deleted: true, branch: 'old' },
    ],
    [
      'a pull request from the repository itself: its head, not the merge commit',
      runner('pull_request', mergeRef),
      pull(ours),
      {
        sha: headSha,
        branch: 'feature/login',
        pullRequest: { number: 7, closed: false, fork: false, dependabot: false },
        trustedHeads: undefined,
      },
    ],
    [
      'a pull request from a fork',
      runner('pull_request', mergeRef),
      pull({ full_name: 'stranger/site' }),
      { sha: headSha, pullRequest: { number: 7, closed: false, fork: true, dependabot: false } },
    ],
    [
      'a pull request from a fork that is deleted',
      runner('pull_request', mergeRef),
      pull(null),
      { pullRequest: { number: 7, closed: false, fork: true, dependabot: false } },
    ],
    [
      'a pull request by Dependabot',
      runner('pull_request', 'refs/pull/7/merge', { GITHUB_ACTOR: 'dependabot[bot]' }),
      pull(ours, {}, 'dependabot[bot]'),
      { pullRequest: { number: 7, closed: false, fork: false, dependabot: true } },
    ],
    [
      'a pull request by Dependabot that somebody else re-opened',
      runner('pull_request', mergeRef),
      pull(ours, { action: 'reopened' }, 'dependabot[bot]'),
      { pullRequest: { number: 7, closed: false, fork: false, dependabot: true } },
    ],
    [
      'the end of a pull request',
      runner('pull_request', mergeRef),
      pull(ours, { action: 'closed' }),
      { pullRequest: { number: 7, closed: true, fork: false, dependabot: false } },
    ],
    [
      'pull_request_target from the repository itself: its head and the base may be checked out',
      runner('pull_request_target', 'refs/heads/main'),
      pull(ours),
      { sha: headSha, branch: 'feature/login', trustedHeads: [ownSha, headSha] },
    ],
    [
      'workflow_run from the repository itself: the commit of the run before',
      runner('workflow_run', 'refs/heads/main'),
      workflowRun(ours),
      { sha: headSha, branch: 'feature/login', pullRequest: undefined, trustedHeads: [ownSha, headSha] },
    ],
    [
      'a comment, which anybody can write: the base alone may be checked out',
      runner('issue_comment', 'refs/heads/main'),
      comment,
      { sha: ownSha, branch: 'main', pullRequest: undefined, trustedHeads: [ownSha, ownSha] },
    ],
    [
      'a start by hand',
      runner('workflow_dispatch', 'refs/heads/staging'),
      { inputs: {}, ref: 'refs/heads/staging', repository },
      { sha: ownSha, branch: 'staging', trustedHeads: undefined },
    ],
    [
      'a schedule',
      runner('schedule', 'refs/heads/main'),
      { schedule: '0 4 * * *' },
      { branch: 'main', defaultBranch: undefined },
    ],
    [
      'a merge queue',
      runner('merge_group', 'refs/heads/gh-readonly-queue/main/pr-7-abc'),
      { action: 'checks_requested', merge_group: { head_sha: ownSha }, repository },
      { sha: ownSha, branch: 'gh-readonly-queue/main/pr-7-abc', pullRequest: undefined, trustedHeads: undefined },
    ],
    [
      'a release',
      runner('release', 'refs/tags/v2.0'),
      { action: 'published', release: { tag_name: 'v2.0' }, repository },
      { sha: ownSha, tag: 'v2.0', branch: undefined },
    ],
  ])('%s', (_, env, payload, expected) => {
    expect(readContext(env, payload)).toMatchObject({ event: env.GITHUB_EVENT_NAME, ...expected });
  });
});

describe('the run before this one', () => {
  const causeOf = (payload: Record<string, unknown>) =>
    readContext(runner('workflow_run', 'refs/heads/main'), payload).cause;
  const ended = (more: Record<string, unknown>, head: unknown = ours) => {
    const { workflow_run, ...payload } = workflowRun(head);
    return { ...payload, workflow_run: { ...workflow_run, conclusion: 'success', event: 'push', ...more } };
  };

  test.each<[string, Record<string, unknown>, Partial<Cause>]>([
    ['a push that went well', ended({}), { conclusion: 'success', ofPullRequest: false, fork: false }],
    ['a push that failed', ended({ conclusion: 'failure' }), { conclusion: 'failure' }],
    ['a run that goes on', ended({ conclusion: null }), { conclusion: undefined }],
    [
      'a pull request of ours',
      ended({ event: 'pull_request', pull_requests: [{ number: 7, base: { repo: { id: 1 } } }] }),
      { ofPullRequest: true, pullRequests: [7], fork: false },
    ],
    [
      'a branch that a fork takes in, with a number of its own',
      ended({ pull_requests: [{ number: 99, base: { repo: { id: 2 } } }] }),
      { pullRequests: [] },
    ],
    ['a fork', ended({ event: 'pull_request' }, { full_name: 'stranger/site' }), { fork: true, pullRequests: [] }],
    ['a deleted fork', ended({ event: 'pull_request_target' }, null), { fork: true, ofPullRequest: true }],
    ['nobody knows whose', { repository }, { fork: true, conclusion: undefined, pullRequests: [] }],
  ])('was of %s', (_, payload, cause) => {
    expect(causeOf(payload)).toMatchObject(cause);
  });

  test('is none in another event, whatever its payload holds', () => {
    expect(readContext(runner('push', 'refs/heads/main'), ended({})).cause).toBeUndefined();
  });
});

describe('the run', () => {
  test('is known by number, attempt and page', () => {
    expect(readContext(runner('push', 'refs/heads/main'), { repository })).toMatchObject({
      repository: 'octo/site',
      runNumber: 42,
      runAttempt: 3,
      order: { id: 1001, attempt: 3 },
      runUrl: 'https://github.com/octo/site/actions/runs/1001',
      workspace: '/home/runner/work/site/site',
      temp: '/home/runner/work/_temp',
    });
  });

  test.each<[string, string, unknown, RunOrder]>([
    ['is its own', 'push', undefined, { id: 1001, attempt: 3 }],
    ['is that of the run that caused it', 'workflow_run', { id: 990, run_attempt: 2 }, { id: 990, attempt: 2 }],
    ['is that of the first attempt that caused it', 'workflow_run', { id: 990 }, { id: 990, attempt: 1 }],
    ['is its own, whatever another event says', 'push', { id: 990, run_attempt: 2 }, { id: 1001, attempt: 3 }],
    ['is its own where the cause has no id', 'workflow_run', { run_attempt: 2 }, { id: 1001, attempt: 3 }],
  ])('has a place among the runs that %s', (_, event, cause, order) => {
    const head = { head_branch: 'main', head_sha: headSha, head_repository: ours };
    const payload = { repository, ...(cause ? { workflow_run: { ...head, ...cause } } : {}) };
    expect(readContext(runner(event, 'refs/heads/main'), payload).order).toEqual(order);
  });

  test('has its pages and its API on the own server of a company', () => {
    const server = { GITHUB_SERVER_URL: 'https://git.example.com', GITHUB_API_URL: 'https://git.example.com/api/v3' };
    expect(readContext(runner('push', 'refs/heads/main', server), { repository })).toMatchObject({
      runUrl: 'https://git.example.com/octo/site/actions/runs/1001',
      repositoryUrl: 'https://git.example.com/octo/site',
      apiUrl: 'https://git.example.com/api/v3',
    });
  });

  test('has the API of github.com where the runner names none', () => {
    expect(readContext(runner('push', 'refs/heads/main'), { repository }).apiUrl).toBe('https://api.github.com');
  });

  test('outside of GitHub is read without an error', () => {
    expect(readContext({}, {})).toMatchObject({ event: '', sha: '', branch: undefined, pullRequest: undefined });
  });
});

test.each([
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'fork',
  'watch',
  'gollum',
])(
  'of %s, which a stranger can cause and which has secrets, only the code of the repository itself is trusted',
  (event) => {
    const env = { GITHUB_EVENT_NAME: event, GITHUB_SHA: 'a'.repeat(40), GITHUB_REPOSITORY: 'octo/site' };
    expect(readContext(env, {}).trustedHeads).toEqual(['a'.repeat(40), 'a'.repeat(40)]);
  },
);

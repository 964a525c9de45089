import { expect, test } from '@jest/globals';
import type { Cause, Context } from '../../../src/event/context.ts';
import { identify } from '../../../src/event/pull-request.ts';
import { createCause, createContext, createPullRequest } from '../../support/context.ts';
import { memoryGitHub } from '../../support/github/memory.ts';

const head = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const other = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';

const runAfter = (cause: Partial<Cause>, more: Partial<Context> = {}): Context =>
  createContext({
    event: 'workflow_run',
    sha: head,
    cause: createCause({ ofPullRequest: true, repository: 'someone/site', ...cause }),
    ...more,
  });

const github = () =>
  memoryGitHub([
    { number: 5, open: false, head, from: 'someone/site' },
    { number: 6, open: true, head: other, from: 'someone/site' },
    { number: 4, open: true, head, from: 'stranger/site' },
    { number: 7, open: true, head, from: 'someone/site' },
  ]);

test.each<[string, Context, Partial<ReturnType<typeof createPullRequest>>]>([
  [
    'of ours is the one that GitHub names',
    runAfter({ pullRequests: [6, 7] }),
    { number: 6, closed: false, fork: false },
  ],
  ['that was closed meanwhile is said to be', runAfter({ pullRequests: [5] }), { number: 5, closed: true }],
  [
    'of a fork is the open one with its commit from there',
    runAfter({ fork: true }),
    { number: 7, closed: false, fork: true },
  ],
  ['by Dependabot is Dependabot’s', runAfter({ pullRequests: [7] }, { dependabot: true }), { dependabot: true }],
])('the pull request that the run before was of: one %s', async (_, context, pullRequest) => {
  const found = await identify(context, github());
  expect(found).toEqual({ ...context, pullRequest: createPullRequest({ ...found.pullRequest, ...pullRequest }) });
});

test.each<[string, Context]>([
  ['a push', createContext()],
  ['a pull request, which is known already', createContext({ pullRequest: createPullRequest() })],
  ['a run after a push', runAfter({ ofPullRequest: false })],
])('GitHub is not asked about %s', async (_, context) => {
  const hub = github();
  expect(await identify(context, hub)).toBe(context);
  expect(hub.asked).toEqual([]);
});

test('where no open one has the commit, or nobody can be asked, it stays unknown', async () => {
  const context = runAfter({ fork: true }, { sha: 'cccc' });
  expect(await identify(context, github())).toBe(context);
  expect(await identify(context, undefined)).toBe(context);
});

test('what GitHub does not answer is an error, because a guess could put a stranger’s work live', async () => {
  const hub = github();
  hub.refuse('openPullRequests');
  await expect(identify(runAfter({ fork: true }), hub)).rejects.toMatchObject({ kind: 'forbidden' });
});

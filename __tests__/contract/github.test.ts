import { afterAll, describe, expect, test } from '@jest/globals';
import { type GitHub, GitHubError, type NewDeployment } from '../../src/github/github.ts';
import type { EmulatorReply } from '../support/emulator.ts';
import { atGitHub, closeHttp, connect } from '../support/github/client.ts';
import { startGitHub } from '../support/github/emulator.ts';
import { allRights, type TokenRights } from '../support/github/state.ts';

afterAll(closeHttp);

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const deployment: NewDeployment = {
  sha,
  environment: 'preview/pr-7',
  task: 'deploy',
  description: 'Preview of #7',
  payload: { run: 'https://github.com/octo/site/actions/runs/1001' },
  transient: true,
  production: false,
};

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(...page);
  return found;
}

const failure = async (work: Promise<unknown>): Promise<GitHubError> => {
  const thrown = await work.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(GitHubError);
  return thrown as GitHubError;
};

describe.each(['', '/api/v3'])('GitHub with its API at "%s"', (prefix) => {
  test('takes comments, gives all pages of them, changes and deletes them', async () => {
    await atGitHub({ prefix }, async ({ state }, { github }) => {
      for (let number = 1; number <= 230; number++) state.comment('someone', `Comment ${number}`);
      const made = await github.createComment(7, 'Mine');
      await github.updateComment(made.id, 'Changed');
      const found = await all(github.comments(7));
      expect(found).toHaveLength(231);
      expect(found.at(-1)).toMatchObject({ body: 'Changed', author: 'github-actions[bot]' });
      expect(found.at(-1)?.url).toContain('#issuecomment-');
      await github.deleteComment(made.id);
      expect(state.comments).toHaveLength(230);
    });
  });

  test('says whose token it is', async () => {
    await atGitHub({ prefix, login: 'harbour-deploys[bot]' }, async (_, { github }) => {
      expect(await github.viewer()).toBe('harbour-deploys[bot]');
    });
  });

  test('takes deployments, their states, and deletes what is inactive', async () => {
    await atGitHub({ prefix }, async ({ state }, { github }) => {
      const { id } = await github.createDeployment(deployment);
      const logUrl = 'https://github.com/octo/site/actions/runs/1001';
      await github.setDeploymentStatus(id, { state: 'in_progress', description: 'Build', logUrl });
      await github.setDeploymentStatus(id, {
        state: 'success',
        description: 'x'.repeat(200),
        logUrl,
        environmentUrl: 'https://pr-7.example.com',
      });
      expect(await github.deploymentStatuses(id)).toEqual([
        { state: 'success', logUrl },
        { state: 'in_progress', logUrl },
      ]);
      expect(state.deployments[0]?.statuses[1]).toMatchObject({
        description: 'x'.repeat(140),
        environment_url: 'https://pr-7.example.com',
      });
      state.jobDeployment('preview/pr-7', sha, logUrl);
      expect((await all(github.deployments('preview/pr-7'))).map(({ payload }) => payload)).toEqual([
        {},
        deployment.payload,
      ]);
      expect((await failure(github.deleteDeployment(id))).kind).toBe('validation');
      await github.setDeploymentStatus(id, { state: 'inactive', description: '', logUrl });
      await github.deleteDeployment(id);
      expect(state.deployments).toHaveLength(1);
    });
  });

  test('compares commits and knows pull requests', async () => {
    await atGitHub({ prefix }, async ({ state }, { github }) => {
      state.history.push('a1', 'b2', 'c3');
      state.pulls.push({ number: 7, open: true, head: sha }, { number: 8, open: false, head: sha });
      expect(await github.compare('a1', 'c3')).toBe('ahead');
      expect(await github.compare('c3', 'a1')).toBe('behind');
      expect(await github.compare('b2', 'b2')).toBe('identical');
      expect((await failure(github.compare('b2', 'f6'))).kind).toBe('notFound');
      expect(await github.pullRequest(8)).toEqual({ number: 8, open: false, head: sha, from: 'octo/site' });
      expect(await all(github.openPullRequests())).toEqual([{ number: 7, open: true, head: sha, from: 'octo/site' }]);
    });
  });

  test('knows whether an attempt of a run is over', async () => {
    await atGitHub({ prefix }, async ({ state }, { github }) => {
      state.runs.push({ id: 1001, status: 'completed', attempt: 1 }, { id: 1002, status: 'in_progress', attempt: 2 });
      expect(await github.isOver({ id: 1001, attempt: 1 })).toBe(true);
      expect(await github.isOver({ id: 1002, attempt: 1 })).toBe(true);
      expect(await github.isOver({ id: 1002, attempt: 2 })).toBe(false);
      expect((await failure(github.isOver({ id: 1003, attempt: 1 }))).kind).toBe('notFound');
    });
  });

  test('deletes an environment for a token that administers the repository, and for no other', async () => {
    await atGitHub({ prefix }, async ({ state }, { github }) => {
      state.environments.add('preview/pr-7');
      expect(await failure(github.deleteEnvironment('preview/pr-7'))).toMatchObject({ kind: 'forbidden' });
      state.rights = { ...allRights, administration: 'write' };
      await github.deleteEnvironment('preview/pr-7');
      expect(state.environments.size).toBe(0);
    });
  });
});

describe('what a token may not do is said with the permission that it needs', () => {
  const none: TokenRights = {
    actions: 'none',
    contents: 'none',
    deployments: 'none',
    'pull-requests': 'none',
    administration: 'none',
  };
  const read: TokenRights = { ...none, contents: 'read', deployments: 'read', 'pull-requests': 'read' };

  test.each<[string, TokenRights, (github: GitHub) => Promise<unknown>, string]>([
    ['a comment', read, (github) => github.createComment(7, 'x'), 'pull-requests: write'],
    ['a list of comments', none, (github) => all(github.comments(7)), 'pull-requests: write'],
    ['a deployment', read, (github) => github.createDeployment(deployment), 'deployments: write'],
    ['a list of deployments', none, (github) => all(github.deployments('x')), 'deployments: write'],
    ['a pull request', none, (github) => github.pullRequest(7), 'pull-requests: read'],
    ['a run', none, (github) => github.isOver({ id: 1001, attempt: 1 }), 'actions: read'],
    ['a comparison', none, (github) => github.compare('a', 'b'), 'contents: read'],
  ])('%s', async (_, rights, work, permission) => {
    await atGitHub({}, async ({ state }, { github }) => {
      state.rights = rights;
      expect(await failure(work(github))).toMatchObject({ kind: 'forbidden', permission });
    });
  });

  test('a token that nobody knows is no missing permission', async () => {
    await atGitHub({}, async (emulator) => {
      const { github } = connect(emulator, 'ghs_revoked');
      expect(await failure(github.createComment(7, 'x'))).toMatchObject({ kind: 'forbidden', permission: undefined });
    });
  });
});

describe('what GitHub refuses', () => {
  test('a comment where the conversation is locked', async () => {
    await atGitHub({}, async ({ state }, { github }) => {
      state.locked.add(7);
      expect((await failure(github.createComment(7, 'x'))).kind).toBe('locked');
    });
  });

  test('a comment that was deleted', async () => {
    await atGitHub({}, async (_, { github }) => {
      expect((await failure(github.updateComment(4, 'x'))).kind).toBe('notFound');
    });
  });

  test('a comment that is too long', async () => {
    await atGitHub({}, async (_, { github }) => {
      const { kind, message } = await failure(github.createComment(7, 'x'.repeat(65_537)));
      expect(kind).toBe('validation');
      expect(message).toContain('body is too long');
    });
  });
});

const limited = { message: 'You have exceeded a secondary rate limit.', documentation_url: 'https://docs.github.com' };
const now = Date.parse('2026-03-01T12:00:00Z') / 1_000;

describe('what passes is waited out', () => {
  test.each<[string, EmulatorReply, number]>([
    ['an overload', { status: 502, body: '<html>Bad gateway</html>' }, 750],
    ['a secondary limit as 403', { status: 403, headers: { 'retry-after': '7' }, body: limited }, 7_000],
    ['a secondary limit as 429', { status: 429, headers: { 'retry-after': '9' }, body: limited }, 9_000],
    ['a secondary limit without a time', { status: 403, body: limited }, 60_000],
    [
      'a limit that ends soon',
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${now + 20}` }, body: limited },
      20_000,
    ],
  ])('%s', async (_, refusal, wait) => {
    let refused = 0;
    await atGitHub({ fault: () => (refused++ === 0 ? refusal : undefined) }, async ({ state }, { github, clock }) => {
      state.comment('someone', 'Hello');
      expect(await all(github.comments(7))).toHaveLength(1);
      expect(clock.slept).toEqual([wait]);
    });
  });

  test('a limit that lasts is not waited for, and says how long it lasts', async () => {
    const reset = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${now + 1_800}` };
    const fault = () => ({ status: 403, headers: reset, body: { message: 'API rate limit exceeded' } });
    await atGitHub({ fault }, async (_, { github, clock }) => {
      const { kind, message } = await failure(all(github.comments(7)));
      expect(kind).toBe('unavailable');
      expect(message).toContain('its limit ends in 1800 s');
      expect(clock.slept).toEqual([]);
    });
  });

  test('a list goes on where it was after an error in the middle', async () => {
    let asked = 0;
    const fault = () => (++asked === 2 ? { status: 500, body: { message: 'Server Error' } } : undefined);
    await atGitHub({ fault }, async ({ state }, { github }) => {
      for (let number = 1; number <= 150; number++) state.comment('someone', `Comment ${number}`);
      expect(new Set((await all(github.comments(7))).map(({ id }) => id)).size).toBe(150);
    });
  });

  test('an overload that lasts ends in an error without the page that came instead', async () => {
    await atGitHub({ fault: () => ({ status: 503, body: '<html>Unicorn!</html>' }) }, async (emulator, { github }) => {
      const { kind, message } = await failure(github.pullRequest(7));
      expect([kind, message]).toEqual(['unavailable', 'GitHub, pull request #7: HTTP 503']);
      expect(emulator.requests).toHaveLength(4);
    });
  });

  test('what may have been done is not done twice', async () => {
    const fault = () => ({ status: 502, body: '' });
    await atGitHub({ fault }, async (emulator, { github }) => {
      expect((await failure(github.createComment(7, 'x'))).kind).toBe('unavailable');
      expect((await failure(github.createDeployment(deployment))).kind).toBe('unavailable');
      expect(emulator.requests).toHaveLength(2);
    });
  });
});

describe('what is not GitHub', () => {
  test.each<[string, EmulatorReply]>([
    ['a page instead of JSON', { status: 200, body: '<html>Sign in to the network</html>' }],
    ['JSON that is none', { status: 200, headers: { 'content-type': 'application/json' }, body: '{"id":' }],
    ['a way to somewhere else', { status: 302, headers: { location: 'https://example.com' }, body: '' }],
  ])('%s is an error', async (_, reply) => {
    await atGitHub({ fault: () => reply }, async (__, { github }) => {
      expect((await failure(github.pullRequest(7))).kind).toBe('unavailable');
      expect((await failure(all(github.comments(7)))).kind).toBe('unavailable');
      expect((await failure(github.viewer())).kind).toBe('unavailable');
    });
  });

  test('an answer that does not come is an error, and a comment is not written again after it', async () => {
    const emulator = await startGitHub({ fault: () => new Promise(() => undefined) });
    const { github } = connect(emulator, undefined, 100);
    expect((await failure(github.createComment(7, 'x'))).message).toMatch(/did not answer/);
    expect(emulator.requests).toHaveLength(1);
    await emulator.stop();
  });

  test('an address where nothing listens is an error after some tries', async () => {
    const emulator = await startGitHub();
    await emulator.stop();
    const { github, clock } = connect(emulator);
    expect((await failure(github.createComment(7, 'x'))).kind).toBe('unavailable');
    expect(clock.slept).toHaveLength(3);
  });
});

import { describe, expect, test } from '@jest/globals';
import { type Deploying, newerDeployment } from '../../../src/github/fence.ts';
import { type MemoryGitHub, memoryGitHub } from '../../support/github/memory.ts';
import { identityOf } from '../../support/identity.ts';

const [one, two, three, revert] = ['1', '2', '3', '4'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
  string,
];

/** A push of a commit by the run of that number. */
const pushOf = (sha: string, id: number, more: Partial<Deploying> = {}): Deploying => ({
  sha,
  order: { id, attempt: 1 },
  event: 'push',
  identity: identityOf(),
  release: `${sha.slice(0, 12)}-${id}.1`,
  ...more,
});

/** What that run has put at GitHub. */
const shown = (github: MemoryGitHub, { sha, order, release }: Deploying, state: string) =>
  github.deployed({ sha, payload: { order, release } }, state);

/** GitHub, where these runs have deployed in that order. */
function gitHubWith(...runs: (readonly [Deploying, string])[]): MemoryGitHub {
  const github = memoryGitHub();
  github.history.push(one, two, three, revert);
  for (const [run, state] of runs) shown(github, run, state);
  return github;
}

/** GitHub, where another tool, or a job with its own environment, has deployed a commit. */
function foreign(sha: string, state = 'success', task = 'deploy'): MemoryGitHub {
  const github = gitHubWith();
  github.deployed({ sha, task }, state);
  return github;
}

const first = pushOf(one, 1);
const second = pushOf(two, 2);
const third = pushOf(three, 3);

describe('of runs of this action the one that was started later counts, so', () => {
  test.each<[string, Deploying, MemoryGitHub, string | undefined]>([
    ['the first one goes on', first, gitHubWith(), undefined],
    ['a newer one goes on', second, gitHubWith([first, 'success']), undefined],
    ['an older one that finishes last is late', first, gitHubWith([second, 'success']), second.release],
    ['it is late for one on its way too', first, gitHubWith([second, 'in_progress']), second.release],
    ['and for one that has only begun', first, gitHubWith([second, 'queued']), second.release],
    ['not for one that failed', first, gitHubWith([second, 'failure']), undefined],
    ['not for one that ended by an error', first, gitHubWith([second, 'error']), undefined],
    [
      'a re-run of an old run is late',
      { ...first, order: { id: 1, attempt: 2 } },
      gitHubWith([second, 'success']),
      second.release,
    ],
    [
      'a re-run of the newest goes on',
      { ...second, order: { id: 2, attempt: 2 }, release: 'again' },
      gitHubWith([second, 'success']),
      undefined,
    ],
    ['a revert goes on, as any later commit does', pushOf(revert, 4), gitHubWith([third, 'success']), undefined],
    [
      'an older commit that somebody starts by hand goes on',
      pushOf(one, 4, { event: 'workflow_dispatch' }),
      gitHubWith([third, 'success']),
      undefined,
    ],
    ['the same commit by a newer run is no reason to stop', second, gitHubWith([pushOf(two, 9), 'success']), undefined],
    ['its own deployment is none of the others', second, gitHubWith([second, 'in_progress']), undefined],
    [
      'an older run on its way hides no newer one that is live',
      second,
      gitHubWith([third, 'success'], [{ ...first, release: 'again' }, 'in_progress']),
      third.release,
    ],
    [
      'what was live before the live one does not count',
      pushOf(two, 4),
      gitHubWith([pushOf(three, 5), 'success'], [pushOf(one, 3), 'success']),
      undefined,
    ],
  ])('%s', async (_, own, github, newer) => {
    expect(await newerDeployment(own, github)).toBe(newer);
    expect(github.asked).not.toContain('compare');
  });
});

describe('of a deployment that says no run the commits decide, so', () => {
  test.each<[string, Deploying, MemoryGitHub, string | undefined]>([
    ['a push of an older commit is late', first, foreign(three), '333333333333'],
    ['a push of a newer commit goes on', third, foreign(one), undefined],
    ['a push of the same commit goes on', third, foreign(three), undefined],
    ['a commit of another branch goes on', pushOf('9'.repeat(40), 1), foreign(three), undefined],
    ['a commit that somebody chose goes on', { ...first, event: 'workflow_dispatch' }, foreign(three), undefined],
    ['one that is not live says nothing', first, foreign(three, 'in_progress'), undefined],
    ['one that was replaced says nothing', first, foreign(three, 'inactive'), undefined],
    ['one of another app says nothing', first, foreign(three, 'success', 'deploy:shop'), undefined],
  ])('%s', async (_, own, github, newer) => {
    expect(await newerDeployment(own, github)).toBe(newer);
  });

  test('the deployment of the job itself does not hide what is live', async () => {
    const github = foreign(three);
    github.deployed({ sha: one }, 'in_progress');
    expect(await newerDeployment(first, github)).toBe('333333333333');
  });
});

test('each environment and each app is for itself', async () => {
  const github = memoryGitHub();
  github.deployed({ sha: two, environment: 'staging', payload: { order: second.order, release: 'x' } }, 'success');
  github.deployed({ sha: two, task: 'deploy:shop', payload: { order: second.order, release: 'y' } }, 'success');
  expect(await newerDeployment(first, github)).toBeUndefined();
  expect(await newerDeployment({ ...first, identity: identityOf('staging') }, github)).toBe('x');
  expect(await newerDeployment({ ...first, identity: identityOf('production', 'shop') }, github)).toBe('y');
});

import { afterAll, expect, test } from '@jest/globals';
import {
  beginDeployment,
  type DeployedRelease,
  removeEnvironment,
  resumeDeployment,
} from '../../src/github/deployment.ts';
import type { GitHub } from '../../src/github/github.ts';
import { atGitHub, closeHttp } from '../support/github/client.ts';
import { allRights, type GitHubState } from '../support/github/state.ts';
import { identityOf } from '../support/identity.ts';

afterAll(closeHttp);

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const target = (number: number, overrides: Partial<DeployedRelease> = {}): DeployedRelease => ({
  sha,
  identity: identityOf(),
  release: `5ad1c8f0d0d1-${number}.1`,
  runUrl: `https://github.com/octo/site/actions/runs/${1_000 + number}`,
  order: { id: 1_000 + number, attempt: 1 },
  transient: false,
  production: true,
  ...overrides,
});

const states = ({ deployments }: GitHubState) =>
  deployments.map(({ statuses }) => statuses.map(({ state }) => state).join(' '));

async function deployed(number: number, github: GitHub, overrides: Partial<DeployedRelease> = {}) {
  const life = await beginDeployment(target(number, overrides), github);
  await life.running('Build');
  await life.end('success', 'Live', 'https://example.com');
}

test('goes from queued over in progress to success, with the URL and the log', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    await deployed(1, github);
    expect(states(state)).toEqual(['queued in_progress success']);
    expect(state.deployments[0]).toMatchObject({
      sha,
      environment: 'production',
      transient: false,
      production: true,
      payload: { release: '5ad1c8f0d0d1-1.1', run: 'https://github.com/octo/site/actions/runs/1001' },
    });
    expect(state.deployments[0]?.statuses.at(-1)).toMatchObject({
      environment_url: 'https://example.com',
      log_url: 'https://github.com/octo/site/actions/runs/1001',
    });
  });
});

test.each<[string, Partial<DeployedRelease>]>([
  ['production', {}],
  ['a preview', { identity: identityOf('preview/pr-7'), transient: true, production: false }],
  ['a branch', { identity: identityOf('staging'), production: false }],
])('a success makes the older ones of %s inactive, and those that a crash left open', async (_, overrides) => {
  await atGitHub({}, async ({ state }, { github }) => {
    await deployed(1, github, overrides);
    await (await beginDeployment(target(2, overrides), github)).running('Build');
    await (await beginDeployment(target(3, overrides), github)).end('failure', 'No');
    await deployed(4, github, overrides);
    await deployed(5, github, overrides);
    expect(states(state)).toEqual([
      'queued in_progress success inactive',
      'queued in_progress inactive',
      'queued failure',
      'queued in_progress success inactive',
      'queued in_progress success',
    ]);
  });
});

test('what another app, another environment or another tool deployed stays', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    await deployed(1, github, { identity: identityOf('production', 'apps/shop') });
    await deployed(2, github, { identity: identityOf('staging') });
    state.jobDeployment('production', sha, 'https://github.com/octo/site/actions/runs/5/job/6');
    await deployed(3, github);
    expect(states(state).map((all) => all.split(' ').at(-1))).toEqual(['success', 'success', 'in_progress', 'success']);
  });
});

test('after many that are inactive nobody is asked about those before', async () => {
  await atGitHub({}, async (emulator, { github }) => {
    for (let number = 1; number <= 12; number++) await deployed(number, github);
    const before = emulator.requests.length;
    await deployed(13, github);
    expect(emulator.requests.length - before).toBeLessThan(15);
  });
});

test('where the job has an environment, its own deployment is the one', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    const own = state.jobDeployment('production', sha, 'https://github.com/octo/site/actions/runs/1001/job/17');
    const life = await beginDeployment(target(1), github);
    await life.running('Build');
    await life.end('success', 'Live');
    expect(life).toMatchObject({ id: own.id, ofJob: true });
    expect(states(state)).toEqual(['in_progress']);
  });
});

test.each([
  ['of a run with a longer number', 'https://github.com/octo/site/actions/runs/10010/job/17', 'in_progress'],
  ['of a job of this run that has ended', 'https://github.com/octo/site/actions/runs/1001/job/17', 'success'],
])('a deployment %s is not this one', async (_, logUrl, ended) => {
  await atGitHub({}, async ({ state }, { github }) => {
    const other = state.jobDeployment('production', sha, logUrl);
    other.statuses.push({ id: state.id(), state: ended, description: '', log_url: logUrl, environment_url: '' });
    expect((await beginDeployment(target(1), github)).ofJob).toBe(false);
    expect(state.deployments).toHaveLength(2);
  });
});

test('an answer of 502 to a deployment that was taken leads to no second one', async () => {
  let failed = false;
  let taken: Promise<unknown> | undefined;
  let repeat: ((body: string) => Promise<unknown>) | undefined;
  const fault = ({ method, path, body }: { method: string; path: string; body: string }) => {
    if (failed || method !== 'POST' || !path.endsWith('/deployments')) return undefined;
    failed = true;
    taken = repeat?.(body);
    return taken?.then(() => ({ status: 502, body: '' }));
  };
  await atGitHub({ fault }, async (emulator, { github }) => {
    repeat = () => beginDeployment(target(1), github);
    const life = await beginDeployment(target(1), github);
    await taken;
    expect(emulator.state.deployments.map(({ id }) => id)).toEqual([life.id]);
  });
});

test('what was left open is closed by its id', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    const { id } = await beginDeployment(target(1), github);
    await resumeDeployment(id, target(1), github).end('error', 'The run was cancelled.');
    expect(states(state)).toEqual(['queued error']);
  });
});

test('an environment goes with its deployments, and itself where the token may', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    const preview = { identity: identityOf('preview/pr-7'), transient: true, production: false };
    for (let number = 1; number <= 3; number++) await deployed(number, github, preview);
    await deployed(4, github);
    const gone = { identity: identityOf('preview/pr-7'), runUrl: 'https://github.com/octo/site/actions/runs/9' };
    await removeEnvironment(gone, github);
    expect(states(state)).toEqual(['queued in_progress success']);
    expect([...state.environments]).toEqual(['preview/pr-7', 'production']);
    await deployed(5, github, preview);
    state.rights = { ...allRights, administration: 'write' };
    await removeEnvironment(gone, github);
    expect([...state.environments]).toEqual(['production']);
  });
});

test('what another app has in an environment stays with it, until that one goes', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    state.rights = { ...allRights, administration: 'write' };
    const preview = { identity: identityOf('preview/pr-7'), transient: true, production: false };
    await deployed(1, github, { ...preview, identity: identityOf('preview/pr-7', 'shop') });
    await deployed(2, github, { ...preview, identity: identityOf('preview/pr-7', 'blog') });
    const { runUrl } = target(3);
    await removeEnvironment({ identity: identityOf('preview/pr-7', 'shop'), runUrl }, github);
    expect(state.deployments.map(({ task }) => task)).toEqual(['deploy:blog']);
    expect([...state.environments]).toEqual(['preview/pr-7']);
    await removeEnvironment({ identity: identityOf('preview/pr-7', 'blog'), runUrl }, github);
    expect([state.deployments, [...state.environments]]).toEqual([[], []]);
  });
});

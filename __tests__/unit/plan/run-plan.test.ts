import { describe, expect, test } from '@jest/globals';
import type { Context } from '../../../src/event/context.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { planRun, releaseOf } from '../../../src/plan/run-plan.ts';
import { createCause, createContext, createPullRequest } from '../../support/context.ts';
import { createInputs } from '../../support/fakes.ts';
import { createHostInputs } from '../../support/host-io.ts';
import { identityOf } from '../../support/identity.ts';

const plan = (
  context: Partial<Context>,
  inputs: Partial<Inputs> = {},
  noPreviews: string | undefined = 'no host is named',
) => planRun(createInputs(inputs), createContext(context), noPreviews);

const pullRequest = (overrides: Parameters<typeof createPullRequest>[0] = {}): Partial<Context> => ({
  event: 'pull_request',
  branch: 'feature/login',
  pullRequest: createPullRequest(overrides),
});

describe('the environment', () => {
  test.each<[string, Partial<Context>, string]>([
    ['the default branch', {}, 'production'],
    ['a default branch of another name', { branch: 'trunk', defaultBranch: 'trunk' }, 'production'],
    ['main, where it is not the default branch', { branch: 'main', defaultBranch: 'trunk' }, 'main'],
    ['another branch', { branch: 'staging' }, 'staging'],
    ['a branch with slashes', { branch: 'team/a' }, 'team/a'],
    ['a tag', { branch: undefined, tag: 'v1' }, 'production'],
    ['a release', { event: 'release', branch: undefined, tag: 'v1' }, 'production'],
    ['a release that names a branch', { event: 'release', branch: 'hotfix' }, 'production'],
    ['master, where nobody names the default branch', { branch: 'master', defaultBranch: undefined }, 'production'],
    ['a branch, where nobody names the default branch', { branch: 'dev', defaultBranch: undefined }, 'dev'],
    ['a pull request', pullRequest(), 'preview/pr-7'],
    ['a pull request from a fork’s main', { ...pullRequest({ fork: true }), branch: 'main' }, 'preview/pr-7'],
  ])('of %s', (_, context, environment) => {
    expect(plan(context).identity.name).toBe(environment);
  });

  test.each(['preview/pr-7', 'blog/pr-7', 'preview/PR-7', 'Preview/Pr-07', 'preview/pr-7 '])(
    'of what is pushed cannot have the name of a preview, which GitHub has in capitals and not: %j',
    (environment) => {
      for (const command of ['deploy', 'sync', 'rollback'] as const)
        expect(() => plan({ branch: 'topic' }, { command, environment })).toThrow(/has the name of a preview/);
      expect(() => plan({ branch: environment }, { command: 'deploy' })).toThrow(/has the name of a preview/);
    },
  );

  test('given as an input counts before the event', () => {
    expect(plan({}, { environment: 'eu' }).identity.name).toBe('eu');
    expect(plan(pullRequest(), { environment: 'eu' }).identity.name).toBe('eu');
  });
});

test('each run of a commit has a release id of its own', () => {
  const ids = [
    createContext(),
    createContext({ runAttempt: 2 }),
    createContext({ runNumber: 43 }),
    createContext({ sha: 'ffffffffffffffffffffffffffffffffffffffff' }),
  ].map(releaseOf);
  expect(ids[0]).toBe('5ad1c8f0d0d1-42.1');
  expect(new Set(ids).size).toBe(4);
});

describe('deployed is', () => {
  test.each<[string, Partial<Context>]>([
    ['a push', {}],
    ['a tag', { branch: undefined, tag: 'v1' }],
    ['a release', { event: 'release', branch: undefined, tag: 'v1' }],
    ['a start by hand', { event: 'workflow_dispatch' }],
    ['a start by another program', { event: 'repository_dispatch' }],
    ['a release that is published', { event: 'release', action: 'published', branch: undefined, tag: 'v1' }],
    ['a release that stops being a preview', { event: 'release', action: 'released', branch: undefined, tag: 'v1' }],
    ['a workflow after another', { event: 'workflow_run', cause: createCause() }],
    [
      'what Dependabot pushed, after another workflow',
      { event: 'workflow_run', cause: createCause(), dependabot: true },
    ],
  ])('%s', (_, context) => {
    expect(plan(context)).toEqual({
      kind: 'deploy',
      identity: identityOf(),
      release: '5ad1c8f0d0d1-42.1',
    });
  });

  test('another event, where command says so', () => {
    expect(plan({ event: 'issue_comment' }, { command: 'deploy' }).kind).toBe('deploy');
  });

  test('a pull request of the repository itself, where command and environment say so', () => {
    expect(plan(pullRequest(), { command: 'deploy', environment: 'staging' })).toMatchObject({
      kind: 'deploy',
      identity: { kind: 'push', name: 'staging' },
    });
  });
});

describe('only the folders are synced, where command says so, on', () => {
  test.each<[string, Partial<Context>, Partial<Inputs>]>([
    ['a push', {}, {}],
    ['a start by hand', { event: 'workflow_dispatch' }, {}],
    ['an event that alone says nothing', { event: 'issues' }, {}],
    ['a workflow after another', { event: 'workflow_run', cause: createCause() }, {}],
    ['a pull request of the repository itself, for an environment', pullRequest(), { environment: 'staging' }],
  ])('%s', (_, context, inputs) => {
    expect(plan(context, { command: 'sync', ...inputs })).toEqual({
      kind: 'sync',
      identity: identityOf(inputs.environment),
      release: '5ad1c8f0d0d1-42.1',
    });
  });
});

describe('built and checked, and not deployed, is', () => {
  const strong: Partial<Inputs> = { command: 'deploy', environment: 'staging' };
  test.each<[string, Partial<Context>, Partial<Inputs>, string]>([
    ['a pull request', pullRequest(), {}, 'no host is named: this pull request is built and checked, not deployed'],
    ['a fork', pullRequest({ fork: true }), {}, 'comes from a fork, so GitHub gives the run no secrets'],
    ['a fork, whatever the inputs say', pullRequest({ fork: true }), strong, 'comes from a fork'],
    ['Dependabot', pullRequest({ dependabot: true }), {}, 'is by Dependabot, so GitHub gives the run no secrets'],
    ['Dependabot, whatever the inputs say', pullRequest({ dependabot: true }), strong, 'is by Dependabot'],
    ['a push by Dependabot', { dependabot: true }, strong, 'is by Dependabot'],
    ['a rollback by Dependabot', { dependabot: true }, { command: 'rollback' }, 'is by Dependabot'],
    ['a merge queue', { event: 'merge_group' }, {}, 'a merge queue puts nothing live: it is built and checked'],
    ['a merge queue, whatever the inputs say', { event: 'merge_group' }, strong, 'a merge queue'],
  ])('%s', (_, context, inputs, reason) => {
    expect(plan(context, inputs)).toMatchObject({ kind: 'verify', reason: expect.stringContaining(reason) });
  });
});

describe.each(['build', 'check'] as const)(
  '"command: %s" changes nothing outside, so it does its work on',
  (command) => {
    test.each<[string, Partial<Context>]>([
      ['a push', {}],
      ['a pull request', pullRequest()],
      ['a fork', pullRequest({ fork: true })],
      ['Dependabot', { dependabot: true }],
      ['a merge queue', { event: 'merge_group' }],
      ['an event that alone says nothing', { event: 'issues' }],
    ])('%s', (_, context) => {
      expect(plan(context, { command }).kind).toBe(command);
    });

    test.each<[string, Partial<Context>]>([
      ['a branch', { deleted: true }],
      ['a pull request', pullRequest({ closed: true })],
    ])('but not at the end of %s', (_, context) => {
      expect(plan(context, { command }).kind).toBe('skip');
    });
  },
);

describe('nothing is done for', () => {
  const sync: Partial<Inputs> = { command: 'sync', environment: 'staging' };
  test.each<[string, Partial<Context>, Partial<Inputs>, string]>([
    ['the end of a branch', { deleted: true }, {}, 'the push deleted its branch'],
    ['the end of a branch, whatever command says', { deleted: true }, { command: 'deploy' }, 'the push deleted'],
    ['the end of a pull request', pullRequest({ closed: true }), {}, 'pull request #7 is closed'],
    [
      'a run after one that failed',
      { event: 'workflow_run', cause: createCause({ conclusion: 'failure' }) },
      {},
      'the run before this one ended with "failure"',
    ],
    [
      'a run beside one that goes on',
      { event: 'workflow_run', cause: createCause({ conclusion: undefined }) },
      {},
      'the run before this one has not ended',
    ],
    ['a release that is a draft', { event: 'release', action: 'created' }, {}, 'a release was created'],
    ['a release that was edited', { event: 'release', action: 'edited' }, {}, 'only one that is published is deployed'],
    ['the end of a fork’s pull request', pullRequest({ closed: true, fork: true }), {}, 'pull request #7 is closed'],
    ['a sync of a fork', pullRequest({ fork: true }), sync, 'comes from a fork, so GitHub gives the run no secrets'],
    ['a sync by Dependabot', pullRequest({ dependabot: true }), sync, 'is by Dependabot'],
    ['a sync of a push by Dependabot', { dependabot: true }, sync, 'is by Dependabot'],
    ['a sync in a merge queue', { event: 'merge_group' }, sync, 'a merge queue'],
    ['a sync at the end of a branch', { deleted: true }, sync, 'the push deleted its branch'],
    ['a sync at the end of a pull request', pullRequest({ closed: true }), sync, 'pull request #7 is closed'],
    [
      'a sync after a run that failed',
      { event: 'workflow_run', cause: createCause({ conclusion: 'failure' }) },
      sync,
      'ended with "failure"',
    ],
  ])('%s', (_, context, inputs, reason) => {
    expect(plan(context, inputs)).toMatchObject({ kind: 'skip', reason: expect.stringContaining(reason) });
  });

  test.each<[string, Partial<Context>]>([
    ['a fork', pullRequest({ fork: true })],
    ['Dependabot', { dependabot: true }],
    ['a merge queue', { event: 'merge_group' }],
  ])('a sync of %s, and nobody is told that something was built', (_, context) => {
    const planned = plan(context, sync);
    expect('reason' in planned && planned.reason).toMatch(/nothing is synced$/);
    expect('reason' in planned && planned.reason).not.toContain('built');
  });
});

describe('refused is', () => {
  test('a branch that would share the environment of the default branch', () => {
    const branch = { branch: 'production', defaultBranch: 'main' };
    expect(() => plan(branch)).toThrow(expect.objectContaining({ code: 'INVALID_INPUTS' }));
    expect(plan(branch, { environment: 'live' })).toMatchObject({ kind: 'deploy', identity: { name: 'live' } });
    const production = { branch: 'production', defaultBranch: 'production' };
    expect(plan(production)).toMatchObject({ kind: 'deploy', identity: { name: 'production' } });
  });

  test.each(['deploy', 'sync'] as const)('unmerged work for production by command: %s', (command) => {
    expect(() => plan(pullRequest(), { command })).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUTS',
        message: `"command: ${command}" on a pull request would put unmerged work live.`,
        hint: expect.stringContaining('environment: staging'),
      }),
    );
  });

  test.each(['issue_comment', 'issues', 'check_run', ''])('the event %j, which does not say what to do', (event) => {
    expect(() => plan({ event })).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUTS',
        message: expect.stringContaining(`"${event}"`),
        hint: expect.stringContaining('pull_request for previews'),
      }),
    );
  });
});

describe('a branch that is not a production branch', () => {
  test.each<[string, Partial<Context>, Partial<Inputs>]>([
    ['that is pushed', { branch: 'feature-x' }, {}],
    ['that somebody starts by hand', { branch: 'feature-x', event: 'workflow_dispatch' }, {}],
    ['after another workflow', { branch: 'feature-x', event: 'workflow_run', cause: createCause() }, {}],
    ['where others are production', {}, { productionBranches: ['live', 'release/*'] }],
    ['below one that is', { branch: 'release/1/fix' }, { productionBranches: ['release/*'] }],
    ['of other capitals', { branch: 'Main' }, {}],
  ])('%s is built and checked, with a notice that says both ways', (_, context, inputs) => {
    const planned = plan(context, inputs);
    expect(planned).toMatchObject({ kind: 'verify', identity: { kind: 'push' } });
    expect('reason' in planned && planned.reason).toMatch(
      /"environment: .*production-branch.*built and checked, not deployed/,
    );
  });

  test.each<[string, Partial<Context>, Partial<Inputs>, string]>([
    ['where environment says so', { branch: 'feature-x' }, { environment: 'staging' }, 'staging'],
    ['where the command says so', { branch: 'feature-x' }, { command: 'deploy' }, 'feature-x'],
    ['where it is one of several', { branch: 'live' }, { productionBranches: ['main', 'live'] }, 'production'],
    ['by a glob', { branch: 'release/1' }, { productionBranches: ['release/*'] }, 'production'],
  ])('is deployed %s', (_, context, inputs, name) => {
    expect(plan(context, inputs)).toMatchObject({ kind: 'deploy', identity: { kind: 'push', name } });
  });

  test.each<Partial<Inputs>>([{}, { command: 'deploy' }, { environment: 'staging' }, { productionBranches: ['**'] }])(
    'of a merge queue is never deployed: %j',
    (inputs) => {
      const branch = 'gh-readonly-queue/main/pr-7-0123456789';
      expect(plan({ branch }, inputs)).toMatchObject({ kind: 'verify' });
    },
  );

  test('cannot take the name of a preview', () => {
    const branch = { branch: 'preview/pr-7' };
    expect(plan(branch)).toMatchObject({ kind: 'verify', identity: { kind: 'push' } });
    expect(plan(branch, { environment: 'staging' }).identity).toMatchObject({ kind: 'push', name: 'staging' });
    for (const inputs of [{ command: 'deploy' }, { environment: 'preview/pr-7' }, { environment: 'eu/pr-7' }] as const)
      expect(() => plan(branch, inputs)).toThrow(expect.objectContaining({ code: 'INVALID_INPUTS' }));
  });
});

describe('Dependabot', () => {
  const hostInputs = createHostInputs({ token: new Secret('rnd_1') });
  test.each<[string, Partial<Context>]>([
    ['a push, as by "@dependabot merge"', { dependabot: true }],
    ['a start by hand', { dependabot: true, event: 'workflow_dispatch' }],
  ])('with secrets is like everybody: %s', (_, context) => {
    expect(plan(context, { hostInputs }).kind).toBe('deploy');
    expect(plan(context).kind).toBe('verify');
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Context } from '../../../src/event/context.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import { planRun } from '../../../src/plan/run-plan.ts';
import { createCause, createContext, createPullRequest } from '../../support/context.ts';
import { createInputs } from '../../support/fakes.ts';
import { identityOf } from '../../support/identity.ts';

const plan = (context: Partial<Context>, inputs: Partial<Inputs> = {}, noPreviews?: string) =>
  planRun(createInputs(inputs), createContext(context), noPreviews);

/** A pull request, in the event that is named. */
const pull = (overrides: Parameters<typeof createPullRequest>[0] = {}, event = 'pull_request'): Partial<Context> => ({
  event,
  branch: 'feature/login',
  pullRequest: createPullRequest(overrides),
});

/** A run after a workflow of a pull request, once it is known which one. */
const afterPull = (overrides: Parameters<typeof createPullRequest>[0] = {}): Partial<Context> => ({
  ...pull(overrides, 'workflow_run'),
  cause: createCause({ ofPullRequest: true, pullRequests: [7], fork: overrides.fork ?? false }),
});

describe('a preview is made of', () => {
  test.each<[string, Partial<Context>, Partial<Inputs>]>([
    ['a pull request of the repository itself', pull(), {}],
    ['one that got a new commit', { ...pull(), action: 'synchronize' }, {}],
    ['one that was opened', { ...pull(), action: 'opened' }, {}],
    ['one whose step says so', pull(), { command: 'preview' }],
    ['one in an event with the secrets of its base', pull({}, 'pull_request_target'), {}],
    ['one whose own workflow has ended', afterPull(), {}],
    ['a fork whose own workflow has built it', afterPull({ fork: true }), { artifact: 'built' }],
    ['Dependabot’s, whose own workflow has built it', afterPull({ dependabot: true }), { artifact: 'built' }],
    [
      'a fork in an event with secrets, of which nothing is run',
      pull({ fork: true }, 'pull_request_target'),
      { artifact: 'built' },
    ],
  ])('%s', (_, context, inputs) => {
    expect(plan(context, inputs)).toEqual({
      kind: 'preview',
      pullRequest: 7,
      identity: identityOf('preview/pr-7'),
      release: '5ad1c8f0d0d1-42.1',
    });
  });
});

describe('a preview with a database of its own', () => {
  const own = { previewDatabase: 'create', artifact: 'built' } as const;

  test('is made of the repository’s pull requests, and refused to forks before anything is done', () => {
    expect(plan(afterPull(), own).kind).toBe('preview');
    for (const context of [afterPull({ fork: true }), pull({ fork: true }, 'pull_request_target')])
      expect(() => plan(context, own)).toThrow('The preview of a fork gets no database');
    expect(plan(pull({ fork: true }), own).kind).toBe('verify');
  });
});

describe('a preview is taken away at the end of', () => {
  const end = { closed: true };
  test.each<[string, Partial<Context>, Partial<Inputs>, string | undefined]>([
    ['its pull request', pull(end), {}, undefined],
    ['its pull request, where the step says so', pull(end), { command: 'teardown' }, 'no host is named'],
    ['its pull request, in a step for previews alone', pull(end), { command: 'preview' }, undefined],
    [
      'a fork, in an event with secrets, because none of its code runs',
      pull({ closed: true, fork: true }, 'pull_request_target'),
      {},
      undefined,
    ],
    ['one that was closed while its own workflow ran', afterPull(end), {}, undefined],
  ])('%s', (_, context, inputs, noPreviews) => {
    expect(plan(context, inputs, noPreviews)).toMatchObject({
      kind: 'teardown',
      pullRequest: 7,
      identity: identityOf('preview/pr-7'),
    });
  });

  test('none where the host makes none, whatever there is in the bucket', () => {
    expect(plan(pull(end), { bucket: 'site' }, 'no host is named')).toMatchObject({ kind: 'skip' });
  });

  test('one whose step says so, though it is open', () => {
    expect(plan(pull(), { command: 'teardown' })).toMatchObject({ kind: 'teardown', pullRequest: 7 });
  });
});

describe('nothing is done', () => {
  const reason = (...args: Parameters<typeof plan>) => {
    const planned = plan(...args);
    return planned.kind === 'skip' && planned.reason;
  };

  test.each<[string, Partial<Context>, Partial<Inputs>, string | undefined, string]>([
    ['at the end of a fork', pull({ closed: true, fork: true }), {}, undefined, 'no secrets to take anything away'],
    [
      'at the end of Dependabot’s',
      { ...pull({ closed: true, dependabot: true }), dependabot: true },
      {},
      undefined,
      'it is by Dependabot',
    ],
    [
      'at the end of one that had no preview',
      pull({ closed: true }),
      {},
      'no host is named',
      'no preview to take away',
    ],
    [
      'at the end of one in a step that deploys',
      pull({ closed: true }),
      { command: 'deploy' },
      undefined,
      'no preview to take away',
    ],
    [
      'after a run of a pull request that nobody finds',
      { event: 'workflow_run', cause: createCause({ ofPullRequest: true }) },
      {},
      undefined,
      'none that is open has its commit',
    ],
  ])('%s', (_, context, inputs, noPreviews, words) => {
    expect(reason(context, inputs, noPreviews)).toContain(words);
  });

  const gone = { event: 'workflow_run', branch: 'main', cause: createCause({ ofPullRequest: true, fork: true }) };
  test.each(['auto', 'deploy', 'sync', 'rollback'] as const)(
    'after a fork’s run on a branch that it calls main, not even with an artifact: command: %s',
    (command) => {
      const inputs = { command, artifact: 'built', environment: 'production' };
      expect(reason(gone, inputs)).toContain('none that is open has its commit');
    },
  );

  test.each(['deploy', 'sync'] as const)(
    'to an environment that is named, after a pull request: command: %s',
    (command) => {
      const inputs = { command, environment: 'production', artifact: 'built' };
      for (const fork of [true, false])
        expect(reason(afterPull({ fork }), inputs)).toBe(
          'the run before this one was of pull request #7, not merged yet',
        );
    },
  );
});

describe('refused are secrets for the code of', () => {
  test.each<[string, Partial<Context>, string]>([
    ['a fork in pull_request_target', pull({ fork: true }, 'pull_request_target'), 'comes from a fork'],
    ['Dependabot in pull_request_target', pull({ dependabot: true }, 'pull_request_target'), 'is by Dependabot'],
    ['a fork after its own workflow', afterPull({ fork: true }), 'comes from a fork'],
    ['Dependabot after its own workflow', afterPull({ dependabot: true }), 'is by Dependabot'],
    [
      'a fork whose pull request nobody finds',
      { event: 'workflow_run', cause: createCause({ fork: true }) },
      'comes from a fork',
    ],
  ])('%s', (_, context, whose) => {
    for (const command of ['auto', 'build', 'check', 'preview', 'deploy'] as const) {
      expect(() => plan(context, { command })).toThrow(
        expect.objectContaining({
          code: 'UNTRUSTED_CODE',
          message: `${context.event} gives this job secrets, and the code ${whose}.`,
          hint: expect.stringContaining('on: pull_request'),
        }),
      );
    }
  });
});

describe('a mistake is', () => {
  test.each<[string, Partial<Context>, Partial<Inputs>, string | undefined, string]>([
    [
      'a preview that no host makes',
      pull(),
      { command: 'preview' },
      'no host is named',
      'There can be no preview: no host is named.',
    ],
    [
      'a preview of a push',
      {},
      { command: 'preview' },
      undefined,
      '"command: preview" is for pull requests, and "push" is of none.',
    ],
    [
      'a teardown of a start by hand',
      { event: 'workflow_dispatch' },
      { command: 'teardown' },
      undefined,
      '"workflow_dispatch" is of none',
    ],
    [
      'a rollback of a pull request',
      pull(),
      { command: 'rollback', environment: 'staging' },
      undefined,
      'is for what is live, and no pull request is',
    ],
    [
      'a comment without a command',
      { event: 'issue_comment' },
      {},
      undefined,
      'The event "issue_comment" does not say what to deploy.',
    ],
  ])('%s', (_, context, inputs, noPreviews, message) => {
    expect(() => plan(context, inputs, noPreviews)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUTS',
        message: expect.stringContaining(message),
        hint: expect.any(String),
      }),
    );
  });
});

test.each<[string, Partial<Inputs>, object]>([
  ['sweeps previews', {}, { kind: 'sweep' }],
  ['deploys where it is told to', { command: 'deploy' }, { kind: 'deploy', identity: identityOf() }],
])('a schedule %s', (_, inputs, expected) => {
  expect(plan({ event: 'schedule' }, inputs)).toMatchObject(expected);
});

test.each<[string | undefined]>([[undefined], ['5ad1c8f0d0d1-40.1']])('a rollback leads to %s', (rollbackTo) => {
  expect(plan({ event: 'workflow_dispatch' }, { command: 'rollback', rollbackTo })).toMatchObject({
    kind: 'rollback',
    to: rollbackTo,
    identity: identityOf(),
  });
});

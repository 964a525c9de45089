import { describe, expect, test } from '@jest/globals';
import type { Context } from '../../../src/event/context.ts';
import type { HostDefinition } from '../../../src/hosts/contract/host.ts';
import { hosts } from '../../../src/hosts/index.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import { intentOf, lacksPreviews } from '../../../src/plan/host-intent.ts';
import { planRun } from '../../../src/plan/run-plan.ts';
import { createCause, createContext, createPullRequest } from '../../support/context.ts';
import { createInputs } from '../../support/fakes.ts';
import { createHostInputs } from '../../support/host-io.ts';

const plan = (context: Partial<Context>, inputs: Partial<Inputs> = {}, noPreviews?: string) =>
  planRun(createInputs(inputs), createContext(context), noPreviews);

/** A pull request, in the event that is named. */
const pull = (overrides: Parameters<typeof createPullRequest>[0] = {}, event = 'pull_request'): Partial<Context> => ({
  event,
  branch: 'feature/login',
  pullRequest: createPullRequest(overrides),
});

describe('the environment of a preview is its own', () => {
  test.each([
    [undefined, 'preview/pr-7'],
    ['shop', 'shop/pr-7'],
    ['review-7', 'review-7/pr-7'],
    ['review-17', 'review-17/pr-7'],
    ['production', 'production/pr-7'],
    ['production-eu-7', 'production-eu-7/pr-7'],
  ])('where %s is named', (environment, name) => {
    for (const closed of [false, true])
      expect(plan(pull({ closed }), { environment })).toMatchObject({ identity: { kind: 'preview', name } });
  });
});

describe('what a run wants of its host', () => {
  const unknownPull = { event: 'workflow_run', cause: createCause({ ofPullRequest: true }) };
  test.each<[string, Partial<Context>, Partial<Inputs>, string | undefined, string | undefined]>([
    ['a push', {}, {}, 'none', 'deploy'],
    ['a pull request', pull(), {}, undefined, 'preview'],
    ['a pull request without a preview', pull(), {}, 'none', undefined],
    ['a pull request in its environment', pull(), { command: 'deploy', environment: 'staging' }, 'none', 'deploy'],
    ['a run after a push', { event: 'workflow_run', cause: createCause() }, {}, undefined, 'deploy'],
    ['a run after a pull request that is not known yet', unknownPull, {}, undefined, 'preview'],
    ['a run after a pull request by Dependabot', { ...unknownPull, dependabot: true }, {}, undefined, 'preview'],
    ['a fork', pull({ fork: true }), {}, undefined, undefined],
    ['Dependabot', { dependabot: true }, {}, undefined, undefined],
    ['a build', {}, { command: 'build' }, undefined, undefined],
    ['a teardown', pull({ closed: true }), { command: 'teardown' }, undefined, 'preview'],
    ['a sweep', { event: 'schedule' }, {}, undefined, 'preview'],
    ['a sweep of the bucket alone', { event: 'schedule' }, {}, 'none', undefined],
    ['a deploy by the clock', { event: 'schedule' }, { command: 'deploy' }, undefined, 'deploy'],
    ['a rollback', { event: 'workflow_dispatch' }, { command: 'rollback' }, undefined, 'rollback'],
  ])('%s', (_, context, inputs, noPreviews, intent) => {
    expect(intentOf(createInputs(inputs), createContext(context), noPreviews)).toBe(intent);
  });
});

describe('why there are no previews is said by', () => {
  test('the host that is named', () => {
    const lacks: HostDefinition['lacks'] = (capability) => `no ${capability} here`;
    const named = { harbour: { ...hosts.hook, lacks } as HostDefinition };
    expect(lacksPreviews(createInputs({ host: 'harbour' }), named)).toBe('no preview here');
    expect(lacksPreviews(createInputs({ host: 'none' }), named)).toBe('no host is named');
  });

  test('nobody, where the host makes them', () => {
    const options = { 'preview-hook': ['https://example.com/preview/{pr}'] };
    const hostInputs = createHostInputs({ options });
    expect(lacksPreviews(createInputs({ host: 'hook', hostInputs }), hosts)).toBeUndefined();
  });
});

import { describe, expect, test } from '@jest/globals';
import { announcementOf, openAnnouncer } from '../../../src/commands/run/announcing.ts';
import type { RunPlan } from '../../../src/plan/run-plan.ts';
import { createContext, createPullRequest } from '../../support/context.ts';
import { memoryGitHub } from '../../support/github/memory.ts';
import { identityOf } from '../../support/identity.ts';
import { sampleReports } from '../../support/report.ts';
import { createRun, type PlanOf, type RunOptions } from '../../support/run.ts';

const preview = { kind: 'preview', pullRequest: 7 } as const;
const pull = { pullRequest: createPullRequest() };

function announcement(options: RunOptions) {
  const { inputs, context, plan } = createRun(options);
  return announcementOf(inputs, context, plan, 1_000);
}

describe('said at GitHub is', () => {
  test('a deploy, as production’s', () => {
    const { sha, runUrl, repositoryUrl, order } = createContext();
    expect(announcement({ inputs: { workingDirectory: 'shop' } })).toEqual({
      doing: 'Deploying',
      sha,
      runUrl,
      repositoryUrl,
      order,
      identity: identityOf('production', 'shop'),
      release: '5ad1c8f0d0d1-42.1',
      transient: false,
      production: true,
      issue: undefined,
      startedAt: 1_000,
    });
  });

  test.each<[string, RunOptions, object]>([
    [
      'a deploy to staging, as not production’s',
      { plan: { kind: 'deploy', environment: 'staging' } },
      { production: false, transient: false },
    ],
    ['a preview, with a comment', { plan: preview, context: pull }, { production: false, transient: true, issue: 7 }],
    [
      'a preview, without a comment where the step wants none',
      { plan: preview, context: pull, inputs: { comment: false } },
      { issue: undefined },
    ],
    [
      'the end of a preview',
      { plan: { ...preview, kind: 'teardown' }, context: pull },
      { doing: 'Removing', transient: true, issue: 7 },
    ],
    [
      'a rollback, which does not know its commit yet',
      { plan: { kind: 'rollback', to: undefined } },
      { sha: undefined, transient: false, production: true },
    ],
  ])('%s', (_, options, expected) => {
    expect(announcement(options)).toMatchObject(expected);
  });
});

describe('nothing is said of', () => {
  const plans: PlanOf<RunPlan>[] = [
    { kind: 'build' },
    { kind: 'check' },
    { kind: 'sync' },
    { kind: 'sweep' },
    { kind: 'verify', reason: '' },
    { kind: 'skip', reason: '' },
  ];
  test.each(plans)('$kind', (plan) => {
    expect(announcement({ plan })).toBeUndefined();
  });

  test('a run that only looks, and one without a token', () => {
    expect(announcement({ inputs: { dryRun: true } })).toBeUndefined();
    expect(announcement({ inputs: { githubToken: undefined } })).toBeUndefined();
  });
});

describe('the end of the job can take up', () => {
  const what = () => announcement({ plan: preview, context: pull });

  test('the comment from the start, and the deployment as soon as there is one', async () => {
    const { ports, saved } = createRun();
    const begun: number[] = [];
    const given = what();
    if (!given) throw new Error('nothing is announced');
    const github = memoryGitHub();
    const announcer = openAnnouncer(given, github, ports, (id) => void begun.push(id));
    expect(saved).toEqual([given]);
    await announcer.end(sampleReports.live);
    const [deployment] = github.made;
    expect(saved).toEqual([given, { ...given, deploymentId: deployment?.id }]);
    expect(begun).toEqual([deployment?.id]);
  });
});

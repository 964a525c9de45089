import type { Context } from '../../event/context.ts';
import { type Announcement, type Announcer, createAnnouncer } from '../../github/announcer.ts';
import type { GitHub } from '../../github/github.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { RunPlan } from '../../plan/run-plan.ts';
import type { Doing } from '../../report/comment-text.ts';
import type { Ports } from './ports.ts';

/** What changes something that people look at, and what it is called while it does. */
const announced: { readonly [K in RunPlan['kind']]?: Doing } = {
  deploy: 'Deploying',
  preview: 'Deploying',
  teardown: 'Removing',
  rollback: 'Rolling back',
};

/** What is said at GitHub of a run; undefined where there is nothing to say or nobody to say it as. */
export function announcementOf(
  inputs: Inputs,
  context: Context,
  plan: RunPlan,
  startedAt: number,
): Announcement | undefined {
  const doing = announced[plan.kind];
  if (!doing || inputs.dryRun || !inputs.githubToken) return undefined;
  const { pullRequest, sha, runUrl, order, repositoryUrl } = context;
  return {
    doing,
    sha: plan.kind === 'rollback' ? undefined : sha,
    identity: plan.identity,
    release: plan.release,
    runUrl,
    transient: plan.kind === 'preview' || plan.kind === 'teardown',
    production: plan.identity.kind === 'push' && plan.identity.name === 'production',
    order,
    repositoryUrl,
    issue: inputs.comment ? pullRequest?.number : undefined,
    startedAt,
  };
}

/** An announcer whose deployment and comment the end of the job closes, should this run not come to its end. */
export function openAnnouncer(
  what: Announcement,
  github: GitHub,
  ports: Ports,
  onDeployment: (id: number) => void,
): Announcer {
  ports.saveAnnouncement(what);
  return createAnnouncer(what, {
    github,
    clock: ports.clock,
    onDeployment(id) {
      onDeployment(id);
      ports.saveAnnouncement({ ...what, deploymentId: id });
    },
  });
}

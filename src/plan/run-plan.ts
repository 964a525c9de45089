import { DeployError } from '../core/errors.ts';
import type { Identity } from '../core/identity.ts';
import type { Context } from '../event/context.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { isProduction, previewIdentity, pushIdentity, refusePreviewName } from './environment.ts';
import { refuseDatabase, refuseStrangers, strangerOf, strangerReason } from './strangers.ts';

/** What a run works on: whose deploy it is, and an id of its own. */
interface Base {
  readonly identity: Identity;
  readonly release: string;
}

/** What this run is for, decided before anything is done. */
export type RunPlan = Base &
  (
    | { readonly kind: 'deploy' }
    /** A deploy of a pull request, apart from everything that is live. */
    | { readonly kind: 'preview'; readonly pullRequest: number }
    /** Takes the preview of a pull request away. */
    | { readonly kind: 'teardown'; readonly pullRequest: number }
    /** Takes every preview away whose pull request is closed. */
    | { readonly kind: 'sweep' }
    /** Puts an earlier release back: the one before the live one where none is named. */
    | { readonly kind: 'rollback'; readonly to: string | undefined }
    /** Build, check and pack, for a job that deploys; needs no secret. */
    | { readonly kind: 'build' }
    /** Look at everything, change nothing. */
    | { readonly kind: 'check' }
    /** Only the named folders; no project, no host. */
    | { readonly kind: 'sync' }
    /** Build and check, and stop there with a notice that says why. */
    | { readonly kind: 'verify'; readonly reason: string }
    | { readonly kind: 'skip'; readonly reason: string }
  );

const deployEvents = new Set([
  'push',
  'workflow_dispatch',
  'repository_dispatch',
  'workflow_call',
  'workflow_run',
  'release',
]);

/** What happens to a release that makes it one: https://docs.github.com/webhooks/webhook-events-and-payloads#release */
const publishing = new Set(['published', 'released', 'prereleased']);

/** One id for each run, sortable by it: `1a2b3c4d5e6f-42.1`. */
export function releaseOf(context: Context): string {
  return `${context.sha.slice(0, 12)}-${context.runNumber}.${context.runAttempt}`;
}

const identityOf = (inputs: Inputs, context: Context): Identity =>
  context.pullRequest && inputs.environment === undefined
    ? previewIdentity(inputs, context, context.pullRequest.number)
    : pushIdentity(inputs, context);

/** Branches that a merge queue makes to try what it is about to merge. */
const isMergeQueue = ({ event, branch }: Context): boolean =>
  event === 'merge_group' || (branch?.startsWith('gh-readonly-queue/') ?? false);

/**
 * From inputs and event to what the run does.
 * @param noPreviews Why the host that the inputs name makes no previews; undefined where it does.
 * @throws DeployError INVALID_INPUTS where the event says nothing about what to do, UNTRUSTED_CODE where a stranger's code
 * would meet secrets.
 */
export function planRun(inputs: Inputs, context: Context, noPreviews: string | undefined): RunPlan {
  const plan = decide(inputs, context, noPreviews);
  if (plan.kind === 'deploy' || plan.kind === 'sync' || plan.kind === 'rollback') refusePreviewName(plan.identity);
  return plan;
}

function decide(inputs: Inputs, context: Context, noPreviews: string | undefined): RunPlan {
  const { pullRequest, event, cause } = context;
  const base: Base = { identity: identityOf(inputs, context), release: releaseOf(context) };
  const skip = (reason: string): RunPlan => ({ ...base, kind: 'skip', reason });
  if (context.deleted) return skip('the push deleted its branch, so there is nothing to deploy');
  if (cause && cause.conclusion !== 'success')
    return skip(`the run before this one ${cause.conclusion ? `ended with "${cause.conclusion}"` : 'has not ended'}`);
  if (event === 'release' && context.action !== undefined && !publishing.has(context.action))
    return skip(`a release was ${context.action}, and only one that is published is deployed`);
  if (pullRequest?.closed) return planClosed(inputs, context, base, noPreviews);
  refuseStrangers(inputs, context);
  if (inputs.command === 'build' || inputs.command === 'check') return { ...base, kind: inputs.command };
  if (pullRequest) return planPullRequest(inputs, context, base, noPreviews);
  if (inputs.command === 'preview' || inputs.command === 'teardown') throw noPullRequest(inputs.command, event);
  // Whoever wrote it, and whatever its branch is called: only what was merged goes anywhere else.
  if (cause?.ofPullRequest || cause?.fork)
    return skip('the run before this one was of a pull request, and none that is open has its commit');
  const stranger = strangerOf(inputs, context);
  if (stranger) return unprivileged(inputs, base, strangerReason(stranger));
  if (isMergeQueue(context)) return unprivileged(inputs, base, 'a merge queue puts nothing live');
  if (inputs.command === 'rollback') return { ...base, kind: 'rollback', to: inputs.rollbackTo };
  if (inputs.command === 'sync' || inputs.command === 'deploy') return { ...base, kind: inputs.command };
  if (event === 'schedule') return { ...base, kind: 'sweep' };
  if (!deployEvents.has(event)) throw unclearEvent(event);
  if (inputs.environment === undefined && !isProduction(context, inputs))
    return unprivileged(inputs, base, notProduction(context.branch ?? ''));
  return { ...base, kind: 'deploy' };
}

const notProduction = (branch: string) =>
  `"${branch}" is not a production branch (write "environment: ${branch}" to deploy it there, or name it in production-branch)`;

/** Comments and the like: anybody can cause them, and they do not say which commit is meant. */
const unclearEvent = (event: string): DeployError =>
  new DeployError('INVALID_INPUTS', `The event "${event}" does not say what to deploy.`, {
    hint: 'Run this step on pull_request for previews, and on push or workflow_dispatch for production. "command: check" only looks.',
  });

/** A run that may change nothing: the project is built and checked, and where there is only a sync, nothing is done. */
const unprivileged = (inputs: Inputs, base: Base, reason: string): RunPlan =>
  inputs.command === 'sync'
    ? { ...base, kind: 'skip', reason: `${reason}: nothing is synced` }
    : { ...base, kind: 'verify', reason: `${reason}: it is built and checked, not deployed` };

const noPullRequest = (command: string, event: string): DeployError =>
  new DeployError('INVALID_INPUTS', `"command: ${command}" is for pull requests, and "${event}" is of none.`, {
    hint: 'Run this step on pull_request, or on workflow_run after a workflow that runs on pull_request.',
  });

function planClosed(inputs: Inputs, context: Context, base: Base, noPreviews: string | undefined): RunPlan {
  const number = context.pullRequest?.number ?? 0;
  const skip = (why: string): RunPlan => ({
    ...base,
    kind: 'skip',
    reason: `pull request #${number} is closed; ${why}`,
  });
  const stranger = strangerOf(inputs, context);
  if (stranger) return skip(`it ${stranger}, so GitHub gives the run no secrets to take anything away`);
  const asked = inputs.command === 'preview' || inputs.command === 'teardown';
  if (!asked && (inputs.command !== 'auto' || noPreviews !== undefined))
    return skip('there is no preview to take away');
  return { ...base, kind: 'teardown', identity: previewIdentity(inputs, context, number), pullRequest: number };
}

function planPullRequest(inputs: Inputs, context: Context, base: Base, noPreviews: string | undefined): RunPlan {
  const { command } = inputs;
  const number = context.pullRequest?.number ?? 0;
  const stranger = strangerOf(inputs, context);
  if (stranger) return unprivileged(inputs, base, strangerReason(stranger));
  if (command === 'rollback') {
    throw new DeployError('INVALID_INPUTS', '"command: rollback" is for what is live, and no pull request is.', {
      hint: 'Run it in a workflow of its own, with "on: workflow_dispatch".',
    });
  }
  if (command === 'deploy' || command === 'sync') {
    // An environment that is named there is meant for what was pushed.
    if (context.cause)
      return {
        ...base,
        kind: 'skip',
        reason: `the run before this one was of pull request #${number}, not merged yet`,
      };
    if (inputs.environment) return { ...base, kind: command };
    throw onPullRequest(command);
  }
  const own = { ...base, identity: previewIdentity(inputs, context, number), pullRequest: number };
  if (command === 'teardown') return { ...own, kind: 'teardown' };
  if (noPreviews === undefined) {
    if (context.pullRequest?.fork) refuseDatabase(inputs);
    return { ...own, kind: 'preview' };
  }
  if (command === 'preview') {
    throw new DeployError('INVALID_INPUTS', `There can be no preview: ${noPreviews}.`, {
      hint: 'See docs/previews.md, or leave out command: then pull requests are built and checked.',
    });
  }
  return { ...base, kind: 'verify', reason: `${noPreviews}: this pull request is built and checked, not deployed` };
}

const onPullRequest = (command: string): DeployError =>
  new DeployError('INVALID_INPUTS', `"command: ${command}" on a pull request would put unmerged work live.`, {
    hint: 'Name where it may go, for example "environment: staging", or leave out command.',
  });

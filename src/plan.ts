import type { Context } from './context.ts';
import { DeployError } from './errors.ts';
import type { Inputs } from './inputs.ts';

/** What this run is for, decided before anything is done. */
export type RunPlan =
  | { readonly kind: 'deploy'; readonly environment: string; readonly release: string }
  /** Build, check and pack, for a job that deploys; needs no secret. */
  | { readonly kind: 'build'; readonly environment: string; readonly release: string }
  /** Look at everything, change nothing. */
  | { readonly kind: 'check'; readonly environment: string; readonly release: string }
  /** Only the named folders; no project, no host. */
  | { readonly kind: 'sync'; readonly environment: string; readonly release: string }
  /** Build and check, and stop there with a notice that says why. */
  | { readonly kind: 'verify'; readonly environment: string; readonly release: string; readonly reason: string }
  | { readonly kind: 'skip'; readonly environment: string; readonly release: string; readonly reason: string };

const deployEvents = new Set([
  'push',
  'workflow_dispatch',
  'repository_dispatch',
  'workflow_call',
  'workflow_run',
  'release',
  'schedule',
]);

/**
 * The GitHub environment: `production` for the default branch, tags and releases, a branch's own name for other
 * branches, `preview/pr-N` for pull requests. Where the event does not name the default branch, main and master are it.
 */
export function environmentOf(context: Context): string {
  if (context.pullRequest) return `preview/pr-${context.pullRequest.number}`;
  const { branch, defaultBranch } = context;
  if (branch === undefined || context.event === 'release') return 'production';
  if (branch === 'production' && defaultBranch !== undefined && branch !== defaultBranch) {
    throw new DeployError(
      'INVALID_INPUTS',
      'The branch "production" would share its environment with the default branch.',
      {
        hint: `Name the environments of both, for example environment: \${{ github.ref_name }}`,
      },
    );
  }
  const standard = defaultBranch ?? (/^(main|master)$/.test(branch) ? branch : undefined);
  return branch === standard ? 'production' : branch;
}

/** One id for each run, sortable by it: `1a2b3c4d5e6f-42.1`. */
export function releaseOf(context: Context): string {
  return `${context.sha.slice(0, 12)}-${context.runNumber}.${context.runAttempt}`;
}

/**
 * From inputs and event to what the run does.
 * @throws DeployError INVALID_INPUTS where the event says nothing about what to do.
 */
export function planRun(inputs: Inputs, context: Context): RunPlan {
  const environment = inputs.environment ?? environmentOf(context);
  const base = { environment, release: releaseOf(context) };
  const { pullRequest, event } = context;
  if (context.deleted)
    return { ...base, kind: 'skip', reason: 'the push deleted its branch, so there is nothing to deploy' };
  if (pullRequest?.closed) {
    const reason = `pull request #${pullRequest.number} is closed; there is no preview to take away`;
    return { ...base, kind: 'skip', reason };
  }
  if (pullRequest && inputs.command !== 'build' && inputs.command !== 'check')
    return planPullRequest(inputs, base, pullRequest);
  if (context.conclusion !== undefined && context.conclusion !== 'success') {
    return { ...base, kind: 'skip', reason: `the run before this one ended with "${context.conclusion}"` };
  }
  if (inputs.command === 'build' || inputs.command === 'check') return { ...base, kind: inputs.command };
  if (context.dependabot) return unprivileged(inputs, base, strangerReason('is by Dependabot'));
  if (event === 'merge_group') return unprivileged(inputs, base, 'a merge queue puts nothing live');
  if (inputs.command === 'sync') return { ...base, kind: 'sync' };
  if (inputs.command === 'deploy' || deployEvents.has(event)) return { ...base, kind: 'deploy' };
  throw new DeployError('INVALID_INPUTS', `The event "${event}" does not say what to do.`, {
    hint: 'Write "command: deploy" to deploy on it, or run this step on push and pull_request.',
  });
}

interface Base {
  readonly environment: string;
  readonly release: string;
}

/** A run that may change nothing: the project is built and checked, and where there is only a sync, nothing is done. */
const unprivileged = (inputs: Inputs, base: Base, reason: string): RunPlan =>
  inputs.command === 'sync'
    ? { ...base, kind: 'skip', reason: `${reason}: nothing is synced` }
    : { ...base, kind: 'verify', reason: `${reason}: it is built and checked, not deployed` };

const strangerReason = (stranger: string) => `this change ${stranger}, so GitHub gives the run no secrets`;

function planPullRequest(inputs: Inputs, base: Base, pullRequest: NonNullable<Context['pullRequest']>): RunPlan {
  const stranger = pullRequest.fork ? 'comes from a fork' : pullRequest.dependabot ? 'is by Dependabot' : undefined;
  if (stranger) return unprivileged(inputs, base, strangerReason(stranger));
  if (inputs.command === 'deploy' || inputs.command === 'sync') {
    if (inputs.environment) return { ...base, kind: inputs.command };
    throw new DeployError(
      'INVALID_INPUTS',
      `"command: ${inputs.command}" on a pull request would put unmerged work live.`,
      {
        hint: 'Name where it may go, for example "environment: staging", or leave out command.',
      },
    );
  }
  return { ...base, kind: 'verify', reason: 'previews of pull requests are built and checked, not deployed yet' };
}

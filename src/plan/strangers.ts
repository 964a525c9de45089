import { DeployError } from '../core/errors.ts';
import type { Context } from '../event/context.ts';
import { privilegedEvents } from '../event/trust.ts';
import type { Inputs } from '../inputs/inputs.ts';

/** Code that nobody of the repository has looked at never meets secrets. An artifact runs none of it. */
export function refuseStrangers({ artifact }: Inputs, { event, pullRequest, cause }: Context): void {
  if (!privilegedEvents.has(event) || artifact !== undefined) return;
  const forked = pullRequest?.fork || cause?.fork;
  if (!forked && !pullRequest?.dependabot) return;
  const whose = forked ? 'comes from a fork' : 'is by Dependabot';
  throw new DeployError('UNTRUSTED_CODE', `${event} gives this job secrets, and the code ${whose}.`, {
    hint: 'Use "on: pull_request" instead: there it is built and checked without secrets, and not deployed. For previews of forks see docs/previews.md.',
  });
}

/** The app of a stranger's preview would get the user who makes databases on that server. */
export function refuseDatabase({ previewDatabase }: Inputs): void {
  if (previewDatabase !== 'create') return;
  throw new DeployError('INVALID_INPUTS', 'The preview of a fork gets no database: its code is a stranger’s.', {
    hint: `Leave preview-database out in the workflow that deploys forks, or write "preview-database: \${{ github.event.workflow_run.head_repository.full_name == github.repository && 'create' || 'off' }}".`,
  });
}

export const strangerReason = (stranger: string) =>
  `this change ${stranger}, so GitHub gives the run no secrets (docs/previews.md has a way to its preview)`;

/** Whether the step was given anything that a run without secrets is not given. */
const hasSecrets = ({ accessKeyId, hostInputs }: Inputs): boolean =>
  Boolean(accessKeyId ?? hostInputs.token ?? hostInputs.deployHook);

/**
 * Whose change it is that gets no secrets in this event; undefined for everybody else's. Dependabot's runs get none unless
 * somebody gave them some: then they are like any other run.
 */
export function strangerOf(inputs: Inputs, { event, pullRequest, dependabot }: Context): string | undefined {
  if (privilegedEvents.has(event)) return undefined;
  if (pullRequest?.fork) return 'comes from a fork';
  return (dependabot || pullRequest?.dependabot) && !hasSecrets(inputs) ? 'is by Dependabot' : undefined;
}

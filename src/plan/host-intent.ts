import type { Context } from '../event/context.ts';
import type { HostDefinition, HostIntent } from '../hosts/contract/host.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { strangerOf } from './strangers.ts';

/** Why there can be no previews of pull requests, as half a sentence; undefined where there can. */
export function lacksPreviews(
  { host, hostInputs }: Inputs,
  hosts: Readonly<Record<string, HostDefinition>>,
): string | undefined {
  const definition = hosts[host];
  return definition ? definition.lacks('preview', hostInputs) : 'no host is named';
}

/** What a run wants of the host; undefined where it changes nothing and needs no secrets. */
export function intentOf(inputs: Inputs, context: Context, noPreviews: string | undefined): HostIntent | undefined {
  const { command } = inputs;
  if (command === 'build' || strangerOf(inputs, context)) return undefined;
  if (command === 'rollback') return 'rollback';
  const forPreviews = command === 'preview' || command === 'teardown';
  // Which pull request it was that the run before this one was of is not known yet.
  const ofPullRequest = context.pullRequest !== undefined || context.cause?.ofPullRequest === true;
  const auto = command === 'auto' && (ofPullRequest || context.event === 'schedule');
  if (forPreviews || auto) return noPreviews === undefined ? 'preview' : undefined;
  return 'deploy';
}

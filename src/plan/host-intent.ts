import type { Context } from '../event/context.ts';
import type { HostDefinition, HostIntent } from '../hosts/contract/host.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { strangerOf } from './strangers.ts';

type Hosts = Readonly<Record<string, HostDefinition>>;

const lacks = (capability: 'preview' | 'rollback', { host, hostInputs }: Inputs, hosts: Hosts): string | undefined => {
  const definition = hosts[host];
  return definition ? definition.lacks(capability, hostInputs) : 'no host is named';
};

/** Why there can be no previews of pull requests, as half a sentence; undefined where there can. */
export const lacksPreviews = (inputs: Inputs, hosts: Hosts): string | undefined => lacks('preview', inputs, hosts);

/** Why there is no way back to an earlier release, as half a sentence that says what to write. */
export const lacksRollback = (inputs: Inputs, hosts: Hosts): string =>
  lacks('rollback', inputs, hosts) ?? 'the host goes back to no release that is known';

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

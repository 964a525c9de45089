import { DeployError } from '../../core/errors.ts';
import type { ChosenHost } from '../../release/before.ts';
import type { RunParts } from './run-parts.ts';

/** Who is asked to deploy: the host itself, or its preview of the pull request, which is all that a preview touches. */
export function chooseHost({ ports, inputs, plan }: RunParts): ChosenHost | undefined {
  const definition = ports.hosts[inputs.host];
  if (!definition) return undefined;
  const { title } = definition;
  const host = definition.create(inputs.hostInputs);
  if (plan.kind !== 'preview') return { host, title };
  const preview = host.preview?.(plan.pullRequest);
  if (!preview) throw new DeployError('INTERNAL', `${title} was planned to make a preview, and makes none.`);
  return { host: preview, title: `${title}, preview of #${plan.pullRequest}` };
}

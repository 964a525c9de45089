import { Reader } from '../../inputs/input-reader.ts';
import { type InputName, table } from '../../inputs/table.ts';
import type { WorkflowFacts } from '../../plan/fitting-workflow.ts';
import { lacksPreviews } from '../../plan/host-intent.ts';
import type { RunParts } from './run-parts.ts';

/**
 * What a workflow for this project is made from: the inputs of this step, its host, and what the build found.
 * @param python Version that the build ran on.
 * @param advised Inputs that the step lacks.
 */
export function workflowFacts(
  { ports, inputs, context }: RunParts,
  python: string | undefined,
  advised: ReadonlyMap<InputName, string>,
): WorkflowFacts {
  const reader = new Reader(ports);
  const names = (Object.keys(table) as InputName[]).filter((name) => advised.has(name) || reader.isGiven(name));
  const definition = ports.hosts[inputs.host];
  const { GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = ports.env;
  return {
    given: new Map(names.map((name) => [name, advised.get(name) ?? ports.input(name).trim()])),
    table,
    host: definition && { name: inputs.host, definition },
    previews: lacksPreviews(inputs, ports.hosts) === undefined,
    defaultBranch: context.defaultBranch ?? 'main',
    python,
    action: repository ? `${repository}@${ref || 'v1'}` : './',
    // Also what has a secret in it: an address of a status can begin with that of the hook.
    isSecret: (value) => ports.redactor.whole(value) !== value,
  };
}

import { formatOf } from '../../core/artifact-format.ts';
import { DeployError } from '../../core/errors.ts';
import type { ReleaseRequest } from '../../hosts/contract/host.ts';
import type { Artifact } from '../../project/artifact/artifact.ts';
import type { RunParts } from './run-parts.ts';

/** What the placeholders of host-env stand for, as far as this run knows. */
export interface HostFacts {
  readonly staticUrl?: string | undefined;
  /** The database of a preview. */
  readonly databaseUrl?: string | undefined;
}

/**
 * The variables of host-env with their placeholders filled in.
 * @throws DeployError INVALID_INPUTS if one stands for something that this run does not have.
 */
export function hostVariables({ inputs, context, plan }: RunParts, facts: HostFacts): Record<string, string> {
  const values: Record<string, string | undefined> = {
    pr: context.pullRequest && String(context.pullRequest.number),
    sha: context.sha,
    release: plan.release,
    'static-url': facts.staticUrl,
    'database-url': facts.databaseUrl,
  };
  const fill = (name: string, text: string) =>
    text.replace(/\{(pr|sha|release|static-url|database-url)\}/g, (whole, key: string) => {
      const value = values[key];
      if (value !== undefined) return value;
      throw new DeployError('INVALID_INPUTS', `host-env: ${name} has ${whole} in it, and this run has none.`, {
        hint: `Leave ${whole} out here, or set ${name} in the step for ${key === 'pr' ? 'pull requests' : 'runs that have one'} alone.`,
      });
    });
  return Object.fromEntries(Object.entries(inputs.hostEnv).map(([name, value]) => [name, fill(name, value.reveal())]));
}

/** What a host is told of a run. `variables` are those of host-env, for a deploy alone. */
export function requestOf(
  { context, plan }: RunParts,
  artifact: Artifact | undefined,
  variables: Readonly<Record<string, string>> = {},
  databaseUrl?: string,
): ReleaseRequest {
  return {
    variables,
    databaseUrl,
    release: plan.release,
    sha: context.sha,
    branch: context.branch,
    environment: plan.identity.name,
    repository: context.repository,
    runUrl: context.runUrl,
    artifact: artifact && {
      path: artifact.path,
      sha256: artifact.sha256,
      bytes: artifact.bytes,
      format: formatOf(artifact.path),
    },
  };
}

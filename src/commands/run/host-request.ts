import { formatOf } from '../../core/artifact-format.ts';
import { DeployError } from '../../core/errors.ts';
import type { ReleaseRequest } from '../../hosts/contract/host.ts';
import type { Artifact } from '../../project/artifact/artifact.ts';
import type { ChosenHost } from '../../release/before.ts';
import type { Run } from './run.ts';

/** What a host is told of a run. */
export function requestOf({ context, plan }: Run, artifact: Artifact | undefined): ReleaseRequest {
  return {
    release: plan.release,
    sha: context.sha,
    branch: context.branch,
    environment: plan.environment,
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

/** Who is asked to deploy: the host itself, or its preview of the pull request, which is all that a preview touches. */
export async function chooseHost({ ports, inputs, plan }: Run): Promise<ChosenHost | undefined> {
  const definition = ports.hosts[inputs.host];
  if (!definition) return undefined;
  const { title } = definition;
  const host = await definition.create(inputs.hostInputs);
  if (plan.kind !== 'preview') return { host, title };
  const preview = host.preview?.(plan.pullRequest);
  if (!preview) throw new DeployError('INTERNAL', `${title} was planned to make a preview, and makes none.`);
  return { host: preview, title: `${title}, preview of #${plan.pullRequest}` };
}

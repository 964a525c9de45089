import type { ReleaseRequest } from '../../hosts/contract/host.ts';
import type { Artifact } from '../../project/artifact/artifact.ts';
import type { RunParts } from './run-parts.ts';

/** What a host is told of a run. */
export function requestOf({ context, plan }: RunParts, artifact: Artifact | undefined): ReleaseRequest {
  return {
    release: plan.release,
    sha: context.sha,
    branch: context.branch,
    environment: plan.identity.name,
    repository: context.repository,
    runUrl: context.runUrl,
    artifact: artifact && { path: artifact.path, sha256: artifact.sha256 },
  };
}

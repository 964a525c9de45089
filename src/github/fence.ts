import type { RunOrder } from '../store/ledger.ts';
import { compareRuns } from '../store/releases.ts';
import { taskOf } from './deployment.ts';
import type { Deployment, GitHub } from './github.ts';

/** A run that is about to deploy. */
export interface Deploying {
  readonly sha: string;
  readonly order: RunOrder;
  readonly event: string;
  readonly environment: string;
  readonly app: string;
  readonly release: string;
}

/** Where a run of this action wrote its place among all runs. */
function orderOf({ payload }: Deployment): RunOrder | undefined {
  const { id, attempt } = (payload.order ?? {}) as Partial<RunOrder>;
  return typeof id === 'number' && typeof attempt === 'number' ? { id, attempt } : undefined;
}

const standing = ['success', 'in_progress', 'queued'];

/**
 * The newest deployment that stands in the environment, where it is later than this run's: of another commit by a run that
 * was started later. Of one that says no run, the commits decide: a push of a commit that is behind it is late. A commit
 * that somebody chose by hand, and one that reverts another, is never late.
 */
export async function newerDeployment(own: Deploying, github: GitHub): Promise<string | undefined> {
  for await (const page of github.deployments(own.environment)) {
    for (const deployment of page) {
      if (deployment.task !== taskOf(own.app) || deployment.payload.release === own.release) continue;
      const [latest] = await github.deploymentStatuses(deployment.id);
      if (!standing.includes(latest?.state ?? '')) continue;
      if (deployment.sha === own.sha) return undefined;
      const theirs = orderOf(deployment);
      const name =
        typeof deployment.payload.release === 'string' ? deployment.payload.release : deployment.sha.slice(0, 12);
      if (theirs) return compareRuns(theirs, own.order) > 0 ? name : undefined;
      if (latest?.state !== 'success' || own.event !== 'push') return undefined;
      return (await github.compare(deployment.sha, own.sha)) === 'behind' ? name : undefined;
    }
    return undefined;
  }
  return undefined;
}

import type { Identity } from '../core/identity.ts';
import { compareRuns, type RunOrder } from '../core/run-order.ts';
import { concerns } from './deployment.ts';
import type { Deployment, GitHub } from './github.ts';

/** A run that is about to deploy. */
export interface Deploying {
  readonly sha: string;
  readonly order: RunOrder;
  readonly event: string;
  readonly identity: Identity;
  readonly release: string;
}

/** Where a run of this action wrote its place among all runs. */
function orderOf({ payload }: Deployment): RunOrder | undefined {
  const { id, attempt } = (payload.order ?? {}) as Partial<RunOrder>;
  return typeof id === 'number' && typeof attempt === 'number' ? { id, attempt } : undefined;
}

const standing = ['success', 'in_progress', 'queued'];

const nameOf = ({ payload, sha }: Deployment): string =>
  typeof payload.release === 'string' ? payload.release : sha.slice(0, 12);

/** Whether a deployment is of another commit, and by a run that was started later. Where it says no run, see below. */
async function isLater(deployment: Deployment, live: boolean, own: Deploying, github: GitHub): Promise<boolean> {
  if (deployment.sha === own.sha) return false;
  const theirs = orderOf(deployment);
  if (theirs) return compareRuns(theirs, own.order) > 0;
  return live && own.event === 'push' && (await github.compare(deployment.sha, own.sha)) === 'behind';
}

/**
 * The deployment that is live in the environment, or on its way there, where it is later than this run's. Of a live one that
 * says no run the commits decide: a push of a commit that is behind it is late. A commit that somebody chose by hand, and
 * one that reverts another, is never late.
 */
export async function newerDeployment(own: Deploying, github: GitHub): Promise<string | undefined> {
  for await (const page of github.deployments(own.identity.name)) {
    for (const deployment of page) {
      if (!concerns(deployment, own.identity) || deployment.payload.release === own.release) continue;
      const [newest] = await github.deploymentStatuses(deployment.id);
      if (!standing.includes(newest?.state ?? '')) continue;
      const live = newest?.state === 'success';
      if (await isLater(deployment, live, own, github)) return nameOf(deployment);
      // What was begun before it was replaced by it; an older run that is on its way says nothing of what is live.
      if (live) return undefined;
    }
    return undefined;
  }
  return undefined;
}

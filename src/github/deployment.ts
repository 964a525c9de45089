import {
  type Identity,
  identityPath,
  parseIdentityPath,
  previewNumber,
  sameIdentity,
  wholeRepository,
} from '../core/identity.ts';
import type { RunOrder } from '../core/run-order.ts';
import { titles } from '../report/markdown-parts.ts';
import type { Report } from '../report/report.ts';
import { type Deployment, type DeploymentState, type GitHub, type GitHubFailure, isGitHubError } from './github.ts';

/** Which app of the repository is deployed where, and by which run. */
export interface DeployedPlace {
  readonly identity: Identity;
  readonly runUrl: string;
}

/** What is deployed, as GitHub's deployments have it. */
export interface DeployedRelease extends DeployedPlace {
  readonly sha: string;
  /** Id of the release, one for each attempt of a run. */
  readonly release: string;
  readonly order: RunOrder;
  /** It will go one day, as a preview does. */
  readonly transient: boolean;
  readonly production: boolean;
}

export type EndState = Exclude<DeploymentState, 'queued' | 'in_progress'>;

/** A deployment at GitHub, from its beginning to its end. */
export interface DeploymentLife {
  readonly id: number;
  /** The job has `environment:`, so GitHub made it, and writes its states when the job ends. */
  readonly ofJob: boolean;
  running(description: string): Promise<void>;
  /** After a success the older ones of the app and environment are made inactive. */
  end(state: EndState, description: string, url?: string): Promise<void>;
}

/** How GitHub is told what became of a run. */
export function endOf({ status, reason, error }: Report): { readonly state: EndState; readonly description: string } {
  const description = reason ?? titles[status][1];
  const asked = status === 'rolled-back' && error === undefined;
  // What was only built is nowhere: the deployment before it stays the one that is live.
  if (asked || status === 'live' || status === 'triggered') return { state: 'success', description };
  if (status !== 'failed' && status !== 'rolled-back') return { state: 'inactive', description };
  // A failure is of the project or its host; all else is an error.
  const unfinished = error === undefined || error.code === 'CANCELLED' || error.code === 'INTERNAL';
  return { state: unfinished ? 'error' : 'failure', description };
}

/** So many of the newest deployments by others are looked at for the job's own. */
const mostLooks = 5;
/** So many in a row that are inactive, and all before them are. */
const quiet = 5;
const open = ['queued', 'in_progress', 'pending', 'waiting'];

/** Apps of one repository share environments, and tell their deployments apart by the task. */
const taskOf = ({ app }: Identity): string => (app === wholeRepository ? 'deploy' : `deploy:${app}`);

/** Whether this action made a deployment, for whatever app. */
const isOurs = ({ payload }: Deployment): boolean => typeof payload.release === 'string';

/** Whose deployment it is, as its maker wrote into it; undefined for one that this action did not make. */
export const identityOf = ({ payload }: Deployment): Identity | undefined =>
  typeof payload.identity === 'string' ? parseIdentityPath(payload.identity) : undefined;

/** Whether a deployment in the environment of this identity is of it: by what its maker wrote, else by the task. */
export function concerns(deployment: Deployment, identity: Identity): boolean {
  const theirs = identityOf(deployment);
  return theirs ? sameIdentity(theirs, identity) : deployment.task === taskOf(identity);
}

/** Whether this action made a deployment, and for this identity. */
function isOwn(deployment: Deployment, identity: Identity): boolean {
  const theirs = identityOf(deployment);
  return theirs !== undefined && sameIdentity(theirs, identity);
}

/** The deployment that this very run has in the environment already: the job's, or one whose making was left unclear. */
export async function findDeployment(target: DeployedRelease, github: GitHub): Promise<DeploymentLife | undefined> {
  let looks = 0;
  for await (const page of github.deployments(target.identity.name)) {
    for (const deployment of page) {
      const { id, task, payload } = deployment;
      if (payload.release === target.release && task === taskOf(target.identity))
        return resumeDeployment(id, target, github);
      if (isOurs(deployment) || looks >= mostLooks) continue;
      looks += 1;
      const [newest] = await github.deploymentStatuses(id);
      const mine = newest && `${newest.logUrl}/`.startsWith(`${target.runUrl}/`);
      if (mine && open.includes(newest.state)) return jobLife(id);
    }
    // What this run began is among the newest.
    return undefined;
  }
  return undefined;
}

/** A state that is set during the job is replaced by GitHub's own at its end, so none is set. */
const jobLife = (id: number): DeploymentLife => ({
  id,
  ofJob: true,
  running: async () => undefined,
  end: async () => undefined,
});

/** A deployment that was begun before, for the step at the end of the job that closes what was left open. */
export function resumeDeployment(id: number, target: DeployedPlace, github: GitHub): DeploymentLife {
  const { runUrl: logUrl } = target;
  return {
    id,
    ofJob: false,
    running: (description) => github.setDeploymentStatus(id, { state: 'in_progress', description, logUrl }),
    async end(state, description, url) {
      await github.setDeploymentStatus(id, { state, description, logUrl, ...(url ? { environmentUrl: url } : {}) });
      if (state === 'success') await retireOlder(id, target, github);
    },
  };
}

/**
 * Begins the deployment of this run, and never a second one: where the job has `environment:`, GitHub has made one. Where
 * GitHub does not say whether it took a new one, it is looked for before it is made again.
 */
export async function beginDeployment(target: DeployedRelease, github: GitHub): Promise<DeploymentLife> {
  const own = await findDeployment(target, github);
  if (own) return own;
  const { sha, identity, release, runUrl, transient, production } = target;
  const create = () =>
    github.createDeployment({
      sha,
      environment: identity.name,
      task: taskOf(identity),
      description: `Release ${release}`,
      payload: { release, run: runUrl, order: target.order, identity: identityPath(identity) },
      transient,
      production,
    });
  let life: DeploymentLife;
  try {
    life = resumeDeployment((await create()).id, target, github);
  } catch (error) {
    if (!isGitHubError(error, 'unavailable')) throw error;
    life = (await findDeployment(target, github)) ?? resumeDeployment((await create()).id, target, github);
  }
  await github.setDeploymentStatus(life.id, { state: 'queued', description: 'Begun', logUrl: runUrl });
  return life;
}

/**
 * Makes the older deployments of this app and environment inactive. GitHub's own way of it leaves out production, previews
 * and what a crashed run left in progress, and it takes other apps with it.
 */
async function retireOlder(id: number, { identity, runUrl }: DeployedPlace, github: GitHub): Promise<void> {
  let inactive = 0;
  for await (const page of github.deployments(identity.name)) {
    for (const older of page) {
      if (older.id >= id || !concerns(older, identity)) continue;
      const [newest] = await github.deploymentStatuses(older.id);
      inactive = newest?.state === 'inactive' ? inactive + 1 : 0;
      if (inactive >= quiet) return;
      const over = ['inactive', 'failure', 'error'].includes(newest?.state ?? '');
      if (newest?.state === 'success' || (isOurs(older) && !over)) {
        await github.setDeploymentStatus(older.id, { state: 'inactive', description: 'Replaced', logUrl: runUrl });
      }
    }
  }
}

/**
 * Takes a preview's environment out of GitHub: the deployments that this identity made, and the environment itself if nothing
 * of anybody else is left in it and the token administers the repository, which the token of a job never does.
 */
export async function removeEnvironment({ identity, runUrl }: DeployedPlace, github: GitHub): Promise<void> {
  if (previewNumber(identity) === undefined) return;
  const deployments: Deployment[] = [];
  for await (const page of github.deployments(identity.name)) deployments.push(...page);
  const own = deployments.filter((deployment) => isOwn(deployment, identity));
  for (const { id } of own) {
    await unless(['notFound'], async () => {
      // GitHub deletes only what is inactive.
      await github.setDeploymentStatus(id, { state: 'inactive', description: 'Removed', logUrl: runUrl });
      await github.deleteDeployment(id);
    });
  }
  if (own.length === 0 || own.length < deployments.length) return;
  await unless(['notFound', 'forbidden'], () => github.deleteEnvironment(identity.name));
}

/** Does some work, and takes these failures of it as its end: another run was faster, or it was worth the try alone. */
async function unless(kinds: readonly GitHubFailure[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!kinds.some((kind) => isGitHubError(error, kind))) throw error;
  }
}

import type { HostIO, HostStatus } from '../contract/host.ts';
import { whereKnown, whereTold } from '../contract/json-api.ts';
import { publicUrl } from '../contract/public-url.ts';
import { commitOf, type Deployment, type Place, type RailwayApi } from './railway-api.ts';

const queued = new Set(['QUEUED', 'WAITING', 'INITIALIZING', 'NEEDS_APPROVAL']);
/** SLEEPING is a service that was put live and sleeps until somebody visits it. */
export const liveWords: ReadonlySet<string> = new Set(['SUCCESS', 'SLEEPING']);
const ended = new Set(['FAILED', 'CRASHED', 'REMOVED', 'REMOVING', 'SKIPPED']);

/** What failed, by the step whose event has an error. */
const steps: Readonly<Record<string, string>> = {
  SNAPSHOT_CODE: 'the code could not be fetched',
  BUILD_IMAGE: 'the build failed',
  PUBLISH_IMAGE: 'the image could not be stored',
  PRE_DEPLOY_COMMAND: 'the pre-deploy command failed',
  WAIT_FOR_DEPENDENCIES: 'a service that it needs did not start',
  MIGRATE_VOLUMES: 'the volume could not be moved',
  CREATE_CONTAINER: 'the new version did not start',
  CONFIGURE_NETWORK: 'the network could not be set up',
  HEALTHCHECK: 'the health check failed',
};

/** The step that failed and Railway's reason, where its events tell them. */
async function reasonOf(api: RailwayApi, { id, status }: Deployment, io: HostIO): Promise<string> {
  const standard = status === 'CRASHED' ? 'the new version crashed' : 'the deploy failed';
  const failed = (await whereTold(api.events(id, io)))?.findLast(({ payload }) => payload?.error);
  return failed ? `${steps[failed.step ?? ''] ?? standard}: ${failed.payload?.error}` : standard;
}

/** Where a deployment is. Railway says REMOVED of one that was cancelled and of one whose place a newer one took. */
export async function statusOf(api: RailwayApi, at: Place, deployment: Deployment, io: HostIO): Promise<HostStatus> {
  const word = deployment.status ?? '';
  const commit = commitOf(deployment);
  const url = publicUrl(deployment.staticUrl);
  if (liveWords.has(word)) return { phase: 'live', ...(commit ? { commit } : {}), ...(url ? { url } : {}) };
  if (word === 'FAILED' || word === 'CRASHED') return { phase: 'failed', reason: await reasonOf(api, deployment, io) };
  if (!ended.has(word)) return { phase: queued.has(word) ? 'queued' : 'running', ...(word ? { state: word } : {}) };
  const deployments = (await whereKnown(api.deployments(at, 20, io))) ?? [];
  const place = deployments.findIndex(({ id }) => id === deployment.id);
  const newer = deployments
    .slice(0, Math.max(place, 0))
    .find(({ status }) => !['FAILED', 'SKIPPED'].includes(status ?? ''));
  if (newer) return { phase: 'superseded', by: commitOf(newer) ?? newer.id };
  const reason =
    word === 'SKIPPED'
      ? 'Railway skipped it, as it does if no file of the watch paths changed or a check of the commit failed'
      : 'it was cancelled or removed at Railway';
  return { phase: 'cancelled', reason };
}

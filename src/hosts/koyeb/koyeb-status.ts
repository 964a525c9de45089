import { findOurs, newerThan, type Past } from '../contract/history.ts';
import type { HostIO, HostRelease, HostStatus } from '../contract/host.ts';
import { whereKnown } from '../contract/json-api.ts';
import type { Deployment, KoyebApi } from './koyeb-api.ts';

const live = ['HEALTHY', 'SLEEPING'];
const waiting = ['PENDING'];
/** A deployment that a newer one replaced ends in one of these, and so does one that somebody stopped. */
const stopped = ['STASHED', 'STOPPING', 'STOPPED'];
const cancelled = ['CANCELED', 'CANCELING'];
const failures: Readonly<Record<string, string>> = {
  ERROR: 'the deployment failed',
  ERRORING: 'the deployment failed',
  UNHEALTHY: 'the new version is unhealthy',
  DEGRADED: 'some instances of the new version are unhealthy',
};

/** The commit that Koyeb built; before the build, the one that it was asked for. */
const commitOf = ({ provisioning_info: info, definition }: Deployment): string | undefined =>
  info?.sha || definition?.git?.sha || undefined;

export const pastOf = (deployment: Deployment): Past & { readonly status: string } => ({
  id: deployment.id,
  status: deployment.status,
  commit: commitOf(deployment),
  createdAt: deployment.created_at,
  isLive: live.includes(deployment.status),
  wasLive: live.includes(deployment.status) || Boolean(deployment.succeeded_at),
});

/** "the build failed: exit code 1", by the stage that failed, or by what Koyeb says of the deployment. */
function explainFailure(failed: string, { provisioning_info: info, messages }: Deployment): string {
  const stage = info?.stages?.find(({ status }) => status === 'FAILED' || status === 'ABORTED');
  const what = stage?.name ? `the ${stage.name} failed` : failed;
  const complaint = [...(stage?.messages ?? []), ...(messages ?? [])].join(' ').replace(/\s+/g, ' ').slice(0, 300);
  return `${what}${complaint ? `: ${complaint}` : ''}`;
}

/** A deployment that does not run any more: replaced by a newer one, which is ours as well where it is of our commit. */
async function whereReplaced(
  api: KoyebApi,
  service: string,
  { id, status }: Deployment,
  sha: string,
  io: HostIO,
): Promise<HostStatus | undefined> {
  const list = (await whereKnown(api.deployments(service, io))) ?? [];
  const newer = newerThan(list.map(pastOf), id);
  if (!newer) return undefined;
  if (newer.commit === sha)
    return { phase: 'running', state: `${status} by ${newer.id} of the same commit`, id: newer.id };
  return { phase: 'superseded', by: newer.commit ?? newer.id };
}

async function whereIs(
  api: KoyebApi,
  service: string,
  deployment: Deployment,
  sha: string,
  io: HostIO,
): Promise<HostStatus> {
  const { status } = deployment;
  const failed = failures[status];
  if (live.includes(status)) {
    const commit = commitOf(deployment);
    return { phase: 'live', ...(commit ? { commit } : {}) };
  }
  if (failed !== undefined) return { phase: 'failed', reason: explainFailure(failed, deployment) };
  if (stopped.includes(status)) {
    const replaced = await whereReplaced(api, service, deployment, sha, io);
    const word = status === 'STASHED' ? { phase: 'superseded' as const } : undefined;
    return replaced ?? word ?? { phase: 'cancelled', reason: 'it was stopped at Koyeb' };
  }
  if (cancelled.includes(status)) {
    const replaced = await whereReplaced(api, service, deployment, sha, io);
    return replaced ?? { phase: 'cancelled', reason: 'it was cancelled at Koyeb' };
  }
  return { phase: waiting.includes(status) ? 'queued' : 'running', state: status };
}

/** Where the deployment of a release is. */
export async function statusOf(api: KoyebApi, service: string, release: HostRelease, io: HostIO): Promise<HostStatus> {
  const id = release.id ?? findOurs((await api.deployments(service, io)).map(pastOf), release)?.id;
  if (id === undefined) return { phase: 'queued' };
  const deployment = await api.deployment(id, io);
  const logUrl = `https://app.koyeb.com/services/${service}/deployments/${id}`;
  return { id, logUrl, ...(await whereIs(api, service, deployment, release.sha, io)) };
}

import { findOurs, newerThan, type Past } from '../contract/history.ts';
import type { Host, HostIO, HostRelease, HostStatus } from '../contract/host.ts';
import { whereKnown, whereThere } from '../contract/json-api.ts';
import type { CoolifyApi, Deployment } from './coolify-api.ts';
import { explainFailure, linesOf } from './coolify-log.ts';

/** Before it has looked, Coolify says "HEAD" for the commit. */
const commitOf = ({ commit }: Deployment): string | undefined =>
  /^[0-9a-f]{40}$/.test(commit ?? '') ? (commit ?? undefined) : undefined;

const pastOf = (deployment: Deployment): Past & { readonly status: string } => ({
  id: deployment.deployment_uuid,
  status: deployment.status,
  commit: commitOf(deployment),
  createdAt: deployment.created_at,
  wasLive: deployment.status === 'finished',
});

/** Deployments of the application (pull request 0) or of one preview, the newest first; the newest that finished is live. */
export async function listOf(api: CoolifyApi, app: string, pullRequest: number, io: HostIO) {
  const list = (await api.deployments(app, io)).filter((one) => (one.pull_request_id ?? 0) === pullRequest).map(pastOf);
  const live = list.find(({ status }) => status === 'finished');
  return list.map((one) => ({ ...one, isLive: one === live }));
}

/** What the application and its previews can do. */
export function appHost(api: CoolifyApi, app: string, pullRequest: number) {
  const list = (io: HostIO) => listOf(api, app, pullRequest, io);

  /** Coolify has no word for it: a deployment was replaced where a newer one of another commit finished after it. */
  async function replaced(id: string, sha: string, io: HostIO): Promise<HostStatus | undefined> {
    const all = (await whereKnown(list(io))) ?? [];
    const at = all.findIndex((one) => one.id === id);
    const newer = newerThan(at < 0 ? [] : all.slice(0, at + 1).filter((one) => one.id === id || one.wasLive), id);
    if (!newer || newer.commit === sha) return undefined;
    return { phase: 'superseded', by: newer.commit ?? newer.id };
  }

  async function whereIs(deployment: Deployment, sha: string, io: HostIO): Promise<HostStatus> {
    const { status, deployment_uuid: id } = deployment;
    if (status === 'finished') {
      const commit = commitOf(deployment);
      return (await replaced(id, sha, io)) ?? { phase: 'live', ...(commit ? { commit } : {}) };
    }
    if (status === 'failed') return { phase: 'failed', reason: explainFailure(deployment.logs) };
    if (/^cancel/.test(status)) {
      return (await replaced(id, sha, io)) ?? { phase: 'cancelled', reason: 'it was cancelled at Coolify' };
    }
    return { phase: status === 'queued' ? 'queued' : 'running', state: status };
  }

  return {
    async status(release: HostRelease, io: HostIO): Promise<HostStatus> {
      // A deploy of a commit that is under way already is answered with an id that nothing has.
      const told = release.id === undefined ? undefined : await whereThere(api.deployment(release.id, io));
      const found = told ?? findOurs(await list(io), release);
      if (!found) return { phase: 'queued' };
      const deployment = 'deployment_uuid' in found ? found : await api.deployment(found.id, io);
      const { deployment_uuid: id, deployment_url: page } = deployment;
      const logUrl = page ? { logUrl: api.pageOf(page) } : {};
      return { ...(await whereIs(deployment, release.sha, io)), id, ...logUrl };
    },
    async *logs({ id }: HostRelease, io: HostIO) {
      if (id !== undefined) yield* linesOf((await api.deployment(id, io)).logs);
    },
    async cancel({ id }: HostRelease, io: HostIO) {
      if (id !== undefined) await api.cancel(id, io);
    },
  } satisfies Partial<Host>;
}

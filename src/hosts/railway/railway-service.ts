import { findOurs, pastTarget } from '../contract/history.ts';
import type { Host, HostInputs, HostIO, HostRelease, RollbackTarget } from '../contract/host.ts';
import { imageOf } from '../contract/image.ts';
import { publicUrl } from '../contract/public-url.ts';
import { commitOf, type Deployment, type Place, type RailwayApi } from './railway-api.ts';
import { liveWords, statusOf } from './railway-status.ts';

/** Finds the service; undefined if it is not there (yet). */
export type Locate = (io: HostIO) => Promise<Place | undefined>;

const hint =
  'Railway keeps some earlier deployments only. Deploy the older commit again, for example by a revert of what came after.';

/** What a service can do in any environment, be it production's or a preview's. */
export type ServiceHost = Required<Pick<Host, 'status' | 'url' | 'logs' | 'cancel'>>;

/** @param known Ids of deployments that were there before, which are not the one that was asked for. */
export function serviceHost(api: RailwayApi, locate: Locate, known: ReadonlySet<string> = new Set()): ServiceHost {
  /** The deployment that an answer without an id started: the newest of this commit since then. */
  async function find(at: Place, release: HostRelease, io: HostIO): Promise<Deployment | undefined> {
    const deployments = await api.deployments(at, 20, io);
    const fresh = deployments.filter(({ id }) => !known.has(id));
    return findOurs(
      fresh.map((deployment) => ({ ...deployment, commit: commitOf(deployment) })),
      release,
    );
  }

  return {
    async status(release, io) {
      const at = await locate(io);
      if (!at) return { phase: 'cancelled', reason: 'its environment is gone, as when the pull request is closed' };
      const deployment = release.id ? await api.deployment(release.id, io) : await find(at, release, io);
      if (!deployment) return { phase: 'queued' };
      const { id } = deployment;
      const page = `https://railway.com/project/${at.project}/service/${at.service}`;
      const logUrl = `${page}?environmentId=${at.environment}&id=${id}`;
      return { ...(await statusOf(api, at, deployment, io)), id, logUrl };
    },
    async url(io) {
      const at = await locate(io);
      return at && publicUrl((await api.domains(at, io))[0]);
    },
    async *logs({ id }, io) {
      if (!id) return;
      for (const kind of ['buildLogs', 'deploymentLogs'] as const) yield* await api.log(kind, id, io);
    },
    async cancel({ id }, io) {
      if (id) await api.cancel(id, io);
    },
  };
}

/** Sets the variables and the image, then asks for the commit. */
export async function deployTo(
  api: RailwayApi,
  at: Place,
  request: Parameters<Host['trigger']>[0],
  inputs: HostInputs,
  io: HostIO,
  pullRequest?: number,
): Promise<HostRelease> {
  const startedAt = io.now();
  const { sha, variables } = request;
  if (Object.keys(variables).length > 0) await api.setVariables(at, variables, io);
  const image = imageOf(inputs, sha, pullRequest);
  if (image !== undefined) await api.setImage(at, image, io);
  const id = await api.deploy(at, image === undefined ? sha : undefined, io);
  return { startedAt, sha, ...(id ? { id } : {}) };
}

/** Puts an earlier deployment back, which makes a new one whose id Railway does not tell. */
export function rollbackHost(
  api: RailwayApi,
  locate: (io: HostIO) => Promise<Place>,
  to: RollbackTarget | undefined,
): Host {
  const known = new Set<string>();
  return {
    ...serviceHost(api, locate, known),
    async trigger(_request, io) {
      const startedAt = io.now();
      const at = await locate(io);
      const deployments = await api.deployments(at, 100, io);
      for (const { id } of deployments) known.add(id);
      const live = deployments.find(({ status }) => liveWords.has(status ?? ''));
      const earlier = deployments.map((deployment) => ({
        id: deployment.id,
        commit: commitOf(deployment),
        isLive: deployment === live,
        wasLive: deployment === live || deployment.canRollback === true,
      }));
      const target = pastTarget(earlier, to, 'Railway', hint);
      const sha = target.commit ?? '';
      if (target.isLive) return { startedAt, sha, id: target.id };
      await api.rollBack(target.id, io);
      return { startedAt, sha };
    },
  };
}

import { DeployError } from '../../core/errors.ts';
import type { HostIO, HostRelease, HostStatus, ReleaseRequest } from '../contract/host.ts';
import { findOurs, statusOf } from './azure-status.ts';
import { kudu, type Scm } from './kudu.ts';

export type GetScm = (io: HostIO) => Promise<Scm>;

export async function publish(scm: GetScm, request: ReleaseRequest, io: HostIO): Promise<HostRelease> {
  if (!request.artifact)
    throw new DeployError('INVALID_INPUTS', 'App Service deploys the artifact, and this run made none.', {
      hint: 'Leave "artifact: false" out.',
    });
  const startedAt = io.now();
  const id = await kudu(await scm(io)).publish(request.artifact.path, request.sha, io);
  return { startedAt, sha: request.sha, ...(id ? { id } : {}) };
}

/** Follows a deployment of one site, by its id or, where nobody told it, by commit and time. */
export async function follow(scm: GetScm, release: HostRelease, io: HostIO): Promise<HostStatus> {
  const at = await scm(io);
  const site = kudu(at);
  const needsAll = release.id === undefined;
  let all = needsAll ? await site.deployments(io) : [];
  const ours = release.id === undefined ? findOurs(release, all) : await site.deployment(release.id, io);
  if (!ours) return { phase: 'queued' };
  const isSuperseded = ours.status === 4 && !ours.active;
  if (isSuperseded && !needsAll) all = await site.deployments(io);
  return { ...statusOf(release, ours, all), id: ours.id, logUrl: `${at.root}/newui/deployments` };
}

export const logsOf = (scm: GetScm) =>
  async function* (release: HostRelease, io: HostIO): AsyncIterable<string> {
    if (release.id) yield* kudu(await scm(io)).log(release.id, io);
  };

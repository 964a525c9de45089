import type { HostIO, HostRelease, HostStatus } from '../contract/host.ts';
import type { Build, NorthflankApi } from './northflank-api.ts';

const queued = new Set(['QUEUED', 'PENDING']);

const failures: Readonly<Record<string, string>> = {
  FAILURE: 'the build failed',
  SUBMISSION_FAILURE: 'the build could not be started',
  CRASHED: 'the build crashed',
  UNSCHEDULABLE: 'there is no room for the build',
};

/** Where a build is; undefined if it is done and its deployment is next. */
function buildStatus({ status, concluded, message }: Build): HostStatus | undefined {
  const word = status ?? '';
  if (word === 'SUCCESS') return undefined;
  if (word === 'ABORTED') return { phase: 'cancelled', reason: 'the build was aborted, which cancels the deploy' };
  // A build can wait for room, and then go on.
  const failed = word === 'UNSCHEDULABLE' && concluded !== true ? undefined : failures[word];
  if (failed) return { phase: 'failed', reason: message ? `${failed}: ${message}` : failed };
  return { phase: queued.has(word) ? 'queued' : 'running', ...(word ? { state: word } : {}) };
}

/** Where a build and its deployment are. A build that is done and that nothing deploys is deployed here. */
export async function statusOf(
  api: NorthflankApi,
  build: Build,
  { startedAt }: HostRelease,
  io: HostIO,
): Promise<HostStatus> {
  const status = buildStatus(build);
  if (status && status.phase !== 'cancelled') return status;
  const builds = await api.builds(io);
  const place = builds.findIndex(({ id }) => id === build.id);
  const newer = builds
    .slice(0, Math.max(place, 0))
    .find((one) => (status ? buildStatus(one)?.phase !== 'failed' : one.status === 'SUCCESS'));
  if (status) return newer ? { phase: 'superseded', ...(newer.sha ? { by: newer.sha } : {}) } : status;
  return deploymentStatus(api, build, newer, startedAt, io);
}

/** @param newer A newer build that is done. */
async function deploymentStatus(
  api: NorthflankApi,
  { id, sha }: Build,
  newer: Build | undefined,
  startedAt: number,
  io: HostIO,
): Promise<HostStatus> {
  const service = await api.service(io);
  const { buildSHA, deployedSHA } = service.deployment?.internal ?? {};
  const isAutomatic = buildSHA === 'latest' && service.disabledCD !== true;
  const isWanted = buildSHA === sha || (isAutomatic && !newer);
  if (!isWanted) {
    if (newer && (isAutomatic || newer.sha === buildSHA))
      return { phase: 'superseded', ...(newer.sha ? { by: newer.sha } : {}) };
    if (id) await api.deploy(id, io);
    return { phase: 'running', state: 'DEPLOYING' };
  }
  const { status, lastTransitionTime } = service.status?.deployment ?? {};
  // A failure from before this deploy is that of another one.
  const isOurs = !lastTransitionTime || Date.parse(lastTransitionTime) >= startedAt;
  if (deployedSHA === sha && status === 'COMPLETED') return { phase: 'live', ...(sha ? { commit: sha } : {}) };
  if (status === 'FAILED' && isOurs) return { phase: 'failed', reason: 'the new version did not start' };
  return { phase: 'running', state: status === 'PENDING' || status === 'IN_PROGRESS' ? status : 'DEPLOYING' };
}

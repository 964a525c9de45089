import { DeployError } from '../../core/errors.ts';
import type { Host, HostInputs, HostIO, HostRelease, HostStatus, RollbackTarget } from '../contract/host.ts';
import { type AppEngineApi, appEngineApi } from './app-engine-api.ts';
import {
  createVersion,
  endOf,
  idOf,
  logsOf,
  operationOf,
  type Place,
  pageOf,
  servingVersion,
} from './app-engine-deploy.ts';
import { appEnginePreview } from './app-engine-preview.ts';
import { commitOf, hasAll, serving, versionId } from './app-engine-version.ts';
import { serviceName } from './service-name.ts';

/** Follows a version of production: when it is made it gets the traffic, unless a newer one has that. */
async function statusInProduction(
  api: AppEngineApi,
  place: Place,
  release: HostRelease,
  moves: boolean,
  io: HostIO,
): Promise<HostStatus> {
  const { version, operation: name } = operationOf(release, place);
  const operation = await api.operation(name, io);
  const known = { ...(release.id ? { id: release.id } : {}), logUrl: pageOf(place, operation) };
  const end = endOf(operation);
  if (end) return { ...end, ...known };
  const service = await api.service(place.name, io);
  if (hasAll(service, version)) return { phase: 'live', commit: release.sha, ...known };
  const current = serving(service);
  const other = current && current !== version ? await api.version(place.name, current, io) : undefined;
  if (!moves || Date.parse(other?.createTime ?? '') > release.startedAt)
    return { phase: 'superseded', ...(current ? { by: (other && commitOf(other)) ?? current } : {}), ...known };
  await api.moveTraffic(place.name, version, io);
  return { phase: 'running', state: 'MIGRATING_TRAFFIC', ...known };
}

async function rollBack(
  api: AppEngineApi,
  place: Place,
  to: RollbackTarget | undefined,
  io: HostIO,
): Promise<HostRelease> {
  const startedAt = io.now();
  const live = serving(await api.service(place.name, io));
  const versions = (await api.versions(place.name, io)).filter(({ id }) => !/^pr-\d+$/.test(id));
  const at = versions.findIndex(({ id }) => id === live);
  const liveCommit = versions[at] && commitOf(versions[at]);
  const wanted = to?.id?.split('/')[0];
  const target = to
    ? versions.find((one) => one.id === wanted || (to.sha !== undefined && commitOf(one)?.startsWith(to.sha)))
    : versions.find(
        (one, index) => at >= 0 && index > at && (liveCommit === undefined || commitOf(one) !== liveCommit),
      );
  if (!target)
    throw new DeployError('HOST_REFUSED', 'App Engine has no version of that release to go back to.', {
      hint: 'Deploy the older commit again, for example by a revert of what came after.',
    });
  const operation = await api.moveTraffic(place.name, target.id, io);
  return { id: idOf(target.id, operation), startedAt, sha: commitOf(target) ?? '' };
}

export function createAppEngine(inputs: HostInputs): Host {
  const [name = '', project = '', service = ''] = serviceName.exec(inputs.service ?? '') ?? [];
  const place = { name, project, service };
  const api = appEngineApi(inputs);
  const follow = (moves: boolean) => ({
    status: (release: HostRelease, io: HostIO) => statusInProduction(api, place, release, moves, io),
    logs: (release: HostRelease, io: HostIO) => logsOf(api, place, release, io),
    async url(io: HostIO) {
      const hostname = await api.hostname(project, io);
      return hostname && `https://${service === 'default' ? '' : `${service}-dot-`}${hostname}`;
    },
  });
  return {
    ...follow(true),
    async check(io) {
      const { split } = await api.service(place.name, io);
      await servingVersion(api, place, io);
      const isSplit = Object.keys(split?.allocations ?? {}).length > 1;
      return isSplit
        ? ['the traffic of the App Engine service is split; this deploy moves all of it to its own version']
        : [];
    },
    async trigger(request, io) {
      const startedAt = io.now();
      const base = await servingVersion(api, place, io);
      const id = await createVersion(api, place, inputs, base, versionId(request), request, io);
      return { id, startedAt, sha: request.sha };
    },
    rollback: (to) => ({ ...follow(false), trigger: (_request, io) => rollBack(api, place, to, io) }),
    preview: (pullRequest) => appEnginePreview(api, place, inputs, pullRequest),
  };
}

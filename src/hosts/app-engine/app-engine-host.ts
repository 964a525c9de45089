import { DeployError } from '../../core/errors.ts';
import {
  type Host,
  HostAnswerError,
  type HostInputs,
  type HostIO,
  type HostRelease,
  type HostStatus,
  type Preview,
  type ReleaseRequest,
  type RollbackTarget,
} from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { serviceName } from './app-engine.ts';
import { type AppEngineApi, appEngineApi, type Operation, type Version } from './app-engine-api.ts';
import { commitOf, hasAll, nextVersion, serving, sourceName, versionId } from './app-engine-version.ts';

/** `CANCELLED` of https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const cancelledCode = 1;

/** A deploy's id: the version, and the operation that makes it or moves the traffic. */
const idOf = (version: string, operation: string): string => `${version}/${operation.split('/').at(-1)}`;

interface Place {
  readonly project: string;
  /** The name of the service alone. */
  readonly service: string;
  /** `apps/<project>/services/<service>` */
  readonly name: string;
}

function operationOf(release: HostRelease, { project }: Place): { version: string; operation: string } {
  const [version = '', operation = ''] = (release.id ?? '').split('/');
  return { version, operation: `apps/${project}/operations/${operation}` };
}

function endOf({ done, error, metadata }: Operation): HostStatus | undefined {
  if (error) {
    if (error.code === cancelledCode)
      return { phase: 'cancelled', reason: `it was cancelled at App Engine: ${error.message ?? ''}` };
    return { phase: 'failed', reason: `the version was not made: ${error.message || 'App Engine does not say why'}` };
  }
  return done ? undefined : { phase: 'running', state: metadata?.ephemeralMessage || 'OPERATION_RUNNING' };
}

function pageOf({ project }: Place, operation: Operation): string {
  const build = operation.metadata?.createVersionMetadata?.cloudBuildId;
  return build
    ? `https://console.cloud.google.com/cloud-build/builds/${build}?project=${project}`
    : `https://console.cloud.google.com/appengine/versions?project=${project}`;
}

async function* logsOf(api: AppEngineApi, place: Place, release: HostRelease, io: HostIO): AsyncIterable<string> {
  const { version, operation } = operationOf(release, place);
  const build = (await api.operation(operation, io)).metadata?.createVersionMetadata?.cloudBuildId;
  if (build) yield* await api.log(place.project, `resource.type="build" AND resource.labels.build_id="${build}"`, io);
  const app = `resource.type="gae_app" AND resource.labels.module_id="${place.service}" AND resource.labels.version_id="${version}"`;
  yield* await api.log(place.project, `${app} AND timestamp>="${new Date(release.startedAt).toISOString()}"`, io);
}

/** Uploads the source, and asks for a version of it; the id of the deploy. */
async function createVersion(
  api: AppEngineApi,
  place: Place,
  inputs: HostInputs,
  base: Version,
  id: string,
  request: ReleaseRequest,
  io: HostIO,
) {
  if (!request.artifact)
    throw new DeployError('INVALID_INPUTS', 'App Engine deploys the artifact, and this run made none.', {
      hint: 'Leave "artifact: false" out.',
    });
  const bucket = option(inputs.options, 'artifact-bucket') ?? `staging.${place.project}.appspot.com`;
  const source = sourceName(place.service, request);
  await api.upload(bucket, source, request.artifact.path, io);
  const sourceUrl = `https://storage.googleapis.com/${bucket}/${source}`;
  return idOf(id, await api.create(place.name, nextVersion(base, id, sourceUrl, request.variables), io));
}

/** The version that serves: what app.yaml said when it was deployed is taken over from it. */
async function servingVersion(api: AppEngineApi, place: Place, io: HostIO): Promise<Version> {
  const id = serving(await api.service(place.name, io));
  if (id) return api.version(place.name, id, io);
  throw new DeployError('HOST_REFUSED', 'The App Engine service has no version yet to take the settings from.', {
    hint: 'Deploy it once with "gcloud app deploy", which reads app.yaml.',
  });
}

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

/** A version without traffic, which has an address of its own. */
function createPreview(api: AppEngineApi, place: Place, inputs: HostInputs, pullRequest: number): Preview {
  const id = `pr-${pullRequest}`;
  const find = async (io: HostIO) => {
    try {
      return await api.version(place.name, id, io);
    } catch (error) {
      if (error instanceof HostAnswerError && error.status === 404) return undefined;
      throw error;
    }
  };
  return {
    async check(io) {
      await servingVersion(api, place, io);
      return [];
    },
    async trigger(request, io) {
      const startedAt = io.now();
      // Its own settings, where it is there, hold the variables that earlier runs set.
      const base = (await find(io)) ?? (await servingVersion(api, place, io));
      return { id: await createVersion(api, place, inputs, base, id, request, io), startedAt, sha: request.sha };
    },
    async status(release, io) {
      const operation = await api.operation(operationOf(release, place).operation, io);
      const known = { ...(release.id ? { id: release.id } : {}), logUrl: pageOf(place, operation) };
      const end = endOf(operation);
      if (end) return { ...end, ...known };
      const version = await find(io);
      if (!version)
        return { phase: 'cancelled', reason: 'the version was deleted, which cancelled its deploy', ...known };
      const commit = commitOf(version);
      if (commit !== undefined && commit !== release.sha) return { phase: 'superseded', by: commit, ...known };
      return { phase: 'live', commit: release.sha, ...known };
    },
    url: async (io) => (await find(io))?.versionUrl ?? undefined,
    logs: (release, io) => logsOf(api, place, release, io),
    async destroy(_request, io) {
      if (!(await find(io))) return { outcome: 'gone', said: `App Engine has no version ${id} any more` };
      await api.remove(place.name, id, io);
      return { outcome: 'removed', said: `App Engine deletes the version ${id}` };
    },
  };
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
    preview: (pullRequest) => createPreview(api, place, inputs, pullRequest),
  };
}

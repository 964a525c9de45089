import { DeployError } from '../../core/errors.ts';
import type { HostInputs, HostIO, HostRelease, HostStatus, ReleaseRequest } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { reasonOf } from '../contract/reason.ts';
import type { AppEngineApi, Operation, Version } from './app-engine-api.ts';
import { nextVersion, serving, sourceName } from './app-engine-version.ts';

/** `CANCELLED` of https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const cancelledCode = 1;

/** A deploy's id: the version, and the operation that makes it or moves the traffic. */
export const idOf = (version: string, operation: string): string => `${version}/${operation.split('/').at(-1)}`;

export interface Place {
  readonly project: string;
  /** The name of the service alone. */
  readonly service: string;
  /** `apps/<project>/services/<service>` */
  readonly name: string;
}

export function operationOf(release: HostRelease, { project }: Place): { version: string; operation: string } {
  const [version = '', operation = ''] = (release.id ?? '').split('/');
  return { version, operation: `apps/${project}/operations/${operation}` };
}

export function endOf({ done, error, metadata }: Operation): HostStatus | undefined {
  if (error) {
    if (error.code === cancelledCode)
      return {
        phase: 'cancelled',
        reason: `it was cancelled at App Engine: ${reasonOf(error.message, 'by somebody')}`,
      };
    return {
      phase: 'failed',
      reason: `the version was not made: ${reasonOf(error.message, 'App Engine does not say why')}`,
    };
  }
  return done ? undefined : { phase: 'running', state: metadata?.ephemeralMessage || 'OPERATION_RUNNING' };
}

export function pageOf({ project }: Place, operation: Operation): string {
  const build = operation.metadata?.createVersionMetadata?.cloudBuildId;
  return build
    ? `https://console.cloud.google.com/cloud-build/builds/${build}?project=${project}`
    : `https://console.cloud.google.com/appengine/versions?project=${project}`;
}

export async function* logsOf(
  api: AppEngineApi,
  place: Place,
  release: HostRelease,
  io: HostIO,
): AsyncIterable<string> {
  const { version, operation } = operationOf(release, place);
  const build = (await api.operation(operation, io)).metadata?.createVersionMetadata?.cloudBuildId;
  if (build) yield* await api.log(place.project, `resource.type="build" AND resource.labels.build_id="${build}"`, io);
  const app = `resource.type="gae_app" AND resource.labels.module_id="${place.service}" AND resource.labels.version_id="${version}"`;
  yield* await api.log(place.project, `${app} AND timestamp>="${new Date(release.startedAt).toISOString()}"`, io);
}

/** Uploads the source, and asks for a version of it; the id of the deploy. */
export async function createVersion(
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
export async function servingVersion(api: AppEngineApi, place: Place, io: HostIO): Promise<Version> {
  const id = serving(await api.service(place.name, io));
  if (id) return api.version(place.name, id, io);
  throw new DeployError('HOST_REFUSED', 'The App Engine service has no version yet to take the settings from.', {
    hint: 'Deploy it once with "gcloud app deploy", which reads app.yaml.',
  });
}

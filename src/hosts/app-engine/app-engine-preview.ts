import { HostAnswerError, type HostInputs, type HostIO, type Preview } from '../contract/host.ts';
import { isMarked, left, notCopied, previewVariables, warnOfMissing } from '../contract/preview-variables.ts';
import type { AppEngineApi, Version } from './app-engine-api.ts';
import { createVersion, endOf, logsOf, operationOf, type Place, pageOf, servingVersion } from './app-engine-deploy.ts';
import { commitOf } from './app-engine-version.ts';

/** A version without traffic, which has an address of its own. */
export function appEnginePreview(api: AppEngineApi, place: Place, inputs: HostInputs, pullRequest: number): Preview {
  const id = `pr-${pullRequest}`;
  const find = async (io: HostIO) => {
    try {
      return await api.version(place.name, id, io);
    } catch (error) {
      if (error instanceof HostAnswerError && error.status === 404) return undefined;
      throw error;
    }
  };
  const forPreview = async (io: HostIO): Promise<Version> => {
    const production = await servingVersion(api, place, io);
    return { ...production, envVariables: previewVariables(production.envVariables ?? {}, place.service) };
  };
  return {
    async check(io) {
      const base = await servingVersion(api, place, io);
      return (await find(io)) ? [] : warnOfMissing(notCopied(base.envVariables ?? {}));
    },
    async trigger(request, io) {
      const startedAt = io.now();
      // Its own settings, where it is there, hold the variables that earlier runs set.
      const base = (await find(io)) ?? (await forPreview(io));
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
      const found = await find(io);
      if (!found) return { outcome: 'gone', message: `App Engine has no version ${id} any more` };
      if (!isMarked(found.envVariables ?? {}, place.service)) return left(`the version ${id}`);
      await api.remove(place.name, id, io);
      return { outcome: 'removed', message: `App Engine deletes the version ${id}` };
    },
  };
}

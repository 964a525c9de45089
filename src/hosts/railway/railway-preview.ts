import type { HostInputs, HostIO, Preview } from '../contract/host.ts';
import { HostAnswerError } from '../contract/host.ts';
import type { Environment, Place, RailwayApi } from './railway-api.ts';
import { deployTo, serviceHost } from './railway-service.ts';

/**
 * The preview of a pull request: the environment that Railway made for it, or else one of ours, which is a copy of the
 * environment of the inputs.
 */
export function railwayPreview(
  api: RailwayApi,
  locate: (io: HostIO) => Promise<Place>,
  inputs: HostInputs,
  pullRequest: number,
): Preview {
  /** Two services of a project can have pull requests of the same number. */
  const nameOf = ({ service }: Place) => `pr-${pullRequest}-${service.slice(0, 8)}`;
  /** Known after `trigger`, because only a request names the repository that Railway's own environments are for. */
  let place: Place | undefined;

  async function find(base: Place, repository: string | undefined, io: HostIO): Promise<Environment | undefined> {
    const others = (await api.environments(base.project, io)).filter(
      ({ id, isEphemeral }) => isEphemeral === true && id !== base.environment,
    );
    const own = others.find(({ name }) => name === nameOf(base));
    const isRailways = ({ meta }: Environment) =>
      meta?.prNumber === pullRequest && meta.prRepo?.toLowerCase() === repository?.toLowerCase();
    return own ?? (repository === undefined ? undefined : others.find(isRailways));
  }

  async function locatePreview(io: HostIO): Promise<Place | undefined> {
    if (place) return place;
    const base = await locate(io);
    const found = await find(base, undefined, io);
    return found && { ...base, environment: found.id };
  }

  return {
    ...serviceHost(api, locatePreview),
    async trigger(request, io) {
      const base = await locate(io);
      const found = await find(base, request.repository, io);
      const environment = found ?? (await api.createEnvironment(base, nameOf(base), io));
      const at = { ...base, environment: environment.id };
      if ((await api.domains(at, io)).length === 0) await api.createDomain(at, io);
      place = at;
      return deployTo(api, at, request, inputs, io, pullRequest);
    },
    async destroy(request, io) {
      const base = await locate(io);
      const found = await find(base, request.repository, io);
      const gone = {
        outcome: 'gone',
        message: `Railway has no environment of pull request #${pullRequest} any more`,
      } as const;
      place = undefined;
      if (!found) return gone;
      if (found.name !== nameOf(base)) {
        return {
          outcome: 'left',
          message: `Railway made the environment ${found.name}, and deletes it when the pull request closes`,
        };
      }
      try {
        await api.removeEnvironment(found.id, io);
        return { outcome: 'removed', message: `Railway deleted the environment ${found.name}` };
      } catch (error) {
        if (error instanceof HostAnswerError && error.status === 404) return gone;
        throw error;
      }
    },
  };
}

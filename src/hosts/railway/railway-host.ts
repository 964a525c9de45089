import { DeployError } from '../../core/errors.ts';
import { type Host, HostAnswerError, type HostInputs, type HostIO } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { type Place, railwayApi } from './railway-api.ts';
import { railwayPreview } from './railway-preview.ts';
import { deployTo, rollbackHost, serviceHost } from './railway-service.ts';

/** A Railway service in one environment. A project token does not reach other environments, so it has no previews. */
export function createRailway(inputs: HostInputs): Host {
  const { options, service = '' } = inputs;
  const api = railwayApi(inputs);
  const image = option(options, 'image');
  const project = option(options, 'project');
  const environment = option(options, 'environment');
  let known: Place | undefined = project && environment ? { project, environment, service } : undefined;

  /** Asked once: Railway counts requests. */
  async function locate(io: HostIO): Promise<Place> {
    known ??= { ...(await api.tokenPlace(io)), service };
    return known;
  }

  /** Not every Railway API tells it, and it is a warning only. */
  async function deploysByItself(at: Place, io: HostIO): Promise<boolean> {
    try {
      return await api.deploysByItself(at, io);
    } catch (error) {
      if (error instanceof HostAnswerError) return false;
      throw error;
    }
  }

  const host: Host = {
    ...serviceHost(api, locate),
    async check(io) {
      const at = await locate(io);
      const { source } = await api.service(at, io);
      if (image === undefined && source?.image) {
        throw new DeployError('INVALID_INPUTS', `The Railway service ${service} runs an image.`, {
          hint: 'Write the image of the commit into host-options, for example "image: ghcr.io/acme/shop:{sha}".',
        });
      }
      if (image !== undefined && source?.repo) {
        throw new DeployError('INVALID_INPUTS', `The Railway service ${service} is built from git.`, {
          hint: 'Leave image out of host-options, or name a service that runs an image.',
        });
      }
      if (!(await deploysByItself(at, io))) return [];
      return [
        `Railway also deploys ${service} by itself on every push, so each push deploys twice. Disable auto-deploy: the service's settings → Source → disconnect the branch trigger.`,
      ];
    },
    trigger: async (request, io) => deployTo(api, await locate(io), request, inputs, io),
    rollback: (to) => rollbackHost(api, locate, to),
  };
  if (option(options, 'token-type') === 'project') return host;
  return { ...host, preview: (pullRequest) => railwayPreview(api, locate, inputs, pullRequest) };
}

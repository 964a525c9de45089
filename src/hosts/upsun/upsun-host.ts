import { DeployError } from '../../core/errors.ts';
import type { Host, HostInputs, Preview } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { type UpsunApi, upsunApi } from './upsun-api.ts';
import { environmentHost } from './upsun-environment.ts';

/** The preview of a pull request: the environment that Upsun's source integration makes for it. */
function upsunPreview(api: UpsunApi, pullRequest: number): Preview {
  const name = `pr-${pullRequest}`;
  const host = environmentHost(api, name);
  return {
    ...host,
    async trigger(request, io) {
      const { sha } = request;
      const startedAt = io.now();
      const environment = await api.environment(name, io);
      if (!environment) return { startedAt, sha };
      if (environment.status !== 'inactive') return host.trigger(request, io);
      // What is pushed to an environment that is not active is not deployed until it is.
      const id = await api.activate(name, io);
      return { startedAt, sha, ...(id && environment.head_commit === sha ? { id } : {}) };
    },
    async destroy(_request, io) {
      const gone = { outcome: 'gone', message: `Upsun has no active environment ${name} any more` } as const;
      const environment = await api.environment(name, io);
      if (!environment || environment.status === 'inactive' || environment.status === 'deleting') return gone;
      if (environment.is_main || environment.type === 'production')
        return { outcome: 'left', message: `the Upsun environment ${name} is production` };
      await api.deactivate(name, io);
      return { outcome: 'removed', message: `Upsun deactivated the environment ${name}, with its services and data` };
    },
  };
}

/** An environment of Upsun, which deploys every push by itself: the deploy of the commit is followed. */
export function createUpsun(inputs: HostInputs): Host {
  const { service: project } = inputs;
  const api = upsunApi(inputs);
  const name = option(inputs.options, 'environment') ?? 'main';
  return {
    ...environmentHost(api, name),
    async check(io) {
      const environment = await api.environment(name, io);
      if (!environment) {
        throw new DeployError('HOST_REFUSED', `The Upsun project ${project} has no environment ${name}.`, {
          hint: 'Write the name of the environment into host-options: "environment: main".',
        });
      }
      if (environment.status === 'active' || environment.status === 'dirty') return [];
      return [`the Upsun environment ${name} is ${environment.status}; activate or resume it first`];
    },
    preview: (pullRequest) => upsunPreview(api, pullRequest),
  };
}

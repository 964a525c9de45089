import type { Host, HostInputs } from '../contract/host.ts';
import { imageOf } from '../contract/image.ts';
import { option } from '../contract/options.ts';
import { flyApi } from './fly-api.ts';
import { appHost, begin, noMachines, rollbackHost } from './fly-app.ts';
import { flyPreview } from './fly-preview.ts';
import { deployByFlyctl } from './flyctl.ts';

/** A Fly.io app: by its API alone where the image of the commit is named, and by flyctl otherwise. */
export function createFly(inputs: HostInputs): Host {
  const { service: app = '' } = inputs;
  const api = flyApi(inputs);
  const host: Host = {
    ...appHost(api, app),
    async check(io) {
      if ((await api.machines(app, io)).length === 0) throw noMachines(app);
      return [];
    },
    async trigger(request, io) {
      const { sha, variables } = request;
      const secrets = Object.keys(variables).length > 0 ? await api.setSecrets(app, variables, io) : undefined;
      const image = imageOf(inputs, sha);
      if (image === undefined) return deployByFlyctl(api, app, request, inputs, io);
      return begin(api, app, { id: request.release, image, since: io.now() }, io, secrets);
    },
    rollback: (to) => rollbackHost(api, app, to),
  };
  if (option(inputs.options, 'image') === undefined) return host;
  return { ...host, preview: (pullRequest) => flyPreview(api, app, inputs, pullRequest) };
}

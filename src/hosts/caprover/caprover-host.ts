import type { Host, HostInputs } from '../contract/host.ts';
import { imageOf } from '../contract/image.ts';
import { option } from '../contract/options.ts';
import { caproverApi } from './caprover-api.ts';
import { caproverApp, findApp, noArtifact, rollbackHost, setVariables } from './caprover-app.ts';
import { caproverPreview } from './caprover-preview.ts';

/** An app of CapRover. An app token can do nothing but send the artifact. */
export function createCaprover(inputs: HostInputs): Host {
  const { service: name = '', options } = inputs;
  const api = caproverApi(inputs);
  if (option(options, 'token-type') === 'app') {
    return {
      async trigger({ artifact, sha }, io) {
        const startedAt = io.now();
        if (!artifact) throw noArtifact();
        await api.deployArtifact(name, artifact, sha, true, io);
        return { startedAt, sha };
      },
    };
  }
  const { begin, ...following } = caproverApp(api, name);
  return {
    ...following,
    async check(io) {
      const app = await findApp(api, name, io);
      const repo = (app.appPushWebhook as { repoInfo?: { repo?: string } } | null | undefined)?.repoInfo?.repo;
      if (!repo) return [];
      return [
        `CapRover also builds ${name} when its webhook is called for ${repo}, so a push can deploy twice. Remove the repository in the app's Deployment tab, or the webhook at GitHub.`,
      ];
    },
    async trigger(request, io) {
      if (Object.keys(request.variables).length > 0)
        await setVariables(api, await findApp(api, name, io), request.variables, io);
      return begin(request, imageOf(inputs, request.sha), io);
    },
    rollback: (to) => rollbackHost(api, name, to),
    preview: (pullRequest) => caproverPreview(api, name, inputs, pullRequest),
  };
}

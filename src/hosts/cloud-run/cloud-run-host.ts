import { imageOf } from '../contract/commit-image.ts';
import type { Host, HostInputs } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { cloudRunApi } from './cloud-run-api.ts';
import { cloudRunPreview } from './cloud-run-preview.ts';
import { rollBack } from './cloud-run-rollback.ts';
import { following } from './cloud-run-service.ts';
import { latestTarget, nextTemplate, pinnedTarget, revisionName, shortName, tagsOf } from './cloud-run-template.ts';

export function createCloudRun(inputs: HostInputs): Host {
  const name = inputs.service ?? '';
  const api = cloudRunApi(inputs);
  const follow = following(api, name);
  return {
    ...follow,
    async check(io) {
      const { traffic } = await api.get(name, io);
      const isPinned = traffic.some(({ type, percent }) => type === pinnedTarget && (percent ?? 0) > 0);
      return isPinned
        ? ['the traffic of the Cloud Run service is pinned to a revision; this deploy moves all of it to its own']
        : [];
    },
    async trigger(request, io) {
      const startedAt = io.now();
      const service = await api.get(name, io);
      const revision = revisionName(shortName(name), request.release);
      const image = imageOf(inputs, request.sha);
      const next = { revision, image, sha: request.sha, container: option(inputs.options, 'container') };
      const template = nextTemplate(service.template, { ...next, variables: request.variables });
      const traffic = [{ type: latestTarget, percent: 100 }, ...tagsOf(service.traffic)];
      const body = { name, etag: service.etag ?? undefined, template, traffic };
      await api.patch(name, ['template', 'traffic'], body, io);
      return { id: revision, startedAt, sha: request.sha };
    },
    rollback: (to) => ({ ...follow, trigger: (_request, io) => rollBack(api, name, to, io) }),
    preview: (pullRequest) => cloudRunPreview(api, name, inputs, pullRequest),
  };
}

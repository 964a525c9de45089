import { DeployError } from '../../core/errors.ts';
import { imageOf } from '../contract/commit-image.ts';
import type { Host, HostInputs, HostIO, HostRelease, Preview, RollbackTarget } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { type CloudRunApi, cloudRunApi, type Service } from './cloud-run-api.ts';
import { following, orGone } from './cloud-run-service.ts';
import {
  commitOf,
  latest,
  nextTemplate,
  pinned,
  revisionName,
  serving,
  shortName,
  tagsOf,
} from './cloud-run-template.ts';

async function rollBack(
  api: CloudRunApi,
  name: string,
  to: RollbackTarget | undefined,
  io: HostIO,
): Promise<HostRelease> {
  const startedAt = io.now();
  const service = await api.get(name, io);
  const revisions = await api.revisions(name, io);
  const ready = revisions.filter(({ conditions }) =>
    conditions.some(({ type, state }) => type === 'Ready' && state === 'CONDITION_SUCCEEDED'),
  );
  const live = serving(service);
  const at = ready.findIndex((one) => shortName(one.name) === live);
  const liveCommit = ready[at] && commitOf(ready[at]);
  const target = to
    ? ready.find((one) => shortName(one.name) === to.id || (to.sha !== undefined && commitOf(one)?.startsWith(to.sha)))
    : ready.find((one, index) => at >= 0 && index > at && commitOf(one) !== liveCommit);
  if (!target)
    throw new DeployError('HOST_REFUSED', 'Cloud Run has no ready revision of that release to go back to.', {
      hint: 'Deploy the older commit again, for example by a revert of what came after.',
    });
  const id = shortName(target.name);
  const traffic = [{ type: pinned, revision: id, percent: 100 }, ...tagsOf(service.traffic)];
  await api.patch(name, ['traffic'], { name, etag: service.etag ?? undefined, traffic }, io);
  return { id, startedAt, sha: commitOf(target) ?? '' };
}

/** A service of its own: a tag of production's service would leave the preview's template to the next production deploy. */
function createPreview(api: CloudRunApi, base: string, inputs: HostInputs, pullRequest: number): Preview {
  const end = `-pr-${pullRequest}`;
  const id =
    shortName(base)
      .slice(0, 49 - end.length)
      .replace(/-+$/, '') + end;
  const parent = base.replace(/\/services\/[^/]+$/, '');
  const name = `${parent}/services/${id}`;
  return {
    ...following(api, name),
    async check(io) {
      await api.get(base, io);
      return [];
    },
    async trigger(request, io) {
      const startedAt = io.now();
      const production = await api.get(base, io);
      const found = await orGone(api.get(name, io));
      const revision = revisionName(id, request.release);
      const image = imageOf(inputs, request.sha, pullRequest);
      const next = { revision, image, sha: request.sha, container: option(inputs.options, 'container') };
      const template = nextTemplate((found ?? production).template, { ...next, variables: request.variables });
      const traffic = [{ type: latest, percent: 100 }];
      if (found)
        await api.patch(name, ['template', 'traffic'], { name, etag: found.etag ?? undefined, template, traffic }, io);
      else {
        const { ingress, invokerIamDisabled, launchStage } = production;
        const more = Object.entries({ ingress, invokerIamDisabled, launchStage }).filter(([, value]) => value != null);
        await api.create(parent, id, { template, traffic, ...Object.fromEntries(more) }, io);
        await api.copyCallers(base, name, io);
      }
      return { id: revision, startedAt, sha: request.sha };
    },
    async destroy(_request, io) {
      const gone = { outcome: 'gone', said: `Cloud Run has no service ${id} any more` } as const;
      const found: Service | undefined = await orGone(api.get(name, io));
      if (!found || found.deleteTime) return gone;
      await api.remove(name, io);
      return { outcome: 'removed', said: `Cloud Run deletes the service ${id}` };
    },
  };
}

export function createCloudRun(inputs: HostInputs): Host {
  const name = inputs.service ?? '';
  const api = cloudRunApi(inputs);
  const follow = following(api, name);
  return {
    ...follow,
    async check(io) {
      const { traffic } = await api.get(name, io);
      const isPinned = traffic.some(({ type, percent }) => type === pinned && (percent ?? 0) > 0);
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
      const traffic = [{ type: latest, percent: 100 }, ...tagsOf(service.traffic)];
      const body = { name, etag: service.etag ?? undefined, template, traffic };
      await api.patch(name, ['template', 'traffic'], body, io);
      return { id: revision, startedAt, sha: request.sha };
    },
    rollback: (to) => ({ ...follow, trigger: (_request, io) => rollBack(api, name, to, io) }),
    preview: (pullRequest) => createPreview(api, name, inputs, pullRequest),
  };
}

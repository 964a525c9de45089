import { imageOf } from '../contract/commit-image.ts';
import type { HostInputs, Preview } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { previewName } from '../contract/preview-safety.ts';
import { isMarked, left, warnOfMissing } from '../contract/preview-variables.ts';
import type { CloudRunApi, Service } from './cloud-run-api.ts';
import { following, orGone } from './cloud-run-service.ts';
import {
  latestTarget,
  missingInPreview,
  nextTemplate,
  previewTemplate,
  revisionName,
  shortName,
  variablesOf,
} from './cloud-run-template.ts';

/** Longest name of a service. */
const longest = 49;

/** A service of its own: a tag of production's service would leave the preview's template to the next production deploy. */
export function cloudRunPreview(api: CloudRunApi, base: string, inputs: HostInputs, pullRequest: number): Preview {
  const id = previewName(shortName(base), pullRequest, longest);
  const parent = base.replace(/\/services\/[^/]+$/, '');
  const name = `${parent}/services/${id}`;
  return {
    ...following(api, name),
    async check(io) {
      const { template } = await api.get(base, io);
      return (await orGone(api.get(name, io))) ? [] : warnOfMissing(missingInPreview(template));
    },
    async trigger(request, io) {
      const startedAt = io.now();
      const production = await api.get(base, io);
      const found = await orGone(api.get(name, io));
      const revision = revisionName(id, request.release);
      const image = imageOf(inputs, request.sha, pullRequest);
      const next = { revision, image, sha: request.sha, container: option(inputs.options, 'container') };
      const template = nextTemplate(found?.template ?? previewTemplate(production.template, shortName(base)), {
        ...next,
        variables: request.variables,
      });
      const traffic = [{ type: latestTarget, percent: 100 }];
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
      const gone = { outcome: 'gone', message: `Cloud Run has no service ${id} any more` } as const;
      const found: Service | undefined = await orGone(api.get(name, io));
      if (!found || found.deleteTime) return gone;
      if (!isMarked(variablesOf(found.template), shortName(base))) return left(`the service ${id}`);
      await api.remove(name, io);
      return { outcome: 'removed', message: `Cloud Run deletes the service ${id}` };
    },
  };
}

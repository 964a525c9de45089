import type { Preview } from '../contract/host.ts';
import { isMarked, left, notCopied, warnOfMissing } from '../contract/preview-variables.ts';
import { publicUrl } from '../contract/public-url.ts';
import { type AzureApi, nameOf } from './azure-api.ts';
import { follow, type GetScm, logsOf, publish } from './azure-deploy.ts';

/** A slot of its own, with the settings of the site except those that lead to its data. */
export function azurePreview(api: AzureApi, siteId: string, pullRequest: number): Preview {
  const name = `pr-${pullRequest}`;
  const slotId = `${siteId}/slots/${name}`;
  const scm: GetScm = async (io) => api.scm(await api.site(slotId, io), io);
  return {
    async check(io) {
      await api.site(siteId, io);
      return (await api.slot(slotId, io)) ? [] : warnOfMissing(notCopied(await api.settings(siteId, io)));
    },
    async trigger(request, io) {
      const site = await api.site(siteId, io);
      if (!(await api.slot(slotId, io))) await api.createSlot(site, siteId, slotId, request.variables, io);
      else if (Object.keys(request.variables).length > 0) await api.addSettings(slotId, request.variables, io);
      return publish(scm, request, io);
    },
    async status(release, io) {
      if (!(await api.slot(slotId, io)))
        return { phase: 'cancelled', reason: 'the slot was deleted, which cancelled its deploy' };
      return follow(scm, release, io);
    },
    logs: logsOf(scm),
    url: async (io) => publicUrl((await api.slot(slotId, io))?.properties.defaultHostName),
    async destroy(_request, io) {
      if (!(await api.slot(slotId, io)))
        return { outcome: 'gone', message: `App Service has no slot ${name} any more` };
      if (!isMarked(await api.settings(slotId, io), nameOf(siteId))) return left(`the slot ${name}`);
      await api.remove(slotId, io);
      return { outcome: 'removed', message: `App Service deletes the slot ${name}` };
    },
  };
}

import { DeployError } from '../../core/errors.ts';
import { isLoopback } from '../../lib/loopback.ts';
import type { Host, HostInputs, HostIO, HostRelease, HostStatus, ReleaseRequest } from '../contract/host.ts';
import { whereTold } from '../contract/json-api.ts';
import { option } from '../contract/options.ts';
import { publicUrl } from '../contract/public-url.ts';
import { type AzureApi, azureApi } from './azure-api.ts';
import { follow, type GetScm, logsOf, publish } from './azure-deploy.ts';
import { azurePreview } from './azure-preview.ts';
import { commitOf, kudu } from './kudu.ts';
import { looksLikeProfile, type PublishProfile, readProfile } from './publish-profile.ts';

/** With a publish profile the site's own service is reached, and nothing else of Azure. */
function withProfile(profile: PublishProfile, inputs: HostInputs): Host {
  const { hostname } = new URL(`https://${profile.scm}`);
  const own = `${isLoopback(hostname) ? 'http' : 'https'}://${profile.scm}`;
  const root = option(inputs.options, 'api-url')?.replace(/\/$/, '') ?? own;
  const basic = Buffer.from(`${profile.user}:${profile.password}`).toString('base64');
  const scm: GetScm = async () => ({ root, authorization: `Basic ${basic}` });
  return {
    async check(io) {
      await kudu(await scm(io)).deployments(io);
      return [];
    },
    async trigger(request, io) {
      if (Object.keys(request.variables).length > 0)
        throw new DeployError(
          'INVALID_INPUTS',
          'host-env needs more than a publish profile, which sets no app settings.',
          {
            hint: 'Leave host-env out, or set service and client-id instead of the profile.',
          },
        );
      return publish(scm, request, io);
    },
    status: (release, io) => follow(scm, release, io),
    logs: logsOf(scm),
    url: async () => profile.url,
  };
}

/** Follows a release through the slot into production; it is live when production has it. */
async function followSwap(
  api: AzureApi,
  scms: { slot: GetScm; production: GetScm },
  slotId: string,
  release: HostRelease,
  io: HostIO,
): Promise<HostStatus> {
  // The history of deployments goes with the content when slots are swapped.
  const inProduction = await kudu(await scms.production(io)).deployments(io);
  const there = inProduction.find(({ id }) => id === release.id);
  if (there?.active) return { phase: 'live', commit: commitOf(there) ?? release.sha, id: there.id };
  if (there) {
    const active = inProduction.find((one) => one.active);
    return { phase: 'superseded', ...(active ? { by: commitOf(active) ?? active.id } : {}), id: there.id };
  }
  const inSlot = await follow(scms.slot, release, io);
  if (inSlot.phase !== 'live') return inSlot;
  await api.swap(slotId, io);
  return { phase: 'running', state: 'Swapping', ...(inSlot.id ? { id: inSlot.id } : {}) };
}

function withApi(inputs: HostInputs): Host {
  const siteId = inputs.service ?? '';
  const api = azureApi(inputs);
  const slot = option(inputs.options, 'slot');
  const swaps = option(inputs.options, 'swap') === 'true';
  const targetId = slot === undefined ? siteId : `${siteId}/slots/${slot}`;
  const publicId = swaps ? siteId : targetId;
  const scm: GetScm = async (io) => api.scm(await api.site(targetId, io), io);
  const production: GetScm = async (io) => api.scm(await api.site(siteId, io), io);
  const following: Required<Pick<Host, 'status' | 'logs' | 'url'>> = {
    status: (release, io) =>
      swaps ? followSwap(api, { slot: scm, production }, targetId, release, io) : follow(scm, release, io),
    logs: logsOf(scm),
    url: async (io) => publicUrl((await api.site(publicId, io)).properties.defaultHostName),
  };
  return {
    ...following,
    async check(io) {
      const warnings: string[] = [];
      const { state } = (await api.site(targetId, io)).properties;
      if (state === 'Stopped') warnings.push('the app is stopped at Azure; start it first');
      const repository = await whereTold(api.source(targetId, io));
      if (repository)
        warnings.push(
          `Azure also deploys ${repository} by itself on every push, so each push deploys twice. Disconnect it in the Deployment Center.`,
        );
      const settings = await whereTold(api.settings(targetId, io));
      if (settings && !/^(true|1)$/i.test(settings.SCM_DO_BUILD_DURING_DEPLOYMENT ?? ''))
        warnings.push(
          'the app does not install requirements.txt of what is deployed; set the app setting SCM_DO_BUILD_DURING_DEPLOYMENT to true',
        );
      return warnings;
    },
    async trigger(request, io) {
      if (Object.keys(request.variables).length > 0) await api.addSettings(targetId, request.variables, io);
      return publish(scm, request, io);
    },
    preview: (pullRequest) => azurePreview(api, siteId, pullRequest),
    ...(swaps
      ? {
          rollback: (to) => ({
            ...following,
            async trigger(_request: ReleaseRequest, io: HostIO) {
              const startedAt = io.now();
              const before = (await kudu(await scm(io)).deployments(io)).find((one) => one.active);
              const sha = before && commitOf(before);
              if (!before || (to && before.id !== to.id && !(to.sha !== undefined && sha?.startsWith(to.sha))))
                throw new DeployError('HOST_REFUSED', `The slot ${slot} does not hold the release to go back to.`, {
                  hint: 'A swap goes back by one release only. Deploy the older commit again, for example by a revert.',
                });
              await api.swap(targetId, io);
              return { id: before.id, startedAt, sha: sha ?? '' };
            },
          }),
        }
      : {}),
  };
}

export function createAzureAppService(inputs: HostInputs): Host {
  const token = inputs.token?.reveal() ?? '';
  const profile = looksLikeProfile(token) ? readProfile(token) : undefined;
  return profile ? withProfile(profile, inputs) : withApi(inputs);
}

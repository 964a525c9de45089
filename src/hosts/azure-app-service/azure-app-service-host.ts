import { DeployError } from '../../core/errors.ts';
import { isLoopback } from '../../lib/loopback.ts';
import type { Host, HostInputs, HostIO, HostRelease, HostStatus, Preview, ReleaseRequest } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { type AzureApi, azureApi } from './azure-api.ts';
import { findOurs, statusOf } from './azure-status.ts';
import { commitOf, kudu, type Scm } from './kudu.ts';
import { looksLikeProfile, type PublishProfile, readProfile } from './publish-profile.ts';

type GetScm = (io: HostIO) => Promise<Scm>;

async function publish(scm: GetScm, request: ReleaseRequest, io: HostIO): Promise<HostRelease> {
  if (!request.artifact)
    throw new DeployError('INVALID_INPUTS', 'App Service deploys the artifact, and this run made none.', {
      hint: 'Leave "artifact: false" out.',
    });
  const startedAt = io.now();
  const id = await kudu(await scm(io)).publish(request.artifact.path, request.sha, io);
  return { startedAt, sha: request.sha, ...(id ? { id } : {}) };
}

/** Follows a deployment of one site, by its id or, where nobody told it, by commit and time. */
async function follow(scm: GetScm, release: HostRelease, io: HostIO): Promise<HostStatus> {
  const at = await scm(io);
  const site = kudu(at);
  const needsAll = release.id === undefined;
  let all = needsAll ? await site.deployments(io) : [];
  const ours = release.id === undefined ? findOurs(release, all) : await site.deployment(release.id, io);
  if (!ours) return { phase: 'queued' };
  const isSuperseded = ours.status === 4 && !ours.active;
  if (isSuperseded && !needsAll) all = await site.deployments(io);
  return { ...statusOf(release, ours, all), id: ours.id, logUrl: `${at.root}/newui/deployments` };
}

const logsOf = (scm: GetScm) =>
  async function* (release: HostRelease, io: HostIO): AsyncIterable<string> {
    if (release.id) yield* kudu(await scm(io)).log(release.id, io);
  };

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

const hostUrl = (name: string | null | undefined): string | undefined => (name ? `https://${name}` : undefined);

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

function createPreview(api: AzureApi, siteId: string, pullRequest: number): Preview {
  const name = `pr-${pullRequest}`;
  const slotId = `${siteId}/slots/${name}`;
  const scm: GetScm = async (io) => api.scm(await api.site(slotId, io), io);
  return {
    async check(io) {
      await api.site(siteId, io);
      return [];
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
    url: async (io) => hostUrl((await api.slot(slotId, io))?.properties.defaultHostName),
    async destroy(_request, io) {
      if (!(await api.slot(slotId, io))) return { outcome: 'gone', said: `App Service has no slot ${name} any more` };
      await api.remove(slotId, io);
      return { outcome: 'removed', said: `App Service deletes the slot ${name}` };
    },
  };
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
    url: async (io) => hostUrl((await api.site(publicId, io)).properties.defaultHostName),
  };
  return {
    ...following,
    async check(io) {
      const warnings: string[] = [];
      const { state } = (await api.site(targetId, io)).properties;
      if (state === 'Stopped') warnings.push('the app is stopped at Azure; start it first');
      const repository = await api.source(targetId, io);
      if (repository)
        warnings.push(
          `Azure also deploys ${repository} by itself on every push, so each push deploys twice. Disconnect it in the Deployment Center.`,
        );
      const settings = await api.settings(targetId, io);
      if (!/^(true|1)$/i.test(settings.SCM_DO_BUILD_DURING_DEPLOYMENT ?? ''))
        warnings.push(
          'the app does not install requirements.txt of what is deployed; set the app setting SCM_DO_BUILD_DURING_DEPLOYMENT to true',
        );
      return warnings;
    },
    async trigger(request, io) {
      if (Object.keys(request.variables).length > 0) await api.addSettings(targetId, request.variables, io);
      return publish(scm, request, io);
    },
    preview: (pullRequest) => createPreview(api, siteId, pullRequest),
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

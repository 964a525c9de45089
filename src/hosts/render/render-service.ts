import type { Host, HostIO, HostRelease } from '../contract/host.ts';
import { publicUrl } from '../contract/public-url.ts';
import type { Deploy, RenderApi, Service } from './render-api.ts';
import { setVariables } from './render-env.ts';
import type { Source } from './render-source.ts';
import { statusOf } from './render-status.ts';

/** What every service of Render can do, be it production's or a preview. */
export type ServiceHost = Required<Pick<Host, 'trigger' | 'status' | 'url' | 'urls' | 'logs' | 'cancel'>>;

/** The address at onrender.com, unless it is switched off. */
const addressOf = (service: Service | undefined): string | undefined =>
  service?.serviceDetails?.renderSubdomainPolicy === 'disabled'
    ? undefined
    : (service?.serviceDetails?.url ?? undefined);

export function serviceHost(api: RenderApi, service: string, source: Source): ServiceHost {
  /** The deploy that an answer without an id started: the newest of this commit since then. */
  async function find(release: HostRelease, io: HostIO): Promise<Deploy | undefined> {
    // Two minutes back, because Render's clock and ours differ.
    const createdAfter = new Date(release.startedAt - 120_000).toISOString();
    const deploys = await api.deploys(
      service,
      [
        ['createdAfter', createdAfter],
        ['limit', '20'],
      ],
      io,
    );
    return deploys.find((deploy) => source.made(deploy, release.sha));
  }

  return {
    async trigger(request, io) {
      await setVariables(api, service, request.variables, io);
      const startedAt = io.now();
      const deploy = await api.start(service, source.body(request.sha), io);
      return { startedAt, sha: request.sha, ...(deploy?.id ? { id: deploy.id } : {}) };
    },
    async status(release, io) {
      const deploy = release.id ? await api.deploy(service, release.id, io) : await find(release, io);
      if (!deploy) return { phase: 'queued' };
      const logUrl = { logUrl: `https://dashboard.render.com/web/${service}/deploys/${deploy.id}` };
      return { ...(await statusOf(api, service, deploy, io)), id: deploy.id, ...logUrl };
    },
    async url(io) {
      const found = await api.service(service, io);
      const isOff = found?.serviceDetails?.renderSubdomainPolicy === 'disabled';
      const [domain] = isOff ? await api.domains(service, io) : [];
      return publicUrl(domain) ?? addressOf(found);
    },
    async urls(io) {
      const own = addressOf(await api.service(service, io));
      const domains = await api.domains(service, io);
      return [...(own ? [own] : []), ...domains.flatMap((domain) => publicUrl(domain) ?? [])];
    },
    async *logs(release, io) {
      const owner = (await api.service(service, io))?.ownerId;
      if (owner) yield* await api.log(owner, service, release.startedAt, io);
    },
    async cancel(release, io) {
      if (release.id) await api.cancel(service, release.id, io);
    },
  };
}

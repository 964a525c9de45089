import type { Host, HostIO, HostRelease } from '../contract/host.ts';
import { publicUrl } from '../contract/public-url.ts';
import { type Followed, statusOf } from './digitalocean-status.ts';

/** What every app can do, be it production's or a preview. */
export function appHost(followed: Followed) {
  const { api, app } = followed;
  return {
    status: (release: HostRelease, io: HostIO) => statusOf(followed, release, io),
    async url(io: HostIO) {
      const { live_url: url, default_ingress: ingress } = await api.app(app, io);
      return url || ingress || undefined;
    },
    async urls(io: HostIO) {
      const { spec, live_url: url, default_ingress: ingress } = await api.app(app, io);
      const domains = (spec.domains ?? []).map(({ domain }) => publicUrl(domain));
      return [url, ingress, ...domains].flatMap((address) => address || []);
    },
    async *logs({ id }: HostRelease, io: HostIO) {
      if (id === undefined) return;
      for (const type of ['BUILD', 'DEPLOY', 'RUN'] as const) yield* await api.log(app, id, type, io);
    },
    async cancel({ id }: HostRelease, io: HostIO) {
      if (id !== undefined) await api.cancel(app, id, io);
    },
  } satisfies Partial<Host>;
}

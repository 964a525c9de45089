import type { Host, HostIO, HostRelease, ReleaseRequest } from '../contract/host.ts';
import { publicUrl } from '../contract/public-url.ts';
import type { HerokuApi } from './heroku-api.ts';
import { findBuild, statusOf } from './heroku-status.ts';

/** What every app can do, be it production's or a review app. */
export function appHost(api: HerokuApi, app: string) {
  return {
    async trigger(request: ReleaseRequest, io: HostIO): Promise<HostRelease> {
      const startedAt = io.now();
      const { sha, variables } = request;
      const source = await api.upload(request, io);
      if (Object.keys(variables).length > 0) await api.setVariables(app, variables, io);
      const build = await api.startBuild(app, source, io);
      return { startedAt, sha, ...(build?.id ? { id: build.id } : {}) };
    },
    status: (release: HostRelease, io: HostIO) => statusOf(api, app, release, io),
    async url(io: HostIO) {
      const { web_url: url } = await api.app(app, io);
      // Older apps are told with http:, and answer to both.
      return publicUrl(url?.replace(/^http:\/\//, ''));
    },
    async urls(io: HostIO) {
      const domains = await api.domains(app, io);
      return domains.flatMap(({ hostname }) => publicUrl(hostname) ?? []);
    },
    async *logs(release: HostRelease, io: HostIO) {
      const build = await findBuild(api, app, release, io);
      if (build?.output_stream_url) yield* await api.output(build.output_stream_url, io);
      const made = build?.release && (await api.release(app, build.release.id, io));
      if (made?.output_stream_url) yield* await api.output(made.output_stream_url, io);
    },
    async cancel({ id }: HostRelease, io: HostIO) {
      if (id !== undefined) await api.cancelBuild(app, id, io);
    },
  } satisfies Host;
}

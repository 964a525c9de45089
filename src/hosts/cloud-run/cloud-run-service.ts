import { type Host, HostAnswerError } from '../contract/host.ts';
import type { CloudRunApi, Revision, Service } from './cloud-run-api.ts';
import { statusOf } from './cloud-run-status.ts';

const isGone = (error: unknown): boolean => error instanceof HostAnswerError && error.status === 404;

export async function orGone<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** What is the same for every service, be it production's or a preview. */
export function following(api: CloudRunApi, name: string): Required<Pick<Host, 'status' | 'url' | 'logs'>> {
  const [, project = '', , location = '', , service = ''] = name.split('/');
  return {
    async status(release, io) {
      const found: Service | undefined = await orGone(api.get(name, io));
      if (!found) return { phase: 'cancelled', reason: 'the service was deleted, which cancelled its deploy' };
      const revision: Revision | undefined = release.id ? await orGone(api.revision(name, release.id, io)) : undefined;
      const page = `https://console.cloud.google.com/run/detail/${location}/${service}/revisions?project=${project}`;
      const status = statusOf(release, found, revision);
      return { ...status, ...(release.id ? { id: release.id } : {}), logUrl: revision?.logUri ?? page };
    },
    url: async (io) => (await api.get(name, io)).uri ?? undefined,
    async *logs(release, io) {
      if (!release.id) return;
      const since = new Date(release.startedAt).toISOString();
      const filter = `resource.type="cloud_run_revision" AND resource.labels.service_name="${service}" AND resource.labels.revision_name="${release.id}" AND timestamp>="${since}"`;
      yield* await api.log(project, filter, io);
    },
  };
}

import { DeployError } from '../../core/errors.ts';
import type { HostIO, Preview } from '../contract/host.ts';
import { whereThere } from '../contract/json-api.ts';
import type { HerokuApi, ReviewApp } from './heroku-api.ts';
import { appHost } from './heroku-app.ts';

const going = ['deleting', 'deleted'];

/** The review app of a pull request, in the pipeline; its add-ons, also the database, are its own, as app.json says. */
export function herokuPreview(api: HerokuApi, pipeline: string, pullRequest: number): Preview {
  const find = async (io: HostIO): Promise<ReviewApp | undefined> =>
    (await api.reviewApps(pipeline, io)).find(
      ({ pr_number: number, status }) => number === pullRequest && !going.includes(status),
    );

  async function findHost(io: HostIO) {
    const app = (await find(io))?.app?.id;
    return app === undefined ? undefined : appHost(api, app);
  }

  return {
    async check(io) {
      await api.reviewApps(pipeline, io);
      return [];
    },
    async trigger(request, io) {
      const startedAt = io.now();
      const { sha, branch, variables } = request;
      const found = await find(io);
      if (found?.app && found.status === 'created') return appHost(api, found.app.id).trigger(request, io);
      if (branch === undefined) {
        throw new DeployError('INVALID_INPUTS', 'A review app at Heroku has a branch, and this run has none.', {
          hint: 'Run it on pull_request events.',
        });
      }
      // One whose set-up failed takes no build.
      if (found?.status === 'errored') await whereThere(api.removeReviewApp(found.id, io));
      const { url, version } = await api.upload(request, io);
      const environment = Object.keys(variables).length > 0 ? { environment: variables } : {};
      const body = { branch, pipeline, source_blob: { url, version }, pr_number: pullRequest, ...environment };
      await api.createReviewApp(body, io);
      return { startedAt, sha };
    },
    async status(release, io) {
      const found = await find(io);
      if (!found) {
        if (release.id === undefined) return { phase: 'queued' };
        return { phase: 'cancelled', reason: 'its review app is gone, as when the pull request is closed' };
      }
      if (found.status === 'errored') {
        const complaint = [found.message, found.error_status].find(Boolean);
        return { phase: 'failed', reason: `the set-up of the review app failed${complaint ? `: ${complaint}` : ''}` };
      }
      if (found.status !== 'created' || !found.app) return { phase: 'running', state: `${found.status} (review app)` };
      return appHost(api, found.app.id).status(release, io);
    },
    url: async (io) => (await findHost(io))?.url(io),
    async *logs(release, io) {
      const host = await findHost(io);
      if (host) yield* host.logs(release, io);
    },
    async cancel(release, io) {
      await (await findHost(io))?.cancel(release, io);
    },
    async destroy(_request, io) {
      const found = await find(io);
      const removed = found && (await whereThere(api.removeReviewApp(found.id, io).then(() => true)));
      return removed
        ? {
            outcome: 'removed',
            message: `Heroku deletes the review app of pull request #${pullRequest} with its add-ons`,
          }
        : { outcome: 'gone', message: `Heroku has no review app of pull request #${pullRequest} any more` };
    },
  };
}

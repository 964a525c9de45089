import { pastTarget } from '../contract/history.ts';
import type { Host, HostInputs, HostIO, HostRelease, RollbackTarget } from '../contract/host.ts';
import { whereTold } from '../contract/json-api.ts';
import { option } from '../contract/options.ts';
import { type HerokuApi, herokuApi } from './heroku-api.ts';
import { appHost } from './heroku-app.ts';
import { herokuPreview } from './heroku-preview.ts';
import { whereRelease } from './heroku-status.ts';

/** https://devcenter.heroku.com/articles/limits#slug-size */
const largestSlug = 500 * 1024 * 1024;

const rollbackHint = 'Deploy the older commit again, for example by a revert of what came after.';

/** Releases with the commits of their slugs, each slug asked for once. */
async function history(api: HerokuApi, app: string, io: HostIO) {
  const releases = await api.releases(app, io);
  const commits = new Map<string, Promise<string | undefined>>();
  const commitOf = (slug: string) => {
    const known = commits.get(slug) ?? api.slugCommit(app, slug, io);
    commits.set(slug, known);
    return known;
  };
  const withSlug = releases.filter(({ slug, status }) => slug && status === 'succeeded');
  return Promise.all(
    withSlug.map(async ({ id, current, created_at: createdAt, slug }) => ({
      id,
      createdAt,
      isLive: current ?? false,
      wasLive: true,
      commit: slug ? await commitOf(slug.id) : undefined,
    })),
  );
}

async function rollBack(api: HerokuApi, app: string, to: RollbackTarget | undefined, io: HostIO): Promise<HostRelease> {
  const startedAt = io.now();
  const target = pastTarget(await history(api, app, io), to, 'Heroku', rollbackHint);
  const sha = target.commit ?? '';
  if (target.isLive) return { startedAt, sha, id: target.id };
  const made = await api.rollBack(app, target.id, io);
  return { startedAt, sha, ...(made?.id ? { id: made.id } : {}) };
}

/** A rollback makes a release without a build, and runs the release phase again. */
function rollbackHost(
  api: HerokuApi,
  app: string,
  following: ReturnType<typeof appHost>,
  to: RollbackTarget | undefined,
): Host {
  return {
    trigger: (_request, io) => rollBack(api, app, to, io),
    async status({ id, sha }, io) {
      const known = id ?? (await history(api, app, io)).find(({ isLive, commit }) => isLive && commit === sha)?.id;
      if (known === undefined) return { phase: 'queued' };
      return { ...(await whereRelease(api, app, known, sha || undefined, io)), id: known };
    },
    url: following.url,
    async *logs({ id }, io) {
      const release = id === undefined ? undefined : await api.release(app, id, io);
      if (release?.output_stream_url) yield* await api.output(release.output_stream_url, io);
    },
  };
}

export function createHeroku(inputs: HostInputs): Host {
  const api = herokuApi(inputs);
  const app = inputs.service ?? '';
  const pipeline = option(inputs.options, 'pipeline');
  const following = appHost(api, app);
  return {
    ...following,
    async check(io) {
      const { maintenance, slug_size: size } = await api.app(app, io);
      const web = (await whereTold(api.formation(app, io)))?.find(({ type }) => type === 'web');
      const warnings: string[] = [];
      if (maintenance)
        warnings.push(`the Heroku app ${app} is in maintenance mode; run "heroku maintenance:off -a ${app}"`);
      if (web?.quantity === 0)
        warnings.push(`the Heroku app ${app} runs no web dyno; run "heroku ps:scale web=1 -a ${app}"`);
      if (size && size > 0.9 * largestSlug) {
        const megabytes = Math.round(size / 1024 / 1024);
        warnings.push(
          `the slug of the Heroku app ${app} has ${megabytes} MB of 500; name what it does not need in .slugignore`,
        );
      }
      return warnings;
    },
    rollback: (to) => rollbackHost(api, app, following, to),
    ...(pipeline === undefined ? {} : { preview: (pullRequest: number) => herokuPreview(api, pipeline, pullRequest) }),
  };
}

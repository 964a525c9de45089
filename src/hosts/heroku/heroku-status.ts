import { findOurs } from '../contract/history.ts';
import type { HostIO, HostRelease, HostStatus } from '../contract/host.ts';
import { whereKnown, whereTold } from '../contract/json-api.ts';
import type { Build, HerokuApi, Release } from './heroku-api.ts';

const commitIn = (version: string | null | undefined): string | undefined =>
  /^[0-9a-f]{40}$/.test(version ?? '') ? (version ?? undefined) : undefined;

const cancelWords = ['canceled', 'cancelled'];

/** What the output says last after an exclamation mark, which Heroku puts before errors. */
async function lastComplaint(api: HerokuApi, url: string | null | undefined, io: HostIO): Promise<string | undefined> {
  if (!url) return undefined;
  const lines = (await whereTold(api.output(url, io))) ?? [];
  const complaints = lines.flatMap((line) => /^(?:remote:)?\s*!\s+(\S.*)$/.exec(line)?.[1] ?? []);
  return complaints.at(-1)?.trim();
}

/** What a release runs: its slug, or of an app of the Fir generation its image. */
const codeOf = ({ slug, artifacts }: Release): string | undefined =>
  slug?.id ?? artifacts?.find(({ type }) => type !== 'slug')?.id;

/** The release that answers now: the one that says so, or else the newest that succeeded. */
const currentOf = (releases: readonly Release[]): Release | undefined =>
  releases.find(({ current }) => current) ?? releases.find(({ status }) => status === 'succeeded');

/** A release that succeeded: live, or replaced. One that only changed variables runs the same code. */
async function whereReleased(
  api: HerokuApi,
  app: string,
  release: Release,
  commit: string | undefined,
  io: HostIO,
): Promise<HostStatus> {
  const live: HostStatus = { phase: 'live', ...(commit ? { commit } : {}) };
  if (release.current) return live;
  const current = currentOf((await whereKnown(api.releases(app, io))) ?? []);
  if (!current || current.id === release.id) return live;
  const code = codeOf(current);
  if (code !== undefined && code === codeOf(release)) return live;
  const by = current.slug ? await whereKnown(api.slugCommit(app, current.slug.id, io)) : undefined;
  return { phase: 'superseded', by: by ?? current.id };
}

/** Where a release is: after the build Heroku runs the release phase, and only then the app is another. */
export async function whereRelease(
  api: HerokuApi,
  app: string,
  id: string,
  commit: string | undefined,
  io: HostIO,
): Promise<HostStatus> {
  const release = await api.release(app, id, io);
  const { status, output_stream_url: output } = release;
  if (status === 'succeeded') return whereReleased(api, app, release, commit, io);
  if (status === 'failed') {
    const complaint = await lastComplaint(api, output, io);
    return { phase: 'failed', reason: `the release phase failed${complaint ? `: ${complaint}` : ''}` };
  }
  if (status === 'expired') return { phase: 'failed', reason: 'the release phase did not end in time' };
  return { phase: 'running', state: `${status} (release phase)` };
}

async function whereBuild(api: HerokuApi, app: string, build: Build, io: HostIO): Promise<HostStatus> {
  const { status, release, output_stream_url: output, source_blob: source } = build;
  if (status === 'succeeded' && release) return whereRelease(api, app, release.id, commitIn(source?.version), io);
  if (status === 'failed') {
    const complaint = await lastComplaint(api, output, io);
    if (/cancel?led/i.test(complaint ?? '')) return { phase: 'cancelled', reason: 'the build was cancelled at Heroku' };
    return { phase: 'failed', reason: `the build failed${complaint ? `: ${complaint}` : ''}` };
  }
  if (cancelWords.includes(status)) return { phase: 'cancelled', reason: 'the build was cancelled at Heroku' };
  return { phase: 'running', state: `${status} (build)` };
}

export async function findBuild(
  api: HerokuApi,
  app: string,
  release: HostRelease,
  io: HostIO,
): Promise<Build | undefined> {
  if (release.id !== undefined) return api.build(app, release.id, io);
  const builds = await api.builds(app, io);
  const past = builds.map((build) => ({
    id: build.id,
    commit: commitIn(build.source_blob?.version),
    createdAt: build.created_at,
    build,
  }));
  return findOurs(past, release)?.build;
}

/** Where the deploy of a build is. */
export async function statusOf(api: HerokuApi, app: string, release: HostRelease, io: HostIO): Promise<HostStatus> {
  const build = await findBuild(api, app, release, io);
  if (!build) return { phase: 'queued' };
  const logUrl = `https://dashboard.heroku.com/apps/${app}/activity/builds/${build.id}`;
  return { ...(await whereBuild(api, app, build, io)), id: build.id, logUrl };
}

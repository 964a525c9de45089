import * as v from 'valibot';
import { DeployError } from '../../core/errors.ts';
import { ask } from '../contract/api.ts';
import type { HostInputs, HostIO, ReleaseRequest } from '../contract/host.ts';
import { jsonApi } from '../contract/json-api.ts';
import { apiUrl } from '../contract/options.ts';

/** https://devcenter.heroku.com/articles/platform-api-reference; the schemas hold only what is read. */
const reference = v.nullish(v.object({ id: v.string() }));
const buildSchema = v.object({
  id: v.string(),
  status: v.string(),
  created_at: v.nullish(v.string()),
  output_stream_url: v.nullish(v.string()),
  source_blob: v.nullish(v.object({ version: v.nullish(v.string()) })),
  release: reference,
  slug: reference,
});
export type Build = v.InferOutput<typeof buildSchema>;

const releaseSchema = v.object({
  id: v.string(),
  status: v.string(),
  version: v.nullish(v.number()),
  current: v.nullish(v.boolean()),
  created_at: v.nullish(v.string()),
  output_stream_url: v.nullish(v.string()),
  slug: reference,
  artifacts: v.nullish(v.array(v.object({ id: v.string(), type: v.nullish(v.string()) }))),
});
export type Release = v.InferOutput<typeof releaseSchema>;

const begunSchema = v.object({ id: v.nullish(v.string()) });
const appSchema = v.object({
  name: v.nullish(v.string()),
  web_url: v.nullish(v.string()),
  maintenance: v.nullish(v.boolean()),
  slug_size: v.nullish(v.number()),
});
const sourceSchema = v.object({ source_blob: v.object({ get_url: v.string(), put_url: v.string() }) });
const formationSchema = v.array(v.object({ type: v.string(), quantity: v.nullish(v.number()) }));
const slugSchema = v.object({ commit: v.nullish(v.string()) });
const reviewAppSchema = v.object({
  id: v.string(),
  status: v.string(),
  pr_number: v.nullish(v.number()),
  message: v.nullish(v.string()),
  error_status: v.nullish(v.string()),
  app: reference,
});
export type ReviewApp = v.InferOutput<typeof reviewAppSchema>;

/** Where Heroku takes the source of a build from. */
export interface SourceBlob {
  readonly url: string;
  readonly version: string;
  readonly checksum: string;
}

/** An upload may take this long. */
const uploadTime = 10 * 60_000;

/** The requests that Heroku is asked, with the token of the inputs. */
export function herokuApi({ options, token }: HostInputs) {
  const root = apiUrl(options, 'https://api.heroku.com');
  const { json, need, send } = jsonApi(root.replace(/\/$/, ''), {
    accept: 'application/vnd.heroku+json; version=3',
    authorization: `Bearer ${token?.reveal()}`,
  });

  return {
    app: (app: string, io: HostIO) => need(io, { what: "Heroku's app", path: `/apps/${app}` }, appSchema),

    domains: (app: string, io: HostIO) =>
      need(
        io,
        { what: "Heroku's list of domains", path: `/apps/${app}/domains` },
        v.array(v.object({ hostname: v.nullish(v.string()) })),
      ),

    formation: (app: string, io: HostIO) =>
      need(io, { what: "Heroku's formation", path: `/apps/${app}/formation` }, formationSchema),

    /** Sets these variables and keeps all others; the app restarts with them. */
    setVariables: (app: string, variables: Readonly<Record<string, string>>, io: HostIO) =>
      send(io, { what: "Heroku's config vars", method: 'PATCH', path: `/apps/${app}/config-vars`, body: variables }),

    /** Gives Heroku the artifact of a release. The two addresses are signed: no credential goes to them, and no type. */
    async upload({ artifact, sha }: ReleaseRequest, io: HostIO): Promise<SourceBlob> {
      if (!artifact) {
        throw new DeployError('INVALID_INPUTS', 'Heroku builds from the artifact, and this run has none.', {
          hint: 'Let this step build the project, or set artifact to what "command: build" made.',
        });
      }
      const { source_blob: blob } = await need(
        io,
        { what: "Heroku's place for the source", method: 'POST', path: '/sources' },
        sourceSchema,
      );
      const body = [{ file: artifact.path }];
      await ask(io, "Heroku's upload", { method: 'PUT', url: blob.put_url, body, timeout: uploadTime });
      return { url: blob.get_url, version: sha, checksum: `SHA256:${artifact.sha256}` };
    },

    startBuild: (app: string, source: SourceBlob, io: HostIO) =>
      json(
        io,
        { what: "Heroku's build request", method: 'POST', path: `/apps/${app}/builds`, body: { source_blob: source } },
        begunSchema,
      ),

    build: (app: string, id: string, io: HostIO) =>
      need(io, { what: `Heroku's build ${id}`, path: `/apps/${app}/builds/${id}` }, buildSchema),

    /** Builds of an app, the newest first. */
    async builds(app: string, io: HostIO): Promise<Build[]> {
      const builds = await need(
        io,
        { what: "Heroku's list of builds", path: `/apps/${app}/builds` },
        v.array(buildSchema),
      );
      return builds.toSorted((a, b) => (b.created_at ?? '').localeCompare(a.created_at ?? ''));
    },

    cancelBuild: (app: string, id: string, io: HostIO) =>
      send(io, { what: "Heroku's cancel", method: 'DELETE', path: `/apps/${app}/builds/${id}` }),

    release: (app: string, id: string, io: HostIO) =>
      need(io, { what: `Heroku's release ${id}`, path: `/apps/${app}/releases/${id}` }, releaseSchema),

    /** Releases of an app, the newest first. */
    async releases(app: string, io: HostIO): Promise<Release[]> {
      const headers = { range: 'version ..; max=100, order=desc' };
      const call = { what: "Heroku's list of releases", path: `/apps/${app}/releases`, headers };
      const releases = await need(io, call, v.array(releaseSchema));
      return releases.toSorted((a, b) => (b.version ?? 0) - (a.version ?? 0));
    },

    rollBack: (app: string, release: string, io: HostIO) =>
      json(
        io,
        { what: "Heroku's rollback", method: 'POST', path: `/apps/${app}/releases`, body: { release } },
        begunSchema,
      ),

    slugCommit: async (app: string, slug: string, io: HostIO) =>
      (await need(io, { what: "Heroku's slug", path: `/apps/${app}/slugs/${slug}` }, slugSchema)).commit ?? undefined,

    reviewApps: (pipeline: string, io: HostIO) =>
      need(
        io,
        { what: "Heroku's list of review apps", path: `/pipelines/${pipeline}/review-apps` },
        v.array(reviewAppSchema),
      ),

    createReviewApp: (body: object, io: HostIO) =>
      send(io, { what: "Heroku's new review app", method: 'POST', path: '/review-apps', body }),

    removeReviewApp: (id: string, io: HostIO) =>
      send(io, { what: "Heroku's deletion of the review app", method: 'DELETE', path: `/review-apps/${id}` }),

    /** Lines of a build's or release's output; its address is signed, and never shown. */
    async output(url: string, io: HostIO): Promise<string[]> {
      const { body } = await ask(io, "Heroku's output", { method: 'GET', url });
      return new TextDecoder().decode(body).trimEnd().split(/\r?\n/);
    },
  };
}

export type HerokuApi = ReturnType<typeof herokuApi>;

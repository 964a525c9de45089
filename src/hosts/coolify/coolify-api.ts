import * as v from 'valibot';
import { checkAnswer } from '../contract/api.ts';
import type { HostInputs, HostIO } from '../contract/host.ts';
import { jsonApi } from '../contract/json-api.ts';
import { apiUrl } from '../contract/options.ts';

/** https://coolify.io/docs/api-reference; the schemas hold only what is read. */
const deploymentSchema = v.object({
  deployment_uuid: v.string(),
  status: v.string(),
  commit: v.nullish(v.string()),
  pull_request_id: v.nullish(v.number()),
  created_at: v.nullish(v.string()),
  /** A list of lines as JSON in text; only tokens with "read:sensitive" are told it. */
  logs: v.nullish(v.string()),
  /** Path of its page. */
  deployment_url: v.nullish(v.string()),
});
export type Deployment = v.InferOutput<typeof deploymentSchema>;

const applicationSchema = v.object({
  uuid: v.nullish(v.string()),
  /** One address or several, with commas between. */
  fqdn: v.nullish(v.string()),
  git_commit_sha: v.nullish(v.string()),
  preview_url_template: v.nullish(v.string()),
  settings: v.nullish(
    v.object({
      is_auto_deploy_enabled: v.nullish(v.boolean()),
      is_preview_deployments_enabled: v.nullish(v.boolean()),
    }),
  ),
});
export type Application = v.InferOutput<typeof applicationSchema>;

const begunSchema = v.object({
  deployments: v.nullish(
    v.array(
      v.object({
        message: v.nullish(v.string()),
        resource_uuid: v.nullish(v.string()),
        deployment_uuid: v.nullish(v.string()),
      }),
    ),
  ),
});
const imagesSchema = v.object({ images: v.nullish(v.array(v.object({ tag: v.string() }))) });
const listSchema = v.array(deploymentSchema);
/** The description says a list of applications; the API answers with a count and a list of deployments. */
const countedSchema = v.object({ deployments: v.unknown() });

/** The requests that Coolify is asked, with the token of the inputs. */
export function coolifyApi({ options, token }: HostInputs) {
  const root = apiUrl(options, 'https://app.coolify.io/api/v1');
  const { json, need, send } = jsonApi(root, { authorization: `Bearer ${token?.reveal()}` });

  return {
    /** The address of a page of Coolify, which the API names by its path. */
    pageOf: (path: string): string => new URL(path, root).href,

    application: (app: string, io: HostIO): Promise<Application> =>
      need(io, { what: "Coolify's application", path: `/applications/${app}` }, applicationSchema),

    /** Sets the commit that deploys of the application check out. */
    pin: (app: string, sha: string, io: HostIO) =>
      send(io, {
        what: "Coolify's application update",
        method: 'PATCH',
        path: `/applications/${app}`,
        body: { git_commit_sha: sha },
      }),

    /** Sets these variables and keeps all others. `$` in a value stays what it is. */
    setVariables: (app: string, variables: Readonly<Record<string, string>>, isPreview: boolean, io: HostIO) => {
      const shared = { is_preview: isPreview, is_literal: true, is_shown_once: true };
      const data = Object.entries(variables).map(([key, value]) => ({ key, value, ...shared }));
      const path = `/applications/${app}/envs/bulk`;
      return send(io, { what: "Coolify's variables", method: 'PATCH', path, body: { data } });
    },

    /** Deploys an application; `GET` was once allowed as well, and is no longer. */
    deploy: async (app: string, query: Readonly<Record<string, string>>, io: HostIO) => {
      const path = `/deploy?${new URLSearchParams({ uuid: app, ...query })}`;
      const begun = await json(io, { what: "Coolify's deploy request", method: 'POST', path }, begunSchema);
      const all = begun?.deployments ?? [];
      return all.find((one) => one.resource_uuid === app) ?? all[0];
    },

    deployment: (id: string, io: HostIO) =>
      need(io, { what: `Coolify's deployment ${id}`, path: `/deployments/${id}` }, deploymentSchema),

    /** Deployments of an application and of its previews, the newest first. */
    deployments: async (app: string, io: HostIO): Promise<Deployment[]> => {
      const path = `/deployments/applications/${app}?skip=0&take=50`;
      const what = "Coolify's list of deployments";
      const list = await need(io, { what, path }, v.unknown());
      const counted = v.safeParse(countedSchema, list);
      return checkAnswer(what, 200, counted.success ? counted.output.deployments : list, listSchema);
    },

    cancel: (id: string, io: HostIO) =>
      send(io, { what: "Coolify's cancel", method: 'POST', path: `/deployments/${id}/cancel` }),

    /** Commits whose images are still on the server. */
    rollbackCommits: async (app: string, io: HostIO): Promise<string[]> => {
      const call = { what: "Coolify's images for a rollback", path: `/applications/${app}/rollback-images` };
      return ((await need(io, call, imagesSchema)).images ?? []).map(({ tag }) => tag);
    },

    rollBack: (app: string, commit: string, io: HostIO) => {
      const call = { what: "Coolify's rollback", method: 'POST' as const, path: `/applications/${app}/rollback` };
      return json(io, { ...call, body: { commit } }, v.object({ deployment_uuid: v.nullish(v.string()) }));
    },

    removePreview: (app: string, pullRequest: number, io: HostIO) =>
      send(io, {
        what: "Coolify's deletion of the preview",
        method: 'DELETE',
        path: `/applications/${app}/previews/${pullRequest}`,
      }),
  };
}

export type CoolifyApi = ReturnType<typeof coolifyApi>;

import * as v from 'valibot';
import { ask } from '../contract/api.ts';
import type { HostInputs, HostIO } from '../contract/host.ts';
import { jsonApi, whereThere } from '../contract/json-api.ts';
import { apiUrl } from '../contract/options.ts';
import { type Spec, specSchema } from './digitalocean-spec.ts';

/** https://docs.digitalocean.com/reference/api/digitalocean/#tag/Apps; the schemas hold only what is read. */
const componentSchema = v.object({ name: v.nullish(v.string()), source_commit_hash: v.nullish(v.string()) });
const components = v.nullish(v.array(componentSchema));

export interface Step {
  readonly name?: string | null | undefined;
  readonly component_name?: string | null | undefined;
  readonly status?: string | null | undefined;
  readonly reason?:
    | { readonly code?: string | null | undefined; readonly message?: string | null | undefined }
    | null
    | undefined;
  readonly steps?: readonly Step[] | null | undefined;
}

const stepSchema: v.GenericSchema<Step> = v.object({
  name: v.nullish(v.string()),
  component_name: v.nullish(v.string()),
  status: v.nullish(v.string()),
  reason: v.nullish(v.object({ code: v.nullish(v.string()), message: v.nullish(v.string()) })),
  steps: v.nullish(v.array(v.lazy(() => stepSchema))),
});
const steps = v.nullish(v.array(stepSchema));

const deploymentSchema = v.object({
  id: v.string(),
  phase: v.string(),
  created_at: v.nullish(v.string()),
  phase_last_updated_at: v.nullish(v.string()),
  services: components,
  workers: components,
  jobs: components,
  static_sites: components,
  progress: v.nullish(v.object({ steps, summary_steps: steps })),
});
export type Deployment = v.InferOutput<typeof deploymentSchema>;

const begunSchema = v.object({ deployment: v.nullish(v.object({ id: v.nullish(v.string()) })) });
const named = v.nullish(v.object({ id: v.nullish(v.string()) }));
const appSchema = v.object({
  id: v.string(),
  spec: specSchema,
  live_url: v.nullish(v.string()),
  default_ingress: v.nullish(v.string()),
  pending_deployment: named,
  in_progress_deployment: named,
  pinned_deployment: named,
});
export type App = v.InferOutput<typeof appSchema>;

const validationSchema = v.object({
  valid: v.nullish(v.boolean()),
  error: v.nullish(v.object({ code: v.nullish(v.string()), message: v.nullish(v.string()) })),
});
const logsSchema = v.object({ historic_urls: v.nullish(v.array(v.string())) });

const appsPerPage = 200;

/** The requests that DigitalOcean is asked, with the token of the inputs. */
export function digitalOceanApi({ options, token }: HostInputs) {
  const root = apiUrl(options, 'https://api.digitalocean.com/v2');
  const { json, need, send } = jsonApi(root, { authorization: `Bearer ${token?.reveal()}` });
  const post = <S extends v.GenericSchema>(io: HostIO, what: string, path: string, body: object, schema: S) =>
    json(io, { what: `DigitalOcean's ${what}`, method: 'POST', path, body }, schema);
  const appOf = v.object({ app: appSchema });

  return {
    app: async (app: string, io: HostIO): Promise<App> =>
      (await need(io, { what: "DigitalOcean's app", path: `/apps/${app}` }, appOf)).app,

    async findApp(name: string, io: HostIO): Promise<App | undefined> {
      const page = v.object({ apps: v.nullish(v.array(appSchema)) });
      for (let number = 1; ; number++) {
        const path = `/apps?page=${number}&per_page=${appsPerPage}`;
        const { apps } = await need(io, { what: "DigitalOcean's list of apps", path }, page);
        const found = apps?.find(({ spec }) => spec.name === name);
        if (found || !apps || apps.length < appsPerPage) return found;
      }
    },

    createApp: async (spec: Spec, io: HostIO) => (await post(io, 'new app', '/apps', { spec }, appOf))?.app,

    /** Changes the spec, which deploys the newest commits: asking for a deployment as well would deploy twice. */
    async updateApp(app: string, spec: Spec, io: HostIO) {
      const body = { spec, update_all_source_versions: true };
      return (await json(io, { what: "DigitalOcean's app update", method: 'PUT', path: `/apps/${app}`, body }, appOf))
        ?.app;
    },

    removeApp: (app: string, io: HostIO) =>
      send(io, { what: "DigitalOcean's deletion of the app", method: 'DELETE', path: `/apps/${app}` }),

    deploy: async (app: string, io: HostIO) =>
      (await post(io, 'deploy request', `/apps/${app}/deployments`, { force_build: true }, begunSchema))?.deployment,

    async deployment(app: string, id: string, io: HostIO): Promise<Deployment> {
      const path = `/apps/${app}/deployments/${id}`;
      const schema = v.object({ deployment: deploymentSchema });
      return (await need(io, { what: `DigitalOcean's deployment ${id}`, path }, schema)).deployment;
    },

    /** Deployments of an app, the newest first. */
    async deployments(app: string, most: number, io: HostIO): Promise<Deployment[]> {
      const path = `/apps/${app}/deployments?page=1&per_page=${most}`;
      const schema = v.object({ deployments: v.nullish(v.array(deploymentSchema)) });
      return (await need(io, { what: "DigitalOcean's list of deployments", path }, schema)).deployments ?? [];
    },

    cancel: (app: string, id: string, io: HostIO) =>
      send(io, {
        what: "DigitalOcean's cancel",
        method: 'POST',
        path: `/apps/${app}/deployments/${id}/cancel`,
      }),

    validateRollback: (app: string, body: Rollback, io: HostIO) =>
      post(io, 'check of the rollback', `/apps/${app}/rollback/validate`, body, validationSchema),

    rollBack: async (app: string, body: Rollback, io: HostIO) =>
      (await post(io, 'rollback', `/apps/${app}/rollback`, body, begunSchema))?.deployment,

    /** Lines of the log of that kind; the addresses of the parts are signed, and never shown. */
    async log(app: string, id: string, type: 'BUILD' | 'DEPLOY' | 'RUN', io: HostIO): Promise<string[]> {
      const path = `/apps/${app}/deployments/${id}/logs?type=${type}`;
      const logs = await whereThere(json(io, { what: "DigitalOcean's log", path }, logsSchema));
      const lines: string[] = [];
      for (const url of logs?.historic_urls ?? []) {
        const { body } = await ask(io, 'a part of DigitalOcean’s log', { method: 'GET', url });
        lines.push(...new TextDecoder().decode(body).trimEnd().split(/\r?\n/));
      }
      return lines;
    },
  };
}

interface Rollback {
  readonly deployment_id: string;
  readonly skip_pin: boolean;
}

export type DigitalOceanApi = ReturnType<typeof digitalOceanApi>;

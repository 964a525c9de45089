import * as v from 'valibot';
import type { HostInputs, HostIO } from '../contract/host.ts';
import { jsonApi } from '../contract/json-api.ts';
import { apiUrl } from '../contract/options.ts';

/** https://www.koyeb.com/docs/reference/api; the schemas hold only what is read. */
const variableSchema = v.looseObject({
  key: v.string(),
  value: v.nullish(v.string()),
  secret: v.nullish(v.string()),
});

/** A whole definition is sent back where one of its parts changes, so that unknown fields are kept. */
const definitionSchema = v.looseObject({
  name: v.nullish(v.string()),
  env: v.nullish(v.array(variableSchema)),
  git: v.nullish(
    v.looseObject({
      repository: v.nullish(v.string()),
      branch: v.nullish(v.string()),
      sha: v.nullish(v.string()),
      no_deploy_on_push: v.nullish(v.boolean()),
    }),
  ),
});
export type Definition = v.InferOutput<typeof definitionSchema>;

const stageSchema = v.object({
  name: v.nullish(v.string()),
  status: v.nullish(v.string()),
  messages: v.nullish(v.array(v.string())),
});
const deploymentSchema = v.object({
  id: v.string(),
  status: v.string(),
  created_at: v.nullish(v.string()),
  succeeded_at: v.nullish(v.string()),
  messages: v.nullish(v.array(v.string())),
  provisioning_info: v.nullish(v.object({ sha: v.nullish(v.string()), stages: v.nullish(v.array(stageSchema)) })),
  definition: v.nullish(definitionSchema),
});
export type Deployment = v.InferOutput<typeof deploymentSchema>;

const serviceSchema = v.object({
  id: v.string(),
  name: v.nullish(v.string()),
  app_id: v.nullish(v.string()),
  status: v.nullish(v.string()),
  latest_deployment_id: v.nullish(v.string()),
});
export type Service = v.InferOutput<typeof serviceSchema>;

const appSchema = v.object({
  id: v.string(),
  name: v.nullish(v.string()),
  domains: v.nullish(
    v.array(v.object({ name: v.nullish(v.string()), type: v.nullish(v.string()), status: v.nullish(v.string()) })),
  ),
});
export type App = v.InferOutput<typeof appSchema>;

const begunSchema = v.object({ deployment: v.nullish(v.object({ id: v.nullish(v.string()) })) });
const logsSchema = v.object({ data: v.nullish(v.array(v.object({ msg: v.nullish(v.string()) }))) });
const serviceOf = v.object({ service: serviceSchema });

/** The requests that Koyeb is asked, with the token of the inputs. */
export function koyebApi({ options, token }: HostInputs) {
  const root = apiUrl(options, 'https://app.koyeb.com/v1');
  const { json, need, send } = jsonApi(root, { authorization: `Bearer ${token?.reveal()}` });

  return {
    service: async (service: string, io: HostIO): Promise<Service> =>
      (await need(io, { what: "Koyeb's service", path: `/services/${service}` }, serviceOf)).service,

    services: async (app: string, io: HostIO): Promise<Service[]> => {
      const path = `/services?app_id=${app}&limit=100`;
      const schema = v.object({ services: v.nullish(v.array(serviceSchema)) });
      return (await need(io, { what: "Koyeb's list of services", path }, schema)).services ?? [];
    },

    createService: async (body: object, io: HostIO) =>
      (await json(io, { what: "Koyeb's new service", method: 'POST', path: '/services', body }, serviceOf))?.service,

    /** Sets the whole definition, and deploys it. */
    updateService: async (service: string, definition: Definition, io: HostIO) => {
      const call = { what: "Koyeb's service update", method: 'PATCH' as const, path: `/services/${service}` };
      return (await json(io, { ...call, body: { definition } }, serviceOf))?.service;
    },

    redeploy: async (service: string, body: object, io: HostIO) => {
      const call = { what: "Koyeb's deploy request", method: 'POST' as const, path: `/services/${service}/redeploy` };
      return (await json(io, { ...call, body }, begunSchema))?.deployment;
    },

    deployment: async (id: string, io: HostIO): Promise<Deployment> => {
      const schema = v.object({ deployment: deploymentSchema });
      return (await need(io, { what: `Koyeb's deployment ${id}`, path: `/deployments/${id}` }, schema)).deployment;
    },

    /** Deployments of a service, the newest first. */
    deployments: async (service: string, io: HostIO): Promise<Deployment[]> => {
      const path = `/deployments?service_id=${service}&limit=100`;
      const schema = v.object({ deployments: v.nullish(v.array(deploymentSchema)) });
      return (await need(io, { what: "Koyeb's list of deployments", path }, schema)).deployments ?? [];
    },

    cancel: (id: string, io: HostIO) =>
      send(io, { what: "Koyeb's cancel", method: 'POST', path: `/deployments/${id}/cancel` }),

    app: async (app: string, io: HostIO): Promise<App> =>
      (await need(io, { what: "Koyeb's app", path: `/apps/${app}` }, v.object({ app: appSchema }))).app,

    findApp: async (name: string, io: HostIO): Promise<App | undefined> => {
      const path = `/apps?name=${encodeURIComponent(name)}&limit=100`;
      const schema = v.object({ apps: v.nullish(v.array(appSchema)) });
      const { apps } = await need(io, { what: "Koyeb's list of apps", path }, schema);
      // The filter may be a search.
      return apps?.find((app) => app.name === name);
    },

    createApp: async (name: string, io: HostIO): Promise<App> => {
      const body = { name, life_cycle: { delete_when_empty: true } };
      const call = { what: "Koyeb's new app", method: 'POST' as const, path: '/apps', body };
      return (await need(io, call, v.object({ app: appSchema }))).app;
    },

    removeApp: (app: string, io: HostIO) =>
      send(io, { what: "Koyeb's deletion of the app", method: 'DELETE', path: `/apps/${app}` }),

    /** Lines of the log of a deployment since then, the oldest first. Where nobody says since when, Koyeb gives 15 minutes. */
    log: async (deployment: string, type: 'build' | 'runtime', since: number, io: HostIO): Promise<string[]> => {
      const start = encodeURIComponent(new Date(since).toISOString());
      const path = `/streams/logs/query?type=${type}&deployment_id=${deployment}&start=${start}&order=desc&limit=100`;
      const { data } = await need(io, { what: "Koyeb's log", path }, logsSchema);
      return (data ?? []).flatMap(({ msg }) => msg ?? []).toReversed();
    },
  };
}

export type KoyebApi = ReturnType<typeof koyebApi>;

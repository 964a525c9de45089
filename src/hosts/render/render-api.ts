import * as v from 'valibot';
import { ask, askJson } from '../contract/api.ts';
import type { HostInputs, HostIO } from '../contract/host.ts';
import { apiUrl } from '../contract/options.ts';

/** https://api-docs.render.com; the schemas hold only what is read. */
const deploySchema = v.object({
  id: v.string(),
  status: v.nullish(v.string()),
  trigger: v.nullish(v.string()),
  commit: v.nullish(v.object({ id: v.nullish(v.string()) })),
  /** Of services that run an image instead of building from git. */
  image: v.nullish(v.object({ ref: v.nullish(v.string()) })),
  createdAt: v.nullish(v.string()),
});

export type Deploy = v.InferInput<typeof deploySchema>;

const serviceSchema = v.object({
  name: v.nullish(v.string()),
  ownerId: v.nullish(v.string()),
  autoDeployTrigger: v.nullish(v.string()),
  autoDeploy: v.nullish(v.string()),
  suspended: v.nullish(v.string()),
  imagePath: v.nullish(v.string()),
  serviceDetails: v.nullish(
    v.object({
      url: v.nullish(v.string()),
      /** `disabled` where only custom domains lead to the service. */
      renderSubdomainPolicy: v.nullish(v.string()),
      runtime: v.nullish(v.string()),
      /** The service that this one is a preview of. */
      parentServer: v.nullish(v.object({ id: v.string() })),
      previews: v.nullish(v.object({ generation: v.nullish(v.string()) })),
      /** What `previews` was before. */
      pullRequestPreviewsEnabled: v.nullish(v.string()),
    }),
  ),
});

export type Service = v.InferInput<typeof serviceSchema>;

/** A service in a list, where only its id and name tell it from the others. */
const listedSchema = v.object({ ...serviceSchema.entries, id: v.string(), name: v.string() });

export type ListedService = v.InferInput<typeof listedSchema>;

/** A service whose previews can be found: by its name, in the workspace of its owner. */
export type BaseService = Service & { readonly name: string; readonly ownerId: string };

const named = v.nullish(v.object({ id: v.nullish(v.string()) }));

const deployEndedSchema = v.object({
  details: v.object({
    deployId: v.nullish(v.string()),
    reason: v.nullish(
      v.object({
        newDeploy: named,
        newBuild: named,
        failure: v.nullish(
          v.object({
            nonZeroExit: v.nullish(v.number()),
            earlyExit: v.nullish(v.boolean()),
            oomKilled: v.nullish(v.object({ memoryLimit: v.string() })),
            timedOutSeconds: v.nullish(v.number()),
            unhealthy: v.nullish(v.string()),
            evicted: v.nullish(v.boolean()),
            evictionReason: v.nullish(v.string()),
          }),
        ),
      }),
    ),
  }),
});

export type DeployEnded = v.InferInput<typeof deployEndedSchema>;

const servicesSchema = v.array(v.object({ service: listedSchema }));
const deploysSchema = v.array(v.object({ deploy: deploySchema }));
const eventsSchema = v.array(v.object({ event: deployEndedSchema }));
const previewSchema = v.object({
  deployId: v.nullish(v.string()),
  service: v.nullish(v.object({ id: v.nullish(v.string()) })),
});
const logsSchema = v.object({ logs: v.nullish(v.array(v.object({ message: v.string() }))) });

const variablesSchema = v.array(
  v.object({ envVar: v.object({ key: v.string(), value: v.nullish(v.string()) }), cursor: v.nullish(v.string()) }),
);

const domainsSchema = v.array(
  v.object({
    customDomain: v.nullish(v.object({ name: v.nullish(v.string()), verificationStatus: v.nullish(v.string()) })),
  }),
);

/** The most that one page of a list holds. */
const pageSize = 100;

/** Whether the service runs an image that somebody else built. */
export const runsImage = ({ imagePath, serviceDetails }: Service): boolean =>
  typeof imagePath === 'string' || serviceDetails?.runtime === 'image';

/** The commit of a deploy; an image has it in its name, where those who built it put it there. */
export const commitOf = ({ commit, image }: Deploy): string | undefined =>
  commit?.id ?? /(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/.exec(image?.ref ?? '')?.[0];

/** The requests that Render is asked, with the credential of the inputs. */
export function renderApi(inputs: HostInputs) {
  const root = apiUrl(inputs.options, 'https://api.render.com/v1');
  const headers = { authorization: `Bearer ${inputs.token?.reveal()}`, accept: 'application/json' };
  const get = <S extends v.GenericSchema>(io: HostIO, what: string, path: string, schema: S) =>
    askJson(io, what, { method: 'GET', url: root + path, headers }, schema);
  const post = <S extends v.GenericSchema>(io: HostIO, what: string, path: string, body: object, schema: S) => {
    const typed = { ...headers, 'content-type': 'application/json' };
    return askJson(io, what, { method: 'POST', url: root + path, headers: typed, body: JSON.stringify(body) }, schema);
  };

  return {
    service: (service: string, io: HostIO) =>
      get(io, `Render's service ${service}`, `/services/${service}`, serviceSchema),

    async services(query: Record<string, string>, io: HostIO): Promise<ListedService[]> {
      const path = `/services?${new URLSearchParams(query)}`;
      const entries = (await get(io, "Render's list of services", path, servicesSchema)) ?? [];
      return entries.map((entry) => entry.service);
    },

    async remove(service: string, io: HostIO): Promise<void> {
      const request = { method: 'DELETE' as const, url: `${root}/services/${service}`, headers };
      await ask(io, `Render's deletion of ${service}`, request);
    },

    /** Custom domains whose DNS leads to the service; Render has checked that. */
    async domains(service: string, io: HostIO): Promise<string[]> {
      const path = `/services/${service}/custom-domains?limit=100`;
      const entries = (await get(io, "Render's custom domains", path, domainsSchema)) ?? [];
      return entries.flatMap(({ customDomain }) =>
        customDomain?.verificationStatus === 'verified' && customDomain.name ? [customDomain.name] : [],
      );
    },

    /** The service's own variables by name, without those of groups that are linked to it. */
    async variables(service: string, io: HostIO): Promise<ReadonlyMap<string, string>> {
      const found = new Map<string, string>();
      for (let cursor = ''; ; ) {
        const query = new URLSearchParams({ limit: `${pageSize}`, ...(cursor && { cursor }) });
        const path = `/services/${service}/env-vars?${query}`;
        const page = (await get(io, "Render's list of variables", path, variablesSchema)) ?? [];
        for (const { envVar } of page) found.set(envVar.key, envVar.value ?? '');
        cursor = page.at(-1)?.cursor ?? '';
        if (page.length < pageSize || cursor === '') return found;
      }
    },

    /** Sets one variable and leaves all others; the answer, which has the value, is not read. */
    async setVariable(service: string, name: string, value: string, io: HostIO): Promise<void> {
      const url = `${root}/services/${service}/env-vars/${encodeURIComponent(name)}`;
      const typed = { ...headers, 'content-type': 'application/json' };
      await ask(io, `Render's variable ${name}`, {
        method: 'PUT',
        url,
        headers: typed,
        body: JSON.stringify({ value }),
      });
    },

    deploy: (service: string, id: string, io: HostIO) =>
      get(io, `Render's deploy ${id}`, `/services/${service}/deploys/${id}`, deploySchema),

    /** Deploys of a service, the newest first. */
    async deploys(service: string, query: readonly [string, string][], io: HostIO): Promise<Deploy[]> {
      const path = `/services/${service}/deploys?${new URLSearchParams([...query])}`;
      const entries = (await get(io, "Render's list of deploys", path, deploysSchema)) ?? [];
      return entries.map((entry) => entry.deploy);
    },

    start: (service: string, body: object, io: HostIO) =>
      post(io, "Render's deploy request", `/services/${service}/deploys`, body, deploySchema),

    rollBack: (service: string, deployId: string, io: HostIO) =>
      post(io, "Render's rollback", `/services/${service}/rollback`, { deployId }, deploySchema),

    createPreview: (service: string, body: { imagePath: string; name: string }, io: HostIO) =>
      post(io, "Render's preview request", `/services/${service}/preview`, body, previewSchema),

    async cancel(service: string, id: string, io: HostIO): Promise<void> {
      const url = `${root}/services/${service}/deploys/${id}/cancel`;
      await ask(io, "Render's cancel", { method: 'POST', url, headers });
    },

    async ended(service: string, io: HostIO): Promise<DeployEnded[]> {
      const path = `/services/${service}/events?type=deploy_ended&limit=20`;
      return ((await get(io, "Render's events", path, eventsSchema)) ?? []).map(({ event }) => event);
    },

    /** Lines of the log of build and app since then, the oldest first. */
    async log(owner: string, service: string, since: number, io: HostIO): Promise<string[]> {
      const query = new URLSearchParams({ ownerId: owner, resource: service, direction: 'backward', limit: '100' });
      for (const type of ['build', 'app']) query.append('type', type);
      query.set('startTime', new Date(since).toISOString());
      const page = await get(io, "Render's logs", `/logs?${query}`, logsSchema);
      return (page?.logs ?? []).map((line) => line.message).toReversed();
    },
  };
}

export type RenderApi = ReturnType<typeof renderApi>;

import { ask, askJson } from '../contract/api.ts';
import type { HostInputs, HostIO } from '../contract/host.ts';
import { apiUrl } from '../contract/options.ts';

/** https://api-docs.render.com; the shapes below hold only what is read. */
export interface Deploy {
  readonly id: string;
  readonly status?: string;
  readonly trigger?: string;
  readonly commit?: { readonly id?: string };
  /** Of services that run an image instead of building from git. */
  readonly image?: { readonly ref?: string };
  readonly createdAt?: string;
}

export interface Service {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly autoDeployTrigger?: string;
  readonly autoDeploy?: string;
  readonly suspended?: string;
  readonly imagePath?: string;
  readonly serviceDetails?: {
    readonly url?: string;
    readonly runtime?: string;
    /** The service that this one is a preview of. */
    readonly parentServer?: { readonly id: string };
    readonly previews?: { readonly generation?: string };
    /** What `previews` was before. */
    readonly pullRequestPreviewsEnabled?: string;
  };
}

export interface DeployEnded {
  readonly type: string;
  readonly details: {
    readonly deployId?: string;
    readonly reason?: {
      readonly newDeploy?: { readonly id?: string };
      readonly newBuild?: { readonly id?: string };
      readonly failure?: {
        readonly nonZeroExit?: number;
        readonly earlyExit?: boolean;
        readonly oomKilled?: { readonly memoryLimit: string };
        readonly timedOutSeconds?: number;
        readonly unhealthy?: string;
        readonly evicted?: boolean;
        readonly evictionReason?: string;
      };
    };
  };
}

interface Domain {
  readonly name?: string;
  readonly verificationStatus?: string;
}

/** Whether the service runs an image that somebody else built. */
export const runsImage = ({ imagePath, serviceDetails }: Service): boolean =>
  imagePath !== undefined || serviceDetails?.runtime === 'image';

/** The commit of a deploy; an image has it in its name, where those who built it put it there. */
export const commitOf = ({ commit, image }: Deploy): string | undefined =>
  commit?.id ?? /(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/.exec(image?.ref ?? '')?.[0];

/** The requests that Render is asked, with the credential of the inputs. */
export function renderApi(inputs: HostInputs) {
  const root = apiUrl(inputs.options, 'https://api.render.com/v1');
  const headers = { authorization: `Bearer ${inputs.token?.reveal()}`, accept: 'application/json' };
  const get = <T>(io: HostIO, what: string, path: string) =>
    askJson<T>(io, what, { method: 'GET', url: root + path, headers });
  const post = <T>(io: HostIO, what: string, path: string, body: object) =>
    askJson<T>(io, what, {
      method: 'POST',
      url: root + path,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  return {
    service: (service: string, io: HostIO) => get<Service>(io, `Render's service ${service}`, `/services/${service}`),

    async services(query: Record<string, string>, io: HostIO): Promise<Service[]> {
      const path = `/services?${new URLSearchParams(query)}`;
      const entries = (await get<{ service: Service }[]>(io, "Render's list of services", path)) ?? [];
      return entries.map((entry) => entry.service);
    },

    async remove(service: string, io: HostIO): Promise<void> {
      const request = { method: 'DELETE' as const, url: `${root}/services/${service}`, headers };
      await ask(io, `Render's deletion of ${service}`, request);
    },

    /** Custom domains whose DNS leads to the service; Render has checked that. */
    async domains(service: string, io: HostIO): Promise<string[]> {
      const path = `/services/${service}/custom-domains?limit=100`;
      const entries = await get<{ customDomain?: Domain }[]>(io, "Render's custom domains", path);
      const found = (entries ?? []).map(({ customDomain }) => customDomain);
      return found.flatMap((domain) => (domain?.verificationStatus === 'verified' && domain.name ? [domain.name] : []));
    },

    deploy: (service: string, id: string, io: HostIO) =>
      get<Deploy>(io, `Render's deploy ${id}`, `/services/${service}/deploys/${id}`),

    /** Deploys of a service, the newest first. */
    async deploys(service: string, query: readonly [string, string][], io: HostIO): Promise<Deploy[]> {
      const path = `/services/${service}/deploys?${new URLSearchParams([...query])}`;
      const entries = (await get<{ deploy: Deploy }[]>(io, "Render's list of deploys", path)) ?? [];
      return entries.map((entry) => entry.deploy);
    },

    start: (service: string, body: object, io: HostIO) =>
      post<Deploy>(io, "Render's deploy request", `/services/${service}/deploys`, body),

    rollBack: (service: string, deployId: string, io: HostIO) =>
      post<Deploy>(io, "Render's rollback", `/services/${service}/rollback`, { deployId }),

    createPreview: (service: string, body: { imagePath: string; name: string }, io: HostIO) =>
      post<{ deployId?: string }>(io, "Render's preview request", `/services/${service}/preview`, body),

    async cancel(service: string, id: string, io: HostIO): Promise<void> {
      const url = `${root}/services/${service}/deploys/${id}/cancel`;
      await ask(io, "Render's cancel", { method: 'POST', url, headers });
    },

    async ended(service: string, io: HostIO): Promise<DeployEnded[]> {
      const path = `/services/${service}/events?type=deploy_ended&limit=20`;
      return ((await get<{ event: DeployEnded }[]>(io, "Render's events", path)) ?? []).map(({ event }) => event);
    },

    /** Lines of the log of build and app since then, the oldest first. */
    async log(owner: string, service: string, since: number, io: HostIO): Promise<string[]> {
      const query = new URLSearchParams({ ownerId: owner, resource: service, direction: 'backward', limit: '100' });
      for (const type of ['build', 'app']) query.append('type', type);
      query.set('startTime', new Date(since).toISOString());
      const page = await get<{ logs?: { message: string }[] }>(io, "Render's logs", `/logs?${query}`);
      return (page?.logs ?? []).map((line) => line.message).toReversed();
    },
  };
}

export type RenderApi = ReturnType<typeof renderApi>;

import * as v from 'valibot';
import type { HttpRequest } from '../../core/ports.ts';
import { ask, askJson } from '../contract/api.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../contract/host.ts';
import { apiUrl, option } from '../contract/options.ts';
import { previewVariables } from '../contract/preview-variables.ts';
import { azureToken } from './azure-token.ts';
import type { Scm } from './kudu.ts';

const version = '2024-11-01';
const text = v.nullish(v.string());

const siteSchema = v.object({
  location: v.string(),
  properties: v.object({
    defaultHostName: text,
    state: text,
    serverFarmId: text,
    httpsOnly: v.nullish(v.boolean()),
    hostNameSslStates: v.nullish(v.array(v.object({ name: v.string(), hostType: text })), []),
  }),
});
export type Site = v.InferOutput<typeof siteSchema>;

const settingsSchema = v.object({ properties: v.nullish(v.record(v.string(), v.string()), {}) });
const configSchema = v.object({
  properties: v.looseObject({ linuxFxVersion: text, appCommandLine: text, healthCheckPath: text }),
});
const sourceSchema = v.object({ properties: v.object({ repoUrl: text, isManualIntegration: v.nullish(v.boolean()) }) });

/** The name of a site, out of its id. */
export const nameOf = (id: string): string => id.split('/').at(-1) ?? id;

const isGone = (error: unknown): boolean => error instanceof HostAnswerError && error.status === 404;

/** Azure Resource Manager, for one site and its slots: https://learn.microsoft.com/rest/api/appservice/web-apps */
export function azureApi(inputs: HostInputs) {
  const token = azureToken(inputs);
  const root = apiUrl(inputs.options, 'https://management.azure.com').replace(/\/$/, '');

  async function request(
    method: HttpRequest['method'],
    path: string,
    body: object | undefined,
    io: HostIO,
  ): Promise<HttpRequest> {
    const headers = { authorization: `Bearer ${await token(io)}`, accept: 'application/json' };
    const url = `${root}${path}?api-version=${version}`;
    if (body === undefined) return { method, url, headers };
    return { method, url, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  }

  async function send<const S extends v.GenericSchema>(
    what: string,
    method: HttpRequest['method'],
    path: string,
    body: object | undefined,
    schema: S,
    io: HostIO,
  ): Promise<v.InferOutput<S>> {
    const answer = await askJson(io, `Azure's ${what}`, await request(method, path, body, io), schema);
    if (answer === undefined) throw new HostAnswerError(`Azure's ${what}: an empty answer`, 200);
    return answer;
  }

  async function settings(id: string, io: HostIO): Promise<Record<string, string>> {
    const path = `${id}/config/appsettings/list`;
    return (await send('app settings', 'POST', path, {}, settingsSchema, io)).properties;
  }

  return {
    site: (id: string, io: HostIO): Promise<Site> => send('app', 'GET', id, undefined, siteSchema, io),

    async slot(id: string, io: HostIO): Promise<Site | undefined> {
      try {
        return await send('slot', 'GET', id, undefined, siteSchema, io);
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },

    /** Where the deploys of a site are made; its name can have a random part, so that it is never guessed. */
    async scm({ properties }: Site, io: HostIO): Promise<Scm> {
      const name = properties.hostNameSslStates.find(({ hostType }) => hostType === 'Repository')?.name;
      if (!name) throw new HostAnswerError("Azure's app: HTTP 200 without the name of its SCM site", 200);
      const isElsewhere = option(inputs.options, 'api-url') !== undefined;
      return {
        root: isElsewhere ? `${root}/scm/${name}` : `https://${name}`,
        authorization: `Bearer ${await token(io)}`,
      };
    },

    settings,

    /**
     * Adds to the settings of a site: the API replaces all of them, so that all are sent; and not where nothing would
     * change, because the site's SCM restarts with them, and a deploy that runs there ends.
     */
    async addSettings(id: string, added: Readonly<Record<string, string>>, io: HostIO): Promise<void> {
      const current = await settings(id, io);
      if (Object.entries(added).every(([name, value]) => current[name] === value)) return;
      const properties = { ...current, ...added };
      await send('app settings', 'PUT', `${id}/config/appsettings`, { properties }, settingsSchema, io);
    },

    /** Makes a slot with runtime, start command and settings of the site, without those that lead to its data. */
    async createSlot(
      site: Site,
      id: string,
      slotId: string,
      added: Readonly<Record<string, string>>,
      io: HostIO,
    ): Promise<void> {
      const { serverFarmId, httpsOnly } = site.properties;
      const { properties: config } = await send(
        'configuration',
        'GET',
        `${id}/config/web`,
        undefined,
        configSchema,
        io,
      );
      const { linuxFxVersion, appCommandLine, healthCheckPath } = config;
      const siteConfig = { linuxFxVersion, appCommandLine, healthCheckPath };
      const body = { location: site.location, properties: { serverFarmId, httpsOnly, siteConfig } };
      const properties = { ...previewVariables(await settings(id, io), nameOf(id)), ...added };
      await ask(io, "Azure's new slot", await request('PUT', slotId, body, io));
      await send('app settings', 'PUT', `${slotId}/config/appsettings`, { properties }, settingsSchema, io);
    },

    async remove(slotId: string, io: HostIO): Promise<void> {
      await ask(io, "Azure's deletion", await request('DELETE', slotId, undefined, io));
    },

    /** Begins to swap a slot with production; false where one goes on already. */
    async swap(slotId: string, io: HostIO): Promise<boolean> {
      try {
        const body = { targetSlot: 'production', preserveVnet: true };
        await ask(io, "Azure's swap", await request('POST', `${slotId}/slotsswap`, body, io));
        return true;
      } catch (error) {
        if (error instanceof HostAnswerError && error.status === 409) return false;
        throw error;
      }
    },

    /** The repository that Azure deploys from by itself. */
    async source(id: string, io: HostIO): Promise<string | undefined> {
      const found = await send('source control', 'GET', `${id}/sourcecontrols/web`, undefined, sourceSchema, io);
      return found.properties.isManualIntegration === false ? (found.properties.repoUrl ?? undefined) : undefined;
    },
  };
}

export type AzureApi = ReturnType<typeof azureApi>;

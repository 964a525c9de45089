import * as v from 'valibot';
import type { HttpRequest, HttpResponse } from '../../core/ports.ts';
import { azureToken } from '../../hosts/app-service/azure-token.ts';
import { ask, askJson } from '../../hosts/contract/api.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../../hosts/contract/host.ts';
import { whereThere } from '../../hosts/contract/json-api.ts';
import { apiUrl } from '../../hosts/contract/options.ts';
import type { Pending, SourceRule, TrustedSource } from './trusted-source.ts';

const ruleSchema = v.object({
  name: v.string(),
  properties: v.object({ startIpAddress: v.string(), endIpAddress: v.string() }),
});
const listSchema = v.object({ value: v.array(ruleSchema), nextLink: v.nullish(v.string()) });
const operationSchema = v.object({
  status: v.string(),
  error: v.nullish(v.object({ message: v.nullish(v.string()) })),
});

/** The versions of the API with the rules of flexible servers, by the provider in the server's id. */
const versions: Readonly<Record<string, string>> = {
  'microsoft.dbforpostgresql': '2024-08-01',
  'microsoft.dbformysql': '2023-12-30',
};

const versionOf = (server: string): string => versions[server.split('/')[6]?.toLowerCase() ?? ''] ?? '';

/**
 * The firewall rules of a flexible server: https://learn.microsoft.com/rest/api/postgresql/firewall-rules, and the same at
 * /rest/api/mysql. Each rule has a name of its own, so that runs never meet.
 */
export function azureFirewall(server: string, inputs: HostInputs): TrustedSource {
  const token = azureToken(inputs);
  const root = apiUrl(inputs.options, 'https://management.azure.com').replace(/\/$/, '');
  const path = `${server}/firewallRules`;

  async function request(method: HttpRequest['method'], url: string, io: HostIO, body?: object): Promise<HttpRequest> {
    // Links of an answer get the credential only where they stay at the API.
    if (new URL(url).origin !== new URL(root).origin)
      throw new HostAnswerError("Azure's link: HTTP 200 with another address than that of the API", 200);
    const headers = { authorization: `Bearer ${await token(io)}`, accept: 'application/json' };
    if (body === undefined) return { method, url, headers };
    return { method, url, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  }

  const urlOf = (name?: string) =>
    `${root}${path}${name === undefined ? '' : `/${name}`}?api-version=${versionOf(server)}`;

  async function rules(io: HostIO): Promise<SourceRule[]> {
    const found: SourceRule[] = [];
    for (let url: string | null | undefined = urlOf(); url; ) {
      const page: v.InferOutput<typeof listSchema> | undefined = await askJson(
        io,
        "Azure's firewall rules",
        await request('GET', url, io),
        listSchema,
      );
      if (!page) throw new HostAnswerError("Azure's firewall rules: HTTP 200 with an empty body", 200);
      for (const { name, properties } of page.value)
        found.push({ network: `${properties.startIpAddress}-${properties.endIpAddress}`, label: name });
      url = page.nextLink;
    }
    return found;
  }

  /** Azure makes a change later: https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations */
  function pendingOf(answer: HttpResponse, name: string, isThere: boolean): Pending | undefined {
    if (answer.status !== 202) return undefined;
    const operation = answer.headers['azure-asyncoperation'];
    if (operation === undefined)
      return async (io) => {
        const rule = askJson(io, "Azure's firewall rule", await request('GET', urlOf(name), io), ruleSchema);
        return ((await whereThere(rule)) !== undefined) === isThere;
      };
    return async (io) => {
      const what = "Azure's change of a firewall rule";
      const found = await askJson(io, what, await request('GET', operation, io), operationSchema);
      if (found?.status === 'Failed' || found?.status === 'Canceled')
        throw new HostAnswerError(`${what}: ${found.error?.message ?? found.status}`, 200);
      return found?.status === 'Succeeded';
    };
  }

  return {
    list: async (io) => ({ rules: await rules(io) }),
    async add({ text }, mark, io) {
      const body = { properties: { startIpAddress: text, endIpAddress: text } };
      const answer = await ask(io, "Azure's new firewall rule", await request('PUT', urlOf(mark), io, body));
      return pendingOf(answer, mark, true);
    },
    async remove(mark, io) {
      if (!(await rules(io)).some(({ label }) => label === mark)) return undefined;
      const asked = await request('DELETE', urlOf(mark), io);
      const answer = await whereThere(ask(io, "Azure's deletion of a firewall rule", asked));
      return answer && pendingOf(answer, mark, false);
    },
  };
}

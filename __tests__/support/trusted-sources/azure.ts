import type { EmulatorReply } from '../emulator.ts';
import { isAllowed, type SourceEmulator, startSource } from './source-emulator.ts';

export const server = (provider: 'PostgreSQL' | 'MySQL') =>
  `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/acme/providers/Microsoft.DBfor${provider}/flexibleServers/site`;

interface Properties {
  readonly startIpAddress: string;
  readonly endIpAddress: string;
}

const error = (status: number, code: string, message: string): EmulatorReply => ({
  status,
  body: { error: { code, message } },
});

/** The firewall of a flexible server. It makes a change after it was asked for it twice, as Azure makes it later. */
export async function startAzure(provider: 'PostgreSQL' | 'MySQL'): Promise<SourceEmulator> {
  const rules = new Map<string, Properties>([
    ['office', { startIpAddress: '198.51.100.7', endIpAddress: '198.51.100.7' }],
    ['AllowAllAzureServicesAndResourcesWithinAzureIps', { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }],
    ['partner', { startIpAddress: '192.0.2.1', endIpAddress: '192.0.2.14' }],
  ]);
  const base = `${server(provider)}/firewallRules`;
  const operations = new Map<string, { left: number; readonly apply: () => void }>();
  const described = (name: string) => ({
    id: `${base}/${name}`,
    name,
    type: `Microsoft.DBfor${provider}/flexibleServers/firewallRules`,
    properties: rules.get(name),
  });
  const accept = (origin: string, apply: () => void): EmulatorReply => {
    const id = `op-${operations.size + 1}`;
    operations.set(id, { left: 2, apply });
    return { status: 202, headers: { 'azure-asyncoperation': `${origin}/operations/${id}?api-version=2024-08-01` } };
  };
  const progress = (operation: { left: number; readonly apply: () => void }): EmulatorReply => {
    operation.left -= 1;
    if (operation.left === 0) operation.apply();
    return { status: 200, body: { status: operation.left > 0 ? 'InProgress' : 'Succeeded' } };
  };
  /** Two rules a page. */
  const page = (origin: string, query: URLSearchParams): EmulatorReply => {
    const at = Number(query.get('$skiptoken') ?? 0);
    const value = [...rules.keys()].slice(at, at + 2).map(described);
    const nextLink = `${origin}${base}?api-version=${query.get('api-version')}&$skiptoken=${at + 2}`;
    return { status: 200, body: { value, ...(rules.size > at + 2 ? { nextLink } : {}) } };
  };
  return startSource({
    description: 'azure-firewall',
    undescribed: /^\/operations\/|skiptoken/,
    answer(request, origin) {
      const { pathname, searchParams } = new URL(request.path, origin);
      if (!isAllowed(request)) return error(401, 'InvalidAuthenticationToken', 'The access token is invalid.');
      const operation = operations.get(pathname.replace('/operations/', ''));
      if (operation) return progress(operation);
      if (pathname === base) return page(origin, searchParams);
      const name = pathname.startsWith(`${base}/`) ? pathname.slice(base.length + 1) : undefined;
      if (name === undefined) return error(404, 'ResourceNotFound', 'The server was not found.');
      if (request.method === 'PUT') {
        const { properties } = JSON.parse(request.body) as { properties: Properties };
        return accept(origin, () => void rules.set(name, properties));
      }
      if (request.method === 'DELETE')
        return rules.has(name) ? accept(origin, () => void rules.delete(name)) : { status: 204 };
      return rules.has(name)
        ? { status: 200, body: described(name) }
        : error(404, 'ResourceNotFound', 'The rule was not found.');
    },
    rules: async () =>
      [...rules].map(([label, one]) => ({
        network: `${one.startIpAddress}-${one.endIpAddress}`,
        label,
        raw: { label, ...one },
      })),
    put: async (network, name) => void rules.set(name, { startIpAddress: network, endIpAddress: network }),
  });
}

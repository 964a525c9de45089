import type { EmulatorReply } from '../emulator.ts';
import { isAllowed, type SourceEmulator, startSource } from './source-emulator.ts';

export const postgres = 'dpg-d1a2b3c4d5e6f7g8h9i0-a';

interface Entry {
  readonly cidrBlock: string;
  readonly description: string;
}

const owner = { id: 'tea-1', name: 'acme', email: 'dev@example.com', type: 'team' };
const error = (status: number, message: string): EmulatorReply => ({ status, body: { message } });

/** One Render Postgres with its inbound IP rules, of which a PATCH replaces all. */
export async function startAllowList(): Promise<SourceEmulator> {
  let entries: Entry[] = [
    { cidrBlock: '198.51.100.7/32', description: 'the office' },
    { cidrBlock: '192.0.2.0/28', description: '' },
  ];
  const described = () => ({
    id: postgres,
    ipAllowList: entries,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    dashboardUrl: `https://dashboard.render.com/d/${postgres}`,
    databaseName: 'site',
    databaseUser: 'site',
    highAvailabilityEnabled: false,
    name: 'site',
    owner,
    plan: 'basic_256mb',
    region: 'frankfurt',
    readReplicas: [],
    role: 'primary',
    status: 'available',
    version: '17',
    suspended: 'not_suspended',
    suspenders: [],
    diskAutoscalingEnabled: false,
    connectionPool: 'none',
  });
  return startSource({
    description: 'render',
    base: '/v1',
    answer(request) {
      if (!isAllowed(request)) return error(401, 'Unauthorized');
      if (request.path !== `/v1/postgres/${postgres}`) return error(404, 'not found');
      if (request.method === 'PATCH')
        entries = (JSON.parse(request.body) as { ipAllowList: Entry[] }).ipAllowList.map((entry) => ({ ...entry }));
      return { status: 200, body: described() };
    },
    rules: async () => entries.map((raw) => ({ network: raw.cidrBlock, label: raw.description, raw })),
    put: async (network, description) => void entries.push({ cidrBlock: `${network}/32`, description }),
  });
}

import type { EmulatorReply } from '../emulator.ts';
import { isAllowed, type SourceEmulator, startSource } from './source-emulator.ts';

export const cluster = '9cc10173-e9ea-4176-9dbc-a4cee4c4ff30';

interface Rule {
  readonly uuid?: string;
  readonly type: string;
  readonly value: string;
  readonly description?: string;
  readonly cluster_uuid?: string;
  readonly created_at?: string;
}

const error = (status: number, id: string, message: string): EmulatorReply => ({ status, body: { id, message } });

/** The trusted sources of one database cluster. A PUT replaces all of them; rules with an id keep it. */
export async function startFirewall(empty = false): Promise<SourceEmulator> {
  let last = 0;
  const uuid = () => `79f26d28-ea8a-41f2-8ad8-${String(++last).padStart(12, '0')}`;
  const made = (rule: Rule): Rule => ({
    uuid: uuid(),
    cluster_uuid: cluster,
    created_at: '2026-01-01T00:00:00Z',
    ...rule,
  });
  let rules: Rule[] = empty
    ? []
    : [
        made({ type: 'app', value: '4f6c71e2-1e90-4762-9fee-6cc4a0a9f2cf', description: '' }),
        made({ type: 'ip_addr', value: '198.51.100.7', description: 'the office' }),
        made({ type: 'ip_addr', value: '192.0.2.0/28', description: 'partner' }),
        made({ type: 'tag', value: 'backend' }),
      ];
  return startSource({
    description: 'digitalocean',
    answer(request) {
      if (!isAllowed(request)) return error(401, 'unauthorized', 'Unable to authenticate you');
      if (request.path !== `/v2/databases/${cluster}/firewall`) return error(404, 'not_found', 'cluster not found');
      if (request.method === 'GET') return { status: 200, body: { rules } };
      const { rules: wanted } = JSON.parse(request.body) as { rules: Rule[] };
      if (wanted.some(({ type, value }) => type === 'ip_addr' && value.includes(':')))
        return error(422, 'unprocessable_entity', 'IPv6 is not supported');
      const known = new Map(rules.map((rule) => [rule.uuid, rule]));
      rules = wanted.map((rule) => (rule.uuid === undefined ? made(rule) : { ...known.get(rule.uuid), ...rule }));
      return { status: 204 };
    },
    rules: async () =>
      rules.map((raw) => ({
        network: raw.type === 'ip_addr' ? raw.value : undefined,
        label: raw.description ?? '',
        raw,
      })),
    put: async (value, description) => void rules.push(made({ type: 'ip_addr', value, description })),
  });
}

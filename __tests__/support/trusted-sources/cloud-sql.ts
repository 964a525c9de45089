import type { EmulatorReply } from '../emulator.ts';
import { isAllowed, type SourceEmulator, startSource } from './source-emulator.ts';

export const project = 'acme-prod';
export const instance = 'site';

interface Entry {
  readonly value?: string;
  readonly name?: string;
  readonly kind?: string;
  readonly expirationTime?: string;
}
interface Settings {
  readonly settingsVersion: string;
  readonly ipConfiguration: { readonly authorizedNetworks: Entry[] };
}

const error = (status: number, reason: string, message: string): EmulatorReply => ({
  status,
  body: { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } },
});

/**
 * One Cloud SQL instance. A change is an operation that takes a moment; meanwhile it takes no other, and none that was made from settings of another version.
 */
export async function startCloudSql(): Promise<SourceEmulator> {
  let version = 41;
  let networks: Entry[] = [
    { kind: 'sql#aclEntry', name: 'office', value: '198.51.100.7/32' },
    { kind: 'sql#aclEntry', value: '192.0.2.0/28', expirationTime: '2031-01-01T00:00:00Z' },
  ];
  let count = 0;
  let busy: { readonly name: string; left: number } | undefined;
  const operation = (name: string, status: string) => ({
    kind: 'sql#operation',
    name,
    status,
    operationType: 'UPDATE',
    targetId: instance,
    targetProject: project,
    insertTime: '2026-03-01T12:00:00.000Z',
  });
  return startSource({
    description: 'cloud-sql',
    answer(request) {
      const root = `/v1/projects/${project}`;
      if (!isAllowed(request)) return error(401, 'authError', 'Invalid Credentials');
      // Done after two requests more, as others have time to come in between.
      if (busy) busy.left -= 1;
      if (busy?.left === 0) busy = undefined;
      const [, asked] = /\/operations\/([\w-]+)$/.exec(request.path) ?? [];
      if (asked !== undefined)
        return { status: 200, body: operation(asked, busy?.name === asked ? 'RUNNING' : 'DONE') };
      if (request.path !== `${root}/instances/${instance}`)
        return error(404, 'instanceDoesNotExist', 'The Cloud SQL instance does not exist.');
      if (request.method === 'PATCH') {
        const { settings } = JSON.parse(request.body) as { settings: Settings };
        if (busy)
          return error(
            409,
            'operationInProgress',
            'Operation failed because another operation was already in progress.',
          );
        if (settings.settingsVersion !== String(version)) return error(412, 'staleData', 'Condition does not match.');
        networks = settings.ipConfiguration.authorizedNetworks.map((entry) => ({ kind: 'sql#aclEntry', ...entry }));
        version += 1;
        busy = { name: `op-${++count}`, left: 3 };
        return { status: 200, body: operation(busy.name, 'PENDING') };
      }
      const settings = {
        kind: 'sql#settings',
        tier: 'db-f1-micro',
        settingsVersion: String(version),
        ipConfiguration: { ipv4Enabled: true, authorizedNetworks: networks },
      };
      return { status: 200, body: { kind: 'sql#instance', name: instance, project, settings } };
    },
    rules: async () => networks.map((raw) => ({ network: raw.value, label: raw.name ?? '', raw })),
    async put(network, name) {
      version += 1;
      networks.push({ kind: 'sql#aclEntry', name, value: `${network}/32` });
    },
  });
}

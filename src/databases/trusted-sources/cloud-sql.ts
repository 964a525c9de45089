import * as v from 'valibot';
import { DeployError } from '../../core/errors.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../../hosts/contract/host.ts';
import { googleApi } from '../../hosts/google/google-api.ts';
import { networkOf } from './ip-address.ts';
import { instanceOf } from './source-name.ts';
import type { Pending, TrustedSource } from './trusted-source.ts';
import { type EntryForm, withAddress, withoutEntry } from './whole-list.ts';

const entrySchema = v.looseObject({ value: v.string(), name: v.nullish(v.string()) });
const instanceSchema = v.object({
  settings: v.object({
    settingsVersion: v.string(),
    ipConfiguration: v.object({
      ipv4Enabled: v.nullish(v.boolean()),
      authorizedNetworks: v.nullish(v.array(entrySchema), []),
    }),
  }),
});
const operationSchema = v.object({
  name: v.string(),
  status: v.string(),
  error: v.nullish(v.object({ errors: v.nullish(v.array(v.object({ message: v.nullish(v.string()) }))) })),
});
type Entry = v.InferOutput<typeof entrySchema>;

const form: EntryForm<Entry> = {
  networkOf: ({ value }) => value,
  labelOf: ({ name }) => name ?? '',
  withLabel: (entry, name) => ({ ...entry, name }),
  make: (address, name) => ({ value: networkOf(address), name }),
};

/**
 * The authorized networks of a Cloud SQL instance: https://docs.cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances. The
 * list is sent as a whole, with the version of the settings that it was read with.
 */
export function cloudSql(id: string, inputs: HostInputs): TrustedSource {
  const api = googleApi(inputs);
  const { project, instance } = instanceOf(id);
  const root = `${api.root('https://sqladmin.googleapis.com/v1')}/projects/${encodeURIComponent(project)}`;
  const url = `${root}/instances/${encodeURIComponent(instance)}`;

  const read = async (io: HostIO) =>
    (await api.send("Cloud SQL's instance", 'GET', url, undefined, instanceSchema, io)).settings;

  /** https://docs.cloud.google.com/sql/docs/postgres/admin-api/rest/v1/operations */
  const pendingOf =
    (name: string): Pending =>
    async (io) => {
      const operation = `${root}/operations/${encodeURIComponent(name)}`;
      const what = "Cloud SQL's change of authorized networks";
      const { status, error } = await api.send(what, 'GET', operation, undefined, operationSchema, io);
      const messages = error?.errors?.map(({ message }) => message ?? '') ?? [];
      if (messages.length > 0) throw new HostAnswerError(`${what}: ${messages.join('; ')}`, 200);
      return status === 'DONE';
    };

  async function write(
    authorizedNetworks: readonly Entry[] | undefined,
    settingsVersion: string,
    io: HostIO,
  ): Promise<Pending | undefined> {
    if (!authorizedNetworks) return undefined;
    const body = { settings: { settingsVersion, ipConfiguration: { authorizedNetworks } } };
    const what = "Cloud SQL's change of authorized networks";
    const { name } = await api.send(what, 'PATCH', url, body, operationSchema, io);
    return pendingOf(name);
  }

  return {
    async list(io) {
      const { authorizedNetworks } = (await read(io)).ipConfiguration;
      return { rules: authorizedNetworks.map((one) => ({ network: one.value, label: one.name ?? '' })) };
    },
    async add(address, mark, io) {
      const { settingsVersion, ipConfiguration } = await read(io);
      if (ipConfiguration.ipv4Enabled === false)
        throw new DeployError('TRUSTED_SOURCE_FAILED', `The Cloud SQL instance ${instance} has no public address.`, {
          hint: 'Give it one under Connections, or migrate from where it is reached: "migrate: host".',
        });
      return write(withAddress(ipConfiguration.authorizedNetworks, address, mark, form), settingsVersion, io);
    },
    async remove(mark, io) {
      const { settingsVersion, ipConfiguration } = await read(io);
      return write(withoutEntry(ipConfiguration.authorizedNetworks, mark, form), settingsVersion, io);
    },
  };
}

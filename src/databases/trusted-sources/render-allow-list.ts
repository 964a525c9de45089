import * as v from 'valibot';
import type { HostInputs, HostIO } from '../../hosts/contract/host.ts';
import { jsonApi } from '../../hosts/contract/json-api.ts';
import { apiUrl } from '../../hosts/contract/options.ts';
import { networkOf } from './ip-address.ts';
import type { TrustedSource } from './trusted-source.ts';
import { type EntryForm, withAddress, withoutEntry } from './whole-list.ts';

const entrySchema = v.looseObject({ cidrBlock: v.string(), description: v.nullish(v.string()) });
const postgresSchema = v.object({ ipAllowList: v.array(entrySchema) });
type Entry = v.InferOutput<typeof entrySchema>;

const form: EntryForm<Entry> = {
  networkOf: ({ cidrBlock }) => cidrBlock,
  labelOf: ({ description }) => description ?? '',
  withLabel: (entry, description) => ({ ...entry, description }),
  make: (address, description) => ({ cidrBlock: networkOf(address), description }),
};

/**
 * The inbound IP rules of a Render Postgres: https://api-docs.render.com/reference/update-postgres. The list is only sent as a
 * whole, without a version or a condition.
 */
export function renderAllowList(id: string, { token, options }: HostInputs): TrustedSource {
  const root = apiUrl(options, 'https://api.render.com/v1');
  const api = jsonApi(root, { authorization: `Bearer ${token?.reveal() ?? ''}` });
  const path = `/postgres/${encodeURIComponent(id)}`;
  const read = async (io: HostIO) =>
    (await api.need(io, { what: "Render's Postgres", path }, postgresSchema)).ipAllowList;
  const write = async (ipAllowList: readonly Entry[] | undefined, io: HostIO) => {
    if (!ipAllowList) return;
    await api.send(io, { what: "Render's change of inbound IP rules", method: 'PATCH', path, body: { ipAllowList } });
  };
  return {
    async list(io) {
      return {
        rules: (await read(io)).map((entry) => ({ network: form.networkOf(entry), label: form.labelOf(entry) })),
      };
    },
    async add(address, mark, io) {
      await write(withAddress(await read(io), address, mark, form), io);
      return undefined;
    },
    async remove(mark, io) {
      await write(withoutEntry(await read(io), mark, form), io);
      return undefined;
    },
  };
}

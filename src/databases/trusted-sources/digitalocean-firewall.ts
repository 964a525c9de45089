import * as v from 'valibot';
import { DeployError } from '../../core/errors.ts';
import type { HostInputs, HostIO } from '../../hosts/contract/host.ts';
import { jsonApi } from '../../hosts/contract/json-api.ts';
import { apiUrl } from '../../hosts/contract/options.ts';
import type { TrustedSource } from './trusted-source.ts';
import { type EntryForm, withAddress, withoutEntry } from './whole-list.ts';

const ruleSchema = v.looseObject({ type: v.string(), value: v.string(), description: v.nullish(v.string()) });
const listSchema = v.object({ rules: v.nullable(v.array(ruleSchema)) });
type Rule = v.InferOutput<typeof ruleSchema>;

const form: EntryForm<Rule> = {
  networkOf: ({ type, value }) => (type === 'ip_addr' ? value : undefined),
  labelOf: ({ description }) => description ?? '',
  withLabel: (rule, description) => ({ ...rule, description }),
  make: ({ text }, description) => ({ type: 'ip_addr', value: text, description }),
};

/** What the API only tells (`readOnly` in its description); all else goes back as it came. */
const sent = ({ cluster_uuid: _cluster, created_at: _created, ...rule }: Rule): Rule => rule;

const open = 'DigitalOcean lets everybody in, because the database cluster has no trusted sources';

/**
 * The trusted sources of a database cluster: https://docs.digitalocean.com/reference/api/reference/managed-databases. A list
 * without rules lets everybody in, so that nothing is
 * added to one, and the last rule is not taken out. There is neither a version nor a condition for a change.
 */
export function digitalOceanFirewall(cluster: string, { token, options }: HostInputs): TrustedSource {
  const root = apiUrl(options, 'https://api.digitalocean.com/v2');
  const api = jsonApi(root, { authorization: `Bearer ${token?.reveal() ?? ''}` });
  const path = `/databases/${encodeURIComponent(cluster)}/firewall`;
  const read = async (io: HostIO) =>
    (await api.need(io, { what: "DigitalOcean's trusted sources", path }, listSchema)).rules ?? [];
  const write = async (rules: readonly Rule[] | undefined, io: HostIO) => {
    if (!rules) return;
    const call = { what: "DigitalOcean's change of trusted sources", method: 'PUT' as const, path };
    await api.send(io, { ...call, body: { rules: rules.map(sent) } });
  };
  return {
    async list(io) {
      const rules = (await read(io)).map((rule) => ({ network: form.networkOf(rule), label: form.labelOf(rule) }));
      return rules.length === 0 ? { rules, open } : { rules };
    },
    async add(address, mark, io) {
      const rules = await read(io);
      if (rules.length > 0) await write(withAddress(rules, address, mark, form), io);
      return undefined;
    },
    async remove(mark, io) {
      const rest = withoutEntry(await read(io), mark, form);
      if (rest?.length === 0)
        throw new DeployError('TRUSTED_SOURCE_FAILED', `${mark} is the only trusted source of the database cluster.`, {
          hint: 'Without any, DigitalOcean lets everybody in. Add the app as a trusted source, then remove this one.',
        });
      await write(rest, io);
      return undefined;
    },
  };
}

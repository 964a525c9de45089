import * as v from 'valibot';
import { jsonApi } from '../../hosts/contract/json-api.ts';
import { apiUrl as addressOf } from '../../hosts/contract/options.ts';
import { quote } from '../../lib/shell-word.ts';
import type { Cdn, CdnInputs } from '../cdn.ts';
import { fold } from '../fold.ts';

/** Files of one request: 50 in 20 seconds are taken, and a wildcard counts as one (openapi: cdn_purge_cache). */
const mostFiles = 50;

const endpointSchema = v.object({
  endpoint: v.object({
    origin: v.string(),
    endpoint: v.nullish(v.string()),
    custom_domain: v.nullish(v.string()),
  }),
});

/** https://docs.digitalocean.com/reference/api/digitalocean/#tag/CDN-Endpoints; paths are keys of the bucket. */
export function createSpacesCdn({ id, token, apiUrl }: CdnInputs): Cdn {
  const root = addressOf(apiUrl === undefined ? {} : { 'api-url': [apiUrl] }, 'https://api.digitalocean.com/v2');
  const { need, send } = jsonApi(root, { authorization: `Bearer ${token?.reveal()}` });
  const path = `/cdn/endpoints/${id}`;
  return {
    async check(io) {
      const found = await need(io, { what: "DigitalOcean's CDN endpoint", path }, endpointSchema);
      const { endpoint, custom_domain: custom } = found.endpoint;
      return { domains: [endpoint, custom].filter((one): one is string => !!one), warnings: [] };
    },

    plan(stale) {
      const { files, folders } = fold(stale.map(({ key }) => key).sort(), mostFiles);
      const paths = [...files, ...folders.map((folder) => `${folder}*`)];
      return { requests: paths.length === 0 ? [] : [{ paths, folders: false }], unknown: [] };
    },

    async send({ paths }, io) {
      const call = {
        what: "DigitalOcean's purge",
        method: 'DELETE',
        path: `${path}/cache`,
        body: { files: paths },
      } as const;
      await send(io, call);
      return undefined;
    },

    command: ({ requests }) =>
      `doctl compute cdn flush ${id} ${requests
        .flatMap(({ paths }) => paths)
        .map((one) => `--files ${quote(one)}`)
        .join(' ')}`,
  };
}

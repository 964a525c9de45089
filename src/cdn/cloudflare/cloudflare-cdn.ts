import * as v from 'valibot';
import { HostAnswerError, type HostIO } from '../../hosts/contract/host.ts';
import { jsonApi } from '../../hosts/contract/json-api.ts';
import { apiUrl as addressOf } from '../../hosts/contract/options.ts';
import { quote } from '../../lib/shell-word.ts';
import type { Cdn, CdnInputs, PurgeRequest } from '../cdn.ts';
import { fold } from '../fold.ts';

/** So many in one request are taken by every plan, and were when the limits were lower. */
const mostInRequest = 30;
/** More addresses than this are purged by their folders; every plan can (developers.cloudflare.com/cache/how-to/purge-cache). */
const mostFiles = 600;

/** Cloudflare answers 200 and `success: false`, too. */
const okSchema = v.object({ success: v.literal(true) });
const zoneSchema = v.object({
  success: v.literal(true),
  result: v.object({ name: v.string(), status: v.nullish(v.string()) }),
});
const tokenSchema = v.object({ success: v.literal(true), result: v.object({ status: v.string() }) });

const inParts = (urls: readonly string[], size: number): PurgeRequest[] =>
  Array.from({ length: Math.ceil(urls.length / size) }, (_, at) => ({
    paths: urls.slice(at * size, (at + 1) * size),
    folders: false,
  }));

/** `cdn.example.com/static/css/`: a prefix has no scheme. */
const withoutScheme = (url: string): string => url.replace(/^https?:\/\//, '');

/** https://developers.cloudflare.com/api/resources/cache/methods/purge/ */
export function createCloudflare({ id, token, apiUrl, origins }: CdnInputs): Cdn {
  const root = addressOf(apiUrl === undefined ? {} : { 'api-url': [apiUrl] }, 'https://api.cloudflare.com/client/v4');
  const { need } = jsonApi(root, { authorization: `Bearer ${token?.reveal()}` });
  const othersOf = (url: string) => origins.filter((origin) => origin !== new URL(url).origin);

  /** Each address as it is cached: once without an Origin header, and once for each page that sends one. */
  const entriesOf = (urls: readonly string[]) =>
    urls.flatMap((url) => [{ url }, ...othersOf(url).map((origin) => ({ url, headers: { Origin: origin } }))]);

  const bodyOf = ({ paths, folders }: PurgeRequest) => {
    if (folders) return { prefixes: paths };
    const entries = entriesOf(paths);
    return { files: entries.length === paths.length ? paths : entries };
  };

  async function checkToken(io: HostIO): Promise<void> {
    const what = "Cloudflare's token";
    const { result } = await need(io, { what, path: '/user/tokens/verify' }, tokenSchema);
    if (result.status !== 'active') throw new HostAnswerError(`${what}: it is ${result.status}`, 401);
  }

  return {
    async check(io) {
      try {
        const { result } = await need(io, { what: "Cloudflare's zone", path: `/zones/${id}` }, zoneSchema);
        const { name, status } = result;
        const isActive = (status ?? 'active') === 'active';
        return { domains: [name], warnings: isActive ? [] : [`The zone ${name} is ${status} at Cloudflare.`] };
      } catch (error) {
        // A token that may only purge does not see the zone.
        if (!(error instanceof HostAnswerError) || error.status !== 403) throw error;
        await checkToken(io);
        return { domains: [], warnings: [] };
      }
    },

    plan(stale) {
      const unknown = stale.filter(({ url }) => url === undefined).map(({ key }) => key);
      const urls = [...new Set(stale.flatMap(({ url }) => url ?? []))].sort();
      if (urls.length <= mostFiles) {
        const each = 1 + Math.max(0, ...urls.map((url) => othersOf(url).length));
        return { requests: inParts(urls, Math.max(1, Math.floor(mostInRequest / each))), unknown };
      }
      const { files, folders } = fold(urls.map(withoutScheme), mostInRequest);
      return { requests: [{ paths: [...files, ...folders], folders: true }], unknown };
    },

    async send(request, io) {
      const call = {
        what: "Cloudflare's purge",
        method: 'POST',
        path: `/zones/${id}/purge_cache`,
        body: bodyOf(request),
      } as const;
      await need(io, call, okSchema);
      return undefined;
    },

    command: ({ requests }) =>
      requests
        .map(
          (request) =>
            `curl -X POST ${root}/zones/${id}/purge_cache -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" -H "Content-Type: application/json" --data ${quote(JSON.stringify(bodyOf(request)))}`,
        )
        .join('\n'),
  };
}

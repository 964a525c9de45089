import { judgeOf } from '../hosts/judged.ts';
import { type CdnEmulator, type CdnPlot, startCdnEmulator } from './cdn-emulator.ts';

export const cloudflareZone = '023e105f4ecef8ad9ca31a8372d0c353';
export const cloudflareToken = 'cf-token-of-the-emulator-0123456789';
const judged = judgeOf('cloudflare');

export interface CloudflarePlot extends CdnPlot {
  /** The token may purge and nothing else. */
  readonly onlyPurges?: true;
}

const ok = (result: unknown) => ({ status: 200, body: { success: true, errors: [], messages: [], result } });
const failed = (status: number, code: number, message: string) => ({
  reply: { status, body: { success: false, errors: [{ code, message }], messages: [], result: null } },
});

type Entry = string | { readonly url: string; readonly headers?: Readonly<Record<string, string>> };
const shown = (entry: Entry): string =>
  typeof entry === 'string' ? entry : entry.url + (entry.headers ? ` for ${entry.headers.Origin}` : '');

/** Cloudflare's API as far as the action uses it, held against the types of Cloudflare's own package. */
export async function startCloudflare(plot: CloudflarePlot = {}): Promise<CdnEmulator> {
  const judge = await judged;
  return startCdnEmulator(
    plot,
    ({ method, path, headers, body }) => {
      if (headers.authorization !== `Bearer ${cloudflareToken}`) return failed(401, 10000, 'Authentication error');
      const asked = `${method} ${path.replace('/client/v4', '')}`;
      if (asked === 'GET /user/tokens/verify')
        return { reply: ok({ id: 'ed17574386854bf78a67040be0a770b0', status: 'active' }) };
      if (asked === `GET /zones/${cloudflareZone}`)
        return plot.onlyPurges
          ? failed(403, 9109, 'Unauthorized to access requested resource')
          : { reply: ok({ id: cloudflareZone, name: 'example.com', status: 'active' }) };
      if (asked !== `POST /zones/${cloudflareZone}/purge_cache`)
        return failed(404, 7003, 'Could not route to the zone, perhaps your object identifier is invalid?');
      const { files, prefixes } = JSON.parse(body) as { files?: Entry[]; prefixes?: string[] };
      return { reply: ok({ id: cloudflareZone }), purged: files?.map(shown) ?? prefixes ?? [] };
    },
    (request, reply) => judge({ ...request, path: request.path.replace('/client/v4', '') }, reply),
  );
}

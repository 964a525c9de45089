import { judgeOf } from '../hosts/judged.ts';
import { type CdnEmulator, type CdnPlot, startCdnEmulator } from './cdn-emulator.ts';

export const spacesCdnId = '19f06b6a-3ace-4315-b086-499a0e521b76';
export const spacesCdnToken = 'dop_v1_token_of_the_cdn_emulator';
const judged = judgeOf('digitalocean');

const refusal = (status: number, id: string, message: string) => ({ reply: { status, body: { id, message } } });

/** DigitalOcean's CDN endpoints, held against DigitalOcean's own description, with the limit of 50 files a request. */
export async function startSpacesCdn(plot: CdnPlot = {}): Promise<CdnEmulator> {
  const judge = await judged;
  const root = `/v2/cdn/endpoints/${spacesCdnId}`;
  return startCdnEmulator(
    plot,
    ({ method, path, headers, body }) => {
      if (headers.authorization !== `Bearer ${spacesCdnToken}`)
        return refusal(401, 'unauthorized', 'Unable to authenticate you');
      if (`${method} ${path}` === `GET ${root}`) {
        const domains = { endpoint: 'files.nyc3.cdn.digitaloceanspaces.com', custom_domain: 'cdn.example.com' };
        const endpoint = { id: spacesCdnId, origin: 'files.nyc3.digitaloceanspaces.com', ttl: 3600, ...domains };
        return { reply: { status: 200, body: { endpoint } } };
      }
      if (`${method} ${path}` !== `DELETE ${root}/cache`)
        return refusal(404, 'not_found', 'The resource you were accessing could not be found.');
      const { files } = JSON.parse(body) as { files: string[] };
      if (files.length > 50) return refusal(429, 'too_many_requests', 'API Rate limit exceeded.');
      return { reply: { status: 204 }, purged: files };
    },
    judge,
  );
}

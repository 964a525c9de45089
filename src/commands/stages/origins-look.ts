import { fromCache, load } from '../../release/page.ts';
import { allows } from '../../store/cors.ts';
import { type OriginPattern, sampleOrigin } from '../../store/origins.ts';
import type { PrivateIO } from './private-check.ts';

/** What pages of other origins get of a file. `silent`: it does not answer, or answers no file. */
export type OriginsLook =
  | { readonly kind: 'allowed' | 'silent' | 'not asked' }
  | {
      readonly kind: 'refused';
      readonly url: string;
      readonly origin: string;
      /** What a cache in between says of its answer. */
      readonly cached: string | undefined;
    };

/** So many of the origins are asked with. */
const most = 5;
const timeout = 20_000;

/** Asks for a file as pages of these origins do: with their `Origin`. */
export async function lookAtOrigins(
  url: string | undefined,
  origins: readonly OriginPattern[],
  { http, signal }: Pick<PrivateIO, 'http' | 'signal'>,
): Promise<OriginsLook> {
  if (url === undefined || origins.length === 0) return { kind: 'not asked' };
  for (const origin of origins.slice(0, most).map(sampleOrigin)) {
    // To pages of its own origin a file is given without CORS.
    if (origin === new URL(url).origin) continue;
    const headers = { accept: '*/*', 'accept-encoding': 'identity', origin };
    const loaded = await load(http, url, { headers, timeout }, signal);
    signal.throwIfAborted();
    if (loaded.kind !== 'page' || loaded.response.status !== 200) return { kind: 'silent' };
    if (!allows(loaded.response.headers, origin))
      return { kind: 'refused', url, origin, cached: fromCache(loaded.response) };
  }
  return { kind: 'allowed' };
}

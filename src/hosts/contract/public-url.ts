import { isLoopback } from '../../lib/loopback.ts';

/** The URL of a site that a host names, which many give without a scheme. Undefined if it is no address. */
export function publicUrl(address: string | null | undefined): string | undefined {
  if (!address) return undefined;
  if (/^https?:\/\//.test(address)) return URL.canParse(address) ? address : undefined;
  const url = `https://${address}`;
  if (!URL.canParse(url)) return undefined;
  return isLoopback(new URL(url).hostname) ? `http://${address}` : url;
}

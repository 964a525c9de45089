import { type BucketAddress, decodePath, isAbsolute } from '../../store/addresses.ts';
import { vendors } from '../../store/vendors.ts';

/** Where a file is planned to be. */
export interface Planned {
  readonly bucket: BucketAddress;
  readonly key: string;
}

/**
 * Whether an address leads to an object: `no` where a bucket answers under it and has the object elsewhere, `unclear` where
 * a CDN or the site would have to lead there by rules that nobody here knows.
 */
export function leadsTo(url: string, { bucket, key }: Planned): 'yes' | 'no' | 'unclear' {
  if (!isAbsolute(url)) return 'unclear';
  const { host, hostname, pathname } = new URL(url, 'https://none.invalid/');
  const path = decodePath(pathname);
  const endpoint = bucket.endpoint === undefined ? undefined : hostOfService(bucket.endpoint, bucket.name);
  const inHost = host.startsWith(`${bucket.name}.`);
  const service = (inHost ? host.slice(bucket.name.length + 1) : host).replace('.cdn.', '.');
  const isService = service === endpoint || vendors.some(({ hosts }) => hosts.test(hostname));
  // A CDN can stand before a folder of the bucket, but not before those of all previews.
  const below = !key.startsWith('previews/') && `/${key}`.endsWith(path);
  if (!isService) return path.endsWith(`/${key}`) || below ? 'yes' : 'unclear';
  const sameService = endpoint === undefined ? /\.amazonaws\.com(\.cn)?$/.test(hostname) : service === endpoint;
  return sameService && path === (inHost ? `/${key}` : `/${bucket.name}/${key}`) ? 'yes' : 'no';
}

/** Host and port of an endpoint, without the bucket that some put before it. */
function hostOfService(endpoint: string, bucket: string): string {
  const { host } = new URL(endpoint);
  return host.startsWith(`${bucket}.`) && host.split('.').length > 3 ? host.slice(bucket.length + 1) : host;
}

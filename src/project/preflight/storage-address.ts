import { type BucketAddress, decodePath, isAbsolute, isReadable } from '../../store/addresses.ts';
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
  if (!isReadable(url)) return 'no';
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

/** What is wrong with the form of an address, whatever answers there. */
export interface AddressFault {
  readonly why: string;
  /** What to write, in a storage's options and in STATIC_URL. */
  readonly fix: string;
  /** Nothing can answer under it; else a server may still read it as it is meant. */
  readonly certain: boolean;
}

/** A fault that comes of putting an address together: a scheme too many or too few, a slash too many, a variable that is not set. */
export function faultOfAddress(url: string): AddressFault | undefined {
  // Django puts a slash before what does not begin with "http" in small letters.
  if (/^\/?https?:?\/\/|^\/https?:/i.test(url) && !isAbsolute(url.toLowerCase())) {
    const fix = 'Write the scheme in small letters with its colon ("url_protocol": "https:").';
    return { why: 'which browsers read as a path of the page’s own site', fix, certain: true };
  }
  if (!isAbsolute(url)) return undefined;
  const [, host = '', path = ''] = /^(?:https?:)?\/\/([^/?#]*)([^?#]*)/.exec(url) ?? [];
  if (/^https?:?$/.test(host)) {
    const fix =
      'Write the domain without "https://" (custom_domain, AWS_S3_CUSTOM_DOMAIN, or the variable that it comes from).';
    return { why: 'which has the scheme twice', fix, certain: true };
  }
  if (host === '' || /^(?:None|null|undefined)(?:$|[.:])/.test(host)) {
    const fix = 'The variable that holds the domain is not set in this build: give it by the input env.';
    return { why: 'which names no host', fix, certain: false };
  }
  if (!isReadable(url) || /["'`\s<>{}|^]/.test(host)) {
    const fix = `Write the bare name of the host: "${host}" has quotes, brackets, spaces or a port that is none.`;
    return { why: 'which no browser can read', fix, certain: true };
  }
  if (path.includes('//')) {
    const fix = 'Take the slash from the end of the domain or of the folder (custom_domain, location, STATIC_URL).';
    return { why: 'with two slashes in a row, which buckets and most CDNs take for another name', fix, certain: false };
  }
  return undefined;
}

/** Host and port of an endpoint, without the bucket that some put before it. */
function hostOfService(endpoint: string, bucket: string): string {
  const { host } = new URL(endpoint);
  return host.startsWith(`${bucket}.`) && host.split('.').length > 3 ? host.slice(bucket.length + 1) : host;
}

import type { Acl } from './acl.ts';

/** A bucket and where it is. */
export interface BucketAddress {
  readonly name: string;
  readonly endpoint: string | undefined;
  /** Undefined: the vendor's usual one. */
  readonly region: string | undefined;
  /** An ACL that every write has to have, the ledger's too. */
  readonly ownerAcl?: Acl | undefined;
  /** Server-side encryption of every write: `AES256`, `aws:kms` or `aws:kms:<key>`. */
  readonly encryption?: string | undefined;
}

/** Host names of S3 at AWS in a region. */
function awsHosts(region = 'us-east-1'): string[] {
  if (region.startsWith('cn-')) return [`s3.${region}.amazonaws.com.cn`, `s3.dualstack.${region}.amazonaws.com.cn`];
  return ['s3.amazonaws.com', `s3.${region}.amazonaws.com`, `s3.dualstack.${region}.amazonaws.com`];
}

/** Hosts, with their ports, under which a bucket answers by itself, so that the path of an address is the key. */
export function ownHosts({ name, endpoint, region }: BucketAddress): Set<string> {
  if (endpoint === undefined) {
    const hosts = awsHosts(region);
    return new Set(hosts.flatMap((host) => [host, `${name}.${host}`]));
  }
  const { host } = new URL(endpoint);
  // Spaces has a CDN of its own before each bucket.
  const cdn = host.replace(/\.digitaloceanspaces\.com$/, '.cdn.digitaloceanspaces.com');
  return new Set([host, `${name}.${host}`, `${name}.${cdn}`]);
}

/** Origins whose files belong to the site, as far as bucket and URLs tell. */
export function originsOf(target: {
  bucket: BucketAddress | undefined;
  urls: readonly (string | undefined)[];
}): Set<string> {
  const { bucket, urls } = target;
  const found = urls.flatMap((url) => (url && URL.canParse(url) ? [new URL(url).origin] : []));
  if (bucket?.endpoint) {
    const { protocol, host, origin } = new URL(bucket.endpoint);
    found.push(origin, `${protocol}//${bucket.name}.${host}`);
  } else if (bucket) {
    found.push(...awsHosts(bucket.region).map((host) => `https://${bucket.name}.${host}`));
  }
  return new Set(found);
}

/** Without a slash before, with one behind; '' stays ''. */
export function normalPrefix(prefix: string): string {
  const parts = prefix.split('/').filter(Boolean);
  return parts.length === 0 ? '' : `${parts.join('/')}/`;
}

/** Whether a URL setting names a host. */
export const isAbsolute = (url: string) => /^(https?:)?\/\//.test(url);

/** Whether a browser can read a URL setting: a space, a bracket or a port of letters in its host, and it is no address. */
export const isReadable = (url: string) => URL.canParse(url, 'https://none.invalid/');

/**
 * The key prefix that a STATIC_URL or MEDIA_URL leads to: its path, without the bucket's name where that stands first in
 * the path of the endpoint's own address (path style).
 * @param url One that is readable.
 */
export function prefixOfUrl(url: string, bucket: string, endpoint: string | undefined): string {
  const { hostname, pathname } = new URL(url, 'https://none.invalid/');
  const path = decodePath(pathname);
  const own =
    endpoint === undefined
      ? /^s3[.-](.*\.)?amazonaws\.com(\.cn)?$/.test(hostname)
      : hostname === new URL(endpoint).hostname;
  const pathStyle = isAbsolute(url) && own && `${path}/`.startsWith(`/${bucket}/`);
  return normalPrefix(pathStyle ? path.slice(bucket.length + 1) : path);
}

/** As it is where it is not encoded well. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

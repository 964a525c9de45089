import type { BucketAddress } from './addresses.ts';
import { regionIn, vendorOf } from './vendors.ts';

/**
 * The address at which visitors read a folder of a bucket, as the bucket itself answers it.
 * @param prefix '' or with a slash at its end.
 * @returns Undefined where a vendor answers nobody without a signature (R2), so that a domain before the bucket has to.
 */
export function publicUrlOf({ name, endpoint, region }: BucketAddress, prefix: string): string | undefined {
  const vendor = vendorOf(endpoint);
  if (vendor.name === 'r2') return undefined;
  if (endpoint === undefined) {
    const at = region ?? regionIn(vendor, endpoint);
    return `https://${name}.s3.${at}.amazonaws.com${at.startsWith('cn-') ? '.cn' : ''}/${prefix}`;
  }
  const { protocol, host, origin } = new URL(endpoint);
  // A name with a dot in it fits no certificate of the vendor's.
  return vendor.pathStyle || name.includes('.')
    ? `${origin}/${name}/${prefix}`
    : `${protocol}//${name}.${host}/${prefix}`;
}

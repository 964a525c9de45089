import type { Acl } from './acl.ts';
import { isNarrow, openingStatements } from './bucket-policy.ts';
import type { PublicAccessBlock } from './bucket-settings.ts';
import type { Vendor } from './vendors.ts';

/** What a bucket says of who may read its objects. */
export interface BucketRights {
  readonly vendor: Vendor;
  /** As JSON; undefined: there is none; `unknown`: these credentials may not read it. */
  readonly policy: string | 'unsupported' | 'unknown' | undefined;
  readonly block: PublicAccessBlock | undefined;
  /** Undefined where the service does not say. */
  readonly ignoresAcls: boolean | undefined;
}

/** Where an object will stand that is not there yet. */
export interface FutureObject {
  readonly key: string;
  /** Prefix of its folder. */
  readonly prefix: string;
  readonly acl: Acl | undefined;
}

/** An input that opens the files, and its value. */
export type OpeningInput = readonly ['acl', 'public-read'] | readonly ['apply-policy', 'true'];

/** Whether visitors will be able to read an object; `set`: what lets them, undefined if no input does. */
export type Readers =
  | { readonly kind: 'anybody' }
  | { readonly kind: 'nobody' | 'unknown'; readonly set: OpeningInput | undefined };

/** Buckets of which some have ACLs and others not: "bucket owner enforced" at AWS, "uniform access" at Google. */
const mayHaveNone: readonly string[] = ['aws', 'gcs', 'generic'];

export const isPublicAcl = (acl: Acl | undefined): boolean => acl?.startsWith('public-read') ?? false;

/** Whether a public ACL of an object lets anybody read it; undefined where that is not known before an upload. */
function aclCounts({ vendor, block, ignoresAcls }: BucketRights): boolean | undefined {
  if (!vendor.acls || block?.BlockPublicAcls || block?.IgnorePublicAcls || ignoresAcls) return false;
  if (ignoresAcls === false) return true;
  return mayHaveNone.includes(vendor.name) ? undefined : true;
}

/** Whether the files of a folder can be opened by a bucket policy. */
export const policyCanOpen = ({ vendor, policy }: BucketRights, prefix: string): boolean =>
  vendor.policies && policy !== 'unsupported' && isNarrow(prefix);

/** Vendors with ACLs that open files better by a policy: AWS itself advises against ACLs, and Wasabi's guide has a policy. */
const byPolicy: readonly string[] = ['aws', 'wasabi'];

/** The input that opens the files of a folder; undefined if none does. */
export function openingInput(rights: BucketRights, prefix: string): OpeningInput | undefined {
  // These vendors have a way of their own.
  if (!rights.vendor.policies) return undefined;
  const hasPolicies = policyCanOpen(rights, prefix);
  const counts = aclCounts(rights);
  if (counts === true && !(byPolicy.includes(rights.vendor.name) && hasPolicies)) return ['acl', 'public-read'];
  if (hasPolicies) return ['apply-policy', 'true'];
  // Whether there are ACLs shows when one is sent.
  return counts === undefined ? ['acl', 'public-read'] : undefined;
}

/** Who will be able to read an object, by what its bucket says, so that nothing has to be written to find it out. */
export function readersOf(rights: BucketRights, { key, prefix, acl }: FutureObject): Readers {
  const { vendor, policy, block } = rights;
  const set = openingInput(rights, prefix);
  const counts = isPublicAcl(acl) ? aclCounts(rights) : false;
  if (counts) return { kind: 'anybody' };
  const isKnown = vendor.policies && policy !== 'unsupported' && policy !== 'unknown';
  if (counts === undefined || !isKnown) return { kind: 'unknown', set };
  const opens = policy !== undefined && openingStatements(policy, key).length > 0 && !block?.RestrictPublicBuckets;
  return opens ? { kind: 'anybody' } : { kind: 'nobody', set };
}

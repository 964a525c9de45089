import { partitionOf } from '../bucket-policy.ts';
import type { BucketSettings, Unsupported } from '../bucket-settings.ts';
import type { Vendor } from '../vendors.ts';
import type { Sdk } from './sdk.ts';
import { failureCodes } from './store-failures.ts';

export interface SettingsTools {
  readonly sdk: () => Promise<Sdk>;
  readonly vendor: Vendor;
  readonly region: () => string;
  /** Turns a failure into one that says what to do. */
  readonly guarded: <T>(doing: string, signal: AbortSignal, work: () => Promise<T>) => Promise<T>;
}

/** How servers say that they have no such API; AWS says it of what only the owner may do, too. */
const notThere = ['NotImplemented', '501', 'MethodNotAllowed', '405'];

/** How servers say that these credentials may not know, or that there is nothing of the kind. */
const untold = [...notThere, 'AccessDenied', '403', '404', '400'];

const says = (error: unknown, codes: readonly string[]): boolean =>
  failureCodes(error).some((code) => codes.includes(code));

/** Does the work; `without` where the server answers with one of these codes. */
async function orElse<T, E>(work: () => Promise<T>, codes: readonly string[], without: E): Promise<T | E> {
  try {
    return await work();
  } catch (error) {
    if (says(error, codes)) return without;
    throw error;
  }
}

/** Another run writes at this moment (AWS, Ceph): whoever writes looks again in any case. */
const conflicts = ['OperationAborted', 'ConcurrentModification', 'ConditionalRequestConflict', '409'];

/** What can be set of a bucket, through the SDK: it is rare. */
export function createSettings({ sdk, vendor, region, guarded }: SettingsTools): BucketSettings {
  const unsupported: Unsupported = 'unsupported';
  const write = (work: () => Promise<void>): Promise<Unsupported | undefined> =>
    orElse(() => orElse(async () => void (await work()), conflicts, undefined), notThere, unsupported);
  return {
    async corsRules(signal) {
      if (!vendor.cors) return unsupported;
      const read = async () => (await sdk()).corsRules(signal);
      const rules = () => orElse(read, ['NoSuchCORSConfiguration'], []);
      return guarded('reading the CORS rules', signal, () => orElse(rules, notThere, unsupported));
    },
    putCorsRules: (rules, signal) =>
      guarded('writing the CORS rules', signal, () => write(async () => (await sdk()).putCorsRules(rules, signal))),
    async policy(signal) {
      if (!vendor.policies) return unsupported;
      const read = async () => (await (await sdk()).policy(signal)) || undefined;
      const policy = () => orElse(read, ['NoSuchBucketPolicy', 'NoSuchPolicy'], undefined);
      return guarded('reading the bucket policy', signal, () => orElse(policy, notThere, unsupported));
    },
    putPolicy: (json, signal) =>
      guarded('writing the bucket policy', signal, () => write(async () => (await sdk()).putPolicy(json, signal))),
    async publicAccessBlock(signal) {
      if (!vendor.policies) return undefined;
      const read = async () => (await sdk()).publicAccessBlock(signal);
      const codes = ['NoSuchPublicAccessBlockConfiguration', ...untold];
      const found = await guarded('reading the block of public access', signal, () => orElse(read, codes, undefined));
      if (!found) return undefined;
      const { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets } = found;
      return {
        BlockPublicAcls: BlockPublicAcls === true,
        IgnorePublicAcls: IgnorePublicAcls === true,
        BlockPublicPolicy: BlockPublicPolicy === true,
        RestrictPublicBuckets: RestrictPublicBuckets === true,
      };
    },
    async ignoresAcls(signal) {
      if (!vendor.acls) return true;
      // A bucket of AWS that is older than this setting has none, and has ACLs.
      // A server that does not know the question may answer it with a listing, which says nothing.
      const read = async () => (await sdk()).ownership(signal);
      const owner = () => orElse(read, ['OwnershipControlsNotFoundError'], '');
      const found = await guarded('reading whose its objects are', signal, () => orElse(owner, untold, undefined));
      return found === undefined ? undefined : found === 'BucketOwnerEnforced';
    },
    partition: () => partitionOf(region(), vendor.name === 'aws'),
  };
}

import { DeployError } from '../../core/errors.ts';
import type { Identity } from '../../core/identity.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Destination } from '../../plan/destination.ts';
import type { Checkup } from '../../report/report.ts';
import { ownHosts } from '../../store/addresses.ts';
import type { PublicFiles } from '../../store/bucket-policy.ts';
import type { BucketSettings } from '../../store/bucket-settings.ts';
import { openByHand } from '../../store/by-hand.ts';
import { originOf } from '../../store/origins.ts';
import { blocked, whatBlocks } from '../../store/set-policy.ts';
import type { ObjectStore } from '../../store/store.ts';
import { vendorOf } from '../../store/vendors.ts';
import { type BucketRights, type OpeningInput, policyCanOpen, readersOf } from '../../store/visitors.ts';
import type { SyncPlan } from '../../sync/sync-plan.ts';
import { filesOf, sampleOf } from './sample-file.ts';

/** Who asks for the static files: `bucket`: visitors ask the bucket itself; `other`: a CDN or a proxy; `site`: the app. */
type Asked = 'bucket' | 'other' | 'site';

export interface ReadersRequest {
  readonly plan: SyncPlan;
  readonly store: Pick<ObjectStore, 'vendor' | 'settings'>;
  readonly target: Pick<Destination, 'bucket' | 'staticUrl'>;
  /** The public URL of the site. */
  readonly site: string | undefined;
  readonly identity: Identity;
  readonly inputs: Pick<Inputs, 'applyPolicy'>;
}

/** What the look came to: a row or an error, and the input that lets visitors read, for the workflow that fits. */
export interface ReadersSeen {
  readonly row?: Omit<Checkup, 'name'>;
  readonly error?: DeployError;
  readonly set?: OpeningInput | undefined;
}

function askedAt({ target: { bucket, staticUrl }, site }: ReadersRequest): Asked {
  const origin = originOf(staticUrl);
  if (!bucket || staticUrl === undefined || !origin || origin === originOf(site)) return 'site';
  return ownHosts(bucket).has(new URL(staticUrl).host) ? 'bucket' : 'other';
}

/** What a bucket says of its objects' readers. */
async function rightsOf({ vendor, settings }: ReadersRequest['store'], signal: AbortSignal): Promise<BucketRights> {
  const [policy, block, ignoresAcls] = await Promise.all([
    policyOf(settings, signal),
    settings.publicAccessBlock(signal),
    settings.ignoresAcls(signal),
  ]);
  return { vendor: vendorOf(undefined, vendor), policy, block, ignoresAcls };
}

const policyOf = (settings: BucketSettings, signal: AbortSignal) =>
  settings.policy(signal).catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof DeployError) return 'unknown' as const;
    throw error;
  });

/** The line to write, and what else is in its way. */
function todoOf(set: OpeningInput | undefined, rights: BucketRights, files: PublicFiles, identity: Identity): string {
  const { vendor, policy, block } = rights;
  if (!set) return openByHand(vendor.name, files, identity, policy !== 'unsupported');
  const line = `Set ${set.join(': ')}.`;
  if (set[0] === 'acl') return line;
  const needs = `${line} The key needs s3:GetBucketPolicy and s3:PutBucketPolicy.`;
  if (!block || whatBlocks(block) === '') return needs;
  const { message, hint } = blocked(files.bucket, block);
  return `${needs} ${message} ${hint}`;
}

/**
 * Whether visitors will be able to read static files of which the bucket has none yet, by what the bucket says: a check writes
 * nothing. Undefined where there are some, which can be asked for, and where none go there.
 */
export async function lookForReaders(request: ReadersRequest, signal: AbortSignal): Promise<ReadersSeen | undefined> {
  const { plan, store, target, identity, inputs } = request;
  const file = sampleOf(filesOf(plan, 'static'));
  const isThere = filesOf({ ...plan, puts: [] }, 'static').length > 0;
  if (!file || isThere || !target.bucket) return undefined;
  const { prefix } = file.source;
  const files = { bucket: target.bucket.name, prefix, partition: store.settings.partition() };
  const rights = await rightsOf(store, signal);
  const readers = readersOf(rights, { key: file.key, prefix, acl: file.form.acl });
  if (readers.kind === 'anybody') return seen('ok', `The bucket will let visitors read the static files`);
  const { block } = rights;
  if (inputs.applyPolicy && policyCanOpen(rights, prefix)) {
    if (block && whatBlocks(block) !== '') return { error: blocked(files.bucket, block) };
    return seen('ok', 'A deploy opens the static files by the bucket policy, because apply-policy is true');
  }
  const { kind, set } = readers;
  const todo = todoOf(set, rights, files, identity);
  const asked = askedAt(request);
  const none = 'None of the static files is in the bucket yet';
  if (kind === 'unknown')
    return {
      ...seen('open', `${none}, and it does not say who may read them`, `If it lets nobody read its files: ${todo}`),
      set,
    };
  const nobody = `the bucket "${files.bucket}" lets nobody read them`;
  if (asked === 'site') return seen('open', `${none}, and ${nobody}`, `If pages are to load files from it: ${todo}`);
  if (asked === 'other')
    return {
      ...seen('open', `${none}, and ${nobody}`, `If ${originOf(target.staticUrl)} may not read it either: ${todo}`),
      set,
    };
  const message = `Visitors will not be able to read the static files: ${nobody}.`;
  // A server of an unknown kind may let people in by a way of its own.
  if (rights.vendor.name === 'generic') return { ...seen('warning', message.replace(/\.$/, ''), todo), set };
  return { error: new DeployError('FILES_UNREADABLE', message, { hint: todo }), set };
}

const seen = (level: Checkup['level'], found: string, todo?: string): ReadersSeen => ({ row: { level, found, todo } });

import { DeployError } from '../core/errors.ts';
import type { PolicyChange } from './bucket-policy.ts';
import type { BucketSettings, PublicAccessBlock, SettingsIO } from './bucket-settings.ts';

/** Policies are written as a whole, so that of two runs that write at once the later one wins; both look again. */
const mostTries = 8;
const pause = 500;

/**
 * Changes the bucket policy, and looks again until it is as it should be.
 * @param change What the policy that is there has to become.
 * @returns Whether anything was written; `unsupported` if the service has no policies.
 * @throws DeployError BUCKET_DENIED, also if S3 Block Public Access forbids it; BUCKET_FAILED if the policy that is there is
 * none, or does not stay as it is written.
 */
export async function setPolicy(
  settings: BucketSettings,
  bucket: string,
  change: (json: string | undefined) => PolicyChange,
  io: SettingsIO,
): Promise<'same' | 'changed' | 'unsupported'> {
  for (let written = 0; ; written++) {
    const json = await settings.policy(io.signal);
    if (json === 'unsupported') return 'unsupported';
    const next = change(json);
    if (next.kind === 'unreadable') throw noPolicy(bucket, next.wrong);
    if (next.kind === 'same') return written > 0 ? 'changed' : 'same';
    if (written === mostTries) throw neverStill(bucket);
    const refused = await settings.putPolicy(next.json, io.signal).catch(async (error: unknown) => {
      io.signal.throwIfAborted();
      throw await explain(error, settings, bucket, io.signal);
    });
    if (refused === 'unsupported') return 'unsupported';
    await io.clock.sleep(pause * (1 + written * io.random()), io.signal);
  }
}

/** A refusal that S3 Block Public Access is the reason of, said so: most servers name no reason. */
async function explain(
  error: unknown,
  settings: BucketSettings,
  bucket: string,
  signal: AbortSignal,
): Promise<unknown> {
  if (!(error instanceof DeployError) || error.code !== 'BUCKET_DENIED') return error;
  const block = await settings.publicAccessBlock(signal);
  if (block?.BlockPublicPolicy) return blocked(bucket, block);
  if (!/BlockPublic|public polic/i.test(error.message)) return error;
  return new DeployError(
    'BUCKET_DENIED',
    `S3 Block Public Access of the account forbids public policies of ${bucket}.`,
    {
      hint: 'Turn BlockPublicPolicy and RestrictPublicBuckets off for the account (console, S3, "Block Public Access settings for this account"), or let a CDN read the bucket.',
      cause: error,
    },
  );
}

/** What of Block Public Access keeps a policy from opening files; '' if nothing does. */
export function whatBlocks(block: PublicAccessBlock | undefined): string {
  const names = (['BlockPublicPolicy', 'RestrictPublicBuckets'] as const).filter((name) => block?.[name]);
  return names.join(', ');
}

/** The command that lets public policies in and leaves the rest of Block Public Access as it is. */
function unblock(bucket: string, { BlockPublicAcls, IgnorePublicAcls }: PublicAccessBlock): string {
  return `aws s3api put-public-access-block --bucket ${bucket} --public-access-block-configuration BlockPublicAcls=${BlockPublicAcls},IgnorePublicAcls=${IgnorePublicAcls},BlockPublicPolicy=false,RestrictPublicBuckets=false`;
}

/** @returns The error of a bucket whose Block Public Access keeps its files from visitors. */
export const blocked = (bucket: string, block: PublicAccessBlock): DeployError =>
  new DeployError('BUCKET_DENIED', `The bucket "${bucket}" blocks public policies (${whatBlocks(block)}).`, {
    hint: `Turn it off for this bucket (console, Permissions, "Block public access"): ${unblock(bucket, block)}. Or let a CDN read the bucket.`,
  });

const noPolicy = (bucket: string, wrong: string) =>
  new DeployError(
    'BUCKET_FAILED',
    `The policy of the bucket "${bucket}" cannot be read as one (${wrong}), so it was left alone.`,
    {
      hint: 'Look at it at the vendor, fix it there, and run the job again.',
    },
  );

const neverStill = (bucket: string) =>
  new DeployError('BUCKET_FAILED', `The policy of the bucket "${bucket}" does not stay as it is written.`, {
    hint: 'Look whether another tool writes it, for example Terraform, and run this job again afterwards.',
  });

import { ledgerFolder } from '../ledger-folder.ts';

/** A refusal of a bucket, as far as it is known. */
export interface Denial {
  readonly bucket: string;
  /** What was being done: "storing static/a.css". */
  readonly doing: string;
  /** The server's own sentence; '' if there is none, as after HEAD. */
  readonly sentence: string;
  /** Of ARNs, where it is not that of most. */
  readonly partition?: string;
}

/** What each thing that the store does needs (https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html). */
const needed: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^storing /, ['s3:PutObject']],
  [/^reading the CORS rules/, ['s3:GetBucketCORS']],
  [/^writing the CORS rules/, ['s3:PutBucketCORS', 's3:GetBucketCORS']],
  [/^reading the bucket policy/, ['s3:GetBucketPolicy']],
  [/^writing the bucket policy/, ['s3:PutBucketPolicy', 's3:GetBucketPolicy', 's3:DeleteBucketPolicy']],
  [/^reading the ACL of /, ['s3:GetObjectAcl']],
  [/^reading /, ['s3:GetObject', 's3:ListBucket']],
  [/^looking for uploads/, ['s3:ListBucketMultipartUploads', 's3:AbortMultipartUpload']],
  [/^looking at /, ['s3:GetObject', 's3:ListBucket']],
  [/^listing/, ['s3:ListBucket']],
  [/^deleting/, ['s3:DeleteObject']],
];

/** Actions whose resource is the bucket and not its objects. */
const ofBucket = new Set([
  's3:ListBucket',
  's3:ListBucketMultipartUploads',
  's3:GetBucketCORS',
  's3:PutBucketCORS',
  's3:GetBucketPolicy',
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
]);

interface Cause {
  readonly when: (denial: Denial) => boolean;
  readonly hint: (denial: Denial) => string;
}

const says =
  (pattern: RegExp) =>
  ({ sentence }: Denial): boolean =>
    pattern.test(sentence);

/** A line of a policy that allows actions on a part of a bucket. */
const allow = (actions: readonly string[], resource: string, partition = 'aws'): string =>
  JSON.stringify({ Effect: 'Allow', Action: actions, Resource: `arn:${partition}:s3:::${resource}` });

/** By the server's sentence first; what it does not say is told by what was being done. */
const causes: readonly Cause[] = [
  {
    when: says(/storage cap|cap exceeded|quota/i),
    hint: () =>
      'Raise the cap of the account at the vendor ("Caps & Alerts" at Backblaze), or delete what nobody needs.',
  },
  {
    when: says(/explicit deny/i),
    hint: () =>
      'A policy denies it by name: that of the bucket, a service control policy or a permissions boundary. More rights of the key do not help; change that statement, or meet its condition (encryption, ACL, network).',
  },
  {
    when: says(/public access|BlockPublic|block public/i),
    hint: () =>
      'The bucket blocks public access. Leave acl and media-acl out and let a CDN read the bucket, or turn "Block public access" off for it.',
  },
  {
    when: says(/kms/i),
    hint: () =>
      'The key in KMS has to allow kms:GenerateDataKey and kms:Decrypt to these credentials: in its key policy, or in the policy of the user or role.',
  },
  {
    when: says(/PutObjectAcl|\bacl\b/i),
    hint: () => 'Allow s3:PutObjectAcl, or leave acl and media-acl out and make the files public by a bucket policy.',
  },
  {
    when: ({ doing }) => doing.includes(ledgerFolder),
    hint: ({ bucket, partition }) =>
      `The action keeps its notes below ${ledgerFolder}, beside the files. Add to the policy of these credentials: ${allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], `${bucket}/${ledgerFolder}*`, partition)}, and s3:ListBucket on the bucket.`,
  },
  {
    when: ({ doing }) => doing.startsWith('storing '),
    hint: ({ bucket, doing, partition }) =>
      `Add to the policy of these credentials: ${allow(['s3:PutObject'], `${bucket}/${prefixOf(doing)}*`, partition)}. If the policy of the bucket demands encryption or an ACL, set the inputs encryption or acl.`,
  },
];

/** The first folder of the key that was being stored. */
const prefixOf = (doing: string): string => /^storing ([^/]+\/)/.exec(doing)?.[1] ?? '';

/** What to do about a refusal, by its cause. */
export function denialHint(denial: Denial): string {
  // AWS names the action that is missing: "is not authorized to perform: s3:PutObject on resource".
  const [, named] = /not authorized to perform: ([\w:]+)/.exec(denial.sentence) ?? [];
  const cause = causes.find(({ when }) => when(denial));
  if (cause) return cause.hint(denial);
  const actions = named ? [named] : (needed.find(([pattern]) => pattern.test(denial.doing))?.[1] ?? ['s3:GetObject']);
  const lines = Object.entries(
    Object.groupBy(actions, (action) => (ofBucket.has(action) ? denial.bucket : `${denial.bucket}/*`)),
  );
  return `Add to the policy of these credentials: ${lines.map(([resource, all = []]) => allow(all, resource, denial.partition)).join(' and ')}.`;
}

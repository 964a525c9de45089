/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl, those that an upload can have. */
export const cannedAcls = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
] as const;

export type Acl = (typeof cannedAcls)[number];

/** An ACL that gives rights to the owner of the bucket alone, so that it fits every object; undefined if it does not. */
export const ownerAclIn = (acl: Acl | undefined): Acl | undefined =>
  acl?.startsWith('bucket-owner-') ? acl : undefined;

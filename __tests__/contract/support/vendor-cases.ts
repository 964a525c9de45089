import { md5 } from '../../support/md5.ts';
import { type Habits, type Refusal, type S3Request, s3Habits } from '../../support/s3-habits.ts';

/** What vendors refuse, by what was reported of them or seen on their servers. */
const named = (pattern: RegExp) => (request: S3Request) =>
  Object.keys(request.headers).some((name) => pattern.test(name));

const checksums = (status: number, code: string, source: string): Refusal => ({
  what: 'a checksum header',
  source,
  status,
  code,
  when: named(/^x-amz-(sdk-)?checksum-/),
});
const acl = (status: number, code: string, source: string): Refusal => ({
  what: 'an ACL',
  source,
  status,
  code,
  when: named(/^x-amz-acl$/),
});
const condition = (status: number, code: string, source: string): Refusal => ({
  what: 'a condition',
  source,
  status,
  code,
  when: named(/^if-(none-)?match$/),
});
const bulkDelete = (source: string): Refusal => ({
  what: 'DeleteObjects',
  source,
  status: 501,
  code: 'NotImplemented',
  when: ({ method, query }) => method === 'POST' && query.has('delete'),
});
/** What one vendor or another refuses, so that it must be sent to none. */
const everywhere: readonly Refusal[] = [
  checksums(400, 'InvalidArgument', 'Backblaze: boto/s3transfer#327'),
  {
    what: 'a body in chunks',
    source: 'Alibaba, Tencent, Huawei: apache/doris#58467. Ceph 18.2 and versitygw 1.8 store it as the encoding: seen',
    status: 501,
    code: 'NotImplemented',
    when: ({ headers }) =>
      headers['transfer-encoding'] !== undefined ||
      /aws-chunked/.test(String(headers['content-encoding'])) ||
      /^STREAMING-/.test(String(headers['x-amz-content-sha256'])),
  },
  {
    what: 'a body without a length',
    source: 'Linode, Ceph: boto/boto3#4398; Ceph 16.2: seen',
    status: 411,
    code: 'MissingContentLength',
    when: ({ method, headers }) => method === 'PUT' && headers['content-length'] === undefined,
  },
  {
    what: 'DeleteObjects without an MD5',
    source: 'MinIO: minio/minio#20845; Swift 2.30: seen',
    status: 400,
    code: 'MissingContentMD5',
    when: ({ query, headers }) => query.has('delete') && headers['content-md5'] === undefined,
  },
  {
    what: 'an MD5 of other bytes',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html',
    status: 400,
    code: 'BadDigest',
    when: ({ headers, body }) =>
      headers['content-md5'] !== undefined &&
      headers['content-md5'] !== Buffer.from(md5(body), 'hex').toString('base64'),
  },
];

const s3: Habits = { ...s3Habits, refusals: everywhere, bucket: 'host' };
const refusing = (...refusals: readonly Refusal[]): Habits => ({ ...s3, refusals: [...refusals, ...everywhere] });
/** Ceph 16.2: seen. */
const ceph: Habits = { ...s3, completes: 'nothing', ifMatch: 'unquoted' };

export interface VendorCase {
  /** As in src/store/vendors.ts. */
  readonly vendor: string;
  /** What of the vendor it is, where there is more than one. */
  readonly as?: string;
  readonly habits: Habits;
}

export const vendorCases: readonly VendorCase[] = [
  { vendor: 'aws', habits: s3 },
  // The ETag is none of the bytes: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
  { vendor: 'aws', as: 'with keys of KMS', habits: { ...s3, etag: 'kms', partsEtag: 'random' } },
  { vendor: 'spaces', habits: ceph },
  {
    vendor: 'r2',
    habits: {
      ...refusing(
        acl(501, 'NotImplemented', 'rclone, Cloudflare.yaml: no ACLs'),
        checksums(501, 'NotImplemented', 'Cloudflare: aws/aws-sdk-js-v3#6810'),
      ),
      bucket: 'path',
      // rclone, Cloudflare.yaml
      partsEtag: 'random',
    },
  },
  {
    vendor: 'b2',
    habits: refusing(
      acl(400, 'InvalidRequest', 'src/store/vendors.ts: ACLs belong to the bucket'),
      condition(400, 'InvalidRequest', 'src/store/vendors.ts'),
    ),
  },
  {
    vendor: 'gcs',
    habits: {
      ...refusing(
        condition(400, 'InvalidArgument', 'src/store/vendors.ts: conditions by generation'),
        bulkDelete('rclone, GCS.yaml; aws/aws-sdk-java-v2#6055'),
        {
          what: 'the name of the operation in the query',
          source: 'rclone, GCS.yaml: use_x_id',
          status: 400,
          code: 'InvalidArgument',
          when: ({ query }) => query.has('x-id'),
        },
        {
          what: 'a signed Accept-Encoding',
          source: 'rclone, GCS.yaml: sign_accept_encoding; its front changes the header',
          status: 403,
          code: 'SignatureDoesNotMatch',
          when: ({ headers }) => /SignedHeaders=[^,]*accept-encoding/.test(String(headers.authorization)),
        },
      ),
      bucket: 'path',
      partsEtag: 'random',
    },
  },
  // rclone, Scaleway.yaml
  { vendor: 'scaleway', habits: { ...s3, mostParts: 1_000 } },
  { vendor: 'hetzner', habits: ceph },
  { vendor: 'linode', habits: ceph },
  { vendor: 'ovh', habits: refusing(condition(501, 'NotImplemented', 'Swift 2.30: seen')) },
  { vendor: 'wasabi', habits: refusing(condition(501, 'NotImplemented', 'src/store/vendors.ts')) },
  { vendor: 'ceph', habits: { ...ceph, bucket: 'path' } },
  {
    vendor: 'minio',
    habits: { ...refusing(acl(501, 'NotImplemented', 'MinIO ignores ACLs: seen')), bucket: 'path' },
  },
  // An endpoint that nobody knows: what any other one refuses, without S3's own ETags.
  {
    vendor: 'generic',
    habits: { ...refusing(bulkDelete('as GCS')), bucket: 'path', partsEtag: 'random', mostParts: 1_000 },
  },
  { vendor: 'generic', as: 'as Ceph', habits: { ...ceph, bucket: 'path' } },
  {
    vendor: 'generic',
    as: 'as Swift',
    habits: { ...refusing(condition(501, 'NotImplemented', 'Swift 2.30: seen')), bucket: 'path' },
  },
  // s3rver 3.7 and older MinIO store a PUT whatever its condition: seen; minio/minio#19442
  { vendor: 'generic', as: 'that ignores conditions', habits: { ...s3, bucket: 'path', ifMatch: 'ignored' } },
];

/** AWS where the bucket's owner owns every object, as in every bucket that was made since April 2023. */
export const withoutAcls: Habits = refusing(
  acl(
    400,
    'AccessControlListNotSupported',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html',
  ),
);

/** Google where access is uniform; its XML API says the cause in Details alone. */
export const uniformAccess: Habits = {
  ...refusing({
    ...acl(400, 'InvalidArgument', 'https://cloud.google.com/storage/docs/uniform-bucket-level-access'),
    details: 'Cannot insert legacy ACL for an object when uniform bucket-level access is enabled.',
  }),
  bucket: 'path',
  partsEtag: 'random',
};

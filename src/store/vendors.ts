/** What of a vendor differs from S3 itself. Everything that is not said is as AWS does it. */
export interface Vendor {
  readonly name: string;
  /** Host names of its endpoints. */
  readonly hosts: RegExp;
  /** Buckets stand in the path and not in the host name. */
  readonly pathStyle: boolean;
  /** ETags of objects that were sent whole are the MD5 of their bytes. */
  readonly md5Etags: boolean;
  /** ETags of objects that were sent in parts are the MD5 of the parts' MD5s, and a number. */
  readonly partsEtag: boolean;
  /** Most parts of one upload. */
  readonly mostParts: number;
  /** Objects can have ACLs; without them a canned ACL is refused, or ignored without a word. */
  readonly acls: boolean;
  /** Region that is signed with where none is given. */
  readonly region: string;
  /** Where the region stands in the host name of an endpoint, if it is signed with. */
  readonly regionInHost?: RegExp;
  /**
   * Conditional PUTs (If-Match, If-None-Match) are kept; `unquoted`: If-Match only without the quotes of the ETag; `unknown`:
   * asked before the first one.
   */
  readonly conditional: 'yes' | 'unquoted' | 'no' | 'unknown';
  /** Deletes can name the ETag that the object has to have (If-Match; AWS, "How to perform conditional deletes"). */
  readonly conditionalDelete: boolean;
  /** CORS rules can be read and written as S3 has them; whether a service of an unknown kind has them shows when it is asked. */
  readonly cors: boolean;
  /** Bucket policies can be read and written as S3 has them; the same goes for unknown services. */
  readonly policies: boolean;
}

const aws: Vendor = {
  name: 'aws',
  hosts: /(^|\.)amazonaws\.com(\.cn)?$/,
  pathStyle: false,
  md5Etags: true,
  partsEtag: true,
  mostParts: 10_000,
  acls: true,
  region: 'us-east-1',
  regionInHost: /^s3(?:-fips)?(?:\.dualstack)?[.-]([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/,
  conditional: 'yes',
  conditionalDelete: true,
  cors: true,
  policies: true,
};

/** What speaks S3's API and is not AWS: no page of another vendor promises conditional deletes. */
const { regionInHost: _, ...likeAws } = aws;
const other: Vendor = { ...likeAws, conditionalDelete: false };

/**
 * Vendors by their endpoints. Sources: rclone backend/s3/provider/*.yaml (2026-08), each vendor's pages, and, for Ceph and
 * MinIO, their servers as they ran in tests.
 */
export const vendors: readonly Vendor[] = [
  aws,
  // Ceph behind a front: conditional PUTs compare the ETag without quotes (seen on Ceph 16.2 and 18.2).
  { ...other, name: 'spaces', hosts: /\.digitaloceanspaces\.com$/, conditional: 'unquoted' },
  // ETags of multipart uploads are random; there are no ACLs, no bucket policies, and no public access through the endpoint
  // (Cloudflare, "S3 API compatibility").
  {
    ...other,
    name: 'r2',
    hosts: /\.r2\.cloudflarestorage\.com$/,
    pathStyle: true,
    partsEtag: false,
    acls: false,
    region: 'auto',
    policies: false,
  },
  // ACLs belong to the bucket, and a PUT with one is refused (Backblaze, S3-compatible API, PutObject); a bucket is public or
  // private as a whole. Its CORS rules can be set (S3 Put Bucket CORS).
  {
    ...other,
    name: 'b2',
    hosts: /\.backblazeb2\.com$/,
    acls: false,
    policies: false,
    conditional: 'no',
    regionInHost: /^s3\.([a-z0-9-]+)\.backblazeb2\.com$/,
  },
  // XML API: no multipart ETags of S3's form, conditions by generation and not by ETag, CORS in a form of its own, IAM in place
  // of bucket policies.
  {
    ...other,
    name: 'gcs',
    hosts: /(^|\.)storage\.googleapis\.com$/,
    pathStyle: true,
    partsEtag: false,
    region: 'auto',
    conditional: 'no',
    cors: false,
    policies: false,
  },
  // At most 1,000 parts (rclone, Scaleway.yaml).
  {
    ...other,
    name: 'scaleway',
    hosts: /\.scw\.cloud$/,
    mostParts: 1_000,
    region: 'fr-par',
    regionInHost: /^s3\.([a-z0-9-]+)\.scw\.cloud$/,
  },
  { ...other, name: 'hetzner', hosts: /\.your-objectstorage\.com$/, conditional: 'unquoted' },
  { ...other, name: 'linode', hosts: /\.linodeobjects\.com$/, conditional: 'unquoted' },
  {
    ...other,
    name: 'ovh',
    hosts: /\.cloud\.ovh\.(net|us)$/,
    conditional: 'no',
    regionInHost: /^s3\.([a-z0-9-]+)\.(?:io|perf)\.cloud\.ovh\.(?:net|us)$/,
  },
  {
    ...other,
    name: 'wasabi',
    hosts: /\.wasabisys\.com$/,
    conditional: 'no',
    regionInHost: /^s3\.([a-z0-9-]+)\.wasabisys\.com$/,
  },
];

/** What an unknown endpoint is taken for: path style, because a name below it may not resolve, and nothing relied on. */
export const generic: Vendor = {
  ...other,
  name: 'generic',
  hosts: /./,
  pathStyle: true,
  md5Etags: false,
  partsEtag: false,
  mostParts: 1_000,
  conditional: 'unknown',
};

/** Vendors that run anywhere, so that only a name tells them: `endpoint: ceph+https://s3.example.com`. */
const selfHosted: readonly Vendor[] = [
  { ...generic, name: 'ceph', md5Etags: true, partsEtag: true, conditional: 'unquoted' },
  { ...generic, name: 'minio', md5Etags: true, partsEtag: true, acls: false, mostParts: 10_000 },
];

export const vendorNames = [...vendors, ...selfHosted, generic].map(({ name }) => name);

/** The vendor of an endpoint: by its name, by the address, AWS where there is none. */
export function vendorOf(endpoint: string | undefined, name?: string): Vendor {
  const named = [...vendors, ...selfHosted, generic].find((vendor) => vendor.name === name);
  if (named || endpoint === undefined) return named ?? aws;
  const { hostname } = new URL(endpoint);
  return vendors.find(({ hosts }) => hosts.test(hostname)) ?? generic;
}

/** The region that is signed with where nobody gives one: that of the endpoint's host name, else the vendor's usual one. */
export function regionIn({ region, regionInHost }: Vendor, endpoint: string | undefined): string {
  const found = endpoint === undefined ? undefined : regionInHost?.exec(new URL(endpoint).hostname)?.[1];
  return found ?? region;
}

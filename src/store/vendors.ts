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
  /**
   * Conditional PUTs (If-Match, If-None-Match) are kept; `unquoted`: If-Match only without the quotes of the ETag; `unknown`:
   * asked before the first one.
   */
  readonly conditional: 'yes' | 'unquoted' | 'no' | 'unknown';
  /** Deletes can name the ETag that the object has to have (If-Match; AWS, "How to perform conditional deletes"). */
  readonly conditionalDelete: boolean;
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
  conditional: 'yes',
  conditionalDelete: true,
};

/** What speaks S3's API and is not AWS: no page of another vendor promises conditional deletes. */
const other: Vendor = { ...aws, conditionalDelete: false };

/**
 * Vendors by their endpoints. Sources: rclone backend/s3/provider/*.yaml (2026-08), each vendor's pages, and, for Ceph and
 * MinIO, their servers as they ran in tests.
 */
export const vendors: readonly Vendor[] = [
  aws,
  // Ceph behind a front: conditional PUTs compare the ETag without quotes (seen on Ceph 16.2 and 18.2).
  { ...other, name: 'spaces', hosts: /\.digitaloceanspaces\.com$/, conditional: 'unquoted' },
  // ETags of multipart uploads are random; there are no ACLs, and no public access through the endpoint.
  {
    ...other,
    name: 'r2',
    hosts: /\.r2\.cloudflarestorage\.com$/,
    pathStyle: true,
    partsEtag: false,
    acls: false,
    region: 'auto',
  },
  // ACLs belong to the bucket; a PUT with one is refused (Backblaze, S3-compatible API, PutObject).
  { ...other, name: 'b2', hosts: /\.backblazeb2\.com$/, acls: false, conditional: 'no' },
  // XML API: no multipart ETags of S3's form, conditions by generation and not by ETag.
  {
    ...other,
    name: 'gcs',
    hosts: /(^|\.)storage\.googleapis\.com$/,
    pathStyle: true,
    partsEtag: false,
    region: 'auto',
    conditional: 'no',
  },
  // At most 1,000 parts (rclone, Scaleway.yaml).
  { ...other, name: 'scaleway', hosts: /\.scw\.cloud$/, mostParts: 1_000 },
  { ...other, name: 'hetzner', hosts: /\.your-objectstorage\.com$/, conditional: 'unquoted' },
  { ...other, name: 'linode', hosts: /\.linodeobjects\.com$/, conditional: 'unquoted' },
  { ...other, name: 'ovh', hosts: /\.cloud\.ovh\.(net|us)$/, conditional: 'no' },
  { ...other, name: 'wasabi', hosts: /\.wasabisys\.com$/, conditional: 'no' },
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

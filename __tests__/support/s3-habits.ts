import type { IncomingHttpHeaders } from 'node:http';

export interface S3Request {
  readonly method: string;
  /** Host and port that it was sent to. */
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a vendor answers with an error, and who says so. */
export interface Refusal {
  readonly what: string;
  readonly source: string;
  readonly status: number;
  readonly code: string;
  /** What it says beside a message that says nothing. */
  readonly details?: string;
  readonly when: (request: S3Request) => boolean;
}

/** How a vendor goes about what S3 does in its own way. */
export interface Habits {
  readonly refusals: readonly Refusal[];
  /** Where the bucket's name stands. */
  readonly bucket: 'host' | 'path';
  /** ETag of an object that was sent whole: the MD5 of its bytes, or random because it is encrypted with a key of KMS. */
  readonly etag: 'md5' | 'kms';
  /** ETag of an object that was sent in parts: the MD5 of the parts' MD5s, or random. */
  readonly partsEtag: 'parts' | 'random';
  /** What the answer to completing an upload says of the ETag. */
  readonly completes: 'etag' | 'nothing';
  /** What If-Match is compared with; `ignored`: everything is stored whatever it says. */
  readonly ifMatch: 'quoted' | 'unquoted' | 'ignored';
  /** Most parts of one upload. */
  readonly mostParts: number;
}

/** S3's own. */
export const s3Habits: Habits = {
  refusals: [],
  bucket: 'path',
  etag: 'md5',
  partsEtag: 'parts',
  completes: 'etag',
  ifMatch: 'quoted',
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
  mostParts: 10_000,
};

/**
 * DigitalOcean Spaces takes five PUTs of one key in five minutes, and puts the sixth off
 * (https://docs.digitalocean.com/products/spaces/details/limits/).
 */
export function fewPutsOfOneKey(most = 5, milliseconds = 300_000): Refusal {
  const times = new Map<string, number[]>();
  return {
    what: 'one PUT of a key too many',
    source: 'https://docs.digitalocean.com/products/spaces/details/limits/',
    status: 503,
    code: 'SlowDown',
    when({ method, path, query }) {
      if (method !== 'PUT' || query.has('uploadId')) return false;
      const now = Date.now();
      const recent = (times.get(path) ?? []).filter((time) => now - time < milliseconds);
      times.set(path, [...recent, now]);
      return recent.length >= most;
    },
  };
}

import type { Identity } from '../core/identity.ts';
import { isNarrow, type PublicFiles, policyOf, statementId } from './bucket-policy.ts';
import { ruleFor } from './cors.ts';
import type { OriginPattern } from './origins.ts';

/** A bucket for which something is to be done by hand. */
export interface Place {
  /** Name of the vendor. */
  readonly vendor: string;
  readonly bucket: string;
}

/** The rule as consoles and `aws s3api put-bucket-cors` take it; without a name, because it is not ours. */
function ruleJson(origins: readonly OriginPattern[]): string {
  const { ID: _, ...rule } = ruleFor('', origins);
  return JSON.stringify([rule]);
}

/**
 * Google's form of a rule (https://cloud.google.com/storage/docs/using-cors): its console has no page for it, and its XML API a
 * form of its own.
 */
const googleJson = (origins: readonly OriginPattern[]): string =>
  JSON.stringify([{ origin: origins, method: ['GET', 'HEAD'], responseHeader: ['ETag'], maxAgeSeconds: 3_600 }]);

type CorsAdvice = (bucket: string, origins: readonly OriginPattern[]) => string;

/** Where each vendor's rules are set; the pages as they were called in 2026. */
const consoles: Readonly<Record<string, CorsAdvice>> = {
  gcs: (bucket, origins) =>
    `Run once: echo '${googleJson(origins)}' > cors.json && gcloud storage buckets update gs://${bucket} --cors-file=cors.json`,
  minio: (_bucket, origins) =>
    `MinIO has one setting for the whole server: MINIO_API_CORS_ALLOW_ORIGIN=${origins.join(',')} (all origins where it is not set). AIStor takes rules of a bucket: mc cors set.`,
  spaces: (_bucket, origins) =>
    `Use a key with all rights ("Full Access"), because one that is limited to a bucket may not set rules. Or add the rule in the control panel, Spaces, Settings, "CORS Configurations": origin ${origins.join(', ')}, methods GET and HEAD.`,
  r2: (bucket, origins) =>
    `Use an R2 token with "Admin Read & Write", because one for objects may not set rules. Or add to the dashboard, R2, ${bucket}, Settings, "CORS policy": ${ruleJson(origins)}`,
  b2: (_bucket, origins) =>
    `Use an application key with writeBuckets, or add the rule at Backblaze, Buckets, "CORS Rules": ${ruleJson(origins)}`,
  wasabi: (_bucket, origins) => `Add to the bucket's Settings, Permissions, CORS: ${ruleJson(origins)}`,
  aws: (bucket, origins) => `Or add to the bucket ${bucket} in the console, Permissions, CORS: ${ruleJson(origins)}`,
};

/** What to do so that pages of these origins may use files of a bucket whose rules this run cannot write. */
export function allowOriginsByHand({ vendor, bucket }: Place, origins: readonly OriginPattern[]): string {
  const known = consoles[vendor];
  if (known) return known(bucket, origins);
  return `Add this rule to its CORS settings at the vendor (aws s3api put-bucket-cors, or its console): ${ruleJson(origins)}. A service without CORS needs a proxy or CDN before it that sends Access-Control-Allow-Origin.`;
}

/** What to do so that anybody can read static files, at vendors that have no bucket policies. */
const withoutPolicies: Readonly<Record<string, (files: PublicFiles) => string>> = {
  r2: () =>
    'R2 has no bucket policies: connect a custom domain to the bucket (dashboard, R2, Settings, "Custom Domains"), and let STATIC_URL begin with it.',
  b2: () =>
    'A bucket of Backblaze is public or private as a whole: set it to "Public" in Bucket Settings, and keep private media in another bucket.',
  gcs: ({ bucket, prefix }) => {
    const folder = `gs://${bucket}/${prefix}`;
    return `Google has IAM in place of bucket policies. Run once, for a bucket with uniform access: gcloud storage managed-folders create ${folder} && gcloud storage managed-folders add-iam-policy-binding ${folder} --member=allUsers --role=roles/storage.objectViewer`;
  },
};

/**
 * What to do so that anybody can read the static files.
 * @param hasPolicies The service turned out to have bucket policies, or nobody asked it.
 */
export function openByHand(vendor: string, files: PublicFiles, identity: Identity, hasPolicies = true): string {
  const own = withoutPolicies[vendor];
  if (own) return own(files);
  if (!hasPolicies)
    return 'The service has no bucket policies: set "acl: public-read" if it has ACLs, make the bucket public at the vendor, or let a CDN read it.';
  if (!isNarrow(files.prefix))
    return 'If the bucket takes ACLs, set "acl: public-read". A policy would open all of the bucket, because the static files stand at its root: give them a folder, by location of the storage or the input static-prefix.';
  return `Set "apply-policy: true", or give the bucket this policy: ${policyOf(statementId(identity), files)}`;
}

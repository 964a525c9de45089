import type { Clock } from '../core/ports.ts';

/** A CORS rule as S3 has it (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html). */
export interface CorsRule {
  readonly ID?: string | undefined;
  readonly AllowedOrigins: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders?: readonly string[] | undefined;
  readonly ExposeHeaders?: readonly string[] | undefined;
  /** How long a browser keeps the answer to a preflight request. */
  readonly MaxAgeSeconds?: number | undefined;
}

/**
 * S3 Block Public Access of a bucket; the account has one of its own
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html).
 */
export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

/** The service has no such API. */
export type Unsupported = 'unsupported';

/** What can be set of a bucket as a whole. Each rejects with a DeployError that says what to do. */
export interface BucketSettings {
  /** Empty where there are no rules. */
  corsRules(signal: AbortSignal): Promise<readonly CorsRule[] | Unsupported>;
  /** Puts these rules in place of all that are there. */
  putCorsRules(rules: readonly CorsRule[], signal: AbortSignal): Promise<Unsupported | undefined>;
  /** The bucket policy as JSON; undefined where there is none. */
  policy(signal: AbortSignal): Promise<string | Unsupported | undefined>;
  /** Puts this policy in place of the one that is there; '' takes it away. */
  putPolicy(json: string, signal: AbortSignal): Promise<Unsupported | undefined>;
  /** Undefined where the bucket has none, or these credentials may not know. */
  publicAccessBlock(signal: AbortSignal): Promise<PublicAccessBlock | undefined>;
  /** Whether the bucket ignores ACLs ("bucket owner enforced"); undefined where the service or these credentials do not tell. */
  ignoresAcls(signal: AbortSignal): Promise<boolean | undefined>;
  /** Partition of the bucket in ARNs, `aws` everywhere but in AWS's separate clouds. */
  partition(): string;
}

/** What a change of settings needs beside them. */
export interface SettingsIO {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly signal: AbortSignal;
}

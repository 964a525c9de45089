import { hash } from 'node:crypto';
import type { CORSRule, CompletedPart, S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import type { Dispatcher } from 'undici';
import type { CorsRule, PublicAccessBlock } from '../bucket-settings.ts';
import { createSdkHandler } from './sdk-handler.ts';
import type { SigningCredentials } from './signature.ts';

export interface SdkOptions {
  readonly bucket: string;
  readonly endpoint: string | undefined;
  /** Asked for each request: the bucket may turn out to be in another one. */
  readonly region: () => string;
  readonly pathStyle: boolean;
  /** Undefined: the SDK's own chain (environment, OIDC role, profile, instance). */
  readonly credentials: SigningCredentials | undefined;
  /** Connections, which stay open when the SDK is closed. */
  readonly agent: Dispatcher;
}

/** Errors that say nothing of DeleteObjects itself: every delete would fail with them. */
const notOfRequest = /^(NoSuchBucket|ExpiredToken|InvalidToken|TokenRefreshRequired)/;

/**
 * What is rare enough to leave it to the AWS SDK: credentials, the frame of uploads in parts, deletes, and what is set of a
 * bucket as a whole. The client is made so that it does not send what vendors refuse: checksum headers and chunked bodies
 * (aws-sdk-js-v3#6810), DeleteObjects and PutBucketCors without Content-MD5 (aws-sdk-js-v3#6819), and the name of the
 * operation in the query (GCS; rclone leaves it out).
 */
export async function createSdk(options: SdkOptions) {
  const s3 = await import('@aws-sdk/client-s3');
  const { bucket: Bucket, endpoint, region, pathStyle, credentials, agent } = options;
  const client: S3Client = new s3.S3Client({
    region: async () => region(),
    forcePathStyle: pathStyle,
    requestHandler: createSdkHandler(agent) as unknown as NonNullable<S3ClientConfig['requestHandler']>,
    maxAttempts: 8,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials && { credentials: credentials as NonNullable<S3ClientConfig['credentials']> }),
  });
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers, query, body } = args.request as {
        headers?: Record<string, string>;
        query?: Record<string, unknown>;
        body?: unknown;
      };
      delete query?.['x-id'];
      if (
        headers &&
        typeof body === 'string' &&
        Object.keys(headers).some((name) => name.startsWith('x-amz-checksum-'))
      ) {
        for (const name of Object.keys(headers)) if (/^x-amz-(sdk-)?checksum-/.test(name)) delete headers[name];
        headers['content-md5'] = hash('md5', body, 'base64');
      }
      return next(args);
    },
    { step: 'build', priority: 'low', name: 'asVendorsTakeIt' },
  );

  return {
    /** The credentials of the chain, fresh ones where the old have expired. */
    async credentials(renew: boolean): Promise<SigningCredentials> {
      return client.config.credentials(renew ? { forceRefresh: true } : undefined);
    },

    /** Address of AWS in a region by the SDK's own rules: partitions, FIPS, dual-stack, as environment and profile say. */
    async awsAddress(Region: string): Promise<string> {
      const { useFipsEndpoint, useDualstackEndpoint, endpointProvider } = client.config;
      const [UseFIPS, UseDualStack] = await Promise.all([useFipsEndpoint(), useDualstackEndpoint()]);
      return endpointProvider({ Region, UseFIPS, UseDualStack }, {}).url.href;
    },

    async beginUpload(key: string, headers: object, signal: AbortSignal): Promise<string> {
      const command = new s3.CreateMultipartUploadCommand({ Bucket, Key: key, ...headers });
      return (await client.send(command, { abortSignal: signal })).UploadId ?? '';
    },

    async finishUpload(key: string, UploadId: string, Parts: CompletedPart[], signal: AbortSignal): Promise<void> {
      const command = new s3.CompleteMultipartUploadCommand({ Bucket, Key: key, UploadId, MultipartUpload: { Parts } });
      await client.send(command, { abortSignal: signal });
    },

    async abortUpload(key: string, UploadId: string): Promise<void> {
      await client.send(new s3.AbortMultipartUploadCommand({ Bucket, Key: key, UploadId }));
    },

    /** Uploads below a prefix that were begun and neither finished nor aborted: key and id. */
    async openUploads(Prefix: string, signal: AbortSignal): Promise<{ key: string; id: string }[]> {
      const found: { key: string; id: string }[] = [];
      let next: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
      while (next) {
        const page: Awaited<ReturnType<typeof sendPage>> = await sendPage(next);
        for (const { Key = '', UploadId = '' } of page.Uploads ?? []) found.push({ key: Key, id: UploadId });
        const { NextKeyMarker, NextUploadIdMarker } = page;
        next =
          page.IsTruncated && NextKeyMarker !== undefined
            ? { KeyMarker: NextKeyMarker, ...(NextUploadIdMarker ? { UploadIdMarker: NextUploadIdMarker } : {}) }
            : undefined;
      }
      return found;

      function sendPage(from: object) {
        return client.send(new s3.ListMultipartUploadsCommand({ Bucket, Prefix, ...from }), { abortSignal: signal });
      }
    },

    /**
     * Deletes a thousand objects at most by one request. Returns what the store said of each key: `true`, or why it was not
     * deleted; nothing of keys that the answer does not name. Undefined if the vendor has no such request.
     */
    async deleteMany(
      objects: readonly { readonly Key: string; readonly ETag?: string }[],
      signal: AbortSignal,
    ): Promise<Map<string, true | string> | undefined> {
      try {
        const Delete = { Objects: [...objects], Quiet: false };
        const answer = await client.send(new s3.DeleteObjectsCommand({ Bucket, Delete }), { abortSignal: signal });
        const answers = new Map<string, true | string>();
        for (const { Key = '' } of answer.Deleted ?? []) answers.set(Key, true);
        for (const { Key = '', Code, Message } of answer.Errors ?? [])
          answers.set(Key, Message ?? Code ?? 'no reason given');
        return answers;
      } catch (error) {
        signal.throwIfAborted();
        const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
        const refused = [400, 404, 405, 411, 501].includes($metadata?.httpStatusCode ?? 0);
        if (!refused || notOfRequest.test(name ?? '')) throw error;
        return undefined;
      }
    },

    async corsRules(signal: AbortSignal): Promise<CorsRule[]> {
      const answer = await client.send(new s3.GetBucketCorsCommand({ Bucket }), { abortSignal: signal });
      return (answer.CORSRules ?? []).map(({ AllowedOrigins = [], AllowedMethods = [], ...rest }) => ({
        ...rest,
        AllowedOrigins,
        AllowedMethods,
      }));
    },

    /** None: they go. */
    async putCorsRules(rules: readonly CorsRule[], signal: AbortSignal): Promise<void> {
      const how = { abortSignal: signal };
      if (rules.length === 0) return void (await client.send(new s3.DeleteBucketCorsCommand({ Bucket }), how));
      const CORSRules = rules.map((rule) => structuredClone(rule) as CORSRule);
      await client.send(new s3.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }), how);
    },

    async policy(signal: AbortSignal): Promise<string | undefined> {
      return (await client.send(new s3.GetBucketPolicyCommand({ Bucket }), { abortSignal: signal })).Policy;
    },

    /** '': it goes. */
    async putPolicy(Policy: string, signal: AbortSignal): Promise<void> {
      const how = { abortSignal: signal };
      if (Policy === '') return void (await client.send(new s3.DeleteBucketPolicyCommand({ Bucket }), how));
      await client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy }), how);
    },

    async publicAccessBlock(signal: AbortSignal): Promise<{ [K in keyof PublicAccessBlock]?: boolean | undefined }> {
      const command = new s3.GetPublicAccessBlockCommand({ Bucket });
      return (await client.send(command, { abortSignal: signal })).PublicAccessBlockConfiguration ?? {};
    },

    /** Who owns objects: `BucketOwnerEnforced` is a bucket without ACLs. */
    async ownership(signal: AbortSignal): Promise<string | undefined> {
      const command = new s3.GetBucketOwnershipControlsCommand({ Bucket });
      return (await client.send(command, { abortSignal: signal })).OwnershipControls?.Rules?.[0]?.ObjectOwnership;
    },

    close: () => client.destroy(),
  };
}

export type Sdk = Awaited<ReturnType<typeof createSdk>>;

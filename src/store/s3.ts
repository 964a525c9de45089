import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import type { PutObjectCommandInput, S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { mapLimit } from '../lib/pool.ts';
import type { Secret } from '../lib/secret.ts';
import { changedError, failureCodes, storeError } from './failures.ts';
import type { FileBody, ListedObject, ObjectHead, ObjectHeaders, ObjectStore, PutRequest } from './store.ts';

export interface S3Options {
  readonly bucket: string;
  /** Undefined is AWS itself. */
  readonly endpoint: string | undefined;
  readonly region: string;
  /** Undefined is the SDK's own chain: environment, OIDC role, profile, instance. */
  readonly credentials: { readonly accessKeyId: Secret; readonly secretAccessKey: Secret } | undefined;
  /** Told once where the bucket takes no ACLs. */
  readonly onWarning: (message: string) => void;
}

/** Objects above this go in parts of it, so that a lost connection costs one part. */
const partSize = 16 * 1024 * 1024;
/** S3's limit is 10,000; Scaleway's is 1,000 (rclone, backend/s3/provider/Scaleway.yaml). */
const mostParts = 1_000;
const partsAtOnce = 4;

const unquote = (etag: string | undefined) => (etag ?? '').replace(/^"|"$/g, '');

/**
 * An endpoint that names the bucket itself (`https://bucket.nyc3.…`) without it, as the SDK wants it. A bucket called like
 * a region is told from one: no service out there has an address of two labels.
 */
export function serviceEndpoint(endpoint: string | undefined, bucket: string): string | undefined {
  if (endpoint === undefined) return undefined;
  const url = new URL(endpoint);
  const rest = url.hostname.slice(bucket.length + 1);
  if (url.hostname.startsWith(`${bucket}.`) && (rest.split('.').length > 2 || rest === 'localhost')) {
    url.hostname = rest;
  }
  return url.href.replace(/\/$/, '');
}

function clientConfig(options: S3Options): S3ClientConfig {
  const endpoint = serviceEndpoint(options.endpoint, options.bucket);
  const aws = endpoint === undefined || new URL(endpoint).hostname.endsWith('.amazonaws.com');
  const { credentials } = options;
  return {
    region: options.region,
    ...(endpoint === undefined ? {} : { endpoint }),
    forcePathStyle: !aws,
    ...(credentials && {
      credentials: {
        accessKeyId: credentials.accessKeyId.reveal(),
        secretAccessKey: credentials.secretAccessKey.reveal(),
      },
    }),
    maxAttempts: 5,
    // The SDK's checksum headers and aws-chunked bodies are refused or stored as content by many vendors
    // (aws-sdk-js-v3#6810). Content-MD5 is checked by all of them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
}

function headersInput(headers: ObjectHeaders): Partial<PutObjectCommandInput> {
  return {
    ContentType: headers.contentType,
    CacheControl: headers.cacheControl,
    ...(headers.contentEncoding ? { ContentEncoding: headers.contentEncoding } : {}),
    ...(headers.contentDisposition ? { ContentDisposition: headers.contentDisposition } : {}),
    ...(headers.contentLanguage ? { ContentLanguage: headers.contentLanguage } : {}),
  };
}

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

/**
 * A bucket of S3 or of anything that speaks its API, through the AWS SDK.
 * Bodies are always buffers with Content-MD5: a stream cannot be sent again, and vendors store its chunk framing.
 */
export async function createS3Store(options: S3Options): Promise<ObjectStore> {
  const s3 = await import('@aws-sdk/client-s3');
  const client: S3Client = new s3.S3Client(clientConfig(options));
  const Bucket = options.bucket;
  let sendAcl = true;

  async function guarded<T>(doing: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw storeError(error, options, doing);
    }
  }

  async function* list(prefix: string, signal: AbortSignal): AsyncIterable<readonly ListedObject[]> {
    let token: string | undefined;
    do {
      const input = { Bucket, Prefix: prefix, ...(token === undefined ? {} : { ContinuationToken: token }) };
      const page = await guarded(`listing ${prefix}`, signal, () =>
        client.send(new s3.ListObjectsV2Command(input), { abortSignal: signal }),
      );
      yield (page.Contents ?? []).map((object) => ({
        key: object.Key ?? '',
        size: object.Size ?? 0,
        etag: unquote(object.ETag),
        lastModified: object.LastModified?.getTime() ?? 0,
      }));
      const next = page.IsTruncated ? page.NextContinuationToken : undefined;
      if (next !== undefined && next === token) {
        throw storeError(new Error('the same page came twice'), options, `listing ${prefix}`);
      }
      token = next;
    } while (token !== undefined);
  }

  async function putWhole(
    request: PutRequest,
    body: Uint8Array,
    acl: PutRequest['acl'],
    signal: AbortSignal,
  ): Promise<string> {
    const input: PutObjectCommandInput = {
      Bucket,
      Key: request.key,
      Body: body,
      ContentMD5: base64(request.md5),
      ...headersInput(request.headers),
      ...(acl ? { ACL: acl } : {}),
    };
    const stored = await client.send(new s3.PutObjectCommand(input), { abortSignal: signal });
    return unquote(stored.ETag);
  }

  async function putParts(
    request: PutRequest,
    { file, size, modified }: FileBody,
    acl: PutRequest['acl'],
    signal: AbortSignal,
  ): Promise<string> {
    const place = { Bucket, Key: request.key };
    const begin = new s3.CreateMultipartUploadCommand({
      ...place,
      ...headersInput(request.headers),
      ...(acl ? { ACL: acl } : {}),
    });
    const { UploadId } = await client.send(begin, { abortSignal: signal });
    const step = Math.max(partSize, Math.ceil(size / mostParts));
    const offsets = Array.from({ length: Math.ceil(size / step) }, (_, index) => index * step);
    try {
      const parts = await mapLimit(offsets, partsAtOnce, signal, async (offset, index) => {
        const body = await readPart(file, offset, Math.min(step, size - offset));
        const md5 = createHash('md5').update(body).digest('base64');
        const part = { ...place, UploadId, PartNumber: index + 1, Body: body, ContentMD5: md5 };
        const { ETag } = await client.send(new s3.UploadPartCommand(part), { abortSignal: signal });
        return { ETag, PartNumber: index + 1 };
      });
      await refuseChanged(file, size, modified);
      const end = new s3.CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts: parts } });
      const done = await client.send(end, { abortSignal: signal });
      // Ceph 16 answers with an empty ETag here, and with the right one to HEAD.
      return (
        unquote(done.ETag) ||
        unquote((await client.send(new s3.HeadObjectCommand(place), { abortSignal: signal })).ETag)
      );
    } catch (error) {
      // Not with the caller's signal: an upload that was cancelled must not stay and cost money.
      await client.send(new s3.AbortMultipartUploadCommand({ ...place, UploadId })).catch(() => undefined);
      throw error;
    }
  }

  async function put(request: PutRequest, signal: AbortSignal): Promise<string> {
    const { body } = request;
    const send = (acl: PutRequest['acl']) => {
      if (body instanceof Uint8Array) return putWhole(request, body, acl, signal);
      return putParts(request, body, acl, signal);
    };
    return guarded(`storing ${request.key}`, signal, async () => {
      try {
        return await send(sendAcl ? request.acl : undefined);
      } catch (error) {
        if (request.acl === undefined || !failureCodes(error).includes('AccessControlListNotSupported')) throw error;
        if (sendAcl) {
          sendAcl = false;
          options.onWarning(
            `The bucket "${Bucket}" takes no ACLs, so "${request.acl}" was not set. Make its objects public by a bucket policy, and leave out acl and media-acl.`,
          );
        }
        return send(undefined);
      }
    });
  }

  async function get(Key: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
    return guarded(`reading ${Key}`, signal, async () => {
      try {
        const answer = await client.send(new s3.GetObjectCommand({ Bucket, Key }), { abortSignal: signal });
        return await answer.Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof s3.NoSuchKey) return undefined;
        throw error;
      }
    });
  }

  async function head(Key: string, signal: AbortSignal): Promise<ObjectHead | undefined> {
    return guarded(`looking at ${Key}`, signal, async () => {
      try {
        const found = await client.send(new s3.HeadObjectCommand({ Bucket, Key }), { abortSignal: signal });
        const headers: Record<string, string> = {};
        if (found.ContentType) headers.contentType = found.ContentType;
        if (found.CacheControl) headers.cacheControl = found.CacheControl;
        if (found.ContentEncoding) headers.contentEncoding = found.ContentEncoding;
        if (found.ContentDisposition) headers.contentDisposition = found.ContentDisposition;
        if (found.ContentLanguage) headers.contentLanguage = found.ContentLanguage;
        const encrypted = found.ServerSideEncryption === 'aws:kms' || found.SSECustomerAlgorithm !== undefined;
        return { size: found.ContentLength ?? 0, etag: unquote(found.ETag), headers, encrypted };
      } catch (error) {
        if (failureCodes(error).includes('404')) return undefined;
        throw error;
      }
    });
  }

  return { name: `s3://${Bucket} (${options.endpoint ?? options.region})`, list, head, get, put };
}

/** Parts carry MD5s of their own, which say nothing of a file that changed between two of them. */
async function refuseChanged(file: string, size: number, modified: number): Promise<void> {
  const now = await stat(file);
  if (now.size !== size || now.mtimeMs !== modified) throw changedError(file);
}

async function readPart(file: string, offset: number, length: number): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset);
    if (bytesRead !== length) throw changedError(file);
    return buffer;
  } finally {
    await handle.close();
  }
}

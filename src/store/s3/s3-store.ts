import { hash } from 'node:crypto';
import { HttpError } from '../../core/http-error.ts';
import type { Clock, Http } from '../../core/ports.ts';
import { adaptiveLimit } from '../../lib/adaptive-limit.ts';
import type { Secret } from '../../lib/secret.ts';
import { createWeightedSemaphore } from '../../lib/weighted-semaphore.ts';
import type { Acl } from '../acl.ts';
import type { ListedObject, ObjectHead, ObjectStore } from '../store.ts';
import { regionIn, vendorOf } from '../vendors.ts';
import { createAgent } from './agent.ts';
import { createPutIf } from './conditional-put.ts';
import { createDelete } from './delete.ts';
import { listPages } from './list-pages.ts';
import { type Md5, partSizeOf, wholeLimit } from './multipart.ts';
import { headOf, unquote } from './object-headers.ts';
import { createPut } from './put.ts';
import { S3Error } from './s3-error.ts';
import { createSdk, type Sdk } from './sdk.ts';
import { createSettings } from './settings.ts';
import type { SigningCredentials } from './signature.ts';
import { storeError } from './store-failures.ts';
import { createTransport } from './transport.ts';

/** Which bucket, and how to get in. */
export interface BucketOptions {
  readonly bucket: string;
  /** Undefined is AWS itself. */
  readonly endpoint: string | undefined;
  /** Name of the vendor where the address does not tell it. */
  readonly vendor: string | undefined;
  /** Undefined: the vendor's usual one. */
  readonly region: string | undefined;
  /** Undefined is the SDK's own chain: environment, OIDC role, profile, instance. */
  readonly credentials:
    | { readonly accessKeyId: Secret; readonly secretAccessKey: Secret; readonly sessionToken?: Secret }
    | undefined;
  /** Most requests at once; undefined: as many as help. */
  readonly concurrency: number | undefined;
  /** Of every object that has none of its own: policies of buckets can demand `bucket-owner-full-control`. */
  readonly ownerAcl?: Acl | undefined;
  /** Of every object: see BucketAddress. */
  readonly encryption?: string | undefined;
  readonly onWarning: (message: string) => void;
}

export interface S3Options extends BucketOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** Of the parts of large files; in this thread where absent. */
  readonly md5?: Md5;
  /** Asks without credentials. */
  readonly http: Http;
  /** The environment asks for other addresses of AWS (FIPS, dual-stack), so that the SDK's rules say where it is. */
  readonly otherAddresses?: boolean;
  /** Milliseconds after which a connection on which nothing moves is given up; a minute where absent. */
  readonly silence?: number;
  /** Is told of the secrets that the SDK's chain comes to, before the first request that is signed with them. */
  readonly hide?: (value: string) => void;
}

const automatic = { start: 64, least: 4, most: 256 };
/** Bytes of bodies that are in memory at once. */
const memory = 96 * 1024 * 1024;
/** What a request costs beside its bytes, in bytes that could have been sent in the same time. */
const requestCost = 64 * 1024;

/** Regions of AWS whose address is the usual one; China and others have a domain of their own. */
const usualRegion = /^(af|ap|ca|eu|il|me|mx|sa|us)-(?!gov|iso)[a-z]+-\d$/;
const usualAddress = (region: string) => `https://s3.${region}.amazonaws.com`;

const withoutAcls = (bucket: string, acl: string) =>
  `The bucket "${bucket}" takes no ACLs, so "${acl}" was not set. Make its objects public by a bucket policy, and leave out acl and media-acl.`;

/**
 * A bucket of S3 or of anything that speaks its API. What there can be very many of (listing, looking, storing) is signed
 * and sent by hand, because the SDK's middleware costs seven times as much as an upload; the rest goes through the SDK.
 */
export async function createS3Store(options: S3Options): Promise<ObjectStore> {
  const { bucket, clock, random, concurrency } = options;
  const endpoint = serviceEndpoint(options.endpoint, bucket);
  const vendor = vendorOf(endpoint, options.vendor);
  const region = options.region ?? regionIn(vendor, endpoint);
  const range = concurrency === undefined ? automatic : { start: concurrency, least: 1, most: concurrency };
  const limit = adaptiveLimit(range, clock.now());
  const limiter = createWeightedSemaphore(limit, memory, (bytes) => limit.done(bytes + requestCost, clock.now()));
  const given = options.credentials && {
    accessKeyId: options.credentials.accessKeyId.reveal(),
    secretAccessKey: options.credentials.secretAccessKey.reveal(),
    ...(options.credentials.sessionToken ? { sessionToken: options.credentials.sessionToken.reveal() } : {}),
  };
  const agent = await createAgent();
  let sdkOnce: Promise<Sdk> | undefined;
  // The SDK asks for the region while the transport is being made, too: for the address of AWS.
  let regionNow = () => region;
  const sdk = () => {
    const { pathStyle } = vendor;
    sdkOnce ??= createSdk({ bucket, endpoint, pathStyle, region: () => regionNow(), credentials: given, agent });
    return sdkOnce;
  };
  let hidden: SigningCredentials | undefined;
  async function ofChain(renew: boolean): Promise<SigningCredentials> {
    const found = await (await sdk()).credentials(renew);
    // It is asked for before each request, and is the same object until it is renewed.
    if (found !== hidden) {
      for (const value of [found.secretAccessKey, found.sessionToken, found.accessKeyId])
        if (value) options.hide?.(value);
      hidden = found;
    }
    return found;
  }
  let sent = 0;
  const repeated = new Map<string, number>();
  const transport = await createTransport({
    bucket,
    endpoint,
    region,
    pathStyle: vendor.pathStyle,
    agent,
    awsAddress: async (of) =>
      given && !options.otherAddresses && usualRegion.test(of) ? usualAddress(of) : (await sdk()).awsAddress(of),
    clock,
    random,
    credentials: async (renew) => given ?? ofChain(renew),
    onSlowDown: () => limit.slow(clock.now()),
    onSent: (bytes) => {
      sent += bytes;
    },
    onRepeat: (code) => void repeated.set(code, (repeated.get(code) ?? 0) + 1),
    ...(options.silence === undefined ? {} : { silence: options.silence }),
  });
  regionNow = transport.region;

  async function guarded<T>(doing: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw storeError(error, { bucket, endpoint, region: transport.region() }, doing);
    }
  }

  async function* list(prefix: string, signal: AbortSignal, after?: string): AsyncIterable<readonly ListedObject[]> {
    const pages = listPages(prefix, after, (query) => transport.send({ method: 'GET', key: '', query }, signal));
    for (;;) {
      const next = await guarded(`listing ${prefix}`, signal, () => pages.next());
      if (next.done) return;
      yield next.value;
    }
  }

  async function look(key: string, signal: AbortSignal): Promise<ObjectHead | undefined> {
    const response = await transport.send({ method: 'HEAD', key }, signal);
    return response.status === 404 ? undefined : headOf(response);
  }

  async function read(key: string, signal: AbortSignal) {
    try {
      const { body, headers } = await transport.send({ method: 'GET', key }, signal);
      return { body, etag: unquote(headers.etag) };
    } catch (error) {
      if (error instanceof S3Error && error.code === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async function remove(key: string, signal: AbortSignal, etag?: string): Promise<void> {
    const headers = etag === undefined ? {} : { 'if-match': `"${etag}"` };
    await transport.send({ method: 'DELETE', key, headers }, signal);
  }

  async function abortUploads(keys: ReadonlySet<string>, signal: AbortSignal): Promise<number> {
    const calls = await sdk();
    let aborted = 0;
    for (const key of keys) {
      for (const upload of await calls.openUploads(key, signal)) {
        if (upload.key !== key) continue;
        await calls.abortUpload(key, upload.id);
        aborted += 1;
      }
    }
    return aborted;
  }

  async function isPublic(key: string, signal: AbortSignal): Promise<boolean> {
    const url = transport.url(key);
    try {
      const { status } = await options.http({ method: 'GET', url, headers: { range: 'bytes=0-0' } }, signal);
      // 416: there is not one byte in it.
      return [200, 206, 416].includes(status);
    } catch (error) {
      if (error instanceof HttpError) return false;
      throw error;
    }
  }

  /** Access denied, no ACLs, and vendors without the operation all say nothing about who can read. */
  async function grantsPublic(key: string, signal: AbortSignal): Promise<boolean | undefined> {
    try {
      const { body } = await transport.send({ method: 'GET', key, query: { acl: '' } }, signal);
      const grants =
        Buffer.from(body)
          .toString()
          .match(/<Grant>.*?<\/Grant>/gs) ?? [];
      return grants.some((grant) => /groups\/global\/AllUsers/.test(grant) && /READ|FULL_CONTROL/.test(grant));
    } catch (error) {
      if (error instanceof S3Error) return undefined;
      throw error;
    }
  }

  const onWithoutAcl = (acl: string) => options.onWarning(withoutAcls(bucket, acl));
  const { put, putBytes } = createPut({
    transport,
    sdk,
    vendor,
    limiter,
    md5: options.md5 ?? (async (bytes) => hash('md5', bytes)),
    head: look,
    onWithoutAcl,
    ownerAcl: options.ownerAcl,
    encryption: options.encryption,
  });
  const deleteObjects = createDelete({ sdk, remove, head: look, conditional: vendor.conditionalDelete });
  const putIf = createPutIf({ vendor, putBytes, head: look, remove });

  const settings = createSettings({ sdk, vendor, region: () => transport.region(), guarded });

  return {
    vendor: vendor.name,
    settings,
    name: `s3://${bucket} (${endpoint ?? region})`,
    atOnce: range.most,
    partsEtag: vendor.partsEtag,
    partSize: (size) => (size > wholeLimit ? partSizeOf(size, vendor.mostParts) : undefined),
    list,
    head: (key, signal) => guarded(`looking at ${key}`, signal, () => limiter.run(0, () => look(key, signal))),
    get: (key, signal) => guarded(`reading ${key}`, signal, () => read(key, signal)),
    put: (request, signal) => guarded(`storing ${request.key}`, signal, () => put(request, signal)),
    putIf: (request, condition, signal) =>
      guarded(`storing ${request.key}`, signal, () => putIf(request, condition, signal)),
    delete: (keys, signal, etags) => guarded('deleting', signal, () => deleteObjects(keys, signal, etags)),
    abortUploads: (keys, signal) =>
      guarded('looking for uploads that never ended', signal, () => abortUploads(keys, signal)),
    isPublic: (key, signal) => guarded(`looking at ${key}`, signal, () => isPublic(key, signal)),
    grantsPublic: (key, signal) => guarded(`reading the ACL of ${key}`, signal, () => grantsPublic(key, signal)),
    urlOf: (key) => transport.url(key),
    traffic: () => ({ sent, repeated }),
    async close() {
      await transport.close();
      (await sdkOnce)?.close();
    },
  };
}

/**
 * An endpoint that names the bucket itself (`https://bucket.nyc3.…`) without it. A bucket called like a region is told from
 * one: no service out there has an address of two labels.
 */
export function serviceEndpoint(endpoint: string | undefined, bucket: string): string | undefined {
  if (endpoint === undefined) return undefined;
  const url = new URL(endpoint);
  const rest = url.hostname.slice(bucket.length + 1);
  if (url.hostname.startsWith(`${bucket}.`) && (rest.split('.').length > 2 || rest === 'localhost'))
    url.hostname = rest;
  return url.href.replace(/\/$/, '');
}

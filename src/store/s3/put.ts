import { hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createBuffers } from '../../lib/buffers.ts';
import type { WeightedSemaphore } from '../../lib/weighted-semaphore.ts';
import type { Acl } from '../acl.ts';
import type { FileBody, ObjectHead, PutRequest } from '../store.ts';
import type { Vendor } from '../vendors.ts';
import { encryptionHeaders, sdkEncryption } from './encryption.ts';
import { isAsBefore, type Md5, partSizeOf, sendParts, wholeLimit } from './multipart.ts';
import { base64, isEncrypted, requestHeaders, sdkHeaders, unquote } from './object-headers.ts';
import { S3Error } from './s3-error.ts';
import type { Sdk } from './sdk.ts';
import { changedError } from './store-failures.ts';
import type { S3Response, Transport } from './transport.ts';

export interface PutTools {
  readonly transport: Transport;
  readonly sdk: () => Promise<Sdk>;
  readonly vendor: Vendor;
  /** Through which every body goes while it is in memory. */
  readonly limiter: WeightedSemaphore;
  /** Of parts, whose MD5s are not known yet. */
  readonly md5: Md5;
  readonly head: (key: string, signal: AbortSignal) => Promise<ObjectHead | undefined>;
  /** Of every object that has none of its own. */
  readonly ownerAcl: Acl | undefined;
  /** Of every object: see BucketAddress. */
  readonly encryption: string | undefined;
  /** Told once, with the ACL that was not set. */
  readonly onWithoutAcl: (acl: string) => void;
}

/** Files up to this size are read in one go: a trip to the thread pool takes longer than the read. */
const readAtOnce = 256 * 1024;

/**
 * Reads a file into the beginning of a buffer, if it is still the one whose MD5 was taken. Its size and time tell; the
 * MD5 goes along with it, so that the vendor refuses what would slip through.
 */
function readSmall(body: FileBody, buffer: Buffer): Buffer {
  const { file, size } = body;
  let read: number | undefined;
  try {
    const handle = openSync(file, 'r');
    try {
      if (isAsBefore(fstatSync(handle), body)) read = readSync(handle, buffer, 0, size, 0);
    } finally {
      closeSync(handle);
    }
  } catch {
    throw changedError(file);
  }
  if (read !== size) throw changedError(file);
  return buffer.subarray(0, size);
}

/** The same for a file that would hold up everything else while it is read. */
async function readLarge({ file, size }: FileBody, md5: string): Promise<Buffer> {
  const body = await readFile(file).catch(() => undefined);
  if (body?.length !== size || hash('md5', body) !== md5) throw changedError(file);
  return body;
}

const otherBytes = (key: string) => new Error(`the bucket has other bytes under ${key} than it was sent`);

/** Whether an answer with status 200 is an error all the same. */
const isErrorBody = ({ body }: S3Response): boolean => body.length > 0 && body.includes('<Error');

/** S3's own code of an error, ours or the SDK's. */
const codeOf = (error: unknown): string | undefined =>
  error instanceof S3Error ? error.code : (error as { name?: string }).name;

/**
 * Whether a bucket refuses ACLs: AWS with "ACLs disabled", and Google with uniform access, which says so in Details alone
 * (https://cloud.google.com/storage/docs/uniform-bucket-level-access).
 */
function refusesAcls(error: unknown): boolean {
  const { message = '', Details = '' } = error as { message?: string; Details?: string };
  const code = codeOf(error);
  if (code === 'AccessControlListNotSupported') return true;
  return code === 'InvalidArgument' && /uniform bucket-level access|legacy ACL/i.test(`${message} ${Details}`);
}

/**
 * How objects are stored. Bodies are always buffers with Content-MD5: a stream cannot be sent again, and vendors store its
 * chunk framing as the object's encoding (Ceph 18.2, versitygw).
 */
export function createPut(tools: PutTools) {
  const { transport, sdk, vendor, limiter, md5, head, onWithoutAcl, ownerAcl, encryption } = tools;
  const buffers = createBuffers();
  let sendAcl = vendor.acls;
  let warned = false;

  /** One PUT of these bytes; `more` are headers beside the object's own. */
  async function putBytes(
    request: PutRequest,
    body: Uint8Array,
    more: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<string> {
    const canned = request.acl ?? ownerAcl;
    const acl = sendAcl && canned ? { 'x-amz-acl': canned } : {};
    const headers = {
      ...requestHeaders(request.headers),
      ...acl,
      ...encryptionHeaders(encryption),
      'content-md5': base64(request.md5),
      ...more,
    };
    const response = await transport.send({ method: 'PUT', key: request.key, headers, body }, signal);
    const etag = unquote(response.headers.etag);
    if (etag === request.md5 && !isErrorBody(response)) return etag;
    if (vendor.md5Etags && /^[0-9a-f]{32}$/.test(etag) && !isEncrypted(response)) throw otherBytes(request.key);
    return confirm(request.key, etag, body.length, response, signal);
  }

  /**
   * The ETag of an object, if the answer to its PUT does not prove that it was stored. Content-MD5 made the vendor look at
   * what it got, so an ETag of another kind is no contradiction, but an answer without one says nothing.
   */
  async function confirm(key: string, etag: string, size: number, response: S3Response, signal: AbortSignal) {
    if (etag !== '' && !isErrorBody(response) && (vendor.md5Etags || isEncrypted(response))) return etag;
    const found = await head(key, signal);
    if (found?.size !== size || (etag !== '' && found.etag !== etag)) throw otherBytes(key);
    return found.etag;
  }

  /**
   * Begins once more where the upload is no longer known: another run took it for one that was left behind, or the answer
   * to completing it was lost and the object is there.
   */
  async function putParts(request: PutRequest, body: FileBody, signal: AbortSignal): Promise<string> {
    try {
      return await sendParted(request, body, signal);
    } catch (error) {
      if (codeOf(error) !== 'NoSuchUpload') throw error;
      const found = await head(request.key, signal);
      return found?.md5 === request.md5 ? found.etag : sendParted(request, body, signal);
    }
  }

  async function sendParted(request: PutRequest, body: FileBody, signal: AbortSignal): Promise<string> {
    const { key, headers } = request;
    const acl = request.acl ?? ownerAcl;
    const frame = {
      ...sdkHeaders(headers),
      Metadata: { md5: request.md5 },
      ...(sendAcl && acl ? { ACL: acl } : {}),
      ...sdkEncryption(encryption),
    };
    const calls = await sdk();
    const uploadId = await calls.beginUpload(key, frame, signal);
    const sendPart = async (number: number, bytes: Buffer, partMd5: string) => {
      const query = { partNumber: String(number), uploadId };
      const sent = await transport.send(
        { method: 'PUT', key, query, headers: { 'content-md5': base64(partMd5) }, body: bytes },
        signal,
      );
      return String(sent.headers.etag);
    };
    try {
      const parts = await sendParts(
        body,
        partSizeOf(body.size, vendor.mostParts),
        { limiter, buffers, md5 },
        sendPart,
        signal,
      );
      await calls.finishUpload(key, uploadId, parts, signal);
    } catch (error) {
      // Not with the run's own signal: an upload that was cancelled must not stay and cost money.
      await calls.abortUpload(key, uploadId).catch(() => undefined);
      throw error;
    }
    // Completing can fail with status 200 and say nothing (aws-sdk-js-v3#1657), and Ceph 16 answers with an empty ETag.
    const found = await head(key, signal);
    if (found?.size !== body.size) throw new Error(`${key} has ${found?.size ?? 'no'} bytes after it was sent whole`);
    return found.etag;
  }

  function send(request: PutRequest, signal: AbortSignal): Promise<string> {
    const { body } = request;
    if (body instanceof Uint8Array) return putBytes(request, body, {}, signal);
    if (body.size > wholeLimit) return putParts(request, body, signal);
    const sendSmall = async (buffer: Buffer) => {
      signal.throwIfAborted();
      return putBytes(request, readSmall(body, buffer), {}, signal);
    };
    const sendLarge = async () => {
      signal.throwIfAborted();
      return putBytes(request, await readLarge(body, request.md5), {}, signal);
    };
    return limiter.run(body.size, () => (body.size <= readAtOnce ? buffers.lend(body.size, sendSmall) : sendLarge()));
  }

  function withoutAcls(acl: string): void {
    sendAcl = false;
    // What has no ACL is private already.
    if (!warned && acl !== 'private') {
      onWithoutAcl(acl);
      warned = true;
    }
  }

  return {
    putBytes,

    /** Stores an object whole or not at all; without an ACL where the bucket takes none. Returns the ETag. */
    async put(request: PutRequest, signal: AbortSignal): Promise<string> {
      const acl = request.acl ?? ownerAcl;
      if (acl && !vendor.acls) withoutAcls(acl);
      try {
        return await send(request, signal);
      } catch (error) {
        if (!acl || !refusesAcls(error)) throw error;
        withoutAcls(acl);
        return send(request, signal);
      }
    },
  };
}

export type Put = ReturnType<typeof createPut>;

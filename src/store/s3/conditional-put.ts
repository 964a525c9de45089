import { hash } from 'node:crypto';
import { ledgerFolder } from '../ledger-folder.ts';
import type { Condition, ObjectHead, PutRequest } from '../store.ts';
import type { Vendor } from '../vendors.ts';
import type { Put } from './put.ts';
import { S3Error } from './s3-error.ts';

export interface ConditionalTools {
  readonly vendor: Vendor;
  readonly putBytes: Put['putBytes'];
  readonly head: (key: string, signal: AbortSignal) => Promise<ObjectHead | undefined>;
  readonly remove: (key: string, signal: AbortSignal) => Promise<void>;
}

/** What became of a PUT with a condition: see ObjectStore.putIf. */
export type ConditionalResult = { readonly etag: string } | 'changed' | 'unsupported';

const nothing = Buffer.alloc(0);
const probeRequest: PutRequest = {
  key: `${ledgerFolder}probe`,
  body: nothing,
  md5: hash('md5', nothing),
  headers: { contentType: 'application/octet-stream', cacheControl: 'no-store' },
  acl: undefined,
};

/** PUTs that happen only if the object is the one that was seen last. */
export function createPutIf({ vendor, putBytes, head, remove }: ConditionalTools) {
  let supported = vendor.conditional !== 'no';
  let quotes = vendor.conditional !== 'unquoted';
  let probed: Promise<boolean> | undefined;

  /**
   * Whether an unknown vendor keeps conditions: many take a PUT with one, and store it whatever it says. No object has
   * this ETag, so only such a vendor stores this one.
   */
  async function probe(signal: AbortSignal): Promise<boolean> {
    try {
      await putBytes(probeRequest, nothing, { 'if-match': '"0123456789abcdef0123456789abcdef"' }, signal);
    } catch (error) {
      if (error instanceof S3Error && [404, 412].includes(error.status) && error.code !== 'NoSuchBucket') return true;
      if (error instanceof S3Error && [400, 501].includes(error.status)) return false;
      throw error;
    }
    await remove(probeRequest.key, signal);
    return false;
  }

  return async (request: PutRequest, condition: Condition, signal: AbortSignal): Promise<ConditionalResult> => {
    const { body, key } = request;
    if (supported && vendor.conditional === 'unknown') {
      probed ??= probe(signal);
      supported = await probed;
    }
    if (!supported || !(body instanceof Uint8Array)) return 'unsupported';
    for (;;) {
      const match = quotes ? `"${condition}"` : String(condition);
      const header: Record<string, string> = condition === null ? { 'if-none-match': '*' } : { 'if-match': match };
      try {
        return { etag: await putBytes(request, body, header, signal) };
      } catch (error) {
        if (!(error instanceof S3Error)) throw error;
        // Swift answers 501, Backblaze 400.
        if (error.status === 501 || (error.status === 400 && error.code !== 'BadDigest')) {
          supported = false;
          return 'unsupported';
        }
        // 404: there is no object that could match.
        if (![404, 409, 412].includes(error.status) || error.code === 'NoSuchBucket') throw error;
        // Ceph says 412 to the very ETag that it has, if quotes stand around it as every client sends them.
        const same = condition !== null && quotes && (await head(key, signal))?.etag === condition;
        if (!same) return 'changed';
        quotes = false;
      }
    }
  };
}

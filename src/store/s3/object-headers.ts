import type { ObjectHead, ObjectHeaders } from '../store.ts';
import type { S3Response } from './transport.ts';

/** The header that notes the MD5 of a whole content, where the ETag is that of its parts. */
const md5Header = 'x-amz-meta-md5';

/** An ETag without its quotes, weak or not. */
export const unquote = (etag: unknown): string => String(etag ?? '').replace(/^(W\/)?"|"$/g, '');

/** Hex as the Base64 that Content-MD5 wants. */
export const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');

/** Headers as they stand in a PUT. */
export function requestHeaders(headers: ObjectHeaders): Record<string, string> {
  const { contentType, cacheControl, contentEncoding, contentDisposition, contentLanguage } = headers;
  return {
    'content-type': contentType,
    ...(cacheControl ? { 'cache-control': cacheControl } : {}),
    ...(contentEncoding ? { 'content-encoding': contentEncoding } : {}),
    ...(contentDisposition ? { 'content-disposition': contentDisposition } : {}),
    ...(contentLanguage ? { 'content-language': contentLanguage } : {}),
  };
}

/** The same as the SDK calls them. */
export function sdkHeaders(headers: ObjectHeaders): Record<string, string> {
  const { contentType, cacheControl, contentEncoding, contentDisposition, contentLanguage } = headers;
  return {
    ContentType: contentType,
    ...(cacheControl ? { CacheControl: cacheControl } : {}),
    ...(contentEncoding ? { ContentEncoding: contentEncoding } : {}),
    ...(contentDisposition ? { ContentDisposition: contentDisposition } : {}),
    ...(contentLanguage ? { ContentLanguage: contentLanguage } : {}),
  };
}

/** Whether an answer says that the ETag was not made from the bytes: the vendor encrypts with a key of the customer's. */
export const isEncrypted = ({ headers }: S3Response): boolean =>
  String(headers['x-amz-server-side-encryption'] ?? '').startsWith('aws:kms') ||
  headers['x-amz-server-side-encryption-customer-algorithm'] !== undefined;

/** The answer to HEAD. */
export function headOf(response: S3Response): ObjectHead {
  const { headers } = response;
  const text = (name: string) => (headers[name] === undefined ? undefined : String(headers[name]));
  const names = {
    contentType: text('content-type'),
    cacheControl: text('cache-control'),
    contentEncoding: text('content-encoding'),
    contentDisposition: text('content-disposition'),
    contentLanguage: text('content-language'),
  };
  return {
    size: Number(headers['content-length'] ?? 0),
    etag: unquote(headers.etag),
    lastModified: Date.parse(text('last-modified') ?? '') || 0,
    headers: Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined)),
    encrypted: isEncrypted(response),
    md5: text(md5Header),
  };
}

import type { Acl } from '../inputs.ts';

/** The headers of an object that a browser gets to see. */
export interface ObjectHeaders {
  readonly contentType: string;
  readonly cacheControl: string;
  readonly contentEncoding?: string;
  readonly contentDisposition?: string;
  readonly contentLanguage?: string;
}

/** An object as a listing shows it. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
  /** Without quotes; the MD5 in hex of objects that were put in one piece, on most vendors. */
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
}

/** An object as HEAD shows it. */
export interface ObjectHead {
  readonly size: number;
  readonly etag: string;
  readonly headers: Partial<ObjectHeaders>;
  /** The ETag is no MD5 because the vendor encrypts with a key of the customer's. */
  readonly encrypted: boolean;
}

/** A file too large for memory, as it was when its MD5 was taken. */
export interface FileBody {
  readonly file: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

export interface PutRequest {
  readonly key: string;
  /** The bytes, or where they can be read again and again. */
  readonly body: Uint8Array | FileBody;
  /** Of the whole body, hex. */
  readonly md5: string;
  readonly headers: ObjectHeaders;
  readonly acl: Acl | undefined;
}

/** A bucket. Every method rejects with a DeployError that says what to do. */
export interface ObjectStore {
  /** `s3://bucket` and the endpoint, for the log. */
  readonly name: string;
  /** All objects below a prefix, a page at a time, in the order of their keys. */
  list(prefix: string, signal: AbortSignal): AsyncIterable<readonly ListedObject[]>;
  head(key: string, signal: AbortSignal): Promise<ObjectHead | undefined>;
  get(key: string, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /** Stores an object whole or not at all, and returns its ETag without quotes. */
  put(request: PutRequest, signal: AbortSignal): Promise<string>;
}

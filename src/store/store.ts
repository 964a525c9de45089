import type { Acl } from './acl.ts';
import type { BucketSettings } from './bucket-settings.ts';

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
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
  readonly headers: Partial<ObjectHeaders>;
  /** The ETag is no MD5 because the vendor encrypts with a key of the customer's. */
  readonly encrypted: boolean;
  /** MD5 of the whole content in hex, where it was noted when the object was put. */
  readonly md5: string | undefined;
}

/** A file as it was when its MD5 was taken. */
export interface FileBody {
  readonly file: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

export interface PutRequest {
  readonly key: string;
  /** The bytes, or where they can be read as often as needed. */
  readonly body: Uint8Array | FileBody;
  /** Of the whole body, hex. */
  readonly md5: string;
  readonly headers: ObjectHeaders;
  readonly acl: Acl | undefined;
}

/** What has to be true of an object for a PUT to happen: it is the one with this ETag, or there is none (null). */
export type Condition = string | null;

/** What went over the line to a bucket so far. */
export interface Traffic {
  /** Bytes of bodies, those that were sent again included. */
  readonly sent: number;
  /** Requests that were sent again, by the code of what went wrong. */
  readonly repeated: ReadonlyMap<string, number>;
}

/** A bucket. Every method rejects with a DeployError that says what to do. */
export interface ObjectStore {
  /** `s3://bucket` and the endpoint, for the log. */
  readonly name: string;
  /** Name of its vendor: a row of vendors.ts. */
  readonly vendor: string;
  /** What is set of the bucket as a whole. */
  readonly settings: BucketSettings;
  /** Most requests that are worth having under way at once; the store itself holds back what is more than helps. */
  readonly atOnce: number;
  /** ETags of objects that were sent in parts can be computed from the parts. */
  readonly partsEtag: boolean;
  /** Size of the parts in which a file of this size is sent; undefined where it goes whole. */
  partSize(size: number): number | undefined;
  /**
   * All objects below a prefix, a page at a time, in the order of their keys.
   * @param after Only keys behind this one. A bucket that does not know that begins at the first key all the same.
   */
  list(prefix: string, signal: AbortSignal, after?: string): AsyncIterable<readonly ListedObject[]>;
  head(key: string, signal: AbortSignal): Promise<ObjectHead | undefined>;
  get(key: string, signal: AbortSignal): Promise<{ readonly body: Uint8Array; readonly etag: string } | undefined>;
  /** Stores an object whole or not at all, and returns its ETag without quotes. */
  put(request: PutRequest, signal: AbortSignal): Promise<string>;
  /**
   * Stores a small object only if the condition holds. `changed`: it does not. `unsupported`: the vendor cannot tell, and
   * nothing was stored.
   */
  putIf(
    request: PutRequest,
    condition: Condition,
    signal: AbortSignal,
  ): Promise<{ readonly etag: string } | 'changed' | 'unsupported'>;
  /**
   * Deletes objects; those that were not there count as deleted. Returns what could not be, with the reason. What the store
   * does not confirm is asked for again.
   * @param etags Of the objects that are meant: a vendor that can deletes an object only if it still has this ETag.
   */
  delete(
    keys: readonly string[],
    signal: AbortSignal,
    etags?: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, string>>;
  /** Ends uploads in parts that a run began for these keys and never finished; returns how many there were. */
  abortUploads(keys: ReadonlySet<string>, signal: AbortSignal): Promise<number>;
  /** Whether anybody may read an object, by asking for its first byte without credentials. */
  isPublic(key: string, signal: AbortSignal): Promise<boolean>;
  /** Whether the ACL of an object lets anybody read it; undefined if the ACL may not be read or there are none. */
  grantsPublic(key: string, signal: AbortSignal): Promise<boolean | undefined>;
  /** Address of an object as anybody would ask for it, without a signature. */
  urlOf(key: string): string;
  /** Undefined if the store does not count. */
  traffic?(): Traffic;
  close(): Promise<void>;
}

import type { ObjectHead } from '../store.ts';
import { S3Error } from './s3-error.ts';
import type { Sdk } from './sdk.ts';

export interface DeleteTools {
  readonly sdk: () => Promise<Sdk>;
  /** Deletes one object; with an ETag only if it has it. */
  readonly remove: (key: string, signal: AbortSignal, etag?: string) => Promise<void>;
  readonly head: (key: string, signal: AbortSignal) => Promise<ObjectHead | undefined>;
  /** The vendor can delete an object only if it has an ETag. */
  readonly conditional: boolean;
}

/** Most keys of one DeleteObjects. */
const deletedAtOnce = 1_000;
/** So few are deleted one by one: that is faster than to load the SDK. */
const few = 4;
/** Errors that say nothing of the key: every delete would fail with them. */
const ofBucket =
  /^(NoSuchBucket|ExpiredToken|InvalidToken|TokenRefreshRequired|SignatureDoesNotMatch|InvalidAccessKeyId)/;

/** Deletes objects, and looks again at what the store does not confirm. Returns the failures by key. */
export function createDelete({ sdk, remove, head, conditional }: DeleteTools) {
  const etagOf = (key: string, etags: ReadonlyMap<string, string> | undefined) =>
    conditional ? etags?.get(key) : undefined;

  async function removeOne(key: string, signal: AbortSignal, etag: string | undefined): Promise<string | undefined> {
    try {
      await remove(key, signal, etag);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof S3Error) || ofBucket.test(error.code)) throw error;
      // Somebody else deleted it meanwhile.
      if (error.status === 404) return undefined;
      return error.message || error.code;
    }
  }

  async function removeBatch(
    batch: readonly string[],
    failed: Map<string, string>,
    signal: AbortSignal,
    etags: ReadonlyMap<string, string> | undefined,
  ): Promise<void> {
    const objects = batch.map((Key) => {
      const etag = etagOf(Key, etags);
      return etag === undefined ? { Key } : { Key, ETag: `"${etag}"` };
    });
    const answers = batch.length <= few ? undefined : await (await sdk()).deleteMany(objects, signal);
    for (const key of batch) {
      const answer = answers?.get(key);
      if (answer === true) continue;
      const unnamed = answers !== undefined && answer === undefined;
      const reason = answers === undefined ? await removeOne(key, signal, etagOf(key, etags)) : answer;
      if (reason !== undefined) failed.set(key, reason);
      else if (unnamed && (await head(key, signal)))
        failed.set(key, 'it is still there, and the store does not say why');
    }
  }

  return async (
    keys: readonly string[],
    signal: AbortSignal,
    etags?: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, string>> => {
    const failed = new Map<string, string>();
    for (let at = 0; at < keys.length; at += deletedAtOnce)
      await removeBatch(keys.slice(at, at + deletedAtOnce), failed, signal, etags);
    return failed;
  };
}

import { readLedger } from '../../src/ledger/codec.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { Secret } from '../../src/lib/secret.ts';
import { createHttp } from '../../src/runner/http-client.ts';
import { systemClock } from '../../src/runner/system-clock.ts';
import { createS3Store, type S3Options } from '../../src/store/s3/s3-store.ts';
import type { ObjectStore } from '../../src/store/store.ts';
import { never } from './fakes.ts';
import { md5 } from './md5.ts';

/** What a store needs, for a bucket on loopback. */
export const bucketOptions = (bucket: string, endpoint: string, more: Partial<S3Options> = {}): S3Options => ({
  bucket,
  endpoint,
  vendor: undefined,
  region: 'us-east-1',
  credentials: { accessKeyId: new Secret('test-key'), secretAccessKey: new Secret('test-secret') },
  concurrency: undefined,
  onWarning: () => undefined,
  clock: systemClock,
  random: Math.random,
  http: createHttp('deploy-django-test'),
  ...more,
});

/** A bucket as somebody who looks into it sees it. */
export interface BucketView {
  readonly store: ObjectStore;
  keys(prefix?: string): Promise<string[]>;
  /** MD5 of the bytes that come back, by key. */
  sums(prefix?: string): Promise<Map<string, string>>;
  /** ETags as the listing has them, by key: whether anything changed, at the cost of a listing. */
  etags(prefix?: string): Promise<Map<string, string>>;
  text(key: string): Promise<string | undefined>;
  ledger(environment?: string): Promise<Ledger | undefined>;
  /** Puts an object there as somebody else would. */
  seed(key: string, body: string | Uint8Array, type?: string): Promise<void>;
}

export async function viewBucket(bucket: string, endpoint: string): Promise<BucketView> {
  const store = await createS3Store(bucketOptions(bucket, endpoint));
  const etags = async (prefix = '') => {
    const found = new Map<string, string>();
    for await (const page of store.list(prefix, never)) for (const { key, etag } of page) found.set(key, etag);
    return found;
  };
  const keys = async (prefix = '') => [...(await etags(prefix)).keys()];
  const text = async (key: string) => {
    const found = await store.get(key, never);
    return found && Buffer.from(found.body).toString();
  };
  return {
    store,
    keys,
    etags,
    text,
    async sums(prefix) {
      const found = new Map<string, string>();
      for (const key of await keys(prefix)) found.set(key, md5((await store.get(key, never))?.body ?? ''));
      return found;
    },
    async ledger(environment = 'production') {
      const name = `/${encodeURIComponent(environment)}.json`;
      const key = (await keys('.deploy-django/')).find((one) => one.endsWith(name));
      return key === undefined ? undefined : readLedger(Buffer.from((await text(key)) ?? ''));
    },
    async seed(key, body, type = 'text/plain') {
      const bytes = Buffer.from(body);
      const headers = { contentType: type, cacheControl: '' };
      await store.put({ key, body: bytes, md5: md5(bytes), headers, acl: undefined }, never);
    },
  };
}

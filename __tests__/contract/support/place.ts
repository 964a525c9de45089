import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { startBucketServer } from '../../../demo/parts/bucket.ts';
import type { Clock } from '../../../src/core/ports.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { systemClock } from '../../../src/runner/system-clock.ts';
import { createS3Store, type S3Options } from '../../../src/store/s3/s3-store.ts';
import type { FileBody, ListedObject, ObjectHeaders, ObjectStore, PutRequest } from '../../../src/store/store.ts';
import { bucketOptions } from '../../support/bucket.ts';
import { memoryStore, never } from '../../support/fakes.ts';
import { md5 } from '../../support/md5.ts';
import { type Keys, type Reach, started } from './servers.ts';

export const plain: ObjectHeaders = { contentType: 'text/plain; charset=utf-8', cacheControl: 'public, max-age=60' };

/** What a PUT of this text asks for. */
export function putOf(key: string, text: string | Uint8Array, more: Partial<PutRequest> = {}): PutRequest {
  const body = Buffer.from(text);
  return { key, body, md5: md5(body), headers: plain, acl: undefined, ...more };
}

export const put = (store: ObjectStore, key: string, text: string): Promise<string> =>
  store.put(putOf(key, text), never);

/** What is stored under a key, as text. */
export async function textOf(store: ObjectStore, key: string): Promise<string | undefined> {
  const found = await store.get(key, never);
  return found && Buffer.from(found.body).toString();
}

/** The pages of a listing. */
export async function pagesOf(
  store: ObjectStore,
  prefix: string,
  after?: string,
): Promise<(readonly ListedObject[])[]> {
  const pages: (readonly ListedObject[])[] = [];
  for await (const page of store.list(prefix, never, after)) pages.push(page);
  return pages;
}

export const keysOf = async (store: ObjectStore, prefix: string, after?: string): Promise<string[]> =>
  (await pagesOf(store, prefix, after)).flat().map(({ key }) => key);

/** Waits as the store says, but no longer than a test wants to. */
const impatient: Clock = {
  now: systemClock.now,
  sleep: (milliseconds, signal) => systemClock.sleep(Math.min(milliseconds, 20), signal),
};

const secretKeys = ({ accessKeyId, secretAccessKey }: Keys) => ({
  accessKeyId: new Secret(accessKeyId),
  secretAccessKey: new Secret(secretAccessKey),
});

/** A bucket of its own on one server. */
export interface Place {
  /** A store of the bucket, closed with the place. */
  store(given?: Partial<S3Options>): Promise<ObjectStore>;
  close(): Promise<void>;
}

export interface RealPlace extends Place {
  readonly bucket: string;
  readonly reach: Reach;
  /** What the stores warned of. */
  readonly warnings: string[];
  /** The same server as another client sees it. */
  readonly client: S3Client;
  /** Keys of uploads in parts that were begun and not ended. */
  openUploads(): Promise<string[]>;
  /** Begins an upload in parts, as a run does that is killed then. */
  beginUpload(key: string): Promise<void>;
}

/** Adds a certificate to those that this process takes for good. */
async function trust(certificate: string): Promise<void> {
  setDefaultCACertificates([...getCACertificates('default'), await readFile(certificate, 'utf8')]);
}

/** Makes a bucket on a server that speaks S3. One that does not answer is a failure. */
export async function openReal(name: string): Promise<RealPlace> {
  const moto = name === 'moto' ? await startBucketServer({ enforcesCors: true }) : undefined;
  const reach: Reach | undefined = moto
    ? {
        endpoint: moto.endpoint,
        credentials: { accessKeyId: 'test-key', secretAccessKey: 'test-secret' },
        stranger: null,
        certificate: null,
      }
    : started[name];
  if (!reach) throw new Error(`${name} was not started`);
  const { endpoint, credentials, certificate } = reach;
  if (certificate !== null) await trust(certificate);
  const bucket = `contract-${randomBytes(4).toString('hex')}`;
  const client = new S3Client({
    endpoint,
    credentials,
    region: 'us-east-1',
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const stores: ObjectStore[] = [];
  const warnings: string[] = [];
  const onWarning = (message: string) => void warnings.push(message);
  return {
    bucket,
    reach,
    client,
    warnings,
    async store(given = {}) {
      const own = { credentials: secretKeys(credentials), onWarning, clock: impatient };
      const store = await createS3Store(bucketOptions(bucket, endpoint, { ...own, ...given }));
      stores.push(store);
      return store;
    },
    async openUploads() {
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
      return Uploads.map(({ Key = '' }) => Key);
    },
    async beginUpload(key) {
      await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: key }));
    },
    async close() {
      await Promise.all(stores.map((store) => store.close()));
      client.destroy();
      await moto?.stop();
    },
  };
}

/** A bucket on any server, also where it is one in memory: that has one store. */
export async function openPlace(name: string): Promise<Place> {
  if (name !== 'memory') return openReal(name);
  const store = memoryStore();
  return { store: async () => store, close: () => store.close() };
}

/** The credentials of a store's options. */
export const as = (keys: Keys): Partial<S3Options> => ({ credentials: secretKeys(keys) });

export interface Files {
  /** A file of these bytes, as it is at this moment. */
  make(name: string, bytes: Uint8Array): Promise<FileBody>;
  /** A file of this size with nothing in it but zeros, which takes no room. */
  sparse(name: string, size: number): Promise<FileBody>;
  remove(): Promise<void>;
}

export async function tempFiles(): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), 'store-contract-'));
  const bodyOf = async (file: string) => {
    const { size, mtimeMs: modified } = await stat(file);
    return { file, size, modified };
  };
  return {
    async make(name, bytes) {
      const file = join(folder, name);
      await writeFile(file, bytes);
      return bodyOf(file);
    },
    async sparse(name, size) {
      const file = join(folder, name);
      const handle = await open(file, 'w');
      await handle.truncate(size);
      await handle.close();
      return bodyOf(file);
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

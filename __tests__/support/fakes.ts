import { existsSync, readFileSync } from 'node:fs';
import type { Clock, Http, HttpRequest, HttpResponse, Log } from '../../src/core/ports.ts';
import type { Inputs } from '../../src/inputs/inputs.ts';
import type { PackageCache } from '../../src/project/install/package-cache.ts';
import { partsEtag, wholeLimit } from '../../src/store/s3/multipart.ts';
import { changedError } from '../../src/store/s3/store-failures.ts';
import type { ListedObject, ObjectHeaders, ObjectStore, PutRequest } from '../../src/store/store.ts';
import type { Readers } from '../../src/sync/readers.ts';
import { refusedContents } from '../../src/sync/refused-contents.ts';
import { md5 } from './md5.ts';
import { type MemorySettings, type MemorySettingsOptions, memorySettings } from './memory-settings.ts';

export const never = new AbortController().signal;

/** A run that has no cache. */
export const noCache: PackageCache = { folder: undefined, restore: async () => undefined, saveAtEnd: () => undefined };

/** A clock that stands still until somebody sleeps. */
export function fakeClock(start = Date.parse('2026-03-01T12:00:00Z')): Clock & { slept: number[] } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (milliseconds, signal) => {
      signal.throwIfAborted();
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

/** A log that keeps every line, annotations with their level before them. */
export function fakeLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  const annotate = (level: string) => (message: string) => void lines.push(`${level}: ${message}`);
  return {
    lines,
    info: (line) => void lines.push(line),
    notice: annotate('notice'),
    warning: annotate('warning'),
    error: annotate('error'),
    group: async (title, work) => {
      lines.push(`[${title}]`);
      return work();
    },
  };
}

/** An answer of a server; text as body, html as type unless told otherwise. */
export function answer(status: number, body = '', headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { 'content-type': 'text/html', ...headers }, body: Buffer.from(body) };
}

/** An HTTP client that asks a function, and keeps what was asked. An Error that it returns is thrown. */
export function fakeHttp(reply: (request: HttpRequest) => HttpResponse | Error): Http & { requests: HttpRequest[] } {
  const requests: HttpRequest[] = [];
  const http: Http = async (request, signal) => {
    signal.throwIfAborted();
    requests.push(request);
    const given = reply(request);
    if (given instanceof Error) throw given;
    return given;
  };
  return Object.assign(http, { requests });
}

export interface MemoryObject {
  readonly body: Uint8Array;
  readonly headers: ObjectHeaders;
  readonly acl: string | undefined;
  readonly etag: string;
  readonly lastModified: number;
  readonly md5?: string;
}

export interface MemoryOptions {
  /** An error with which putting or deleting this key fails. */
  readonly failOn?: (key: string) => Error | undefined;
  /** Conditional PUTs are kept; so they are unless told otherwise. */
  readonly conditional?: boolean;
  /** Whether anybody may read an object; nobody may unless told otherwise. */
  readonly isPublic?: (object: MemoryObject) => boolean;
  /** What is set of the bucket as a whole. */
  readonly settings?: MemorySettingsOptions;
}

export interface MemoryStore extends ObjectStore {
  readonly settings: MemorySettings;
  readonly objects: Map<string, MemoryObject>;
  /** Keys in the order in which they came. */
  readonly puts: string[];
  readonly heads: string[];
  readonly gets: string[];
  readonly deletes: string[];
  /** Keys of uploads in parts that were begun and not ended. */
  readonly uploads: string[];
  seed(key: string, body: string | Uint8Array, headers?: Partial<ObjectHeaders>, lastModified?: number): void;
  text(key: string): string | undefined;
}

/** A machine with one core: everything is read in the one thread. */
const noThread = () => Promise.reject(new Error('There is no thread.'));
export const noReaders: Readers = { count: 0, read: noThread, readAny: noThread, refusedContents };

/** A bucket in a Map. */
export function memoryStore(options: MemoryOptions = {}): MemoryStore {
  const objects = new Map<string, MemoryObject>();
  const puts: string[] = [];
  const heads: string[] = [];
  const gets: string[] = [];
  const deletes: string[] = [];
  const uploads: string[] = [];
  const plain: ObjectHeaders = { contentType: 'application/octet-stream', cacheControl: '' };

  function keep({ key, body, headers, acl, md5: sum }: PutRequest): string {
    const failure = options.failOn?.(key);
    if (failure) throw failure;
    const bytes = body instanceof Uint8Array ? body : existsSync(body.file) && readFileSync(body.file);
    if (!bytes) throw changedError(key);
    if (md5(bytes) !== sum) throw changedError(key);
    puts.push(key);
    objects.set(key, { body: bytes, headers, acl, etag: sum, lastModified: 0 });
    return sum;
  }

  return {
    name: 's3://memory',
    vendor: 'generic',
    settings: memorySettings(options.settings),
    urlOf: (key) => `https://bucket.example.com/${key}`,
    atOnce: 8,
    partsEtag: true,
    partSize: (size) => (size > wholeLimit ? wholeLimit : undefined),
    objects,
    puts,
    heads,
    gets,
    deletes,
    uploads,
    text: (key) => (objects.has(key) ? Buffer.from(objects.get(key)?.body ?? []).toString() : undefined),
    seed(key, text, headers = {}, lastModified = 0) {
      const body = Buffer.from(text);
      objects.set(key, { body, headers: { ...plain, ...headers }, acl: undefined, etag: md5(body), lastModified });
    },
    async *list(prefix, _signal, after) {
      // S3 sorts by the bytes of UTF-8.
      const page: ListedObject[] = [...objects]
        .filter(
          ([key]) =>
            key.startsWith(prefix) && (after === undefined || Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0),
        )
        .map(([key, object]) => ({ key, object, bytes: Buffer.from(key) }))
        .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
        .map(({ key, object: { body, etag, lastModified } }) => ({ key, size: body.length, etag, lastModified }));
      for (let at = 0; at < Math.max(1, page.length); at += 1_000) yield page.slice(at, at + 1_000);
    },
    async head(key) {
      heads.push(key);
      const object = objects.get(key);
      if (!object) return undefined;
      const { body, etag, lastModified, headers, md5: noted } = object;
      return { size: body.length, etag, lastModified, headers, encrypted: false, md5: noted };
    },
    async get(key) {
      gets.push(key);
      const object = objects.get(key);
      return object && { body: object.body, etag: object.etag };
    },
    async put(request) {
      const { key, body } = request;
      const sum = keep(request);
      const object = objects.get(key);
      if (!object || body instanceof Uint8Array || body.size <= wholeLimit) return sum;
      const etag = await partsEtag(body.file, body.size, wholeLimit);
      objects.set(key, { ...object, etag, md5: sum });
      return etag;
    },
    async putIf(request, condition) {
      if (options.conditional === false) return 'unsupported';
      if ((objects.get(request.key)?.etag ?? null) !== condition) return 'changed';
      return { etag: keep(request) };
    },
    async delete(keys) {
      const failed = new Map<string, string>();
      for (const key of keys) {
        const failure = options.failOn?.(key);
        if (failure) failed.set(key, failure.message);
        else if (objects.delete(key)) deletes.push(key);
      }
      return failed;
    },
    async abortUploads(keys) {
      const kept = uploads.filter((key) => !keys.has(key));
      const aborted = uploads.length - kept.length;
      uploads.splice(0, uploads.length, ...kept);
      return aborted;
    },
    async isPublic(key) {
      const object = objects.get(key);
      return object !== undefined && (options.isPublic?.(object) ?? false);
    },
    grantsPublic: async (key) => objects.get(key)?.acl?.startsWith('public-') ?? false,
    close: async () => undefined,
  };
}

/** Inputs as an empty step has them, with some of them set. */
export function createInputs(overrides: Partial<Inputs> = {}): Inputs {
  return {
    command: 'auto',
    dryRun: false,
    workingDirectory: '.',
    settingsModule: undefined,
    install: 'auto',
    buildCommand: undefined,
    postBuildCommand: undefined,
    env: {},
    checks: 'error',
    artifact: undefined,
    artifactFormat: 'tar.gz',
    bucket: undefined,
    endpoint: undefined,
    vendor: undefined,
    region: undefined,
    accessKeyId: undefined,
    secretAccessKey: undefined,
    sessionToken: undefined,
    ambient: { region: undefined, endpoint: undefined },
    encryption: undefined,
    staticDir: undefined,
    mediaDir: undefined,
    staticPrefix: undefined,
    mediaPrefix: undefined,
    acl: undefined,
    mediaAcl: undefined,
    allowedOrigins: [],
    applyPolicy: false,
    headers: [],
    compress: 'off',
    allowFiles: [],
    prune: undefined,
    concurrency: undefined,
    shard: undefined,
    cdn: [],
    cdnToken: undefined,
    host: 'none',
    hostInputs: { service: undefined, token: undefined, deployHook: undefined, options: {} },
    url: undefined,
    healthPath: '/',
    timeout: 1_200_000,
    migrate: 'check',
    previewDatabase: 'off',
    seedCommand: undefined,
    databaseUrl: undefined,
    trustedSource: undefined,
    trustedSourceToken: undefined,
    rollback: false,
    rollbackTo: undefined,
    hostEnv: {},
    productionBranches: [],
    environment: undefined,
    comment: true,
    githubToken: undefined,
    ...overrides,
  };
}

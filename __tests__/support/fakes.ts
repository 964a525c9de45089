import { createHash } from 'node:crypto';
import type { Inputs } from '../../src/inputs.ts';
import type { Clock, Http, HttpRequest, HttpResponse, Log } from '../../src/ports.ts';
import type { ListedObject, ObjectHeaders, ObjectStore, PutRequest } from '../../src/store/store.ts';

export const never = new AbortController().signal;

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

const md5 = (body: Uint8Array) => createHash('md5').update(body).digest('hex');

export interface MemoryObject {
  readonly body: Uint8Array;
  readonly headers: ObjectHeaders;
  readonly acl: string | undefined;
  readonly etag: string;
  readonly lastModified: number;
}

/** A bucket in a Map. `puts` has the keys in the order in which they came. */
export function memoryStore(options: { failOn?: (key: string) => Error | undefined } = {}): ObjectStore & {
  objects: Map<string, MemoryObject>;
  puts: string[];
  heads: string[];
  seed(key: string, body: string, headers?: Partial<ObjectHeaders>, lastModified?: number): void;
} {
  const objects = new Map<string, MemoryObject>();
  const puts: string[] = [];
  const heads: string[] = [];
  const plain: ObjectHeaders = { contentType: 'application/octet-stream', cacheControl: '' };
  return {
    name: 's3://memory',
    objects,
    puts,
    heads,
    seed(key, text, headers = {}, lastModified = 0) {
      const body = Buffer.from(text);
      objects.set(key, { body, headers: { ...plain, ...headers }, acl: undefined, etag: md5(body), lastModified });
    },
    async *list(prefix) {
      const page: ListedObject[] = [...objects]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, { body, etag, lastModified }]) => ({ key, size: body.length, etag, lastModified }));
      yield page;
    },
    async head(key) {
      heads.push(key);
      const object = objects.get(key);
      return object && { size: object.body.length, etag: object.etag, headers: object.headers, encrypted: false };
    },
    get: async (key) => objects.get(key)?.body,
    async put({ key, body, headers, acl }: PutRequest) {
      const failure = options.failOn?.(key);
      if (failure) throw failure;
      const bytes = body instanceof Uint8Array ? body : Buffer.alloc(body.size);
      puts.push(key);
      objects.set(key, { body: bytes, headers, acl, etag: md5(bytes), lastModified: 0 });
      return md5(bytes);
    },
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
    bucket: undefined,
    endpoint: undefined,
    region: undefined,
    accessKeyId: undefined,
    secretAccessKey: undefined,
    staticDir: undefined,
    mediaDir: undefined,
    staticPrefix: undefined,
    mediaPrefix: undefined,
    acl: undefined,
    mediaAcl: undefined,
    allowFiles: [],
    concurrency: undefined,
    host: 'none',
    hostInputs: { service: undefined, token: undefined, deployHook: undefined, options: {} },
    url: undefined,
    healthPath: '/',
    timeout: 1_200_000,
    migrate: 'check',
    environment: undefined,
    ...overrides,
  };
}

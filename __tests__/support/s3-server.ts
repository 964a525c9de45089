import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { md5 } from './md5.ts';
import { type Habits, type S3Request, s3Habits } from './s3-habits.ts';
import { listingXml } from './s3-listing.ts';
import { serveHttp } from './server.ts';

interface Upload {
  readonly key: string;
  readonly headers: IncomingHttpHeaders;
  /** MD5 of each part, by its number. */
  readonly parts: Map<number, Buffer>;
  size: number;
}

interface Kept {
  readonly headers: IncomingHttpHeaders;
  readonly size: number;
  readonly etag: string;
  /** Bytes of what was sent whole. */
  readonly body?: Buffer;
  readonly modified?: number;
}

/**
 * A fault: answers a step itself and returns true, or leaves it to the server. Steps are `put`, `head`, `get`, `delete`, and of an
 * upload in parts `begin`, `part 2`, `finish`, `abort`.
 * @param number How many requests there were, this one included.
 */
export type Fault = (step: string, outgoing: ServerResponse, number: number) => boolean;

export interface S3ServerOptions {
  /** Those of S3 itself unless told otherwise. */
  readonly habits?: Habits;
  readonly fault?: Fault;
  /** Name under which it is asked; every other name is refused. */
  readonly host?: string;
}

export interface S3Server {
  /** Endpoint of the service, without the bucket. */
  readonly endpoint: string;
  readonly requests: readonly S3Request[];
  /** Steps in their order. */
  readonly asked: string[];
  /** What was refused. */
  readonly refused: readonly string[];
  readonly objects: ReadonlyMap<string, Kept>;
  /** Uploads that were begun and not ended, by id. Deleting one is what another run does that clears away. */
  readonly uploads: Map<string, Upload>;
  /** Makes the objects of all open uploads, without an answer to anybody. */
  finish(): void;
  stop(): Promise<void>;
}

const random = () => randomBytes(16).toString('hex');
const xml = (root: string, content: string) => `<?xml version="1.0"?><${root}>${content}</${root}>`;

function stepOf({ method, query }: S3Request): string {
  if (method === 'POST') return query.has('delete') ? 'delete' : query.has('uploads') ? 'begin' : 'finish';
  if (!query.has('uploadId')) return method.toLowerCase();
  return method === 'PUT' ? `part ${query.get('partNumber')}` : 'abort';
}

/** A bucket `assets` in memory, over HTTP, that takes nothing that its habits refuse, and fails as it is told. */
export async function startS3Server(options: S3ServerOptions = {}): Promise<S3Server> {
  const { habits = s3Habits, fault = () => false, host = 's3.vendor.test' } = options;
  const requests: S3Request[] = [];
  const asked: string[] = [];
  const refused: string[] = [];
  const objects = new Map<string, Kept>();
  const uploads = new Map<string, Upload>();
  const encrypted = habits.etag === 'kms' ? { 'x-amz-server-side-encryption': 'aws:kms' } : {};

  function fail(outgoing: ServerResponse, status: number, code: string, details = ''): void {
    const more = details && `<Message>Invalid argument.</Message><Details>${details}</Details>`;
    outgoing.writeHead(status, { 'content-type': 'application/xml' }).end(xml('Error', `<Code>${code}</Code>${more}`));
  }

  /** Whether a PUT with a condition may not happen. */
  function isChanged(key: string, headers: IncomingHttpHeaders): boolean {
    if (habits.ifMatch === 'ignored') return false;
    const etag = objects.get(key)?.etag;
    if (headers['if-none-match'] === '*') return etag !== undefined;
    const match = headers['if-match'];
    if (habits.ifMatch === 'unquoted' && match === `"${etag}"`) refused.push('the quotes of an ETag');
    return match !== undefined && match !== (habits.ifMatch === 'quoted' ? `"${etag}"` : etag);
  }

  function store(key: string, request: S3Request, outgoing: ServerResponse): void {
    const { headers, body, query } = request;
    const upload = uploads.get(query.get('uploadId') ?? '');
    if (upload) {
      upload.parts.set(Number(query.get('partNumber')), Buffer.from(md5(body), 'hex'));
      upload.size += body.length;
      outgoing.writeHead(200, { etag: `"${md5(body)}"` }).end();
      return;
    }
    if (isChanged(key, headers)) {
      fail(outgoing, 412, 'PreconditionFailed');
      return;
    }
    const etag = habits.etag === 'md5' ? md5(body) : random();
    objects.set(key, { headers, size: body.length, etag, body, modified: Date.now() });
    outgoing.writeHead(200, { etag: `"${etag}"`, ...encrypted }).end();
  }

  /** Makes the object of an upload, and returns its ETag. */
  function complete(id: string, { key, headers, parts, size }: Upload): string {
    const digests = [...parts].sort(([one], [other]) => one - other).map(([, digest]) => digest);
    const etag = habits.partsEtag === 'parts' ? `${md5(Buffer.concat(digests))}-${digests.length}` : random();
    uploads.delete(id);
    objects.set(key, { headers, size, etag });
    return etag;
  }

  function post(key: string, { query, headers, body }: S3Request, outgoing: ServerResponse): void {
    if (query.has('uploads')) {
      const id = random();
      uploads.set(id, { key, headers, parts: new Map(), size: 0 });
      outgoing.end(xml('InitiateMultipartUploadResult', `<UploadId>${id}</UploadId>`));
      return;
    }
    if (query.has('delete')) {
      for (const [, deleted = ''] of body.toString().matchAll(/<Key>(.*?)<\/Key>/g)) objects.delete(deleted);
      outgoing.end(xml('DeleteResult', ''));
      return;
    }
    const id = query.get('uploadId') ?? '';
    const upload = uploads.get(id);
    if (!upload) return;
    const etag = complete(id, upload);
    const noted = habits.completes === 'etag' ? `<ETag>"${etag}"</ETag>` : '<ETag></ETag>';
    outgoing.end(xml('CompleteMultipartUploadResult', noted));
  }

  /** HEAD and GET of an object. */
  function look(key: string, { method }: S3Request, outgoing: ServerResponse): void {
    const found = objects.get(key);
    if (!found) {
      if (method === 'GET') fail(outgoing, 404, 'NoSuchKey');
      else outgoing.writeHead(404).end();
      return;
    }
    const { size, etag, headers, body, modified = 0 } = found;
    const sent = ['content-type', 'cache-control', 'content-encoding', 'x-amz-meta-md5'].flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    outgoing.writeHead(200, {
      ...Object.fromEntries(sent),
      etag: `"${etag}"`,
      'content-length': size,
      'last-modified': new Date(modified).toUTCString(),
      ...encrypted,
    });
    outgoing.end(method === 'GET' ? body : undefined);
  }

  /** GET of the bucket: its objects, or the uploads that were begun. */
  function list({ query }: S3Request, outgoing: ServerResponse): void {
    const prefix = query.get('prefix') ?? '';
    outgoing.setHeader('content-type', 'application/xml');
    if (!query.has('uploads')) return void outgoing.end(listingXml(objects, prefix));
    const open = [...uploads].filter(([, { key }]) => key.startsWith(prefix));
    const entries = open.map(([id, { key }]) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`);
    outgoing.end(xml('ListMultipartUploadsResult', entries.join('')));
  }

  function remove(key: string, { query }: S3Request, outgoing: ServerResponse): void {
    const id = query.get('uploadId');
    if (id === null) objects.delete(key);
    else uploads.delete(id);
    outgoing.writeHead(204).end();
  }

  /** The key that a request is about; undefined where it is not sent to the bucket's own address. */
  function keyOf({ host: asked, path }: S3Request): string | undefined {
    const [name, prefix = ''] = habits.bucket === 'host' ? [`assets.${host}`, '/'] : [host, '/assets/'];
    const full = path === '/assets' ? '/assets/' : path;
    return asked.split(':')[0] === name && full.startsWith(prefix)
      ? decodeURIComponent(full.slice(prefix.length))
      : undefined;
  }

  const server = await serveHttp(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = incoming;
    const { pathname: path, searchParams: query } = new URL(url, 'http://vendor.test');
    const request = { method, host: headers.host ?? '', path, query, headers, body: Buffer.concat(chunks) };
    const number = requests.push(request);
    const step = stepOf(request);
    asked.push(step);
    if (fault(step, outgoing, number)) return;
    const key = keyOf(request);
    const refusal = habits.refusals.find(({ when }) => when(request));
    if (refusal || key === undefined) {
      refused.push(refusal?.what ?? `the address ${request.host}${path}`);
      fail(outgoing, refusal?.status ?? 404, refusal?.code ?? 'NoSuchBucket', refusal?.details);
      return;
    }
    const id = query.get('uploadId');
    if (id !== null && !uploads.has(id)) fail(outgoing, 404, 'NoSuchUpload');
    else if (method === 'PUT') store(key, request, outgoing);
    else if (method === 'POST') post(key, request, outgoing);
    else if (method === 'GET' && key === '') list(request, outgoing);
    else if (method === 'HEAD' || method === 'GET') look(key, request, outgoing);
    else if (method === 'DELETE') remove(key, request, outgoing);
    else fail(outgoing, 405, 'MethodNotAllowed');
  });
  return {
    endpoint: `http://${host}:${server.port}`,
    requests,
    asked,
    refused,
    objects,
    uploads,
    finish: () => {
      for (const [id, upload] of uploads) complete(id, upload);
    },
    stop: server.stop,
  };
}

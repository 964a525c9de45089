import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { md5 } from '../../support/md5.ts';
import { serveHttp } from '../../support/server.ts';

export interface StrictRequest {
  readonly method: string;
  /** Host and port that it was sent to. */
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a vendor answers with an error, and who says so. */
export interface Refusal {
  readonly what: string;
  readonly source: string;
  readonly status: number;
  readonly code: string;
  readonly when: (request: StrictRequest) => boolean;
}

/** How a vendor goes about what S3 does in its own way. */
export interface Habits {
  readonly refusals: readonly Refusal[];
  /** Where the bucket's name stands. */
  readonly bucket: 'host' | 'path';
  /** ETag of an object that was sent whole: the MD5 of its bytes, or random because it is encrypted with a key of KMS. */
  readonly etag: 'md5' | 'kms';
  /** ETag of an object that was sent in parts: the MD5 of the parts' MD5s, or random. */
  readonly partsEtag: 'parts' | 'random';
  /** What the answer to completing an upload says of the ETag. */
  readonly completes: 'etag' | 'nothing';
  /** What If-Match is compared with; `ignored`: everything is stored whatever it says. */
  readonly ifMatch: 'quoted' | 'unquoted' | 'ignored';
  /** Most parts of one upload. */
  readonly mostParts: number;
}

interface Kept {
  readonly headers: IncomingHttpHeaders;
  readonly size: number;
  readonly etag: string;
}

export interface StrictServer {
  /** Endpoint of the service, without the bucket. */
  readonly endpoint: string;
  readonly requests: readonly StrictRequest[];
  /** What was refused. */
  readonly refused: readonly string[];
  readonly objects: ReadonlyMap<string, Kept>;
  /** Ids of uploads that were begun and not ended. */
  readonly uploads: ReadonlyMap<string, unknown>;
  stop(): Promise<void>;
}

const random = () => randomBytes(16).toString('hex');
const xml = (root: string, content: string) => `<?xml version="1.0"?><${root}>${content}</${root}>`;

/** A bucket `assets` at s3.vendor.test that takes nothing that the vendor does not take. */
export async function startStrict(habits: Habits): Promise<StrictServer> {
  const requests: StrictRequest[] = [];
  const refused: string[] = [];
  const objects = new Map<string, Kept>();
  const uploads = new Map<string, { headers: IncomingHttpHeaders; parts: Map<number, Buffer>; size: number }>();
  const encrypted = habits.etag === 'kms' ? { 'x-amz-server-side-encryption': 'aws:kms' } : {};

  function fail(outgoing: ServerResponse, status: number, code: string): void {
    outgoing.writeHead(status, { 'content-type': 'application/xml' }).end(xml('Error', `<Code>${code}</Code>`));
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

  function store(key: string, request: StrictRequest, outgoing: ServerResponse): void {
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
    objects.set(key, { headers, size: body.length, etag });
    outgoing.writeHead(200, { etag: `"${etag}"`, ...encrypted }).end();
  }

  function post(key: string, { query, headers, body }: StrictRequest, outgoing: ServerResponse): void {
    if (query.has('uploads')) {
      const id = random();
      uploads.set(id, { headers, parts: new Map(), size: 0 });
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
    if (!upload) {
      fail(outgoing, 404, 'NoSuchUpload');
      return;
    }
    const { size } = upload;
    const parts = [...upload.parts].sort(([one], [other]) => one - other).map(([, digest]) => digest);
    uploads.delete(id);
    const etag = habits.partsEtag === 'parts' ? `${md5(Buffer.concat(parts))}-${parts.length}` : random();
    objects.set(key, { headers: upload.headers, size, etag });
    const said = habits.completes === 'etag' ? `<ETag>"${etag}"</ETag>` : '<ETag></ETag>';
    outgoing.end(xml('CompleteMultipartUploadResult', said));
  }

  function look(key: string, outgoing: ServerResponse): void {
    const found = objects.get(key);
    if (!found) {
      outgoing.writeHead(404).end();
      return;
    }
    const md5 = found.headers['x-amz-meta-md5'];
    const noted = md5 === undefined ? {} : { 'x-amz-meta-md5': md5 };
    outgoing.writeHead(200, { etag: `"${found.etag}"`, 'content-length': found.size, ...noted, ...encrypted }).end();
  }

  function remove(key: string, { query }: StrictRequest, outgoing: ServerResponse): void {
    if (!uploads.delete(query.get('uploadId') ?? '')) objects.delete(key);
    outgoing.writeHead(204).end();
  }

  /** The key that a request is about; undefined where it is not sent to the bucket's own address. */
  function keyOf({ host, path }: StrictRequest): string | undefined {
    const place = habits.bucket === 'host' ? ['assets.s3.vendor.test', '/'] : ['s3.vendor.test', '/assets/'];
    const [name, prefix = ''] = place;
    const full = path === '/assets' ? '/assets/' : path;
    return host.split(':')[0] === name && full.startsWith(prefix)
      ? decodeURIComponent(full.slice(prefix.length))
      : undefined;
  }

  const server = await serveHttp(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = incoming;
    const { pathname: path, searchParams: query } = new URL(url, 'http://vendor.test');
    const request = { method, host: headers.host ?? '', path, query, headers, body: Buffer.concat(chunks) };
    requests.push(request);
    const key = keyOf(request);
    const refusal = habits.refusals.find(({ when }) => when(request));
    if (refusal || key === undefined) {
      refused.push(refusal?.what ?? `the address ${request.host}${path}`);
      fail(outgoing, refusal?.status ?? 404, refusal?.code ?? 'NoSuchBucket');
      return;
    }
    if (method === 'PUT') store(key, request, outgoing);
    else if (method === 'POST') post(key, request, outgoing);
    else if (method === 'HEAD') look(key, outgoing);
    else if (method === 'DELETE') remove(key, request, outgoing);
    else fail(outgoing, 405, 'MethodNotAllowed');
  });
  return { endpoint: `http://s3.vendor.test:${server.port}`, requests, refused, objects, uploads, stop: server.stop };
}

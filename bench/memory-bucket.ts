import { hash } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { type Answer, type Request, serveConnection } from './server/connection.ts';
import { openLine } from './server/line.ts';

/**
 * An S3 endpoint in memory that costs so little that the client is what is measured: it checks no signature, and keeps
 * objects of any bucket. `--latency` is the round trip in milliseconds: each answer comes so much later, `100 Continue`
 * too, and the first one of a connection twice as much. `--rate` limits the bytes a second that it reads of all connections
 * together.
 *
 *     node bench/memory-bucket.ts --port 9000 --latency 20 --rate 400000
 *
 * Also S3: GET /-/counts tells the requests by method since it was last asked (those of the action's own ledger apart)
 * and the milliseconds of CPU in all, /-/clear empties it, /-/line?ms=20&rate=400000 sets latency and limit (0: none).
 */
interface Stored {
  readonly size: number;
  readonly etag: string;
  readonly modified: string;
  readonly headers: string;
  readonly body: Buffer | undefined;
}

const xml = '<?xml version="1.0" encoding="UTF-8"?>';
const megabyte = 1024 * 1024;
const ledgerFolder = '/.deploy-django/';
const escapeXml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const objects = new Map<string, Stored>();
const uploads = new Map<string, Map<number, { etag: string; size: number }>>();
let counts = { requests: new Map<string, number>(), ledger: new Map<string, number>() };
let sorted: string[] | undefined;
const line = openLine();
let latency = 0;
let uploadIds = 0;

/** The headers that an object gives back, as they stood in the request. */
const kept = (head: string) =>
  (
    head.match(/^(content-type|cache-control|content-encoding|content-disposition|x-amz-meta-[^:]*): .*\r$/gim) ?? []
  ).join('\n');

function store(key: string, head: string, size: number, etag: string, body: Buffer | undefined): void {
  if (!objects.has(key)) sorted = undefined;
  objects.set(key, { size, etag, modified: new Date().toISOString(), headers: kept(head), body });
}

/** Index of the first key that is not smaller (or, with `after`, greater) than the one given. */
function position(keys: readonly string[], key: string, after: boolean): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = keys[middle] as string;
    if (at < key || (after && at === key)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sortedKeys(): readonly string[] {
  sorted ??= [...objects.keys()].sort();
  return sorted;
}

function list(bucket: string, query: URLSearchParams): string {
  const keys = sortedKeys();
  const prefix = `${bucket}/${query.get('prefix') ?? ''}`;
  const token = query.get('continuation-token') ?? query.get('start-after') ?? query.get('marker');
  const most = Math.min(1000, Number(query.get('max-keys') ?? 1000));
  const rows: string[] = [];
  let at = position(keys, prefix, false);
  if (token !== null) at = Math.max(at, position(keys, `${bucket}/${token}`, true));
  for (; at < keys.length && rows.length < most && (keys[at] as string).startsWith(prefix); at++) {
    const full = keys[at] as string;
    const { etag, size, modified } = objects.get(full) as Stored;
    rows.push(
      `<Contents><Key>${escapeXml(full.slice(bucket.length + 1))}</Key><LastModified>${modified}</LastModified><ETag>&quot;${etag}&quot;</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
    );
  }
  const more = at < keys.length && (keys[at] as string).startsWith(prefix);
  const last = more ? escapeXml((keys[at - 1] as string).slice(bucket.length + 1)) : '';
  const next = more ? `<NextContinuationToken>${last}</NextContinuationToken><NextMarker>${last}</NextMarker>` : '';
  return `${xml}<ListBucketResult><Name>${bucket}</Name><KeyCount>${rows.length}</KeyCount><MaxKeys>${most}</MaxKeys><IsTruncated>${more}</IsTruncated>${next}${rows.join('')}</ListBucketResult>`;
}

const ok = (body: string): Answer => ({ status: '200 OK', headers: 'content-type: application/xml\r\n', body });

function control(path: string, query: URLSearchParams): Answer {
  if (path === '/-/line') {
    latency = Number(query.get('ms') ?? 0);
    line.setRate(Number(query.get('rate') ?? 0));
  }
  if (path === '/-/clear') {
    objects.clear();
    uploads.clear();
    sorted = undefined;
  }
  // Here, so that no run pays for it.
  sortedKeys();
  const usage = process.cpuUsage();
  const body = JSON.stringify({
    requests: Object.fromEntries(counts.requests),
    ledger: Object.fromEntries(counts.ledger),
    objects: objects.size,
    cpu: (usage.user + usage.system) / 1000,
  });
  counts = { requests: new Map(), ledger: new Map() };
  return { status: '200 OK', headers: 'content-type: application/json\r\n', body };
}

function count(path: string, kind: string): void {
  const into = path.includes(ledgerFolder) ? counts.ledger : counts.requests;
  into.set(kind, (into.get(kind) ?? 0) + 1);
}

function multipart({ method, query, head, size, md5 }: Request, key: string): Answer | undefined {
  const id = query.get('uploadId');
  if (method === 'POST' && query.has('uploads')) {
    const begun = `upload-${++uploadIds}`;
    uploads.set(begun, new Map());
    return ok(`${xml}<InitiateMultipartUploadResult><UploadId>${begun}</UploadId></InitiateMultipartUploadResult>`);
  }
  if (id === null) return undefined;
  if (method === 'PUT') {
    uploads.get(id)?.set(Number(query.get('partNumber')), { etag: md5, size });
    return { status: '200 OK', headers: `etag: "${md5}"\r\n` };
  }
  const parts = [...(uploads.get(id) ?? [])].sort(([a], [b]) => a - b).map(([, part]) => part);
  uploads.delete(id);
  if (method === 'DELETE') return { status: '204 No Content' };
  const etag = `${hash('md5', Buffer.from(parts.map((part) => part.etag).join(''), 'hex'))}-${parts.length}`;
  const whole = parts.reduce((sum, part) => sum + part.size, 0);
  store(key, head, whole, etag, undefined);
  return ok(`${xml}<CompleteMultipartUploadResult><ETag>&quot;${etag}&quot;</ETag></CompleteMultipartUploadResult>`);
}

/** The answer to a PUT whose condition does not hold. */
function refusal(head: string, key: string): Answer | undefined {
  const [, none, value = ''] = /\r\nif-(none-)?match: *([^\r]*)/i.exec(head) ?? [];
  if (value === '') return undefined;
  const found = objects.get(key);
  if (none ? !found : found?.etag === value.replaceAll('"', '')) return undefined;
  return { status: found ? '412 Precondition Failed' : '404 Not Found' };
}

function answerTo(request: Request): Answer {
  const { method, path, query, head, body, size, md5 } = request;
  if (path.startsWith('/-/')) return control(path, query);
  const key = decodeURIComponent(path.slice(1));
  const slash = key.indexOf('/');
  const isBucket = slash < 0 || slash === key.length - 1;
  const kind = method === 'GET' && isBucket ? 'LIST' : method;
  count(key, kind);
  if (kind === 'LIST')
    return ok(
      query.has('location') ? `${xml}<LocationConstraint/>` : list(slash < 0 ? key : key.slice(0, slash), query),
    );
  if (isBucket) return { status: '200 OK' };
  const part = multipart(request, key);
  if (part) return part;
  if (method === 'PUT') {
    const refused = refusal(head, key);
    if (refused) return refused;
    store(key, head, size, md5, body.length === size ? body : undefined);
    return { status: '200 OK', headers: `etag: "${md5}"\r\n` };
  }
  if (method === 'DELETE') {
    sorted = undefined;
    objects.delete(key);
    return { status: '204 No Content' };
  }
  const found = objects.get(key);
  const notFound = method === 'HEAD' ? '' : `${xml}<Error><Code>NoSuchKey</Code></Error>`;
  if (!found) return { status: '404 Not Found', headers: 'content-type: application/xml\r\n', body: notFound };
  const headers = `${found.headers}${found.headers && '\n'}etag: "${found.etag}"\r\nlast-modified: ${new Date(found.modified).toUTCString()}\r\n`;
  if (method === 'HEAD') return { status: '200 OK', headers: `${headers}content-length: ${found.size}\r\n` };
  // Better no answer than a wrong one: a client that got nothing would do other work than on a real bucket.
  if (!found.body) return { status: '501 Not Implemented' };
  return { status: '200 OK', headers, body: found.body };
}

/** How much of a body is kept. Clients read back what they have noted there themselves, and no large files. */
function keptOf(head: string): number {
  const target = head.slice(0, head.indexOf('\r\n'));
  if (target.includes('partNumber=')) return 0;
  return target.includes(ledgerFolder) ? 64 * megabyte : megabyte;
}

/** Starts it on loopback and returns its address. */
async function startMemoryBucket(port: number): Promise<string> {
  const options = { keep: keptOf, latency: () => latency, line, answer: answerTo };
  const server = createServer((socket) => serveConnection(socket, options));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', 4096, resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const { values } = parseArgs({
  options: { port: { type: 'string' }, latency: { type: 'string' }, rate: { type: 'string' } },
});
latency = Number(values.latency ?? 0);
line.setRate(Number(values.rate ?? 0));
process.stdout.write(`${await startMemoryBucket(Number(values.port ?? 0))}\n`);

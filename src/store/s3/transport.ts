import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Clock } from '../../core/ports.ts';
import { backoff } from '../../lib/retry.ts';
import { retryAfter } from '../../lib/retry-after.ts';
import { xmlText } from './listing-xml.ts';
import { mayPass, S3Error, slowDown } from './s3-error.ts';
import {
  createSigner,
  emptyPayload,
  encodeKey,
  encodeQuery,
  type SigningCredentials,
  unsignedPayload,
} from './signature.ts';
import { createStallWatch } from './stall-watch.ts';

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** '' is the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface S3Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface TransportOptions {
  readonly bucket: string;
  /** Without a slash at its end; undefined is AWS. */
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly pathStyle: boolean;
  readonly clock: Clock;
  readonly random: () => number;
  /** Credentials; asked again with `renew` where the store says that they have expired. */
  readonly credentials: (renew: boolean) => Promise<SigningCredentials>;
  /** Told of every answer that asks to slow down, and of every body that took so long that fewer at once do no harm. */
  readonly onSlowDown: () => void;
  /** Milliseconds after which a connection on which nothing moves is given up; a minute where absent. */
  readonly silence?: number;
}

export interface Transport {
  /** Region that the bucket turned out to be in. */
  region(): string;
  /** Sends a request until it succeeds or can no more; rejects with S3Error or the network's error. */
  send(request: S3Request, signal: AbortSignal): Promise<S3Response>;
  /** Address of an object, without a signature. */
  url(key: string): string;
  close(): Promise<void>;
}

const attempts = 6;
/** While other requests get through, one that is only put off is worth more patience: it is one of many that have to wait. */
const attemptsAmongOthers = 16;
const firstWait = 200;
const longestWait = 20_000;
const mostConnections = 256;
/** Larger bodies are handed to the connection in pieces of this size, so that it shows whether it takes them. */
const pieceSize = 64 * 1024;

/** A body in pieces; each is asked for when the connection has room for it. */
function* piecesOf(body: Uint8Array, onPiece: (bytes: number) => void): Generator<Uint8Array> {
  for (let at = 0; at < body.length; at += pieceSize) {
    const piece = body.subarray(at, at + pieceSize);
    onPiece(piece.length);
    yield piece;
  }
}

/** Host and path prefix of a bucket's requests. */
function addressOf(
  { bucket, endpoint, pathStyle }: TransportOptions,
  region: string,
): { origin: string; host: string; prefix: string } {
  const url = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
  // A bucket with dots has no certificate as a host name.
  const inPath = pathStyle || (url.protocol === 'https:' && bucket.includes('.'));
  if (!inPath) url.hostname = `${bucket}.${url.hostname}`;
  const path = url.pathname.replace(/\/$/, '');
  return { origin: url.origin, host: url.host, prefix: inPath ? `${path}/${encodeKey(bucket)}` : path };
}

function errorOf({ status, headers, body }: S3Response, now: number): S3Error {
  const code = xmlText(body, 'Code') ?? String(status);
  const message = xmlText(body, 'Message') ?? '';
  const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return new S3Error(status, code, message, retryAfter(flat, now));
}

/**
 * Signed requests to one bucket over connections that stay open. A request is signed at the moment when it is sent, with
 * the server's clock, and again for each attempt.
 */
export async function createTransport(options: TransportOptions): Promise<Transport> {
  const { EnvHttpProxyAgent } = await import('undici');
  const { clock, silence = 60_000 } = options;
  const agent: Dispatcher = new EnvHttpProxyAgent({
    connections: mostConnections,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    // A time-out for the whole of a request, as undici counts it, drops large parts on a slow line again and again.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: 10_000 },
  });
  let { region } = options;
  let sign = createSigner(region);
  let address = addressOf(options, region);
  let skew = 0;
  let succeeded = 0;
  const live = new Set<Dispatcher.DispatchController>();
  const watched = new WeakSet<AbortSignal>();
  const stalls = createStallWatch(silence);

  function once(request: S3Request, credentials: SigningCredentials): Promise<S3Response> {
    const { method, key, query = {}, body } = request;
    const path = `${address.prefix}/${encodeKey(key)}`;
    const payload = body === undefined ? emptyPayload : unsignedPayload;
    const unsigned = { method, path, query, host: address.host, headers: request.headers ?? {}, payload };
    const signed = sign(unsigned, credentials, clock.now() + skew);
    const search = encodeQuery(query);
    const { promise, resolve, reject } = Promise.withResolvers<S3Response>();
    let status = 0;
    let received: Dispatcher.DispatchController | undefined;
    let answered: S3Response['headers'] = {};
    const chunks: Buffer[] = [];
    const began = performance.now();
    const moves = (bytes = 0) => {
      if (received) stalls.move(received, bytes);
    };
    const ended = () => {
      if (!received) return;
      live.delete(received);
      stalls.end(received);
    };
    const inPieces = body !== undefined && body.length > pieceSize;
    const headers = inPieces ? { ...signed, 'content-length': String(body.length) } : signed;
    agent.dispatch(
      {
        origin: address.origin,
        path: search ? `${path}?${search}` : path,
        method,
        headers,
        body: inPieces ? Readable.from(piecesOf(body, moves), { objectMode: false }) : (body ?? null),
        // Or undici closes the connection after each HEAD, and the next one has to be opened and secured anew.
        reset: false,
      },
      {
        onRequestStart(controller) {
          received = controller;
          live.add(controller);
          stalls.begin(controller);
        },
        onResponseStart(_controller, code, found) {
          moves();
          status = code;
          answered = found;
        },
        onResponseData(_controller, chunk) {
          moves();
          chunks.push(chunk);
        },
        onResponseEnd() {
          ended();
          if (body !== undefined && performance.now() - began > silence / 3) options.onSlowDown();
          resolve({
            status,
            headers: answered,
            body: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks),
          });
        },
        onResponseError(_controller, error) {
          ended();
          reject(error);
        },
      },
    );
    return promise;
  }

  /** Fixes what an error says is wrong with how we ask; true where the request is worth asking again at once. */
  function fix(error: S3Error, response: S3Response): boolean {
    if (error.code === 'RequestTimeTooSkewed') {
      const theirs = Date.parse(String(response.headers.date));
      if (Number.isNaN(theirs)) return false;
      skew = theirs - clock.now();
      return true;
    }
    const elsewhere = response.headers['x-amz-bucket-region'] ?? xmlText(response.body, 'Region');
    const moved = [301, 307, 400].includes(response.status) && typeof elsewhere === 'string' && elsewhere !== region;
    if (!moved || (options.endpoint !== undefined && error.code !== 'AuthorizationHeaderMalformed')) return false;
    region = elsewhere;
    sign = createSigner(region);
    address = addressOf(options, region);
    return true;
  }

  async function attempt(request: S3Request): Promise<S3Response> {
    let renew = false;
    // The clock, the region and the token can each be wrong once.
    for (let fixed = 0; ; fixed++) {
      const response = await once(request, await options.credentials(renew));
      if (response.status < 300 || (request.method === 'HEAD' && response.status === 404)) return response;
      const error = errorOf(response, clock.now());
      renew = !renew && /^ExpiredToken|^TokenRefreshRequired$/.test(error.code);
      if (fixed >= 3 || !(renew || fix(error, response))) throw error;
    }
  }

  /** Ends every request under way when the signal is aborted; one listener for all of a run's requests. */
  function watch(signal: AbortSignal): void {
    if (watched.has(signal)) return;
    watched.add(signal);
    const abort = () => {
      for (const controller of live) controller.abort(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
  }

  async function send(request: S3Request, signal: AbortSignal): Promise<S3Response> {
    watch(signal);
    const succeededBefore = succeeded;
    for (let round = 1; ; round++) {
      signal.throwIfAborted();
      try {
        const response = await attempt(request);
        succeeded += 1;
        return response;
      } catch (error) {
        signal.throwIfAborted();
        if (slowDown(error)) options.onSlowDown();
        const putOff = slowDown(error) || !(error instanceof S3Error) || error.code === 'BadDigest';
        const most = putOff && succeeded > succeededBefore ? attemptsAmongOthers : attempts;
        if (round >= most || !mayPass(error)) throw error;
        const asked = error instanceof S3Error ? (error.retryAfter ?? 0) : 0;
        await clock.sleep(Math.max(asked, backoff(round, firstWait, longestWait, options.random)), signal);
      }
    }
  }

  const url = (key: string) => `${address.origin}${address.prefix}/${encodeKey(key)}`;
  return { send, url, region: () => region, close: () => agent.close() };
}

import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup } from 'node:dns';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { HttpError, type HttpFailure } from '../core/http-error.ts';
import type { Http, HttpRequest, HttpResponse } from '../core/ports.ts';
import { readyBody } from './request-body.ts';

/**
 * Addresses that hand out a machine's credentials: link-local, AWS's IPv6 metadata and Azure's wire server. A URL that
 * comes from a pull request, a redirect or a name server must never lead there. Private ranges stay open, because
 * self-hosted servers live there.
 */
const forbidden = new BlockList();
forbidden.addSubnet('169.254.0.0', 16, 'ipv4');
forbidden.addAddress('168.63.129.16', 'ipv4');
forbidden.addAddress('100.100.100.200', 'ipv4');
forbidden.addSubnet('fe80::', 10, 'ipv6');
forbidden.addAddress('fd00:ec2::254', 'ipv6');
// The same IPv4 addresses inside IPv6: IPv4-compatible, NAT64 (RFC 6052), 6to4 (RFC 3056).
forbidden.addSubnet('::a9fe:0', 112, 'ipv6');
forbidden.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
forbidden.addSubnet('2002:a9fe::', 32, 'ipv6');

export function isForbiddenAddress(address: string): boolean {
  return forbidden.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * The resolver of every connection: the answer is checked, so that a name cannot point to a forbidden address.
 * @param turn Which of the name's addresses comes first.
 */
function guardedLookup(turn: () => number): LookupFunction {
  return ((
    hostname: string,
    options: LookupOptions,
    done: (error: Error | null, found: string | LookupAddress[], family?: number) => void,
  ) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, []);
      const bad = found.find(({ address }) => isForbiddenAddress(address));
      if (bad) return done(new HttpError('blocked', `${hostname} resolves to ${bad.address}, a metadata address`), []);
      const at = turn() % Math.max(1, found.length);
      const addresses = [...found.slice(at), ...found.slice(0, at)];
      const first = addresses[0];
      if (options.all || !first) return done(null, addresses);
      return done(null, first.address, first.family);
    });
  }) as LookupFunction;
}

const refusals: Readonly<Record<string, HttpFailure>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unresolved',
  EAI_AGAIN: 'unresolved',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
};

/** The kind of failure that an error's code stands for. */
export const failureOf = (code: string): HttpFailure =>
  /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code) ? 'tls' : (refusals[code] ?? 'other');

/** undici's errors as ours, with the host and never the path or query, which can be a credential. */
function toHttpError(error: unknown, url: URL, timeout: number): HttpError {
  const { code = '', message, name, cause } = error as NodeJS.ErrnoException & { cause?: unknown };
  if (error instanceof HttpError) return error;
  if (cause instanceof HttpError) return cause;
  if (name === 'TimeoutError')
    return new HttpError('timeout', `${url.host} did not answer in ${timeout / 1000} s`, error);
  return new HttpError(failureOf(code), `${url.host}: ${code || message}`, error);
}

/** At most this much of a body is kept; a page longer than that is no page to prove a release by. */
const bodyLimit = 4 * 1024 * 1024;

async function readBody(body: Dispatcher.ResponseData['body']): Promise<{ bytes: Buffer; cut: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= bodyLimit) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, bodyLimit), cut: size >= bodyLimit };
}

/** At most this much of a body is decoded: a page of a few kilobytes can unpack to gigabytes. */
const decodedLimit = 4 * bodyLimit;

const isTooLarge = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';

/**
 * The body as it was before Content-Encoding; as sent where it does not decode, and cut where it was cut, or too large. By hand, because
 * undici's decompress interceptor fails such a body instead (Z_DATA_ERROR for one that is not gzip, Z_BUF_ERROR for one that is
 * cut, seen with undici 8.12), and warns in the log that it is experimental.
 */
export function decodeBody(sent: Uint8Array, encoding: string | undefined): { body: Uint8Array; cut: boolean } {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: decodedLimit };
  let body = sent;
  try {
    // Of several the last was applied last.
    for (const name of (encoding ?? '')
      .toLowerCase()
      .split(',')
      .reverse()
      .map((one) => one.trim())) {
      if (name === 'gzip' || name === 'x-gzip') body = gunzipSync(body, options);
      else if (name === 'deflate') body = inflateSync(body, options);
      else if (name === 'br') body = brotliDecompressSync(body, { maxOutputLength: decodedLimit });
    }
  } catch (error) {
    return { body: sent, cut: isTooLarge(error) };
  }
  return { body, cut: false };
}

/**
 * The one HTTP client for pages, hooks and hosts' APIs. It follows no redirect, retries nothing, goes through the
 * proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name, and never connects to a metadata address.
 */
export function createHttp(userAgent: string): Http & { close(): Promise<void> } {
  let kept: Promise<Dispatcher> | undefined;
  let single: Promise<Dispatcher> | undefined;
  let turns = 0;
  const connect = async (lookup: LookupFunction, more: { pipelining?: number }) => {
    const { EnvHttpProxyAgent } = await import('undici');
    // The connector's options reach both the direct and the proxied connections.
    return new EnvHttpProxyAgent({ connect: { lookup, timeout: 10_000 }, keepAliveTimeout: 4_000, ...more });
  };
  const dispatcherOf = (fresh: boolean | undefined) => {
    // Without pipelining undici closes each connection after one answer; every address of the name has its turn.
    if (fresh) {
      single ??= connect(
        guardedLookup(() => turns++),
        { pipelining: 0 },
      );
      return single;
    }
    kept ??= connect(
      guardedLookup(() => 0),
      {},
    );
    return kept;
  };

  const http = async (request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> => {
    const url = new URL(request.url);
    const timeout = request.timeout ?? 30_000;
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) && isForbiddenAddress(literal)) {
      throw new HttpError('blocked', `${url.host} is a metadata address, and no part of a deploy`);
    }
    try {
      const { body, headers: length } = await readyBody(request.body);
      const dispatcher = await dispatcherOf(request.fresh);
      const answer = await dispatcher.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        headers: { 'user-agent': userAgent, 'accept-encoding': 'gzip, br', ...request.headers, ...length },
        body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      });
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(answer.headers)) {
        if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
      }
      const { bytes, cut } = await readBody(answer.body);
      const decoded = decodeBody(bytes, headers['content-encoding']);
      return { status: answer.statusCode, headers, body: decoded.body, ...(cut || decoded.cut ? { cut: true } : {}) };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw toHttpError(error, url, timeout);
    }
  };
  return Object.assign(http, {
    close: async () => void (await Promise.all([kept, single].map(async (dispatcher) => (await dispatcher)?.close()))),
  });
}

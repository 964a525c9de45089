import type { Dispatcher } from 'undici';

const mostConnections = 256;

/** Connections to a bucket that stay open, by way of the environment's proxies (HTTPS_PROXY, NO_PROXY). */
export async function createAgent(): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await import('undici');
  return new EnvHttpProxyAgent({
    connections: mostConnections,
    pipelining: 1,
    // undici offers HTTP/2, too, since version 8. Google's XML API is reported to refuse signatures by it
    // (pgEdge/coldfront#42), and parts of large files are faster over connections of their own.
    allowH2: false,
    keepAliveTimeout: 30_000,
    // A time-out for the whole of a request, as undici counts it, drops large parts on a slow line again and again.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: 10_000 },
  });
}

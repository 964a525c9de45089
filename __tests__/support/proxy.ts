import { createServer, type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Proxy {
  readonly endpoint: string;
  /** `METHOD /path` of every request that came through or was answered here. */
  readonly seen: string[];
  stop(): Promise<void>;
}

/** Answers a request itself and returns true, or leaves it to the server behind. */
export type Intercept = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** A proxy before an S3 server that can answer as another vendor would. */
export async function startProxy(target: string, intercept: Intercept): Promise<Proxy> {
  const { protocol, hostname, port } = new URL(target);
  const request = protocol === 'https:' ? requestHttps : requestHttp;
  const seen: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    seen.push(`${method} ${url.split('?')[0]}`);
    if (intercept(incoming, outgoing)) {
      incoming.resume();
      return;
    }
    const onward = request({ hostname, port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    // The server behind would wait for the rest of a request that was given up, or for somebody to take its answer.
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) onward.destroy();
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** An error as S3 words it. */
export function s3Error(outgoing: ServerResponse, status: number, code: string, message: string): true {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  outgoing.writeHead(status, { 'content-type': 'application/xml' }).end(body);
  return true;
}

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createTransport, type Transport, type TransportOptions } from '../../src/store/s3/transport.ts';
import { fakeClock } from './fakes.ts';
import { type LoopbackServer, serveHttp } from './server.ts';

export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** What a server does with its n-th request, counted from 1, once the body is there. */
export type Turn = (outgoing: ServerResponse, incoming: IncomingMessage, number: number) => void;

export const ok: Turn = (outgoing) => void outgoing.writeHead(200, { etag: '"e"' }).end();

/** An error as S3 says it. */
export const fails =
  (status: number, code: string, headers: Record<string, string> = {}, more = ''): Turn =>
  (outgoing) =>
    void outgoing
      .writeHead(status, { 'content-type': 'application/xml', ...headers })
      .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>told so</Message>${more}</Error>`);

export interface TurnServer extends LoopbackServer {
  readonly seen: SeenRequest[];
}

/** A server that takes one turn after the other, the last one for ever. */
export async function serveTurns(...turns: readonly Turn[]): Promise<TurnServer> {
  const seen: SeenRequest[] = [];
  const server = await serveHttp((incoming, outgoing) => {
    incoming.on('error', () => undefined).resume();
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const number = seen.push({ method, url, headers });
      (turns[Math.min(number, turns.length) - 1] ?? ok)(outgoing, incoming, number);
    });
  });
  return Object.assign(server, { seen });
}

/** A transport to a bucket, with a clock that only waits when it is told to. */
export async function transportTo(endpoint: string, given: Partial<TransportOptions> = {}) {
  const clock = fakeClock();
  const slowed: number[] = [];
  const renewals: boolean[] = [];
  const transport: Transport = await createTransport({
    bucket: 'b',
    endpoint,
    region: 'us-east-1',
    pathStyle: true,
    clock,
    random: () => 1,
    credentials: async (renew) => {
      renewals.push(renew);
      return { accessKeyId: 'key', secretAccessKey: `secret ${renewals.filter(Boolean).length}` };
    },
    onSlowDown: () => void slowed.push(clock.now()),
    ...given,
  });
  return { transport, clock, slowed, renewals };
}

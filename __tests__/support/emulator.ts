import type { IncomingHttpHeaders } from 'node:http';
import { serveHttp } from './server.ts';

export interface EmulatorRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface EmulatorReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is where it is text; undefined is no body. */
  readonly body?: unknown;
}

export interface Emulator {
  readonly origin: string;
  readonly requests: readonly EmulatorRequest[];
  stop(): Promise<void>;
}

/** A server on loopback that answers by a function and keeps every request. */
export async function startEmulator(
  reply: (request: EmulatorRequest) => EmulatorReply | Promise<EmulatorReply>,
): Promise<Emulator> {
  const requests: EmulatorRequest[] = [];
  const { origin, stop } = await serveHttp(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = incoming;
    const request = { method, path, headers, body: Buffer.concat(chunks).toString() };
    requests.push(request);
    const { status, headers: more = {}, body } = await reply(request);
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const type = typeof body === 'object' ? 'application/json' : 'text/html; charset=utf-8';
    outgoing.writeHead(status, text === undefined ? more : { 'content-type': type, ...more }).end(text);
  });
  return { origin, requests, stop };
}

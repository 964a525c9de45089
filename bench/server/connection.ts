import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { awsChunks, httpChunks, type Sink } from './bodies.ts';
import type { Line } from './line.ts';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Request line and headers as they came. */
  readonly head: string;
  /** Empty where it is larger than what is kept. */
  readonly body: Buffer;
  readonly size: number;
  readonly md5: string;
}

export interface Answer {
  readonly status: string;
  readonly headers?: string;
  readonly body?: string | Buffer;
}

export interface ServeOptions {
  /** Bodies up to this size are kept, larger ones only counted; by request line and headers. */
  readonly keep: (head: string) => number;
  /** Milliseconds of a round trip, as of now. */
  readonly latency: () => number;
  /** What all connections read through. */
  readonly line: Line;
  readonly answer: (request: Request) => Answer;
}

/**
 * Reads the requests of one connection, one after the other, and answers each a round trip later. By hand, because Node's
 * own server costs more than a whole upload does, and what is measured is the client.
 */
export function serveConnection(socket: Socket, { keep, latency, line, answer }: ServeOptions): void {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  let rest: Buffer = Buffer.alloc(0);
  let head: string | undefined;
  let wanted = 0;
  let chunked = false;
  let digest = createHash('md5');
  let bodies: Buffer[] = [];
  let size = 0;
  let most = 0;
  // Opening a connection takes a round trip before the first request can be sent.
  let opening = true;

  const write = (bytes: Buffer | string) => {
    const wait = latency() * (opening ? 2 : 1);
    opening = false;
    if (wait === 0) socket.write(bytes, 'latin1');
    else setTimeout(() => socket.destroyed || socket.write(bytes, 'latin1'), wait);
  };
  const keepBody: Sink = (bytes) => {
    digest.update(bytes);
    size += bytes.length;
    if (size <= most) bodies.push(bytes);
  };
  let take = keepBody;

  const send = (method: string, { status, headers = '', body = '' }: Answer) => {
    const length = headers.includes('content-length:') ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
    const text = `HTTP/1.1 ${status}\r\n${headers}${length}connection: keep-alive\r\n\r\n`;
    if (method === 'HEAD' || body.length === 0) write(text);
    else write(Buffer.concat([Buffer.from(text, 'latin1'), Buffer.from(body)]));
  };

  const finish = () => {
    const text = head ?? '';
    const [method = '', target = '/'] = text.slice(0, text.indexOf('\r\n')).split(' ');
    const mark = target.indexOf('?');
    const path = mark < 0 ? target : target.slice(0, mark);
    const query = new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1));
    const body = size <= most ? Buffer.concat(bodies) : Buffer.alloc(0);
    const request = { method, path, query, head: text, body, size, md5: digest.digest('hex') };
    head = undefined;
    digest = createHash('md5');
    bodies = [];
    size = 0;
    send(method, answer(request));
  };

  const begin = (text: string) => {
    head = text;
    most = keep(text);
    wanted = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
    chunked = /\r\ntransfer-encoding: *chunked/i.test(text);
    take = /\r\nx-amz-content-sha256: *STREAMING-/i.test(text) ? awsChunks(keepBody) : keepBody;
    if (/\r\nexpect: *100/i.test(text)) write('HTTP/1.1 100 Continue\r\n\r\n');
  };

  /** Takes what is there of the body; true at its end. */
  const takeBody = (): boolean => {
    if (chunked) {
      const read = httpChunks(rest, take);
      rest = read.rest;
      return read.ended;
    }
    const bytes = rest.subarray(0, wanted);
    rest = rest.subarray(bytes.length);
    wanted -= bytes.length;
    if (bytes.length > 0) take(bytes);
    return wanted === 0;
  };

  const receive = (data: Buffer) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
    for (;;) {
      if (head === undefined) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        const text = rest.subarray(0, end + 2).toString('latin1');
        rest = rest.subarray(end + 4);
        begin(text);
      }
      if (!takeBody()) return;
      finish();
    }
  };

  socket.on('data', (data: Buffer) => {
    if (!line.isLimited()) return receive(data);
    socket.pause();
    line.read(data, receive, () => socket.resume());
  });
}

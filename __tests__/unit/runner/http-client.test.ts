import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { isLoopback } from '../../../src/lib/loopback.ts';
import { createHttp, decodeBody, isForbiddenAddress } from '../../../src/runner/http-client.ts';
import { never } from '../../support/fakes.ts';
import { type LoopbackServer, serveHttp } from '../../support/server.ts';

const page = `<!doctype html><title>Häfen</title>${'<p>tide</p>'.repeat(500)}`;
const text = (body: Uint8Array) => Buffer.from(body).toString('utf8');

let http: ReturnType<typeof createHttp>;
let server: LoopbackServer | undefined;

beforeAll(() => {
  // A proxy of the machine that runs the tests is no part of them.
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name];
});
beforeEach(() => {
  http = createHttp('deploy-django-tests');
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await http.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = await serveHttp(listener);
  return server.origin;
}

describe('an answer', () => {
  test('comes back with its status, headers in lower case, and its body', async () => {
    const origin = await serve((_, reply) => {
      reply.setHeader('X-Release', 'r-1');
      reply.setHeader('Set-Cookie', ['a=1', 'b=2']);
      reply.writeHead(418, { 'Content-Type': 'text/html' }).end(page);
    });
    const { status, headers, body } = await http({ method: 'GET', url: `${origin}/tea` }, never);
    expect(status).toBe(418);
    expect(headers).toMatchObject({ 'x-release': 'r-1', 'content-type': 'text/html', 'set-cookie': 'a=1, b=2' });
    expect(text(body)).toBe(page);
  });

  test.each([
    ['gzip', gzipSync(page)],
    ['br', brotliCompressSync(page)],
    ['deflate', deflateSync(page)],
  ])('in %s is unpacked', async (encoding, bytes) => {
    const origin = await serve((_, reply) => reply.writeHead(200, { 'content-encoding': encoding }).end(bytes));
    expect(text((await http({ method: 'GET', url: origin }, never)).body)).toBe(page);
  });

  test('to HEAD has headers and no body', async () => {
    const origin = await serve((_, reply) =>
      reply.writeHead(200, { 'content-encoding': 'gzip', 'content-length': '1234' }).end(),
    );
    const { status, headers, body } = await http({ method: 'HEAD', url: origin }, never);
    expect([status, headers['content-length'], body.length]).toEqual([200, '1234', 0]);
  });

  test('that is a redirect is handed back, and not followed', async () => {
    const asked: string[] = [];
    const origin = await serve(({ url = '' }, reply) => {
      asked.push(url);
      reply.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    });
    const { status, headers } = await http({ method: 'GET', url: `${origin}/old` }, never);
    expect([status, headers.location]).toEqual([302, 'http://169.254.169.254/latest']);
    expect(asked).toEqual(['/old']);
  });

  test('that never ends is cut, its connection ends, and the next request goes on', async () => {
    const ended = Promise.withResolvers<void>();
    const origin = await serve(({ url }, reply) => {
      if (url !== '/endless') return reply.end('short');
      const piece = Buffer.alloc(65_536, 'x');
      return new Readable({
        read() {
          this.push(piece);
        },
      })
        .on('error', () => undefined)
        .pipe(reply.on('close', ended.resolve));
    });
    expect((await http({ method: 'GET', url: `${origin}/endless` }, never)).body).toHaveLength(4 * 1024 * 1024);
    await ended.promise;
    expect(text((await http({ method: 'GET', url: `${origin}/` }, never)).body)).toBe('short');
  });
});

test('a request arrives with its method, headers and body, and says who asks', async () => {
  const got: { method: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
  const origin = await serve(async (request, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    got.push({ method: request.method, headers: request.headers, body: Buffer.concat(chunks).toString() });
    reply.end();
  });
  const headers = { 'content-type': 'application/json', authorization: 'Bearer x' };
  await http({ method: 'POST', url: `${origin}/hook?key=1`, headers, body: '{"ä":1}' }, never);
  expect(got[0]).toMatchObject({
    method: 'POST',
    headers: { ...headers, 'user-agent': 'deploy-django-tests' },
    body: '{"ä":1}',
  });
});

describe('a packed body', () => {
  const unpacked = (body: Uint8Array, encoding: string | undefined) => text(decodeBody(body, encoding).body);

  test('that does not unpack stays as it came', () => {
    expect(unpacked(Buffer.from('no gzip'), 'gzip')).toBe('no gzip');
    expect(unpacked(Buffer.from('plain'), undefined)).toBe('plain');
    expect(unpacked(Buffer.from('odd'), 'zstd')).toBe('odd');
  });

  test.each<[string, Uint8Array]>([
    ['gzip', gzipSync(page)],
    ['GZIP, identity', gzipSync(page)],
    ['br, gzip', gzipSync(brotliCompressSync(page))],
    ['gzip, gzip', gzipSync(gzipSync(page))],
  ])('in %s is unpacked, what was packed last first', (encoding, body) => {
    expect(unpacked(body, encoding)).toBe(page);
  });

  test('that was cut gives what is there', () => {
    const lines = Array.from({ length: 5_000 }, (_, at) => `line ${at * 7919}`).join('\n');
    const whole = gzipSync(lines);
    const part = unpacked(whole.subarray(0, whole.length / 2), 'gzip');
    expect(part.length).toBeGreaterThan(1_000);
    expect(lines.startsWith(part)).toBe(true);
  });

  test('that would fill the memory stays packed, and counts as cut, so that nobody takes it for other bytes', () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect(decodeBody(bomb, 'gzip')).toEqual({ body: bomb, cut: true });
    expect(decodeBody(brotliCompressSync(Buffer.alloc(17 * 1024 * 1024)), 'br').cut).toBe(true);
    expect(decodeBody(gzipSync(page), 'gzip').cut).toBe(false);
  });
});

describe('an address that hands out credentials', () => {
  test.each([
    '169.254.169.254',
    '169.254.170.2',
    '168.63.129.16',
    '100.100.100.200',
    'fd00:ec2::254',
    'fe80::1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
  ])('%s is forbidden', (address) => {
    expect(isForbiddenAddress(address)).toBe(true);
  });

  test.each(['127.0.0.1', '::1', '10.0.0.5', '192.168.1.4', '172.16.0.1', '93.184.216.34', '2606:2800::1', 'fd00::1'])(
    '%s is not, because servers live there',
    (address) => {
      expect(isForbiddenAddress(address)).toBe(false);
    },
  );
});

describe('loopback', () => {
  test.each(['localhost', '127.0.0.1', '127.9.9.9', '[::1]'])('is %s', (name) => {
    expect(isLoopback(name)).toBe(true);
  });
  test.each(['localhost.example.com', '127.0.0.1.example.com', '128.0.0.1', '10.0.0.1', 'example.com', '[::2]', ''])(
    'is not %j',
    (name) => expect(isLoopback(name)).toBe(false),
  );
});

import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { HttpError } from '../../../src/core/http-error.ts';
import type { HttpRequest } from '../../../src/core/ports.ts';
import { createHttp } from '../../../src/runner/http-client.ts';
import { never } from '../../support/fakes.ts';
import { type LoopbackServer, serveHttp, serveTcp } from '../../support/server.ts';

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

/** How a request fails. Path and query are always there, so that no message can show them unnoticed. */
async function failure(origin: string, more: Partial<HttpRequest> = {}): Promise<HttpError> {
  const url = `${origin}/deploy/srv-1?key=secret-key`;
  const error = await http({ method: 'GET', url, ...more }, never).catch((thrown: unknown) => thrown);
  if (!(error instanceof HttpError)) throw new Error(`not an HttpError: ${error}`);
  expect(error.message).not.toMatch(/srv-1|secret-key/);
  return error;
}

describe('a request without an answer says why, and whether the server may have got it', () => {
  test('nobody listens: refused, and surely not sent', async () => {
    server = await serveTcp(() => undefined);
    const { origin, port } = server;
    await server.stop();
    const error = await failure(origin, { method: 'POST', body: 'x' });
    expect(error).toMatchObject({ failure: 'refused', sent: false });
    expect(error.message).toContain(`127.0.0.1:${port}`);
    expect(await failure(`http://localhost:${port}`)).toMatchObject({ failure: 'refused', sent: false });
  });

  test('no such name: unresolved, and surely not sent', async () => {
    const error = await failure('http://no-such-host.invalid');
    expect(error).toMatchObject({ failure: 'unresolved', sent: false });
    expect(error.message).toContain('no-such-host.invalid');
  });

  test('silence: timeout, and maybe sent', async () => {
    server = await serveHttp(() => undefined);
    const error = await failure(server.origin, { timeout: 50 });
    expect(error).toMatchObject({ failure: 'timeout', sent: true });
    expect(error.message).toContain('did not answer in 0.05 s');
  });

  test('half a body, then silence: timeout', async () => {
    server = await serveHttp((_, reply) => {
      reply.writeHead(200, { 'content-length': '100' });
      reply.write('half');
    });
    expect(await failure(server.origin, { timeout: 100 })).toMatchObject({ failure: 'timeout', sent: true });
  });

  test('the connection breaks before the answer: reset, and maybe sent', async () => {
    server = await serveHttp((request) => request.socket.resetAndDestroy());
    expect(await failure(server.origin, { method: 'POST', body: 'x' })).toMatchObject({ failure: 'reset', sent: true });
  });

  test.each(['destroy', 'resetAndDestroy'] as const)(
    'the connection breaks inside the body (%s): reset',
    async (end) => {
      server = await serveHttp((request, reply) => {
        reply.writeHead(200, { 'content-length': '100' });
        reply.write('half', () => request.socket[end]());
      });
      expect(await failure(server.origin)).toMatchObject({ failure: 'reset', sent: true });
    },
  );

  test('no TLS where TLS is asked for: tls, and surely not sent', async () => {
    server = await serveTcp((socket) => void socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await failure(`https://127.0.0.1:${server.port}`)).toMatchObject({ failure: 'tls', sent: false });
  });

  test('an answer that is no HTTP is a failure, and maybe sent', async () => {
    server = await serveTcp((socket) => void socket.on('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n')));
    expect(await failure(server.origin)).toMatchObject({ sent: true });
  });
});

describe('a metadata address is never asked', () => {
  test.each([
    'http://169.254.169.254',
    'http://[::ffff:169.254.169.254]',
    'http://2852039166',
    'http://0xa9fea9fe',
    'http://0251.0376.0251.0376',
    'http://169.254.169.254.',
    'https://169.254.170.2:8443',
    'http://[fd00:ec2::254]',
    'http://168.63.129.16',
  ])('%s', async (origin) => {
    // The short time makes sure that a request which is made after all ends the test, and differently.
    expect(await failure(origin, { timeout: 2_000 })).toMatchObject({ failure: 'blocked', sent: false });
  });
});

describe('an abort', () => {
  test('before the request sends nothing, and throws its reason', async () => {
    const asked: unknown[] = [];
    server = await serveHttp((request, reply) => {
      asked.push(request.url);
      reply.end();
    });
    const reason = new Error('cancelled');
    const request = { method: 'GET', url: server.origin } as const;
    await expect(http(request, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(asked).toEqual([]);
  });

  test('while the server thinks throws its reason', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    server = await serveHttp(() => controller.abort(reason));
    await expect(http({ method: 'GET', url: server.origin }, controller.signal)).rejects.toBe(reason);
  });

  test('inside the body throws its reason', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    server = await serveHttp((_, reply) => {
      reply.writeHead(200, { 'content-length': '100' });
      reply.write('half', () => controller.abort(reason));
    });
    await expect(http({ method: 'GET', url: server.origin }, controller.signal)).rejects.toBe(reason);
  });
});

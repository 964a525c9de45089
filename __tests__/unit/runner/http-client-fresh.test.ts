import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { createHttp } from '../../../src/runner/http-client.ts';
import { never } from '../../support/fakes.ts';
import { type LoopbackServer, serveHttp } from '../../support/server.ts';

let server: LoopbackServer;
afterEach(() => server.stop());

beforeAll(() => {
  // A proxy of the machine that runs the tests is no part of them.
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name];
});

test('a fresh request has a connection of its own, and others keep theirs', async () => {
  const ports: (number | undefined)[] = [];
  server = await serveHttp((request, reply) => {
    ports.push(request.socket.remotePort);
    reply.end('x');
  });
  const http = createHttp('deploy-django-tests');
  const get = (fresh: boolean) => http({ method: 'GET', url: server.origin, fresh }, never);
  for (let count = 0; count < 4; count++) await get(true);
  for (let count = 0; count < 4; count++) await get(false);
  await http.close();
  expect(new Set(ports.slice(0, 4)).size).toBe(4);
  expect(new Set(ports.slice(4)).size).toBeLessThan(4);
});

test('a body that is longer than what is kept says so', async () => {
  server = await serveHttp((request, reply) => void reply.end(request.url === '/long' ? 'x'.repeat(5_000_000) : 'x'));
  const http = createHttp('deploy-django-tests');
  expect((await http({ method: 'GET', url: `${server.origin}/long` }, never)).cut).toBe(true);
  expect((await http({ method: 'GET', url: server.origin }, never)).cut).toBeUndefined();
  await http.close();
});

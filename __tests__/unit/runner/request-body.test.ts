import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createHttp } from '../../../src/runner/http-client.ts';
import { never } from '../../support/fakes.ts';
import { tempFolder } from '../../support/project.ts';
import { type LoopbackServer, serveHttp } from '../../support/server.ts';

let http: ReturnType<typeof createHttp>;
let server: LoopbackServer;
let received: { length: string | undefined; chunked: boolean; body: string };

beforeEach(async () => {
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name];
  http = createHttp('deploy-django-tests');
  server = await serveHttp(async (request, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { headers } = request;
    received = {
      length: headers['content-length'],
      chunked: headers['transfer-encoding'] !== undefined,
      body: Buffer.concat(chunks).toString(),
    };
    reply.end('ok');
  });
});
afterEach(async () => {
  await http.close();
  await server.stop();
});

test('a body of several parts is sent in one piece of known length, files among them', async () => {
  const file = join(tempFolder(), 'artifact.zip');
  writeFileSync(file, 'x'.repeat(200_000));
  const body = ['--b\r\nhäfen\r\n', { file }, Buffer.from('\r\n--b--')];
  const request = { method: 'POST', url: server.origin, body } as const;
  for (const _ of [1, 2]) {
    expect((await http(request, never)).status).toBe(200);
    expect(received.body).toBe(`--b\r\nhäfen\r\n${'x'.repeat(200_000)}\r\n--b--`);
    expect(received).toMatchObject({ length: String(Buffer.byteLength(received.body)), chunked: false });
  }
});

test('a file that is not there is an error, and nothing is sent', async () => {
  const body = [{ file: join(tempFolder(), 'gone.zip') }];
  await expect(http({ method: 'PUT', url: server.origin, body }, never)).rejects.toThrow('ENOENT');
});

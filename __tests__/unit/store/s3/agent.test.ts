import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterEach, expect, test } from '@jest/globals';
import { createAgent } from '../../../../src/store/s3/agent.ts';

const tls = (name: string) => readFileSync(join(import.meta.dirname, '../../../fixtures/tls', name));
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test('a bucket is asked by HTTP/1.1 alone, which is what every vendor signs the same way', async () => {
  const offered: string[][] = [];
  const server = createServer({
    cert: tls('localhost.crt'),
    key: tls('localhost.key'),
    ALPNCallback: ({ protocols }) => {
      offered.push(protocols);
      return undefined;
    },
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const agent = await createAgent();
  closing.push(
    () => agent.destroy(),
    () => new Promise((done) => server.close(done)),
  );
  const { port } = server.address() as AddressInfo;
  await expect(agent.request({ origin: `https://127.0.0.1:${port}`, path: '/', method: 'HEAD' })).rejects.toThrow();
  expect(new Set(offered.flat())).toEqual(new Set(['http/1.1']));
});

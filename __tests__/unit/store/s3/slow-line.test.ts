import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { transportTo } from '../../../support/bucket-server.ts';
import { never } from '../../../support/fakes.ts';
import { type LoopbackServer, serveHttp } from '../../../support/server.ts';

let server: LoopbackServer;
afterEach(() => server.stop());

/** Bytes a second of the line, and milliseconds of silence: as 400 kB a second and a minute, made smaller together. */
const rate = 8_000_000;
const silence = 2_000;

/** A server behind a line that all of its connections share; what it got. */
async function slowServer() {
  const got: [string, number, string][] = [];
  let free = performance.now();
  const wait = async (bytes: number) => {
    free = Math.max(free, performance.now()) + (bytes * 1_000) / rate;
    await new Promise((done) => setTimeout(done, free - performance.now()));
  };
  server = await serveHttp(async (incoming, outgoing) => {
    const sum = createHash('md5');
    let size = 0;
    try {
      for await (const chunk of incoming) {
        sum.update(chunk as Buffer);
        size += (chunk as Buffer).length;
        await wait((chunk as Buffer).length);
      }
    } finally {
      got.push([incoming.url ?? '', size, sum.digest('hex')]);
    }
    outgoing.writeHead(200, { etag: '"e"' }).end();
  });
  return got;
}

describe('over a slow line', () => {
  test.each<[string, number, number]>([
    ['one large body', 1, 24 * 1024 * 1024],
    ['some parts of a file', 3, 8 * 1024 * 1024],
    ['many small ones', 40, 600 * 1024],
  ])('%s, that take longer than a silence may last, arrive once and whole', async (_what, count, size) => {
    const got = await slowServer();
    const { transport, slowed } = await transportTo(server.origin, { silence });
    const body = Buffer.alloc(size, 'slow ');
    const sum = createHash('md5').update(body).digest('hex');
    const keys = Array.from({ length: count }, (_, at) => `file-${at}`);
    await Promise.all(keys.map((key) => transport.send({ method: 'PUT', key, body }, never)));
    expect(got.sort()).toEqual(keys.map((key) => [`/b/${key}`, size, sum]).sort());
    // Fewer at once from now on.
    expect(slowed.length).toBeGreaterThan(0);
    await transport.close();
  });
});

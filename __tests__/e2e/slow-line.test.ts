import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { type SlowLine, startSlowLine } from '../support/slow-line.ts';
import { tempFolders } from '../support/sync.ts';
import { runSync } from '../support/sync-run.ts';

/**
 * The bundle over a line so slow that a part of a file, and many small files at once, take longer than a silence may last (U7). Nothing
 * is scaled here, so the runs take over a minute of waiting, all at once; contract/store-slow-line has more cases in less time.
 */
const rate = 300_000;
const seconds = 66;
const lines: SlowLine[] = [];
const servers: S3Server[] = [];
const folder = tempFolders();
const lost = new AbortController();
const kibibyte = 1024;

const cases: Readonly<Record<string, readonly number[]>> = {
  'a file of several parts': [rate * seconds],
  'some small files': Array.from({ length: 36 }, () => Math.floor((rate * seconds) / 36)),
};

async function send(sizes: readonly number[]) {
  const server = await startS3Server({ host: '127.0.0.1' });
  servers.push(server);
  const line = await startSlowLine(server.endpoint, rate);
  lines.push(line);
  const files = Object.fromEntries(sizes.map((size, at) => [`static/${at}.bin`, randomBytes(size)]));
  const result = await runSync({
    workspace: await folder(files),
    bucket: 'assets',
    endpoint: `http://127.0.0.1:${line.port}`,
    crash: lost.signal,
  });
  const sizesThere = [...server.objects].filter(([key]) => key.startsWith('static/'));
  const there = new Map(sizesThere.map(([key, { size }]) => [key, size]));
  return { result, files, up: line.carried().up, requests: server.requests.length, there };
}
/** All at once, because each waits for a minute. */
const runs = new Map<string, ReturnType<typeof send>>();

beforeAll(() => {
  for (const [name, sizes] of Object.entries(cases)) {
    const run = send(sizes);
    run.catch(() => undefined);
    runs.set(name, run);
  }
});
afterAll(async () => {
  lost.abort();
  for (const line of lines) await line.stop();
  for (const server of servers) await server.stop();
});

test.each(Object.keys(cases))(
  '%s: arrives, is sent once, and the log says by the clock how far it is (U7)',
  async (name) => {
    const { result, files, up, requests, there } = await (runs.get(name) as ReturnType<typeof send>);
    expect(result.exitCode).toBe(0);
    expect(there).toEqual(new Map(Object.entries(files).map(([key, { length }]) => [key, length])));
    const bytes = Object.values(files).reduce((sum, { length }) => sum + length, 0);
    expect(up).toBeGreaterThan(bytes);
    expect(up).toBeLessThan(bytes + requests * 2 * kibibyte);
    const progress = [...result.log.matchAll(/^\d+ of \d+ uploads?, [\d.]+ [KM]iB of [\d.]+ MiB, /gm)];
    expect(progress.length).toBeGreaterThanOrEqual(2);
    expect(result.outputs.status).toBe('synced');
  },
);

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the host saw since it was last told to forget. */
export interface Visits {
  /** Milliseconds since the epoch when it first served the release that the hook asked for; undefined before. */
  readonly served: number | undefined;
  /** When each request for a page came since the hook was called. */
  readonly pages: readonly number[];
}

export interface BenchHost {
  readonly url: string;
  readonly hook: string;
  visits(): Visits;
  /** Serves nothing, as before the first release. */
  reset(): void;
  stop(): Promise<void>;
}

interface Release {
  readonly sha: string;
  readonly page: string;
}

/**
 * A host that needs the same time for every release, whoever asks: on the hook (`POST {"sha": commit}`) it makes the page of
 * that commit, and serves it, with the commit in a header, so many milliseconds later. Until then visitors get the one before.
 */
export async function startBenchHost(takes: number, pageOf: (sha: string) => Promise<string>): Promise<BenchHost> {
  let live: Release | undefined;
  let served: number | undefined;
  let pages: number[] = [];
  const work = new Set<NodeJS.Timeout>();

  function release(sha: string, page: string): void {
    served = undefined;
    pages = [];
    const timer = setTimeout(() => {
      work.delete(timer);
      live = { sha, page };
      served = Date.now();
    }, takes);
    work.add(timer);
  }

  const server = createServer(async (incoming, outgoing) => {
    if (incoming.method === 'POST' && incoming.url === '/hook') {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const { sha } = JSON.parse(Buffer.concat(chunks).toString()) as { sha: string };
      release(sha, await pageOf(sha));
      outgoing.writeHead(202, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    pages.push(Date.now());
    if (live)
      outgoing.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'x-release': live.sha }).end(live.page);
    else outgoing.writeHead(503, { 'content-type': 'text/plain' }).end('No release yet.\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    hook: `${url}/hook`,
    visits: () => ({ served, pages }),
    reset() {
      for (const timer of work) clearTimeout(timer);
      live = undefined;
      served = undefined;
      pages = [];
    },
    async stop() {
      for (const timer of work) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

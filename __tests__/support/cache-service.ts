import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveHttp } from './server.ts';

interface Entry {
  readonly key: string;
  readonly version: string;
  body: Buffer | undefined;
  /** A finished upload; others are not found. */
  complete: boolean;
}

/** GitHub's cache as runners see it: calls in JSON (twirp), and signed addresses for the bytes. */
export interface CacheService {
  /** Variables that a runner has where there is a cache. */
  readonly env: Readonly<Record<string, string>>;
  /** Keys of the finished entries, the oldest first. */
  keys(): string[];
  /** Answers every call with this status from now on; undefined fixes it. */
  failWith(status: number | undefined): void;
  stop(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const signature = 'sig=canary-of-the-signature';
const token = 'canary-of-the-runtime';
const calls = '/twirp/github.actions.results.api.v1.CacheService/';

/** Starts an empty cache. The calls are those of @actions/cache 6, with its names of fields. */
export async function startCacheService(): Promise<CacheService> {
  const entries: Entry[] = [];
  let failure: number | undefined;
  const signed = (entry: Entry) => `${server.origin}/account/caches/${entries.indexOf(entry)}?${signature}`;
  const find = (key: string, version: string) =>
    entries.findLast((entry) => entry.complete && entry.version === version && entry.key.startsWith(key));

  function call(name: string, asked: Record<string, unknown>): object {
    const key = String(asked.key);
    const version = String(asked.version);
    if (name === 'CreateCacheEntry') {
      if (entries.some((entry) => entry.key === key && entry.version === version)) return { ok: false };
      const entry = { key, version, body: undefined, complete: false };
      entries.push(entry);
      return { ok: true, signed_upload_url: signed(entry) };
    }
    if (name === 'FinalizeCacheEntryUpload') {
      const entry = entries.find((one) => one.key === key && one.version === version);
      if (!entry?.body || String(entry.body.length) !== String(asked.size_bytes)) return { ok: false };
      entry.complete = true;
      return { ok: true, entry_id: String(entries.indexOf(entry) + 1) };
    }
    const wanted = [key, ...((asked.restore_keys as string[] | undefined) ?? [])];
    const found = wanted.map((one) => find(one, version)).find((entry) => entry !== undefined);
    return found ? { ok: true, signed_download_url: signed(found), matched_key: found.key } : { ok: false };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://cache');
    const body = await bodyOf(request);
    if (url.pathname.startsWith(calls)) {
      const status = request.headers.authorization === `Bearer ${token}` ? (failure ?? 200) : 401;
      const given =
        status === 200 ? call(url.pathname.slice(calls.length), JSON.parse(body.toString())) : { msg: 'no' };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(given));
      return;
    }
    const entry = url.search.includes(signature) ? entries[Number(url.pathname.split('/').at(-1))] : undefined;
    if (entry && request.method === 'PUT') {
      entry.body = body;
      response.writeHead(201, { etag: '"1"', 'last-modified': new Date(0).toUTCString() }).end();
    } else if (entry?.body) {
      response.writeHead(200, { 'content-length': entry.body.length }).end(entry.body);
    } else response.writeHead(404).end();
  }

  const server = await serveHttp((request, response) => void answer(request, response));
  return {
    env: { ACTIONS_CACHE_SERVICE_V2: 'true', ACTIONS_RESULTS_URL: `${server.origin}/`, ACTIONS_RUNTIME_TOKEN: token },
    keys: () => entries.filter(({ complete }) => complete).map(({ key }) => key),
    failWith(status) {
      failure = status;
    },
    stop: server.stop,
  };
}

import { type Emulator, startEmulator } from '../emulator.ts';

/** An edge of a CDN: it keeps every answer of its origin until the path is purged, whatever Cache-Control says. */
export interface Edge extends Emulator {
  /** Forgets a path, or all below it where it ends in `*`. */
  purge(path: string): void;
}

/** @param origin Address of the bucket, without a slash at its end. */
export async function startEdge(origin: string): Promise<Edge> {
  const kept = new Map<string, { status: number; type: string; body: string }>();
  const emulator = await startEmulator(async ({ path }) => {
    const known = kept.get(path);
    const answer = known ?? (await ask(origin + path));
    kept.set(path, answer);
    const { status, type, body } = answer;
    const headers = { 'content-type': type, 'access-control-allow-origin': '*' };
    return { status, headers: { ...headers, ...(known ? { age: '60', 'x-cache': 'HIT' } : {}) }, body };
  });
  const purge = (path: string) => {
    for (const known of kept.keys()) {
      const gone = path.endsWith('*') ? known.startsWith(path.slice(0, -1)) : known === path;
      if (gone) kept.delete(known);
    }
  };
  return Object.assign(emulator, { purge });
}

async function ask(url: string): Promise<{ status: number; type: string; body: string }> {
  const answer = await fetch(url);
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', body: await answer.text() };
}

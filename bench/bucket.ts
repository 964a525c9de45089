import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What the bucket saw since it was last asked. */
interface Seen {
  /** Requests by method; those for the action's own ledger are counted apart. */
  readonly requests: Readonly<Record<string, number>>;
  readonly ledger: Readonly<Record<string, number>>;
  readonly objects: number;
  /** Milliseconds of CPU since its start. */
  readonly cpu: number;
}

export interface Bucket {
  readonly endpoint: string;
  counts(): Promise<Seen>;
  clear(): Promise<Seen>;
  /** Milliseconds of a round trip, and bytes a second that it reads of all connections together (0: no limit). */
  setLine(latency: number, rate?: number): Promise<Seen>;
  stop(): Promise<void>;
}

export const bucketName = 'bench';

/** Starts the in-memory bucket as a process of its own, so that it has a core of its own. */
export async function startBucket(): Promise<Bucket> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'memory-bucket.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const endpoint = line.toString().trim();
  const ask = async (path: string) => (await (await fetch(`${endpoint}/-/${path}`)).json()) as Seen;
  return {
    endpoint,
    counts: () => ask('counts'),
    clear: () => ask('clear'),
    setLine: (latency, rate = 0) => ask(`line?ms=${latency}&rate=${rate}`),
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

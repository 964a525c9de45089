import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

export interface RunningServer {
  readonly pid: number;
  /** Status of its first answer, at `readyUrl`. */
  readonly readyStatus: number;
  /** What it printed, the last 20,000 characters. */
  output(): string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** It is up when this address answers anything. */
  readonly readyUrl: string;
  /** Ends the wait for it. */
  readonly signal?: AbortSignal;
}

/** Status of the answer; undefined where there is none. */
async function statusOf(url: string): Promise<number | undefined> {
  try {
    const { status, body } = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    await body?.cancel();
    return status;
  } catch {
    return undefined;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once('exit', () => resolve());
  child.kill('SIGTERM');
  const last = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await promise;
  clearTimeout(last);
}

/** Starts a server and waits until it answers; throws with its output where it ends or stays silent. */
export async function startServer(
  program: string,
  args: readonly string[],
  options: ServerOptions,
): Promise<RunningServer> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(String(error))));
  const deadline = Date.now() + 60_000;
  let readyStatus = await statusOf(options.readyUrl);
  while (readyStatus === undefined) {
    if (child.exitCode !== null || child.pid === undefined || options.signal?.aborted || Date.now() > deadline) {
      await end(child);
      throw new Error(`${program} ${args.join(' ')} did not start:\n${output}`);
    }
    await delay(100);
    readyStatus = await statusOf(options.readyUrl);
  }
  return { pid: child.pid ?? 0, readyStatus, output: () => output, stop: () => end(child) };
}

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { getExecOutput } from '@actions/exec';
import type { Exec } from '../core/ports.ts';

/** Process ids of everything that was started below `root`, from a table of `pid ppid` lines, children last. */
export function descendants(table: string, root: number): number[] {
  const children = new Map<number, number[]>();
  for (const line of table.split('\n')) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    if (pid && parent) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found: number[] = [];
  const queue = [...(children.get(root) ?? [])];
  for (let pid = queue.shift(); pid !== undefined; pid = queue.shift()) {
    found.push(pid);
    queue.push(...(children.get(pid) ?? []));
  }
  return found;
}

/** Ends what this process started, and what that started. */
async function endChildren(): Promise<void> {
  if (process.platform === 'win32') return;
  const { stdout } = await getExecOutput('ps', ['-A', '-o', 'pid=,ppid='], { silent: true });
  const started = descendants(stdout, process.pid);
  signalAll(started, 'SIGTERM');
  setTimeout(() => signalAll(started, 'SIGKILL'), 2_000).unref();
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself in the meantime.
    }
  }
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Milliseconds in which what a command printed before its end is read. */
const lastWords = 1_000;

/** What shells say of a program that is not there, and of one that may not be run. */
const notStarted: Readonly<Record<string, number>> = { ENOENT: 127, EACCES: 126 };

/**
 * Waits for a command's end. What it has left running may keep its pipes open for as long as it likes, so the command has
 * ended when the process has, and a moment later nobody reads the pipes any more.
 */
function ended(child: Child): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const code = notStarted[error.code ?? ''];
      if (code === undefined) reject(error);
      else resolve(code);
    });
    // A command that a signal ended has no exit code; shells say 128 and the signal's number, which is mostly SIGKILL's.
    child.once('exit', (code) => setTimeout(() => resolve(code ?? 137), lastWords).unref());
    child.once('close', (code) => resolve(code ?? 137));
  });
}

/**
 * Runs commands: nothing is inherited, nothing is interpreted by a shell, and the standard input is empty, so that a
 * program which asks a question does not wait without end. It does not use @actions/exec, which gives no access to its child: of
 * a command that leaves a process with its pipes open it tells the end 10 s late (after 1 s here), and it goes on reading what
 * that process prints (seen with @actions/exec 3.0).
 */
export const runnerExec: Exec = async ({ program, args, cwd, env }, onOutput, signal) => {
  signal.throwIfAborted();
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  child.stdout.on('data', (chunk: Uint8Array) => onOutput(chunk, 'stdout'));
  child.stderr.on('data', (chunk: Uint8Array) => onOutput(chunk, 'stderr'));
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => {
    endChildren().catch(() => undefined);
    reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([ended(child), promise]);
  } finally {
    signal.removeEventListener('abort', abort);
    child.stdout.destroy();
    child.stderr.destroy();
  }
};

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { exec } from '@actions/exec';
import type { Command, Exec } from '../ports.ts';

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

/** Ends what this process started. @actions/exec gives no handle on its child, so the table of processes has to do. */
async function endChildren(): Promise<void> {
  if (process.platform === 'win32') return;
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
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

/**
 * A command line that has an empty standard input. @actions/exec leaves it open, so that a program which asks a question
 * would wait for ever, and its `input` option fails where the program ends without having read it.
 */
function withoutInput({ program, args }: Command): [string, string[]] {
  if (process.platform === 'win32') return [program, [...args]];
  return ['sh', ['-c', 'exec "$0" "$@" < /dev/null', program, ...args]];
}

/** Runs commands through @actions/exec: nothing is inherited, and nothing is interpreted by a shell. */
export const runnerExec: Exec = async (command, onOutput, signal) => {
  signal.throwIfAborted();
  const [program, args] = withoutInput(command);
  const running = exec(`"${program}"`, args, {
    cwd: command.cwd,
    env: { ...command.env },
    silent: true,
    ignoreReturnCode: true,
    listeners: { stdout: (chunk) => onOutput(chunk, 'stdout'), stderr: (chunk) => onOutput(chunk, 'stderr') },
  });
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => {
    endChildren().catch(() => undefined);
    reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    // A command that a signal ended has no exit code; shells say 128 and the signal's number, which is mostly SIGKILL's.
    return (await Promise.race([running, promise])) ?? 137;
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Command {
  /** Absolute path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** All of its variables. */
  readonly env: Readonly<Record<string, string>>;
  /** What its log says at the end of a run that did all there was to do. */
  readonly says?: string;
}

export interface Cost {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of user and system time. */
  readonly cpu: number;
  /** Most bytes that were in memory at once. */
  readonly memory: number;
}

/** Variables that every program needs and no other of this machine's, so that none of them changes what is measured. */
export const plainEnv = (): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  LANG: 'C.UTF-8',
});

interface Measuring {
  /** Runs the measuring script. */
  readonly python: string;
  /** What the commands print goes there, that of the last one stays. */
  readonly log: string;
  /** How many cores they may use. */
  readonly cores: number;
}

const script = join(import.meta.dirname, 'parts', 'measure.py');

/**
 * Runs a command and returns what it cost, as the kernel counts it.
 * @throws Error with the end of its log where it fails: a run that failed early would look fast.
 */
async function measure({ python, log, cores }: Measuring, { program, args, cwd, env, says }: Command): Promise<Cost> {
  const { stdout } = await run(python, [script, log, String(cores), program, ...args], { env, cwd });
  const { code, ...cost } = JSON.parse(stdout) as Cost & { code: number };
  const text = await readFile(log, 'utf8');
  if (code !== 0 || (says !== undefined && !text.includes(says))) {
    throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${text.slice(-3_000)}`);
  }
  return cost;
}

/** One after the other, as one thing: times add up, the memory of the larger counts. */
export async function measureAll(measuring: Measuring, commands: readonly Command[]): Promise<Cost> {
  const sum = { wall: 0, cpu: 0, memory: 0 };
  for (const command of commands) {
    const { wall, cpu, memory } = await measure(measuring, command);
    sum.wall += wall;
    sum.cpu += cpu;
    sum.memory = Math.max(sum.memory, memory);
  }
  return sum;
}

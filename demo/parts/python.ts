import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { runProgram } from './run-program.ts';

const run = promisify(execFile);
const cache = join(import.meta.dirname, '..', '..', '.cache', 'venvs');
/** Beside the environments, so that files are linked. */
export const uvCache = join(cache, '..', 'uv');

/** Installs the packages of all other environments. */
const uvRequirement = 'uv==0.13.9';

/** Folder of a virtual environment's programs. */
const programs = (venv: string) => join(venv, process.platform === 'win32' ? 'Scripts' : 'bin');

export interface Venv {
  readonly python: string;
  /** Path of a program that its packages brought. */
  program(name: string): string;
}

async function works(program: string, ...args: string[]): Promise<boolean> {
  return run(program, args).then(
    () => true,
    () => false,
  );
}

/** The Python of the machine. */
export async function systemPython(): Promise<string> {
  for (const program of ['python3', 'python']) {
    if (await works(program, '--version')) return program;
  }
  throw new Error('There is no Python on the PATH. Install Python 3.10 or newer.');
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Takes a lock, which is a folder, because making one succeeds only once. A run that was killed leaves its own behind. */
async function claim(lock: string): Promise<boolean> {
  const made = await mkdir(lock).then(
    () => true,
    () => false,
  );
  if (made) return true;
  const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
  if (Date.now() - mtimeMs > 10 * 60_000) await rm(lock, { recursive: true, force: true });
  return false;
}

/** A virtual environment in this folder. */
export const venvAt = (folder: string): Venv => ({
  python: join(programs(folder), 'python'),
  program: (name) => join(programs(folder), name),
});

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** What it reads. */
  readonly input?: string;
}

/** Runs uv, and returns what it prints. */
export async function uv(args: readonly string[], { input, ...options }: CommandOptions = {}): Promise<string> {
  const program = (await ensureVenv([uvRequirement])).program('uv');
  const all = { ...options, maxBuffer: 64 * 1024 * 1024 };
  return (await runProgram(program, ['--cache-dir', uvCache, ...args], all, input)).stdout;
}

/** pip takes several times the CPU of uv for the same packages. */
async function install(python: string, requirements: readonly string[]): Promise<void> {
  // The build lets no Python write compiled files, so that each of its processes would compile Django again.
  await uv(['pip', 'install', '--quiet', '--python', python, '--compile-bytecode', ...requirements]);
}

async function make(interpreter: string, venv: string, python: string, requirements: readonly string[]): Promise<void> {
  const isPip = requirements.length === 0 || requirements.includes(uvRequirement);
  await run(interpreter, ['-m', 'venv', ...(isPip ? [] : ['--without-pip']), venv]);
  if (!isPip) return install(python, requirements);
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements];
  if (requirements.length > 0) await run(python, args);
}

/**
 * A virtual environment with these requirements, made once and kept in .cache. It has pip only if there are none, or pip is one.
 * @param python The interpreter; the machine's own where absent.
 */
export async function ensureVenv(requirements: readonly string[], python?: string): Promise<Venv> {
  const interpreter = python ?? (await systemPython());
  const { stdout } = await run(interpreter, ['-c', 'import sys; print(sys.version, sys.prefix)']);
  const key = createHash('sha256')
    .update([stdout, ...requirements].join('\n'))
    .digest('hex')
    .slice(0, 16);
  const venv = join(cache, key);
  const found = venvAt(venv);
  const done = join(venv, '.complete');
  await mkdir(cache, { recursive: true });
  // Test files run side by side and want the same environments: one makes it, the others wait for it.
  const lock = `${venv}.lock`;
  while (!(await exists(done))) {
    if (!(await claim(lock))) {
      await delay(200);
      continue;
    }
    try {
      await rm(venv, { recursive: true, force: true });
      await make(interpreter, venv, found.python, requirements);
      await writeFile(done, '');
    } finally {
      await rm(lock, { recursive: true, force: true });
    }
  }
  return found;
}

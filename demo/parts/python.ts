import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = join(import.meta.dirname, '..', '..', '.cache', 'venvs');

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

/**
 * A virtual environment with these requirements, made once and kept in .cache. uv installs where the machine has it.
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
  const found: Venv = { python: join(programs(venv), 'python'), program: (name) => join(programs(venv), name) };
  const done = join(venv, '.complete');
  if (await exists(done)) return found;
  await mkdir(cache, { recursive: true });
  await rm(venv, { recursive: true, force: true });
  // Virtual environments hold their own path, so it is made in place and marked when it is complete.
  if (await works('uv', '--version')) {
    await run('uv', ['venv', '--quiet', '--python', interpreter, venv]);
    if (requirements.length > 0)
      await run('uv', ['pip', 'install', '--quiet', '--python', found.python, ...requirements]);
  } else {
    await run(interpreter, ['-m', 'venv', venv]);
    const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements];
    if (requirements.length > 0) await run(found.python, args, { maxBuffer: 64 * 1024 * 1024 });
  }
  await writeFile(`${done}.part`, '');
  await rename(`${done}.part`, done);
  return found;
}

import { join } from 'node:path';
import { DeployError } from '../errors.ts';
import type { Installer } from './detect.ts';
import { activate, scripts } from './environment.ts';
import { capture, run, type ShellIO, shell } from './shell.ts';

export interface InstallRequest {
  /** `auto`, `none` or a command line: the input `install`. */
  readonly install: string;
  readonly installer: Installer | undefined;
  /** Absolute path of the working directory. */
  readonly root: string;
  /** Absolute path of the virtual environment to make. */
  readonly venv: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What to run Python with. */
export interface Python {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The version of uv that is installed where the project has a uv.lock and the machine has no uv. */
const uvVersion = '0.13.9';

const dependencyHint =
  'The lines above are the package manager’s own. If a package needs another Python, set python-version of actions/setup-python.';

async function findPython(io: ShellIO, request: InstallRequest): Promise<string> {
  for (const program of process.platform === 'win32' ? ['python'] : ['python3', 'python']) {
    const probe = { program, args: ['-c', 'import sys; print(sys.executable)'], cwd: request.root, env: request.env };
    const executable = (await capture(io, probe))?.toString().trim();
    if (executable) return executable;
  }
  throw new DeployError('PYTHON_MISSING', 'There is no Python on this runner.', {
    hint: 'Add a step "uses: actions/setup-python" with python-version before this one.',
  });
}

async function makeVenv(io: ShellIO, python: string, folder: string, request: InstallRequest): Promise<void> {
  const command = { program: python, args: ['-m', 'venv', folder], cwd: request.root, env: request.env };
  const hint = 'Install the package python3-venv, or add a step "uses: actions/setup-python" before this one.';
  await run(io, 'Making a virtual environment', command, 'INSTALL_FAILED', hint);
}

async function hasUv(io: ShellIO, request: InstallRequest): Promise<boolean> {
  const probe = { program: 'uv', args: ['--version'], cwd: request.root, env: request.env };
  return (await capture(io, probe)) !== undefined;
}

/** uv on the PATH, or a pinned one in a virtual environment of its own. */
async function findUv(io: ShellIO, request: InstallRequest): Promise<string> {
  if (await hasUv(io, request)) return 'uv';
  const tools = `${request.venv}-tools`;
  await makeVenv(io, await findPython(io, request), tools, request);
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `uv==${uvVersion}`];
  const command = { program: join(scripts(tools), 'python'), args, cwd: request.root, env: request.env };
  await run(io, 'Installing uv', command, 'INSTALL_FAILED', 'Add a step "uses: astral-sh/setup-uv" before this one.');
  return join(scripts(tools), 'uv');
}

async function installLocked(io: ShellIO, folder: string, request: InstallRequest): Promise<void> {
  const uv = await findUv(io, request);
  const env = { ...request.env, UV_PROJECT_ENVIRONMENT: request.venv };
  const command = { program: uv, args: ['sync', '--locked', '--no-dev'], cwd: join(request.root, folder), env };
  const hint = `${dependencyHint} If uv.lock is out of date, run "uv lock" and commit it.`;
  await run(io, 'uv sync', command, 'INSTALL_FAILED', hint);
}

async function installRequirements(io: ShellIO, requirements: string, request: InstallRequest): Promise<void> {
  const python = await findPython(io, request);
  const file = join(request.root, requirements);
  const venvPython = join(scripts(request.venv), 'python');
  const title = `pip install -r ${requirements}`;
  const inRoot = { cwd: request.root, env: request.env };
  if (await hasUv(io, request)) {
    const make = { program: 'uv', args: ['venv', '--quiet', '--python', python, request.venv], ...inRoot };
    await run(io, 'uv venv', make, 'INSTALL_FAILED', dependencyHint);
    const install = { program: 'uv', args: ['pip', 'install', '--python', venvPython, '-r', file], ...inRoot };
    return run(io, `uv ${title}`, install, 'INSTALL_FAILED', dependencyHint);
  }
  await makeVenv(io, python, request.venv, request);
  const args = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', file];
  return run(io, title, { program: venvPython, args, ...inRoot }, 'INSTALL_FAILED', dependencyHint);
}

/**
 * Installs the project's dependencies into a private virtual environment.
 * @throws DeployError PYTHON_MISSING or INSTALL_FAILED.
 */
export async function installDependencies(io: ShellIO, request: InstallRequest): Promise<Python> {
  const { install, installer, venv, env, root } = request;
  if (install === 'none') return { program: await findPython(io, request), env };
  const python = { program: join(scripts(venv), 'python'), env: activate(env, venv) };
  if (install !== 'auto') {
    await makeVenv(io, await findPython(io, request), venv, request);
    const own = { ...python.env, UV_PROJECT_ENVIRONMENT: venv };
    await run(
      io,
      'install',
      shell(install, root, own),
      'INSTALL_FAILED',
      'Mend the command line of the input install.',
    );
    return python;
  }
  if (installer?.kind === 'uv') await installLocked(io, installer.folder, request);
  else if (installer?.kind === 'pip') await installRequirements(io, installer.requirements, request);
  else {
    throw new DeployError(
      'INSTALL_FAILED',
      'There is neither a uv.lock nor a requirements.txt beside manage.py or in the working directory.',
      {
        hint: 'Set install to the command line that installs the dependencies, or to none where an earlier step has done so.',
      },
    );
  }
  return python;
}

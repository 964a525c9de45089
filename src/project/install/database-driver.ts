import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseEngine } from '../../databases/database-url.ts';
import { scripts } from '../checkout/build-environment.ts';
import { capture, run, type ShellIO } from '../checkout/shell.ts';
import { driverRequirements } from './driver-requirements.ts';
import { currentPython, type Python } from './python.ts';
import { makeVenv, works } from './tools.ts';

export interface DriverRequest {
  readonly engine: DatabaseEngine;
  /** The project's own, if there is one; its driver is taken first. */
  readonly project: Python | undefined;
  /** Absolute path of a folder of this run. */
  readonly scratch: string;
  /** What of the runner's environment programs get. */
  readonly env: Readonly<Record<string, string>>;
}

/** The modules that a Django project can have for an engine. */
const modules: Readonly<Record<DatabaseEngine, readonly string[]>> = {
  postgresql: ['psycopg', 'psycopg2'],
  mysql: ['MySQLdb', 'pymysql'],
};

const question = `import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ImportError:
        continue
    sys.exit(0)
sys.exit(1)`;

const hint =
  'It is installed because no project has brought a driver along. The runner needs Python 3.10 or newer with pip: add a step "uses: actions/setup-python" before this one.';

/**
 * A Python with a driver for the engine: the project's, or one in an environment of its own, which pip or uv fill by hashes.
 * @throws DeployError PYTHON_MISSING or INSTALL_FAILED.
 */
export async function findDriver({ engine, project, scratch, env }: DriverRequest, io: ShellIO): Promise<Python> {
  const hasDriver = async (python: Python) =>
    (await capture(io, { ...python, args: ['-c', question, ...modules[engine]], cwd: scratch })) !== undefined;
  if (project && (await hasDriver(project))) return project;
  const folder = join(scratch, `driver-${engine}`);
  const own: Python = { program: join(scripts(folder), 'python'), env };
  // Of an earlier preview that the same run has taken away.
  if (existsSync(own.program) && (await hasDriver(own))) return own;
  const { path: python } = await currentPython(io, { root: scratch, scratch, env });
  const machine = { io, root: scratch, python, env };
  const file = `${folder}.txt`;
  await writeFile(file, driverRequirements[engine]);
  const pinned = ['--require-hashes', '--no-deps', '--requirement', file];
  const install = async (program: string, ...args: string[]) =>
    run(io, 'Installing a database driver', { program, args, cwd: scratch, env }, 'INSTALL_FAILED', hint);
  if (await works(machine, 'uv')) {
    await install('uv', 'venv', '--quiet', '--python', python, folder);
    await install('uv', 'pip', 'install', '--quiet', '--python', own.program, ...pinned);
    return own;
  }
  await makeVenv(machine, folder);
  await install(own.program, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...pinned);
  return own;
}

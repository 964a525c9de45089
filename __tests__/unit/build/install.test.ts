import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Installer } from '../../../src/build/detect.ts';
import { scripts } from '../../../src/build/environment.ts';
import { installDependencies } from '../../../src/build/install.ts';
import type { DeployError } from '../../../src/errors.ts';
import type { Command } from '../../../src/ports.ts';
import { type CommandResult, failure, fakeExec, missing, shellIO } from '../../support/project.ts';

const root = join('/work', 'site');
const venv = join('/scratch', 'venv');
const env = { PATH: '/usr/bin', PYTHONHOME: '/opt/python' };
const uvLock: Installer = { kind: 'uv', folder: 'backend' };
const requirements: Installer = { kind: 'pip', requirements: 'backend/requirements.txt' };

/** A command as one would type it, with short names for the folders. */
const typed = ({ program, args }: Command): string =>
  [program, ...args]
    .join(' ')
    .replaceAll(scripts(`${venv}-tools`), 'TOOLS')
    .replaceAll(scripts(venv), 'BIN')
    .replaceAll(venv, 'VENV')
    .replaceAll(root, 'ROOT');

interface Machine {
  /** Programs on the PATH, as they would be typed. */
  programs: string[];
  /** What the commands do, by a part of them. */
  results?: Record<string, CommandResult>;
}

/** Installs on a machine with these programs, and keeps what was run. */
function installOn({ programs, results = {} }: Machine, installer: Installer | undefined, install = 'auto') {
  const exec = fakeExec((command) => {
    const given = Object.entries(results).find(([part]) => typed(command).includes(part));
    if (given) return given[1];
    const onPath = programs.includes(command.program);
    if (!onPath && !command.program.includes('/') && command.program !== 'bash') return missing;
    if (command.args.at(-1)?.includes('sys.executable')) return { output: `/opt/bin/${command.program}\n` };
    return { output: 'installing\n' };
  });
  const io = shellIO(exec);
  const work = () => installDependencies(io, { install, installer, root, venv, env });
  return { work, exec, io };
}

/** What was run to change something, without the questions before it. */
const changes = (commands: readonly Command[]): string[] =>
  commands.map(typed).filter((line) => !line.endsWith('--version') && !line.includes('sys.executable'));

describe('dependencies come', () => {
  test.each<[string, Machine, Installer | undefined, string, string[]]>([
    ['from uv.lock by uv', { programs: ['uv'] }, uvLock, 'auto', ['uv sync --locked --no-dev']],
    [
      'from uv.lock by a uv of its own where there is none',
      { programs: ['python3'] },
      uvLock,
      'auto',
      [
        '/opt/bin/python3 -m venv VENV-tools',
        expect.stringMatching(/^TOOLS\/python -m pip install .*uv==\d+\.\d+\.\d+$/) as unknown as string,
        'TOOLS/uv sync --locked --no-dev',
      ],
    ],
    [
      'from requirements.txt by uv, for the Python of the job',
      { programs: ['uv', 'python3'] },
      requirements,
      'auto',
      [
        'uv venv --quiet --python /opt/bin/python3 VENV',
        'uv pip install --python BIN/python -r ROOT/backend/requirements.txt',
      ],
    ],
    [
      'from requirements.txt by pip where there is no uv',
      { programs: ['python3'] },
      requirements,
      'auto',
      [
        '/opt/bin/python3 -m venv VENV',
        'BIN/python -m pip install --disable-pip-version-check --no-input -r ROOT/backend/requirements.txt',
      ],
    ],
    [
      'by the Python that is called python where there is no python3',
      { programs: ['python'] },
      requirements,
      'auto',
      [
        '/opt/bin/python -m venv VENV',
        'BIN/python -m pip install --disable-pip-version-check --no-input -r ROOT/backend/requirements.txt',
      ],
    ],
    [
      'from a command line, in an environment made for it, though there is a lock file',
      { programs: ['uv', 'python3'] },
      uvLock,
      'make install',
      ['/opt/bin/python3 -m venv VENV', 'bash --noprofile --norc -eo pipefail -c make install'],
    ],
    ['from an earlier step with none', { programs: ['uv', 'python3'] }, requirements, 'none', []],
  ])('%s', async (_what, machine, installer, install, expected) => {
    const { work, exec } = installOn(machine, installer, install);
    await work();
    expect(changes(exec.commands)).toEqual(expected);
  });
});

describe('the environment', () => {
  test.each([
    ['uv', uvLock, 'auto'],
    ['pip', requirements, 'auto'],
    ['a command line', undefined, 'make install'],
  ])('that %s filled is the active one afterwards', async (_what, installer, install) => {
    const python = await installOn({ programs: ['uv', 'python3'] }, installer, install).work();
    expect(python.program).toBe(join(scripts(venv), 'python'));
    expect(python.env).toMatchObject({ VIRTUAL_ENV: venv, PATH: `${scripts(venv)}:/usr/bin` });
    expect(python.env).not.toHaveProperty('PYTHONHOME');
  });

  test('of uv sync is the private one, and it runs beside the lock file', async () => {
    const { work, exec } = installOn({ programs: ['uv'] }, uvLock);
    await work();
    const sync = exec.commands.find(({ args }) => args.includes('sync'));
    expect(sync).toMatchObject({ cwd: join(root, 'backend'), env: { UV_PROJECT_ENVIRONMENT: venv } });
  });

  test('of a command line is the private one for pip and for uv, in the working directory', async () => {
    const { work, exec } = installOn({ programs: ['python3'] }, undefined, 'uv sync');
    await work();
    const own = exec.commands.find(({ program }) => program === 'bash');
    expect(own?.cwd).toBe(root);
    expect(own?.env).toMatchObject({ VIRTUAL_ENV: venv, UV_PROJECT_ENVIRONMENT: venv });
    expect(own?.env.PATH?.startsWith(scripts(venv))).toBe(true);
  });

  test('of an earlier step stays as it is with none', async () => {
    const python = await installOn({ programs: ['python3'] }, undefined, 'none').work();
    expect(python).toEqual({ program: '/opt/bin/python3', env });
  });
});

describe('an error', () => {
  test('says what there is to do where there is no lock file, and nothing is run', async () => {
    const { work, exec } = installOn({ programs: ['uv', 'python3'] }, undefined);
    const error = await failure<DeployError>(work);
    expect(error.code).toBe('INSTALL_FAILED');
    expect(error.message).toContain('neither a uv.lock nor a requirements.txt');
    expect(error.hint).toMatch(/Set install to the command line .* or to none/);
    expect(exec.commands).toEqual([]);
  });

  test.each<[string, Installer | undefined, string]>([
    ['requirements.txt', requirements, 'auto'],
    ['uv.lock', uvLock, 'auto'],
    ['a command line', undefined, 'make'],
    ['none', undefined, 'none'],
  ])('names setup-python where there is no Python, with %s', async (_what, installer, install) => {
    const error = await failure<DeployError>(installOn({ programs: [] }, installer, install).work);
    expect(error).toMatchObject({ code: 'PYTHON_MISSING', hint: expect.stringContaining('actions/setup-python') });
  });

  test.each<[string, string[], Installer | undefined, string, string, RegExp]>([
    ['uv sync', ['uv'], uvLock, 'auto', 'uv sync', /run "uv lock" and commit it/],
    ['pip', ['python3'], requirements, 'auto', 'pip install', /another Python, set python-version/],
    ['uv pip', ['python3', 'uv'], requirements, 'auto', 'uv pip install', /another Python, set python-version/],
    ['the command line', ['python3'], undefined, 'make install', 'make install', /input install/],
    ['the private uv', ['python3'], uvLock, 'auto', 'uv==', /astral-sh\/setup-uv/],
    ['the virtual environment', ['python3'], requirements, 'auto', '-m venv', /python3-venv/],
  ])('of %s has its last lines and a hint, and nothing is run after it', async (_what, programs, ...rest) => {
    const [installer, install, part, hint] = rest;
    const output = 'Resolving\nNo matching distribution found for django==99\n';
    const { work, exec, io } = installOn({ programs, results: { [part]: { exit: 1, output } } }, installer, install);
    const error = await failure<DeployError>(work);
    expect(error.code).toBe('INSTALL_FAILED');
    expect(error.message).toMatch(/ failed with exit code 1\. Its last lines:\n {2}Resolving\n {2}No matching dist/);
    expect(error.hint).toMatch(hint);
    expect(io.shown()).toContain('No matching distribution');
    expect(typed(exec.commands.at(-1) as Command)).toContain(part);
  });
});

test('what is only asked of the machine is not shown', async () => {
  const { work, io } = installOn({ programs: ['python3'] }, undefined, 'none');
  await work();
  expect(io.shown()).toBe('');
});

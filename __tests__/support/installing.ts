import { basename, join } from 'node:path';
import type { Command } from '../../src/core/ports.ts';
import { scripts } from '../../src/project/checkout/build-environment.ts';
import { type InstallIO, install } from '../../src/project/install/install.ts';
import type { PackageCache } from '../../src/project/install/package-cache.ts';
import { noCache } from './fakes.ts';
import { type CommandResult, fakeExec, missing, shellIO, tempFolder, writeFiles } from './project.ts';

/** A machine and what is on it. */
export interface Machine {
  /** Versions of Python by the name that one types. */
  readonly pythons?: Readonly<Record<string, string>>;
  /** Other programs on the PATH. */
  readonly programs?: readonly string[];
  /** What commands do, by a part of them as `typed` has it. */
  readonly results?: Readonly<Record<string, CommandResult | ((command: Command) => Promise<CommandResult>)>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly cache?: PackageCache;
}

export interface Installing {
  readonly work: () => ReturnType<typeof install>;
  readonly root: string;
  readonly scratch: string;
  readonly commands: readonly Command[];
  readonly said: readonly string[];
  readonly shown: () => string;
  /** A command as one would type it, with short names for the folders. */
  readonly typed: (command: Command) => string;
  /** What was run to change something, without the questions before it. */
  readonly changes: () => string[];
}

export interface Given {
  readonly files?: Readonly<Record<string, string>>;
  /** The input `install`. */
  readonly input?: string;
  /** Folder of manage.py. */
  readonly folder?: string;
}

const isQuestion = ({ args }: Command) =>
  args.at(-1) === '--version' || args.at(-1)?.includes('sys.executable') || args[1] === 'find';

/** Installs a project on a machine that only says what it does. The project is the root of the checkout's folder `site`. */
export async function installing(machine: Machine, given: Given = {}): Promise<Installing> {
  const workspace = tempFolder();
  const scratch = tempFolder();
  const root = join(workspace, 'site');
  await writeFiles(root, { 'manage.py': '', ...given.files });
  const venv = join(scratch, 'venv');
  const pythons = machine.pythons ?? { python3: '3.13.1' };
  const programs = machine.programs ?? ['uv'];
  const typed = ({ program, args }: Command): string =>
    [program, ...args]
      .join(' ')
      .replace(new RegExp(`${scripts(`${venv}-(\\w+)`)}/`, 'g'), '$1:')
      .replaceAll(`${scripts(venv)}/`, 'venv:')
      .replaceAll(venv, 'VENV')
      .replaceAll(root, 'ROOT');
  const exec = fakeExec((command) => {
    const result = Object.entries(machine.results ?? {}).find(([part]) => typed(command).includes(part));
    if (result) return typeof result[1] === 'function' ? result[1](command) : result[1];
    const { program } = command;
    const version = Object.entries(pythons).find(([name]) => program === name || program === `/opt/bin/${name}`)?.[1];
    if (!version && !programs.includes(program) && !program.includes('/') && program !== 'bash') return missing;
    if (version && isQuestion(command)) return { output: `/opt/bin/${basename(program)}\n/opt\n${version}\n` };
    return { output: 'installing\n' };
  });
  const said: string[] = [];
  const shell = shellIO(exec);
  const io: InstallIO = {
    ...shell,
    info: (line) => void said.push(line),
    warn: (message) => void said.push(`warning: ${message}`),
    cache: machine.cache ?? noCache,
  };
  const env = { PATH: '/usr/bin', PYTHONHOME: '/opt/python', HOME: scratch, ...machine.env };
  const { input = 'auto', folder = '.' } = given;
  const request = { install: input, workspace, root, folder, scratch, env, environment: { ImageOS: 'ubuntu24' } };
  return {
    work: () => install(request, io),
    root,
    scratch,
    commands: exec.commands,
    said,
    shown: shell.shown,
    typed,
    changes: () => exec.commands.filter((command) => !isQuestion(command)).map(typed),
  };
}

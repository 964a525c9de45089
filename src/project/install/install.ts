import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Place } from '../../core/errors.ts';
import { below } from '../../lib/paths.ts';
import { listSome } from '../../lib/text.ts';
import { activate, scripts } from '../checkout/build-environment.ts';
import { capture, run, type ShellIO, shell } from '../checkout/shell.ts';
import { chooseInstaller, type Installer, noInstaller } from './choose-installer.ts';
import { adviseInstall } from './install-advice.ts';
import { cacheKey, cacheVariables, isKeptElsewhere, machineOf, type PackageCache } from './package-cache.ts';
import { forUv, pipConfigFiles, readPipConfig } from './pip-config.ts';
import { readProjectFolder, readRequirements } from './project-folder.ts';
import { choosePython, currentPython, type Interpreter, otherPython, type Python } from './python.ts';
import { isAsked, minorOf, type PythonWish, readPythonWish } from './python-version.ts';
import { runInstall } from './run-install.ts';
import { makeVenv, type Toolchain } from './tools.ts';

export interface InstallRequest {
  /** `auto`, `none` or a command line: the input `install`. */
  readonly install: string;
  /** Absolute, real path of the checkout. */
  readonly workspace: string;
  /** Absolute, real path of the working directory. */
  readonly root: string;
  /** Folder of manage.py, relative to the working directory. */
  readonly folder: string;
  /** Absolute path of a folder of this run. */
  readonly scratch: string;
  readonly env: Readonly<Record<string, string>>;
  /** The runner's environment, of which the name of the machine's image is read. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface InstallIO extends ShellIO {
  readonly info: (line: string) => void;
  readonly warn: (message: string) => void;
  readonly cache: PackageCache;
}

export interface Installed {
  readonly python: Python;
  /** The lock file or what stands for it, relative to the working directory; undefined where a command line installed. */
  readonly lockFile: string | undefined;
}

/**
 * Installs the project's dependencies into a private virtual environment.
 * @throws DeployError PYTHON_MISSING or INSTALL_FAILED.
 */
export async function install(request: InstallRequest, io: InstallIO): Promise<Installed> {
  const { root, scratch, env } = request;
  const search = { root, scratch, env };
  if (request.install === 'none') {
    return { python: { program: (await currentPython(io, search)).path, env }, lockFile: undefined };
  }
  const folders = await Promise.all([...new Set([request.folder, '.'])].map((path) => readProjectFolder(root, path)));
  const { installer, ignored } = chooseInstaller(folders);
  const auto = request.install === 'auto';
  if (auto && !installer) throw noInstaller(folders);
  if (auto && ignored.length > 0) {
    io.warn(`Dependencies are installed from ${installer?.file}; ${listSome(ignored, 3)} is not used.`);
  }
  const interpreter = await findPython(request, io, readPythonWish(folders));
  const venv = join(scratch, 'venv');
  const toolchain: Toolchain = { io, root, venv, python: interpreter.path, env };
  const python = { program: join(scripts(venv), 'python'), env: activate(env, venv) };
  if (!auto || !installer) {
    await runCommandLine(request.install, toolchain, python);
    return { python, lockFile: undefined };
  }
  const groups = folders.find(({ path }) => path === installer.folder)?.pyproject?.productionGroups ?? [];
  await installAutomatically({
    io,
    toolchain,
    interpreter,
    installer,
    groups,
    machine: machineOf(request.environment),
  });
  return { python, lockFile: installer.file };
}

async function findPython(request: InstallRequest, io: InstallIO, wish: PythonWish): Promise<Interpreter> {
  const { root, workspace, scratch, env } = request;
  const placeOf = (file: string, line: number): Place => ({
    file: below(workspace, join(root, file)) ?? posix.normalize(file),
    line,
  });
  for (const remark of wish.remarks) io.warn(remark);
  const found = await choosePython(io, { root, scratch, env }, wish, placeOf);
  io.info(`Python ${found.version} (${found.path})`);
  if (wish.asked && !isAsked(wish.asked, found.version)) io.warn(otherPython(wish.asked, found));
  return found;
}

/** The command line of the input `install`, in an environment that pip and uv take for theirs. */
async function runCommandLine(commandLine: string, toolchain: Toolchain, python: Python): Promise<void> {
  await makeVenv(toolchain, toolchain.venv);
  const env = { ...python.env, UV_PROJECT_ENVIRONMENT: toolchain.venv };
  const advise = adviseInstall('Fix the command line of the input install.');
  await run(toolchain.io, 'install', shell(commandLine, toolchain.root, env), 'INSTALL_FAILED', advise);
}

interface AutomaticInstall {
  readonly io: InstallIO;
  readonly toolchain: Toolchain;
  readonly interpreter: Interpreter;
  readonly installer: Installer;
  readonly groups: readonly string[];
  readonly machine: string;
}

async function installAutomatically(given: AutomaticInstall): Promise<void> {
  const { io, toolchain, installer } = given;
  const { kind } = installer;
  const requirements =
    kind === 'requirements' ? await readRequirements(join(toolchain.root, installer.file)) : undefined;
  // uv.lock names its indexes itself, and uv takes it for out of date where it is told of others.
  const told = kind === 'uv' ? { env: {}, unknown: [] } : await pipSettings(given.interpreter.prefix, toolchain.env);
  const onlyPip = requirements ? [...told.unknown, ...requirements.onlyPip] : [];
  if (onlyPip.length > 0) io.info(`pip installs, because uv does not know ${listSome(onlyPip, 3)}.`);
  const plan = { installer, groups: given.groups, hashes: requirements?.hashes ?? false, pip: onlyPip.length > 0 };
  const ready = { ...toolchain, env: { ...told.env, ...toolchain.env } };
  const { folder } = io.cache;
  if (folder === undefined || isKeptElsewhere(kind, toolchain.env)) return void (await runInstall(ready, plan));
  const files = requirements?.contents ?? [await readFile(join(toolchain.root, installer.file))];
  const { key, prefix } = cacheKey({ kind, python: minorOf(given.interpreter.version), machine: given.machine, files });
  const restored = await io.cache.restore(key, prefix, io.signal);
  const cached = { ...ready, env: { ...cacheVariables(folder), ...ready.env } };
  const uv = await runInstall(cached, plan);
  if (restored === key) return;
  if (uv) await capture(io, { program: uv, args: ['cache', 'prune', '--ci'], cwd: toolchain.root, env: cached.env });
  io.cache.saveAtEnd(key);
}

/** What pip is configured to do, for uv. */
async function pipSettings(prefix: string, env: Readonly<Record<string, string>>): Promise<ReturnType<typeof forUv>> {
  const files: string[] = [];
  for (const path of pipConfigFiles(env, prefix, process.platform)) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) files.push(text);
  }
  return forUv(readPipConfig(files, env), env, existsSync);
}

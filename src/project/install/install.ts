import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Place } from '../../core/errors.ts';
import { below } from '../../lib/paths.ts';
import { listSome } from '../../lib/text.ts';
import { activate, scripts, withPythonPath } from '../checkout/build-environment.ts';
import { capture, type ShellIO } from '../checkout/shell.ts';
import { chooseInstaller, type Installer, noInstaller, type ProjectFolder } from './choose-installer.ts';
import { runCommandLine } from './command-line.ts';
import { type ExportRequirements, exportInstalled, requirementsExport } from './export-requirements.ts';
import type { OptionalSet } from './optional-packages.ts';
import { cacheKey, cacheVariables, isKeptElsewhere, machineOf, type PackageCache } from './package-cache.ts';
import { forUv, pipConfigFiles, readPipConfig } from './pip-config.ts';
import { installPixi } from './pixi.ts';
import { foldersUp, readOptionalFiles, readProjectFolder, readRequirements } from './project-folder.ts';
import { choosePython, currentPython, type Interpreter, otherPython, type Python } from './python.ts';
import { isAsked, minorOf, type PythonWish, readPythonWish } from './python-version.ts';
import { isLocked, productionPlan, runInstall } from './run-install.ts';
import { sourceFolders } from './source-folders.ts';
import type { Toolchain } from './tools.ts';
import { wantedUv } from './uv-version.ts';

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
  /** What else the project names, and was not installed. */
  readonly optional: readonly OptionalSet[];
  /** Makes requirements.txt of what was installed; undefined where nothing says what that was. */
  readonly exportRequirements: ExportRequirements | undefined;
}

/**
 * Installs the project's dependencies into a private virtual environment.
 * @throws DeployError PYTHON_MISSING or INSTALL_FAILED.
 */
export async function install(request: InstallRequest, io: InstallIO): Promise<Installed> {
  const { root, workspace, scratch, env } = request;
  if (request.install === 'none') {
    const { path } = await currentPython(io, { root, scratch, env });
    return { python: { program: path, env }, lockFile: undefined, optional: [], exportRequirements: undefined };
  }
  const paths = foldersUp(root, workspace, request.folder);
  const folders = await Promise.all(paths.map((path) => readProjectFolder(root, path)));
  const { installer, ignored } = chooseInstaller(folders);
  const auto = request.install === 'auto';
  if (auto && !installer) throw noInstaller(folders.filter(({ path }) => !path.startsWith('..')));
  if (auto && installer) await warnOfIgnored(io, root, installer, ignored);
  const optional = await optionalOf(root, folders, installer);
  const sources = await sourceFolders(root, folders, request.folder);
  if (auto && installer?.kind === 'pixi') {
    const lock = folders.find(({ path }) => path === installer.folder)?.text('pixi.lock') ?? '';
    const python = withSources(await installPixi(io, { root, env, installer }, lock), sources);
    const exportRequirements = exportInstalled(io, root, python, installer.file);
    return { python, lockFile: installer.file, optional, exportRequirements };
  }
  const interpreter = await findPython(request, io, readPythonWish(folders));
  const venv = join(scratch, 'venv');
  const toolchain: Toolchain = { io, root, venv, python: interpreter.path, env, uvVersion: wantedUv(folders) };
  const python = withSources({ program: join(scripts(venv), 'python'), env: activate(env, venv) }, sources);
  if (!auto || !installer) {
    await runCommandLine(request.install, toolchain, python);
    return { python, lockFile: undefined, optional, exportRequirements: undefined };
  }
  const machine = machineOf(request.environment);
  const exportRequirements = await installAutomatically({ io, toolchain, interpreter, installer, folders, machine });
  return { python, lockFile: installer.file, optional, exportRequirements };
}

const withSources = ({ program, env }: Python, sources: readonly string[]): Python => ({
  program,
  env: withPythonPath(env, sources),
});

/** Says which files were passed over. Of two files of requirements that one takes in the other, both are used. */
async function warnOfIgnored(
  io: InstallIO,
  root: string,
  { kind, file }: Installer,
  ignored: readonly string[],
): Promise<void> {
  const filesOf = async (path: string) => (await readRequirements(join(root, path))).files;
  const used = kind === 'requirements' ? await filesOf(file) : [];
  const others: string[] = [];
  for (const other of ignored) {
    const related =
      kind === 'requirements' &&
      other.endsWith('.txt') &&
      (used.includes(join(root, other)) || (await filesOf(other)).includes(join(root, file)));
    if (!related) others.push(other);
  }
  if (others.length > 0) {
    const verb = others.length === 1 ? 'is' : 'are';
    io.warn(`Dependencies are installed from ${file}; ${listSome(others, 3)} ${verb} not used.`);
  }
}

/** What the project names in addition to what was installed: extras, groups, and files of requirements. */
async function optionalOf(
  root: string,
  folders: readonly ProjectFolder[],
  installer: Installer | undefined,
): Promise<OptionalSet[]> {
  const used = installer?.kind === 'requirements' ? (await readRequirements(join(root, installer.file))).files : [];
  const files = await Promise.all(folders.map((folder) => readOptionalFiles(root, folder)));
  const notUsed = files.flat().filter(({ name }) => !used.includes(join(root, name)));
  return [...folders.flatMap(({ pyproject }) => pyproject?.optional ?? []), ...notUsed];
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
  if (wish.asked && !isAsked(wish.asked, found.version)) io.warn(otherPython(wish.asked, found, wish.required));
  return found;
}

interface AutomaticInstall {
  readonly io: InstallIO;
  readonly toolchain: Toolchain;
  readonly interpreter: Interpreter;
  readonly installer: Installer;
  readonly folders: readonly ProjectFolder[];
  readonly machine: string;
}

async function installAutomatically(given: AutomaticInstall): Promise<ExportRequirements> {
  const { io, toolchain, installer } = given;
  const { kind } = installer;
  const requirements =
    kind === 'requirements' ? await readRequirements(join(toolchain.root, installer.file)) : undefined;
  // uv.lock names its indexes itself, and uv takes it for out of date where it is told of others.
  const told = kind === 'uv' ? { env: {}, unknown: [] } : await pipSettings(given.interpreter.prefix, toolchain.env);
  const onlyPip = requirements ? [...told.unknown, ...requirements.onlyPip] : [];
  if (onlyPip.length > 0) io.info(`pip installs, because uv does not know ${listSome(onlyPip, 3)}.`);
  const plan = {
    installer,
    production: productionPlan(installer, given.folders),
    hashes: requirements?.hashes ?? false,
    pip: onlyPip.length > 0,
    isLocked: isLocked(installer, given.folders),
  };
  const ready = { ...toolchain, env: { ...told.env, ...toolchain.env } };
  const { folder } = io.cache;
  if (folder === undefined || isKeptElsewhere(kind, toolchain.env))
    return requirementsExport(ready, plan, await runInstall(ready, plan));
  const locks = requirements?.contents ?? [await readFile(join(toolchain.root, installer.file))];
  // The uv that the project asks for is kept too, and it asks in another file.
  const files = [...locks, Buffer.from(toolchain.uvVersion ?? '')];
  const { key, prefix } = cacheKey({ kind, python: minorOf(given.interpreter.version), machine: given.machine, files });
  const restored = await io.cache.restore(key, prefix, io.signal);
  const cached = { ...ready, kept: join(folder, 'tools'), env: { ...cacheVariables(folder), ...ready.env } };
  const used = await runInstall(cached, plan);
  const { uv } = used;
  const exporting = requirementsExport(cached, plan, used);
  if (restored === key) return exporting;
  if (uv) await capture(io, { program: uv, args: ['cache', 'prune', '--ci'], cwd: toolchain.root, env: cached.env });
  io.cache.saveAtEnd(key);
  return exporting;
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

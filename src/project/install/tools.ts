import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { scripts } from '../checkout/build-environment.ts';
import { capture, run, type ShellIO } from '../checkout/shell.ts';
import { toolRequirements } from './tool-requirements.ts';
import { toolVersions } from './tool-versions.ts';
import { takesUv } from './uv-version.ts';

/** Everything that an install runs with. */
export interface Toolchain {
  readonly io: ShellIO;
  /** Absolute path of the working directory. */
  readonly root: string;
  /** Absolute path of the virtual environment to fill; those of tools stand beside it. */
  readonly venv: string;
  /** Full path of the Python to install for. */
  readonly python: string;
  readonly env: Readonly<Record<string, string>>;
  /** The versions of uv that the project takes: a specifier of PEP 440. */
  readonly uvVersion?: string | undefined;
  /** Folder that is kept between runs, for a uv that had to be installed. */
  readonly kept?: string | undefined;
}

export type Tool = keyof typeof toolVersions;

export const toolNames = Object.keys(toolVersions) as readonly Tool[];

const steps: Readonly<Record<Tool, string>> = {
  uv: 'uses: astral-sh/setup-uv',
  poetry: 'run: pipx install poetry',
  pdm: 'run: pipx install pdm',
  pipenv: 'run: pipx install pipenv',
};

/** Makes a virtual environment with pip in it. */
export async function makeVenv({ io, python, root, env }: Omit<Toolchain, 'venv'>, folder: string): Promise<void> {
  const command = { program: python, args: ['-m', 'venv', folder], cwd: root, env };
  const hint = 'Install the package python3-venv, or add a step "uses: actions/setup-python" before this one.';
  await run(io, 'Making a virtual environment', command, 'INSTALL_FAILED', hint);
}

export const works = async (
  { io, root, env }: Pick<Toolchain, 'io' | 'root' | 'env'>,
  program: string,
): Promise<boolean> => (await capture(io, { program, args: ['--version'], cwd: root, env })) !== undefined;

/**
 * Arguments of pip and uv that install exactly the packages of a tool: by their hashes, so that no index and nobody between can
 * give another file, and without asking what they depend on.
 */
async function pinned({ venv }: Toolchain, tool: Tool): Promise<string[]> {
  const file = `${venv}-${tool}.txt`;
  await writeFile(file, toolRequirements[tool]);
  return ['--require-hashes', '--no-deps', '--requirement', file];
}

/** Puts a program into a folder that is kept between runs. If that does not work, the next run installs it again. */
async function keep(program: string, folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await copyFile(program, join(folder, basename(program)));
  } catch {
    // Nothing depends on it.
  }
}

/** Whether a uv works and is one that the project takes. One that does not tell its version is taken: it refuses by itself. */
async function isTaken({ io, root, env, uvVersion }: Toolchain, program: string): Promise<boolean> {
  // In a project that wants another version, `uv --version` itself works.
  const told = await capture(io, { program, args: ['--version'], cwd: root, env });
  return told !== undefined && takesUv(uvVersion, /\d+(\.\d+)+/.exec(told.toString())?.[0]);
}

/**
 * uv on the PATH, or a pinned one in an environment of its own; if the project takes neither of them (`required-version`), one
 * that it takes, for which there are no hashes.
 */
export async function findUv(toolchain: Toolchain): Promise<string> {
  const { uvVersion } = toolchain;
  if (await isTaken(toolchain, 'uv')) return 'uv';
  const folder = `${toolchain.venv}-uv`;
  const there = uvIn(folder);
  if (there) return there;
  const takesOurs = takesUv(uvVersion, toolVersions.uv.replace('uv==', ''));
  const requirement = takesOurs ? toolVersions.uv : `uv${uvVersion}`;
  const keptIn = toolchain.kept && join(toolchain.kept, requirement.replace(/[^\w.=-]/g, '_'));
  const kept = keptIn && programAt(join(keptIn, 'uv'));
  // Of different requirements, `>=0.5` and `<=0.5`, the folder's name can be the same.
  if (kept && (await isTaken(toolchain, kept))) return kept;
  const program = await installUv(toolchain, folder, takesOurs ? await pinned(toolchain, 'uv') : [requirement]);
  if (keptIn) await keep(program, keptIn);
  return program;
}

/** The file of a program, whose name has an ending on Windows; undefined if there is none. */
const programAt = (path: string): string | undefined => [path, `${path}.exe`].find((file) => existsSync(file));

/** The uv of a folder, in which pip or a virtual environment has put it. */
const uvIn = (folder: string): string | undefined =>
  programAt(join(folder, 'bin', 'uv')) ?? programAt(join(scripts(folder), 'uv'));

const pipInstall = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];

/**
 * Installs uv into a folder, by the pip of the machine's Python: an environment with a pip of its own takes three times as long, and
 * is made only where that Python has no pip, or one that is set to install elsewhere (PIP_USER, PIP_REQUIRE_VIRTUALENV).
 */
async function installUv(toolchain: Toolchain, folder: string, packages: readonly string[]): Promise<string> {
  const { io, root, python, env } = toolchain;
  const args = [...pipInstall, '--no-compile', '--no-warn-script-location', '--target', folder, ...packages];
  await capture(io, { program: python, args, cwd: root, env });
  const installed = uvIn(folder);
  if (installed && (await works(toolchain, installed))) return installed;
  await makeVenv(toolchain, folder);
  await installTool(toolchain, 'uv', { program: join(scripts(folder), 'python'), args: [...pipInstall, ...packages] });
  return uvIn(folder) ?? join(scripts(folder), 'uv');
}

/** A tool on the PATH, or a pinned one that uv puts into an environment of its own. */
export async function findTool(toolchain: Toolchain, tool: Exclude<Tool, 'uv'>, uv: string): Promise<string> {
  if (await works(toolchain, tool)) return tool;
  const folder = `${toolchain.venv}-${tool}`;
  await installTool(toolchain, tool, { program: uv, args: ['venv', '--quiet', '--python', toolchain.python, folder] });
  const args = ['pip', 'install', '--quiet', '--python', join(scripts(folder), 'python')];
  await installTool(toolchain, tool, { program: uv, args: [...args, ...(await pinned(toolchain, tool))] });
  return join(scripts(folder), tool);
}

async function installTool(toolchain: Toolchain, tool: Tool, step: { program: string; args: string[] }): Promise<void> {
  const command = { ...step, cwd: toolchain.root, env: toolchain.env };
  await run(
    toolchain.io,
    `Installing ${tool}`,
    command,
    'INSTALL_FAILED',
    `Add a step "${steps[tool]}" before this one.`,
  );
}

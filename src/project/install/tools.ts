import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scripts } from '../checkout/build-environment.ts';
import { capture, run, type ShellIO } from '../checkout/shell.ts';
import { toolRequirements } from './tool-requirements.ts';
import type { toolVersions } from './tool-versions.ts';

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
}

export type Tool = keyof typeof toolVersions;

const steps: Readonly<Record<Tool, string>> = {
  uv: 'uses: astral-sh/setup-uv',
  poetry: 'run: pipx install poetry',
  pdm: 'run: pipx install pdm',
  pipenv: 'run: pipx install pipenv',
};

/** Makes a virtual environment with pip in it. */
export async function makeVenv({ io, python, root, env }: Toolchain, folder: string): Promise<void> {
  const command = { program: python, args: ['-m', 'venv', folder], cwd: root, env };
  const hint = 'Install the package python3-venv, or add a step "uses: actions/setup-python" before this one.';
  await run(io, 'Making a virtual environment', command, 'INSTALL_FAILED', hint);
}

const works = async ({ io, root, env }: Toolchain, program: string): Promise<boolean> =>
  (await capture(io, { program, args: ['--version'], cwd: root, env })) !== undefined;

/**
 * Arguments of pip and uv that install exactly the packages of a tool: by their hashes, so that no index and nobody between can
 * give another file, and without asking what they depend on.
 */
async function pinned({ venv }: Toolchain, tool: Tool): Promise<string[]> {
  const file = `${venv}-${tool}.txt`;
  await writeFile(file, toolRequirements[tool]);
  return ['--require-hashes', '--no-deps', '--requirement', file];
}

/** uv on the PATH, or a pinned one in an environment of its own. */
export async function findUv(toolchain: Toolchain): Promise<string> {
  if (await works(toolchain, 'uv')) return 'uv';
  const folder = `${toolchain.venv}-uv`;
  await makeVenv(toolchain, folder);
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await installTool(toolchain, 'uv', {
    program: join(scripts(folder), 'python'),
    args: [...args, ...(await pinned(toolchain, 'uv'))],
  });
  return join(scripts(folder), 'uv');
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

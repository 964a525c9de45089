import { delimiter, dirname } from 'node:path';
import { run, shell } from '../checkout/shell.ts';
import { adviseInstall } from './install-advice.ts';
import type { Python } from './python.ts';
import { findTool, findUv, makeVenv, type Toolchain, toolNames } from './tools.ts';

/** Folders of the package managers that a command line names and the machine has not got. */
async function foldersOfTools(commandLine: string, toolchain: Toolchain): Promise<string[]> {
  const named = toolNames.filter((tool) => new RegExp(`(?:^|[\\s;&|(])${tool}(?=\\s|$)`).test(commandLine));
  const folders: string[] = [];
  for (const tool of named) {
    const program = tool === 'uv' ? await findUv(toolchain) : await findTool(toolchain, tool, await findUv(toolchain));
    if (program !== tool) folders.push(dirname(program));
  }
  return folders;
}

/**
 * Runs the command line of the input `install`, in an environment that pip, uv, Poetry, PDM and Pipenv take for theirs.
 * Those of them that it names are on its PATH.
 * @throws DeployError INSTALL_FAILED.
 */
export async function runCommandLine(commandLine: string, toolchain: Toolchain, python: Python): Promise<void> {
  await makeVenv(toolchain, toolchain.venv);
  const folders = await foldersOfTools(commandLine, toolchain);
  const path = [python.env.PATH, ...folders].filter(Boolean).join(delimiter);
  const env = { ...python.env, PATH: path, UV_PROJECT_ENVIRONMENT: toolchain.venv, POETRY_VIRTUALENVS_CREATE: 'false' };
  const advise = adviseInstall('Fix the command line of the input install.');
  await run(toolchain.io, 'install', shell(commandLine, toolchain.root, env), 'INSTALL_FAILED', advise);
}

import { join } from 'node:path';
import * as v from 'valibot';
import { DeployError } from '../../core/errors.ts';
import { capture, run, type ShellIO } from '../checkout/shell.ts';
import type { Installer } from './choose-installer.ts';
import { adviseInstall } from './install-advice.ts';
import { isProductionName } from './pyproject.ts';
import type { Python } from './python.ts';

/** What an installation by pixi runs with. */
export interface PixiRequest {
  /** Absolute path of the working directory. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly installer: Installer;
}

/** What `pixi shell-hook --json` writes: the variables of an activated environment. */
const shellHook = v.object({ environment_variables: v.record(v.string(), v.string()) });

const bringPixi = 'Add a step "uses: prefix-dev/setup-pixi" with run-install: false before this one.';

/** Environments that a pixi.lock holds. It is YAML that pixi writes itself, always in this form. */
function environmentsIn(lock: string): string[] {
  const [, block = ''] = /^environments:\n((?: .*\n|\n)*)/m.exec(lock.replaceAll('\r', '')) ?? [];
  return [...block.matchAll(/^ {2}([\w-]+):/gm)].map(([, name = '']) => name);
}

/** The environment that is named for production, else `default`. */
const environmentOf = (lock: string): string => environmentsIn(lock).find(isProductionName) ?? 'default';

/**
 * Installs from pixi.lock. Python and the libraries of the system come from it, too. pixi keeps environments in `.pixi` beside the
 * lock file, which no artifact holds.
 * @param lock Text of the pixi.lock.
 * @throws DeployError INSTALL_FAILED.
 */
export async function installPixi(io: ShellIO, request: PixiRequest, lock: string): Promise<Python> {
  const { root, installer } = request;
  const cwd = join(root, installer.folder);
  const pixi = (...args: string[]) => ({ program: 'pixi', args, cwd, env: request.env });
  if ((await capture(io, pixi('--version'))) === undefined) {
    throw new DeployError('INSTALL_FAILED', `There is a ${installer.file}, and pixi is not on the PATH.`, {
      hint: bringPixi,
    });
  }
  const environment = environmentOf(lock);
  const stale = ' If pixi.lock is out of date, run "pixi lock" and commit it.';
  const advise = adviseInstall(`The lines above are pixi's own.${stale}`, stale);
  const of = ['--locked', '--environment', environment];
  await run(io, 'pixi install', pixi('install', ...of), 'INSTALL_FAILED', advise);
  const printed = (await capture(io, pixi('shell-hook', ...of, '--json')))?.toString() ?? '';
  const variables = readVariables(printed);
  const prefix = variables?.CONDA_PREFIX ?? join(cwd, '.pixi', 'envs', environment);
  const program = process.platform === 'win32' ? join(prefix, 'python.exe') : join(prefix, 'bin', 'python');
  return { program, env: { ...request.env, ...variables } };
}

function readVariables(printed: string): Readonly<Record<string, string>> | undefined {
  try {
    const parsed = v.safeParse(shellHook, JSON.parse(printed));
    return parsed.success ? parsed.output.environment_variables : undefined;
  } catch {
    return undefined;
  }
}

import { join, posix } from 'node:path';
import { activate, scripts } from '../checkout/build-environment.ts';
import { run } from '../checkout/shell.ts';
import type { Installer, InstallerKind, ProjectFolder } from './choose-installer.ts';
import { adviseInstall } from './install-advice.ts';
import { type LockFile, lockFiles } from './lock-files.ts';
import { locksPipfile } from './pipfile-lock.ts';
import { isProductionName } from './pyproject.ts';
import { findTool, findUv, makeVenv, type Toolchain } from './tools.ts';

/** Groups and extras of dependencies that are named for production. */
export interface Production {
  readonly groups: readonly string[];
  readonly extras: readonly string[];
}

/** What of the project comes along because its name says so. PDM and Pipenv take only what their lock files hold. */
export function productionPlan({ kind, folder, file }: Installer, folders: readonly ProjectFolder[]): Production {
  const own = folders.find(({ path }) => path === folder);
  const groups = own?.pyproject?.productionGroups ?? [];
  const extras = own?.pyproject?.productionExtras ?? [];
  const lock = own?.text(posix.basename(file)) ?? '';
  if (kind === 'pdm') {
    const locked = /^groups = \[([^\]]*)\]/m.exec(lock)?.[1] ?? '';
    return { groups: [], extras: extras.filter((name) => locked.includes(`"${name}"`)) };
  }
  if (kind === 'pipenv') {
    const categories = [...lock.matchAll(/^ {4}"([\w-]+)": \{/gm)].map(([, name = '']) => name);
    return { groups: categories.filter(isProductionName), extras: [] };
  }
  return { groups, extras };
}

/** What an installer is told of the project. */
export interface InstallPlan {
  readonly installer: Installer;
  readonly production: Production;
  /** Every requirement has to have its hash. */
  readonly hashes: boolean;
  /** pip has to install the requirements, and not uv. */
  readonly pip: boolean;
  /** The lock file is known to be of these dependencies, so that its tool need not look. */
  readonly isLocked: boolean;
}

/** Whether a Pipfile.lock is of its Pipfile; of the other lock files their own tools know it. */
export function isLocked({ kind, folder, file }: Installer, folders: readonly ProjectFolder[]): boolean {
  const own = folders.find(({ path }) => path === folder);
  return kind === 'pipenv' && locksPipfile(own?.text('Pipfile'), own?.text(posix.basename(file)) ?? '');
}

const dependencyHint =
  'The lines above are the package manager’s own. If a package needs another Python, set python-version of actions/setup-python.';

const renew = ({ name, command }: LockFile): string => ` If ${name} is out of date, run "${command}" and commit it.`;

/** What else goes wrong, by the kind of installer. */
const hints: Readonly<Record<Exclude<InstallerKind, 'pixi'>, string>> = {
  uv: renew(lockFiles.uv),
  poetry: renew(lockFiles.poetry),
  pdm: renew(lockFiles.pdm),
  pipenv: renew(lockFiles.pipenv),
  requirements:
    ' If a package is in several indexes, uv takes the first index that has it; set UV_INDEX_STRATEGY: unsafe-best-match in env of the step to look into all.',
  project: '',
};

async function runInstaller(
  toolchain: Toolchain,
  { installer }: InstallPlan,
  title: string,
  step: { program: string; args: readonly string[]; env: Readonly<Record<string, string>> },
): Promise<void> {
  const command = { ...step, cwd: join(toolchain.root, installer.folder) };
  const ofLock = installer.kind === 'pixi' ? '' : hints[installer.kind];
  await run(toolchain.io, title, command, 'INSTALL_FAILED', adviseInstall(`${dependencyHint}${ofLock}`, ofLock));
}

/** `uv sync` makes the environment itself. Groups that the project installs by default are a developer's. */
async function syncWithUv(toolchain: Toolchain, plan: InstallPlan, uv: string): Promise<void> {
  const env = { ...toolchain.env, UV_PROJECT_ENVIRONMENT: toolchain.venv, UV_PYTHON: toolchain.python };
  const groups = plan.production.groups.flatMap((group) => ['--group', group]);
  const extras = plan.production.extras.flatMap((extra) => ['--extra', extra]);
  const args = ['sync', '--locked', '--no-default-groups', ...groups, ...extras];
  await runInstaller(toolchain, plan, 'uv sync', { program: uv, args, env });
}

async function makeUvVenv(toolchain: Toolchain, uv: string): Promise<void> {
  const args = ['venv', '--quiet', '--python', toolchain.python, toolchain.venv];
  await run(
    toolchain.io,
    'uv venv',
    { program: uv, args, cwd: toolchain.root, env: toolchain.env },
    'INSTALL_FAILED',
    dependencyHint,
  );
}

interface LockedTool {
  readonly args: (plan: InstallPlan) => readonly string[];
  /** Variables that keep it from asking, looking for its own update, and leaving the active environment. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The three whose lock files only they can read. Each installs into the environment that is active. PDM could hand the
 * work to uv, which it calls experimental and which resolves again instead of taking the lock as it is.
 */
export const lockedTools: Readonly<Record<'poetry' | 'pdm' | 'pipenv', LockedTool>> = {
  poetry: {
    args: ({ production: { groups, extras } }) => [
      'install',
      '--only',
      ['main', ...groups].join(','),
      ...extras.flatMap((extra) => ['--extras', extra]),
      '--no-root',
      '--no-interaction',
      '--no-ansi',
    ],
    env: { POETRY_VIRTUALENVS_CREATE: 'false' },
  },
  pdm: {
    args: ({ production: { extras } }) => [
      'install',
      '--check',
      '--prod',
      '--no-editable',
      ...extras.flatMap((extra) => ['--group', extra]),
    ],
    env: { PDM_CHECK_UPDATE: 'false', PDM_IGNORE_SAVED_PYTHON: '1', PDM_NON_INTERACTIVE: '1' },
  },
  pipenv: {
    // Only "install" compares the lock file, and refuses those of Pipenvs that write the names of packages otherwise.
    args: ({ production: { groups }, isLocked }) => [
      ...(isLocked ? ['sync'] : ['install', '--deploy']),
      ...(groups.length > 0 ? ['--categories', ['packages', ...groups].join(' ')] : []),
    ],
    // A terminal of 80 columns would cut what it says of a failure in the middle of words.
    env: { PIPENV_VERBOSITY: '-1', PIPENV_NOSPIN: '1', PIPENV_YES: '1', COLUMNS: '1000' },
  },
};

async function installWithTool(
  toolchain: Toolchain,
  plan: InstallPlan,
  tool: keyof typeof lockedTools,
  uv: string,
): Promise<string> {
  const program = await findTool(toolchain, tool, uv);
  await makeUvVenv(toolchain, uv);
  const { args, env } = lockedTools[tool];
  const step = { program, args: args(plan), env: { ...activate(toolchain.env, toolchain.venv), ...env } };
  await runInstaller(toolchain, plan, `${tool} ${step.args[0]}`, step);
  return program;
}

/**
 * `uv pip install`, for requirements and for a pyproject.toml, of which only the dependencies are installed: a Django
 * project runs where it lies, and most have no layout that could be built.
 *
 * Where a package is in several indexes pip takes the highest version of all, so that a stranger who publishes a private
 * package's name gets in. uv takes the first index that has the name, extra ones first. With a hash for each requirement
 * no stranger's file would fit, and there uv looks into all of them as pip does.
 */
async function installWithUv(toolchain: Toolchain, plan: InstallPlan, uv: string): Promise<void> {
  await makeUvVenv(toolchain, uv);
  const hashed = plan.hashes ? ['--require-hashes', '--index-strategy', 'unsafe-best-match'] : [];
  const python = join(scripts(toolchain.venv), 'python');
  const file = join(toolchain.root, plan.installer.file);
  const { groups, extras } = plan.installer.kind === 'project' ? plan.production : { groups: [], extras: [] };
  const also = [
    ...extras.flatMap((extra) => ['--extra', extra]),
    ...groups.flatMap((group) => ['--group', `${file}:${group}`]),
  ];
  const args = ['pip', 'install', '--python', python, ...hashed, '-r', file, ...also];
  await runInstaller(toolchain, plan, `uv pip install -r ${plan.installer.file}`, {
    program: uv,
    args,
    env: toolchain.env,
  });
}

async function installWithPip(toolchain: Toolchain, plan: InstallPlan): Promise<void> {
  await makeVenv(toolchain, toolchain.venv);
  const file = join(toolchain.root, plan.installer.file);
  const args = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', file];
  const program = join(scripts(toolchain.venv), 'python');
  await runInstaller(toolchain, plan, `pip install -r ${plan.installer.file}`, { program, args, env: toolchain.env });
}

/** The programs that took part in an install. */
export interface UsedTools {
  readonly uv: string | undefined;
  /** The one that reads the lock file, where that is not uv. */
  readonly tool?: string;
}

/**
 * Installs the dependencies of production into the private environment.
 * @throws DeployError INSTALL_FAILED.
 */
export async function runInstall(toolchain: Toolchain, plan: InstallPlan): Promise<UsedTools> {
  if (plan.pip) {
    await installWithPip(toolchain, plan);
    return { uv: undefined };
  }
  const { kind } = plan.installer;
  const uv = await findUv(toolchain);
  if (kind === 'uv') await syncWithUv(toolchain, plan, uv);
  else if (kind === 'requirements' || kind === 'project') await installWithUv(toolchain, plan, uv);
  else if (kind !== 'pixi') return { uv, tool: await installWithTool(toolchain, plan, kind, uv) };
  return { uv };
}

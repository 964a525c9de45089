import { posix } from 'node:path';
import { DeployError } from '../../core/errors.ts';
import { below } from '../../lib/paths.ts';
import type { Pyproject } from './pyproject.ts';

export type InstallerKind = 'uv' | 'poetry' | 'pdm' | 'pipenv' | 'pixi' | 'requirements' | 'project';

/** How the dependencies are installed. Paths are relative to the working directory, with forward slashes. */
export interface Installer {
  readonly kind: InstallerKind;
  /** Where the tool runs. */
  readonly folder: string;
  /** The lock file, the requirements, or pyproject.toml. */
  readonly file: string;
}

/** What a folder says of dependencies. */
export interface ProjectFolder {
  /** Relative to the working directory. */
  readonly path: string;
  /** Its absolute path. */
  readonly absolute: string;
  readonly names: readonly string[];
  /** Names in its folder `requirements`. */
  readonly requirements: readonly string[];
  readonly pyproject: Pyproject | undefined;
  /** Text of one of the files that decide an install; undefined where it is not there. */
  readonly text: (name: string) => string | undefined;
}

const lockFiles = [
  ['uv.lock', 'uv'],
  ['poetry.lock', 'poetry'],
  ['pdm.lock', 'pdm'],
  ['Pipfile.lock', 'pipenv'],
  ['pixi.lock', 'pixi'],
] as const;

/** In a folder `requirements`, the file that production is installed from: the first that is there. */
const productionFiles = ['production.txt', 'prod.txt', 'deploy.txt', 'base.txt'] as const;

const isLock = ({ kind }: Installer): boolean => kind !== 'requirements' && kind !== 'project';

/** Whether a uv.lock was made for this member of its workspace, too. */
const hasMember = (lock: string, member: string): boolean =>
  [...lock.matchAll(/source = \{ (?:editable|virtual|directory) = "([^"]+)" \}/g)].some(([, path]) => path === member);

/**
 * Where uv runs: in the folder of the member nearest to manage.py, of which it installs the dependencies, and not those of the
 * whole workspace. Undefined where a project lies below the lock file and is no member of it.
 */
function uvFolder(lock: ProjectFolder, nearer: readonly ProjectFolder[]): string | undefined {
  const member = nearer.find(({ pyproject }) => pyproject?.project);
  if (!member) return lock.path;
  return hasMember(lock.text('uv.lock') ?? '', below(lock.absolute, member.absolute) ?? '.') ? member.path : undefined;
}

function candidates(folder: ProjectFolder, nearer: readonly ProjectFolder[]): Installer[] {
  const { path, names, requirements, pyproject } = folder;
  const found: Installer[] = [];
  const add = (kind: InstallerKind, name: string, runsIn = path) =>
    found.push({ kind, folder: runsIn, file: posix.join(path, name) });
  for (const [name, kind] of lockFiles) {
    if (!names.includes(name)) continue;
    const runsIn = kind === 'uv' ? uvFolder(folder, nearer) : path;
    if (runsIn !== undefined) add(kind, name, runsIn);
  }
  const production = productionFiles.find((name) => requirements.includes(name));
  if (production) add('requirements', `requirements/${production}`);
  if (names.includes('requirements.txt')) add('requirements', 'requirements.txt');
  // Beside a lock file or requirements, pyproject.toml is where they come from and no other way to install.
  if (found.length === 0 && pyproject?.dependencies) add('project', 'pyproject.toml');
  return found;
}

/**
 * Picks the installer: next to manage.py first, then in the folders above; lock files before requirements, and those before
 * a pyproject.toml. A lock file further up beats a pyproject.toml that has none: uv, Poetry and the others look up for theirs.
 * @param folders In the order in which they count: from that of manage.py up to the root of the checkout.
 * @returns `ignored` are the other ones of the working directory.
 */
export function chooseInstaller(folders: readonly ProjectFolder[]): {
  installer: Installer | undefined;
  ignored: string[];
} {
  const all = folders.flatMap((folder, at) => candidates(folder, folders.slice(0, at)));
  const [nearest] = all;
  const installer = nearest?.kind === 'project' ? (all.find(isLock) ?? nearest) : nearest;
  const others = all.filter((one) => one !== installer && one.kind !== 'project' && !one.file.startsWith('../'));
  return { installer, ignored: others.map(({ file }) => file) };
}

/** What there is instead of an installer, and what to type. */
const dead: readonly {
  readonly found: (folder: ProjectFolder) => string | undefined;
  readonly lacks: string;
  readonly hint: (file: string, folder: ProjectFolder) => string;
}[] = [
  {
    found: ({ names }) => names.find((name) => name === 'Pipfile'),
    lacks: 'Pipfile.lock',
    hint: () => 'Run "pipenv lock" and commit Pipfile.lock.',
  },
  {
    found: ({ pyproject }) => (pyproject?.poetry ? 'pyproject.toml' : undefined),
    lacks: 'poetry.lock',
    hint: () => 'Run "poetry lock" and commit poetry.lock.',
  },
  {
    found: ({ names }) => names.find((name) => name === 'setup.py' || name === 'setup.cfg'),
    lacks: 'lock file or requirements.txt',
    hint: (_file, { path }) => `Set install to what installs it, for example install: pip install ${inFolder(path)}`,
  },
  {
    found: ({ requirements }) => requirements.find((name) => name.endsWith('.txt')),
    lacks: productionFiles.map((name) => `requirements/${name}`).join(', '),
    hint: (file) => `Set install to the file that production needs, for example install: pip install -r ${file}`,
  },
];

const inFolder = (path: string): string => (path === '.' ? '.' : `./${path}`);

/** How a project that names its packages nowhere gets a file that does. @param folder Of manage.py. */
export function makeRequirements(folder: string): string {
  const file = posix.join(folder, 'requirements.txt');
  return `Make ${file} and commit it: run "pip freeze > ${file}" in the virtual environment in which the project runs, or write its packages there, one a line, for example Django==5.2.8.`;
}

/** The error of a project that says nowhere what it needs, or not in a way that installs the same twice. */
export function noInstaller(folders: readonly ProjectFolder[]): DeployError {
  for (const folder of folders) {
    for (const { found, lacks, hint } of dead) {
      const name = found(folder);
      if (name === undefined) continue;
      const file = posix.join(folder.path, folder.requirements.includes(name) ? `requirements/${name}` : name);
      return new DeployError('INSTALL_FAILED', `There is a ${file} and no ${lacks}.`, { hint: hint(file, folder) });
    }
  }
  for (const { path, pyproject } of folders) {
    const group = pyproject?.optional.find(({ kind, packages }) => kind === 'group' && packages.includes('django'));
    if (!group) continue;
    const file = posix.join(path, 'pyproject.toml');
    return new DeployError('INSTALL_FAILED', `${file} names Django in the group "${group.name}" alone.`, {
      hint: `Set install: uv pip install --group ${path === '.' ? group.name : `${file}:${group.name}`}; or move what production needs to the dependencies of the project, and commit a lock file.`,
    });
  }
  return new DeployError(
    'INSTALL_FAILED',
    'There is no lock file, no requirements.txt and no pyproject.toml with dependencies beside manage.py or in the working directory.',
    {
      hint: `${makeRequirements(folders[0]?.path ?? '.')} If the packages are named elsewhere, set install to the command line that installs them, or to none where an earlier step has done so.`,
    },
  );
}

import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { chooseInstaller, type Installer, makeRequirements } from '../../src/project/install/choose-installer.ts';
import { exportCommand } from '../../src/project/install/export-requirements.ts';
import { foldersUp, readProjectFolder } from '../../src/project/install/project-folder.ts';
import { type Production, productionPlan } from '../../src/project/install/run-install.ts';
import { toolVersions } from '../../src/project/install/tool-versions.ts';
import { uv, type Venv, venvAt } from './python.ts';

/** The server that runs the app, where its requirements bring none. */
const appServer = 'gunicorn==27.0.1';

/** Flags of uv for groups and extras. */
const uvFlags = ({ groups, extras }: Production, file = '') => [
  ...extras.flatMap((extra) => ['--extra', extra]),
  ...groups.flatMap((group) => ['--group', `${file}${group}`]),
];

/** Installs what the project's own lock file or requirements name for production into a virtual environment. */
async function install(root: string, venv: string, installer: Installer, production: Production, signal: AbortSignal) {
  const { kind, file } = installer;
  const cwd = join(root, installer.folder);
  const name = basename(file);
  const add = ['pip', 'install', '--quiet', '--python', venvAt(venv).python, '-r'];
  if (kind === 'uv') {
    const args = ['sync', '--quiet', '--frozen', '--no-default-groups', '--active', ...uvFlags(production)];
    await uv(args, { cwd, signal, env: { ...process.env, VIRTUAL_ENV: venv } });
  } else if (kind === 'requirements') {
    await uv([...add, join(root, file)], { cwd, signal });
  } else if (kind === 'project') {
    await uv([...add, name, ...uvFlags(production, `${name}:`)], { cwd, signal });
  } else if (kind === 'pixi') {
    throw new Error(`The host on this machine has no pixi, which ${file} is for. Commit a requirements.txt beside it.`);
  } else {
    const plan = { installer, production, hashes: false, pip: false, isLocked: true };
    const command = exportCommand(plan, { uv: undefined, tool: kind });
    const { program = kind, args = [], env } = command ?? {};
    // Poetry has it in a package of its own.
    const plugin = kind === 'poetry' ? ['--with', 'poetry-plugin-export'] : [];
    const tool = ['tool', 'run', '--from', toolVersions[kind], ...plugin, program, ...args];
    const input = await uv(tool, { cwd, signal, env: { ...process.env, ...env } });
    await uv([...add, '-'], { cwd, signal, input });
  }
}

/**
 * Installs what an artifact needs, for the Python that it was built with, as hosts do that build from it.
 * @param release Folder of the unpacked artifact.
 * @param project Folder of manage.py in it.
 * @param folder Where the virtual environment is made.
 */
export async function installApp(release: string, project: string, folder: string, signal: AbortSignal): Promise<Venv> {
  const folders = await Promise.all(
    foldersUp(release, release, project).map((path) => readProjectFolder(release, path)),
  );
  const { installer } = chooseInstaller(folders);
  if (installer === undefined) {
    throw new Error(`The artifact names no packages for the host. ${makeRequirements(project)}`);
  }
  const record = await readFile(join(release, '.deploy-django', 'release.json'), 'utf8');
  const { python } = JSON.parse(record) as { readonly python: string };
  const venv = venvAt(folder);
  await uv(['venv', '--quiet', '--clear', '--python', python.split('.', 2).join('.'), folder], { signal });
  await install(release, folder, installer, productionPlan(installer, folders), signal);
  const has = await uv(['pip', 'list', '--python', venv.python, '--format', 'freeze'], { signal });
  if (!/^gunicorn==/m.test(has)) {
    await uv(['pip', 'install', '--quiet', '--python', venv.python, appServer], { signal });
  }
  return venv;
}

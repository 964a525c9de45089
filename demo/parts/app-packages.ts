import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { toolVersions } from '../../src/project/install/tool-versions.ts';
import { uv, type Venv, venvAt } from './python.ts';

/** What an artifact says of the build, as far as a host needs it to install the same. */
interface Record {
  readonly python: string;
  readonly lock: { readonly path: string } | null;
}

/** The server that runs the app, where its requirements bring none. */
const appServer = 'gunicorn==27.0.1';

/** How each tool writes its lock file as requirements, by the name of that file. */
const exports: { readonly [lock: string]: readonly string[] } = {
  'poetry.lock': [toolVersions.poetry, '--with', 'poetry-plugin-export', 'poetry', 'export', '--without-hashes'],
  'pdm.lock': [toolVersions.pdm, 'pdm', 'export', '--prod', '--without-hashes', '--format', 'requirements'],
  'Pipfile.lock': [toolVersions.pipenv, 'pipenv', 'requirements'],
};

/**
 * Installs what an artifact's own lock file or requirements name, for the Python that it was built with, as hosts do that build.
 * @param release Folder of the unpacked artifact.
 * @param project Folder of manage.py in it.
 * @param folder Where the virtual environment is made.
 */
export async function installApp(release: string, project: string, folder: string, signal: AbortSignal): Promise<Venv> {
  const text = await readFile(join(release, '.deploy-django', 'release.json'), 'utf8');
  const { python, lock } = JSON.parse(text) as Record;
  const venv = venvAt(folder);
  await uv(['venv', '--quiet', '--clear', '--python', python.split('.', 2).join('.'), folder], { signal });
  const file = lock?.path ?? 'requirements.txt';
  const cwd = join(release, dirname(file));
  const name = basename(file);
  const add = (...what: string[]) =>
    uv(['pip', 'install', '--quiet', '--python', venv.python, ...what], { cwd, signal });
  const exported = exports[name];
  if (name === 'uv.lock') {
    const env = { ...process.env, VIRTUAL_ENV: folder };
    await uv(['sync', '--quiet', '--frozen', '--no-dev', '--active'], { cwd: join(release, project), env, signal });
  } else if (name === 'pyproject.toml') {
    await add('.');
  } else if (exported !== undefined) {
    const requirements = await uv(['tool', 'run', '--from', ...exported], { cwd, signal });
    await uv(['pip', 'install', '--quiet', '--python', venv.python, '-r', '-'], { cwd, signal, input: requirements });
  } else if (name.endsWith('.txt')) {
    await add('-r', name);
  } else {
    throw new Error(`The host on this machine cannot install from ${file}. Commit a requirements.txt beside it.`);
  }
  const has = await uv(['pip', 'list', '--python', venv.python, '--format', 'freeze'], { signal });
  if (!/^gunicorn==/m.test(has)) await add(appServer);
  return venv;
}

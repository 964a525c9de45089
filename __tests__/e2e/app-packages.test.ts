import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { installApp } from '../../demo/parts/app-packages.ts';
import { ensureVenv, systemPython } from '../../demo/parts/python.ts';
import { toolVersions } from '../../src/project/install/tool-versions.ts';
import { tempFolder, writeFiles } from '../support/project.ts';

/** What the local host installs for an artifact, by the file that says it. */
const run = promisify(execFile);

const project = (more = '') =>
  `[project]\nname = "shop"\nversion = "1.0"\nrequires-python = ">=3.10"\ndependencies = ["iniconfig"]\n${more}`;
const groups = '[dependency-groups]\nproduction = ["sqlparse"]\ndev = ["asgiref"]\n';

interface Given {
  readonly files: Readonly<Record<string, string>>;
  readonly lock?: keyof typeof toolVersions;
  /** Those of these packages that are to be there. */
  readonly wanted: readonly string[];
}

const kinds: Readonly<Record<string, Given>> = {
  'requirements.txt': { files: { 'requirements.txt': 'iniconfig\n' }, wanted: ['gunicorn', 'iniconfig'] },
  'requirements/production.txt, with a file that it takes in and a server of its own': {
    files: { 'requirements/base.txt': 'iniconfig\n', 'requirements/production.txt': '-r base.txt\ngunicorn==23.0.0\n' },
    wanted: ['gunicorn', 'iniconfig'],
  },
  'pyproject.toml without a layout that could be built': {
    files: { 'pyproject.toml': project(groups), 'one/__init__.py': '', 'two/__init__.py': '' },
    wanted: ['gunicorn', 'iniconfig', 'sqlparse'],
  },
  'uv.lock': {
    files: { 'pyproject.toml': project(groups) },
    lock: 'uv',
    wanted: ['gunicorn', 'iniconfig', 'sqlparse'],
  },
  'pdm.lock': {
    files: { 'pyproject.toml': project('[tool.pdm]\ndistribution = false\n') },
    lock: 'pdm',
    wanted: ['gunicorn', 'iniconfig'],
  },
  'Pipfile.lock': {
    files: { Pipfile: '[packages]\niniconfig = "*"\n[dev-packages]\nasgiref = "*"\n' },
    lock: 'pipenv',
    wanted: ['gunicorn', 'iniconfig'],
  },
};

async function installed(files: Readonly<Record<string, string>>, lock?: keyof typeof toolVersions): Promise<string[]> {
  const release = tempFolder();
  const { stdout: version } = await run(await systemPython(), [
    '-c',
    'import platform; print(platform.python_version())',
  ]);
  await writeFiles(release, { ...files, '.deploy-django/release.json': JSON.stringify({ python: version.trim() }) });
  // Pipenv makes an environment for each project that it locks, in the user's home if nothing else is said.
  const env = { ...process.env, PIPENV_IGNORE_VIRTUALENVS: '1', WORKON_HOME: join(release, '.environments') };
  if (lock) await run((await ensureVenv([toolVersions[lock]])).program(lock), ['lock'], { cwd: release, env });
  const { python } = await installApp(release, '.', `${release}/packages`, new AbortController().signal);
  const question = 'import importlib.metadata as m; print(*(d.name for d in m.distributions()))';
  const { stdout } = await run(python, ['-c', question]);
  return stdout.trim().split(' ');
}

test.each(Object.entries(kinds))('%s', async (_name, { files, lock, wanted }) => {
  const known = ['gunicorn', 'iniconfig', 'sqlparse', 'asgiref'];
  const names = await installed(files, lock);
  expect(names.filter((name) => known.includes(name)).sort()).toEqual(wanted);
});

test('an artifact that names no packages is told in a sentence', async () => {
  await expect(installed({ 'manage.py': '' })).rejects.toThrow(
    'Make requirements.txt and commit it: run "pip freeze > requirements.txt"',
  );
});

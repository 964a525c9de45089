import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { chooseInstaller, noInstaller, type ProjectFolder } from '../../../../src/project/install/choose-installer.ts';
import { parsePyproject } from '../../../../src/project/install/pyproject.ts';

/** A folder by the names in it; those of its folder requirements have that before them. */
function folder(path: string, names: readonly string[], pyproject?: string): ProjectFolder {
  const requirements = names.flatMap((name) => /^requirements\/(.+)$/.exec(name)?.[1] ?? []);
  return {
    path,
    absolute: posix.join('/repo', path),
    names: names.filter((name) => !name.includes('/')),
    requirements,
    text: () => undefined,
    pyproject: pyproject === undefined ? undefined : parsePyproject(pyproject, 'pyproject.toml'),
  };
}

const pep621 = '[project]\nname = "site1"\ndependencies = ["django"]\n';
const oldPoetry = '[tool.poetry.dependencies]\npython = "^3.12"\ndjango = "*"\n';

describe('the installer', () => {
  test.each<[string[], string, string, string[]]>([
    [
      ['uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock'],
      'uv',
      'uv.lock',
      ['poetry.lock', 'pdm.lock', 'Pipfile.lock'],
    ],
    [['poetry.lock', 'pdm.lock'], 'poetry', 'poetry.lock', ['pdm.lock']],
    [['pdm.lock', 'Pipfile.lock'], 'pdm', 'pdm.lock', ['Pipfile.lock']],
    [['Pipfile', 'Pipfile.lock', 'requirements.txt'], 'pipenv', 'Pipfile.lock', ['requirements.txt']],
    [['requirements.txt', 'uv.lock'], 'uv', 'uv.lock', ['requirements.txt']],
    [['requirements.txt'], 'requirements', 'requirements.txt', []],
    [
      ['requirements.txt', 'requirements/base.txt', 'requirements/production.txt', 'requirements/dev.txt'],
      'requirements',
      'requirements/production.txt',
      ['requirements.txt'],
    ],
    [['requirements/prod.txt', 'requirements/base.txt'], 'requirements', 'requirements/prod.txt', []],
    [['requirements/deploy.txt', 'requirements/base.txt'], 'requirements', 'requirements/deploy.txt', []],
    [['requirements/base.txt'], 'requirements', 'requirements/base.txt', []],
  ])('of %j is %s by %s; beside it there is %j', (names, kind, file, ignored) => {
    expect(chooseInstaller([folder('.', names)])).toEqual({ installer: { kind, folder: '.', file }, ignored });
  });

  test.each<[string, string, string[]]>([
    ['with dependencies', pep621, []],
    ['whose build finds the dependencies', '[project]\nname = "site1"\ndynamic = ["dependencies"]\n', []],
  ])('of a pyproject.toml %s is the project', (_what, text) => {
    const { installer } = chooseInstaller([folder('.', ['pyproject.toml'], text)]);
    expect(installer).toEqual({ kind: 'project', folder: '.', file: 'pyproject.toml' });
  });

  test('is the lock file and not the pyproject.toml that it was made from, of which nothing is said', () => {
    const found = chooseInstaller([folder('.', ['pyproject.toml', 'pdm.lock'], pep621)]);
    expect(found).toMatchObject({ installer: { kind: 'pdm' }, ignored: [] });
  });

  test('is that beside manage.py before that of the working directory', () => {
    const folders = [folder('src', ['manage.py', 'requirements.txt']), folder('.', ['uv.lock'])];
    expect(chooseInstaller(folders)).toEqual({
      installer: { kind: 'requirements', folder: 'src', file: 'src/requirements.txt' },
      ignored: ['uv.lock'],
    });
    expect(chooseInstaller([folder('src', ['manage.py']), folder('.', ['uv.lock'])]).installer?.file).toBe('uv.lock');
  });

  test.each([
    ['names that only look alike', ['dev-requirements.txt', 'uv.lock.bak', 'requirements/dev.txt'], undefined],
    ['a pyproject.toml that holds settings of tools', ['pyproject.toml'], '[tool.ruff]\nline-length = 100\n'],
    ['a project without dependencies', ['pyproject.toml'], '[project]\nname = "site1"\n'],
  ])('is none for %s', (_what, names, text) => {
    expect(chooseInstaller([folder('.', names, text)])).toEqual({ installer: undefined, ignored: [] });
  });
});

describe('a project without an installer is told what to type', () => {
  test.each<[string, ProjectFolder, string, RegExp]>([
    ['Pipfile alone', folder('.', ['Pipfile']), 'There is a Pipfile and no Pipfile.lock.', /Run "pipenv lock"/],
    [
      'Poetry’s table alone',
      folder('web', ['pyproject.toml'], oldPoetry),
      'There is a web/pyproject.toml and no poetry.lock.',
      /Run "poetry lock"/,
    ],
    [
      'setup.py alone',
      folder('.', ['setup.py', 'setup.cfg']),
      'There is a setup.py and no lock file or requirements.txt.',
      /install: pip install \.$/,
    ],
    ['setup.cfg below', folder('web', ['setup.cfg']), 'There is a web/setup.cfg', /install: pip install \.\/web$/],
    [
      'other requirements',
      folder('.', ['requirements/heroku.txt']),
      'There is a requirements/heroku.txt and no requirements/production.txt, requirements/prod.txt',
      /install: pip install -r requirements\/heroku\.txt$/,
    ],
    [
      'Django in a group alone',
      folder('.', ['pyproject.toml'], '[dependency-groups]\nmain = ["Django==5.2", "bleach"]\ndev = ["pytest"]\n'),
      'pyproject.toml names Django in the group "main" alone.',
      /install: uv pip install --group main;/,
    ],
    [
      'nothing',
      folder('.', ['manage.py']),
      'There is no lock file, no requirements.txt and no pyproject.toml',
      /^Make requirements\.txt and commit it: run "pip freeze > requirements\.txt".* set install .*none/,
    ],
    [
      'nothing below',
      folder('web', ['manage.py']),
      'There is no lock file',
      /^Make web\/requirements\.txt .*"pip freeze > web\/requirements\.txt"/,
    ],
  ])('with %s', (_what, given, message, hint) => {
    const error = noInstaller([given]);
    expect(error).toMatchObject({ code: 'INSTALL_FAILED', hint: expect.stringMatching(hint) });
    expect(error.message).toContain(message);
  });
});

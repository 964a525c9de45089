import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { DeployError } from '../../../../src/core/errors.ts';
import { scripts } from '../../../../src/project/checkout/build-environment.ts';
import { installing, type Machine } from '../../../support/installing.ts';
import { failure } from '../../../support/project.ts';

const pep621 = '[project]\nname = "site1"\ndependencies = ["django"]\n';
const pinned = (name: string) =>
  expect.stringMatching(new RegExp(`--require-hashes --no-deps --requirement VENV-${name}.txt$`)) as unknown as string;
const all = ['uv', 'poetry', 'pdm', 'pipenv'];

describe('dependencies come', () => {
  test.each<[string, readonly string[], Record<string, string>, string[]]>([
    ['from uv.lock by uv', all, { 'uv.lock': '' }, ['uv sync --locked --no-default-groups']],
    [
      'from uv.lock with the group for production',
      all,
      { 'uv.lock': '', 'pyproject.toml': '[dependency-groups]\nprod = []\ndev = []\n' },
      ['uv sync --locked --no-default-groups --group prod'],
    ],
    [
      'from uv.lock by a uv of its own where there is none',
      [],
      { 'uv.lock': '' },
      ['/opt/bin/python3 -m venv VENV-uv', pinned('uv'), 'uv:uv sync --locked --no-default-groups'],
    ],
    [
      'from poetry.lock by Poetry',
      all,
      { 'poetry.lock': '', 'pyproject.toml': '[dependency-groups]\nprod = []\n' },
      [
        'uv venv --quiet --python /opt/bin/python3 VENV',
        'poetry install --only main,prod --no-root --no-interaction --no-ansi',
      ],
    ],
    [
      'from poetry.lock by a Poetry of its own where there is none',
      ['uv'],
      { 'poetry.lock': '' },
      [
        'uv venv --quiet --python /opt/bin/python3 VENV-poetry',
        pinned('poetry'),
        'uv venv --quiet --python /opt/bin/python3 VENV',
        'poetry:poetry install --only main --no-root --no-interaction --no-ansi',
      ],
    ],
    [
      'from pdm.lock by PDM',
      all,
      { 'pdm.lock': '' },
      ['uv venv --quiet --python /opt/bin/python3 VENV', 'pdm install --check --prod --no-editable'],
    ],
    [
      'from Pipfile.lock by Pipenv',
      all,
      { 'Pipfile.lock': '{}' },
      ['uv venv --quiet --python /opt/bin/python3 VENV', 'pipenv install --deploy'],
    ],
    [
      'from requirements by uv',
      all,
      { 'requirements/prod.txt': 'django' },
      [
        'uv venv --quiet --python /opt/bin/python3 VENV',
        'uv pip install --python venv:python -r ROOT/requirements/prod.txt',
      ],
    ],
    [
      'from requirements by uv, which looks into all indexes where each has a hash',
      all,
      { 'requirements.txt': '-r base.txt', 'base.txt': 'django==5.2 \\\n    --hash=sha256:0a' },
      [
        'uv venv --quiet --python /opt/bin/python3 VENV',
        'uv pip install --python venv:python --require-hashes --index-strategy unsafe-best-match -r ROOT/requirements.txt',
      ],
    ],
    [
      'from requirements by pip, where uv lacks an option',
      all,
      { 'requirements.txt': '-r base.txt', 'base.txt': '--prefer-binary\ndjango' },
      [
        '/opt/bin/python3 -m venv VENV',
        'venv:python -m pip install --disable-pip-version-check --no-input -r ROOT/requirements.txt',
      ],
    ],
    [
      'from pyproject.toml by uv, without a build of the project',
      all,
      { 'pyproject.toml': pep621 },
      ['uv venv --quiet --python /opt/bin/python3 VENV', 'uv pip install --python venv:python -r ROOT/pyproject.toml'],
    ],
  ])('%s', async (_what, programs, files, expected) => {
    const given = await installing({ programs }, { files });
    await given.work();
    expect(given.changes()).toEqual(expected);
  });

  test('from a command line, in an environment made for it, though there is a lock file', async () => {
    const given = await installing({ programs: all }, { files: { 'uv.lock': '' }, input: 'make install' });
    await given.work();
    expect(given.changes()).toEqual([
      '/opt/bin/python3 -m venv VENV',
      'bash --noprofile --norc -eo pipefail -c make install',
    ]);
  });

  test('from an earlier step with none, whatever the project says', async () => {
    const files = { Pipfile: '', 'pyproject.toml': '[project]\nrequires-python = ">=3.99"' };
    const given = await installing({}, { files, input: 'none' });
    expect(await given.work()).toEqual({
      python: { program: '/opt/bin/python3', env: expect.objectContaining({ PATH: '/usr/bin' }) },
      lockFile: undefined,
    });
    expect(given.changes()).toEqual([]);
    expect(given.shown()).toBe('');
  });
});

describe('the environment', () => {
  test.each<[string, Record<string, string>, string]>([
    ['uv', { 'uv.lock': '' }, 'auto'],
    ['Poetry', { 'poetry.lock': '' }, 'auto'],
    ['uv pip', { 'requirements.txt': '' }, 'auto'],
    ['a command line', {}, 'make install'],
  ])('that %s filled is the active one afterwards', async (_what, files, input) => {
    const given = await installing({ programs: all }, { files, input });
    const { python } = await given.work();
    const venv = join(given.scratch, 'venv');
    expect(python.program).toBe(join(scripts(venv), 'python'));
    expect(python.env).toMatchObject({ VIRTUAL_ENV: venv, PATH: `${scripts(venv)}:/usr/bin` });
    expect(python.env).not.toHaveProperty('PYTHONHOME');
  });

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['uv sync', { 'web/uv.lock': '' }, { UV_PYTHON: '/opt/bin/python3' }],
    ['poetry', { 'web/poetry.lock': '' }, { POETRY_VIRTUALENVS_CREATE: 'false' }],
    ['pdm', { 'web/pdm.lock': '' }, { PDM_CHECK_UPDATE: 'false' }],
    ['pipenv', { 'web/Pipfile.lock': '{}' }, { PIPENV_YES: '1' }],
  ])('of %s is the private one, and it runs beside the lock file', async (name, files, env) => {
    const given = await installing({ programs: all }, { files, folder: 'web' });
    await given.work();
    const [last] = given.commands.slice(-1);
    const venv = join(given.scratch, 'venv');
    expect(last).toMatchObject({ program: name.split(' ')[0], cwd: join(given.root, 'web'), env });
    expect(last?.env[name === 'uv sync' ? 'UV_PROJECT_ENVIRONMENT' : 'VIRTUAL_ENV']).toBe(venv);
  });

  test('of a command line is the private one for pip and for uv, in the working directory', async () => {
    const given = await installing({}, { input: 'uv sync' });
    await given.work();
    const own = given.commands.find(({ program }) => program === 'bash');
    const venv = join(given.scratch, 'venv');
    expect(own?.cwd).toBe(given.root);
    expect(own?.env).toMatchObject({ VIRTUAL_ENV: venv, UV_PROJECT_ENVIRONMENT: venv });
    expect(own?.env.PATH?.startsWith(scripts(venv))).toBe(true);
  });

  test('has what pip is told of indexes for uv, and not for uv.lock, which names its own', async () => {
    const machine: Machine = { programs: all, env: { PIP_EXTRA_INDEX_URL: 'https://packages.example/simple' } };
    const told = await installing(machine, { files: { 'requirements.txt': '' } });
    const locked = await installing(machine, { files: { 'uv.lock': '' } });
    await Promise.all([told.work(), locked.work()]);
    expect(told.commands.at(-1)?.env).toMatchObject({ UV_INDEX: 'https://packages.example/simple' });
    expect(locked.commands.at(-1)?.env).not.toHaveProperty('UV_INDEX');
  });

  test('is filled by pip where pip is told what uv does not know', async () => {
    const files = { 'requirements.txt': '', '.pip.conf': '[install]\nproxy = http://proxy.example:3128\n' };
    const given = await installing({ env: { PIP_CONFIG_FILE: 'PATH' } }, { files });
    const named = await installing({ env: { PIP_CONFIG_FILE: join(given.root, '.pip.conf') } }, { files });
    await Promise.all([given.work(), named.work()]);
    expect(given.changes().at(-1)).toMatch(/^uv pip install/);
    expect(named.changes().at(-1)).toMatch(/^venv:python -m pip install/);
    expect(named.said).toContain('pip installs, because uv does not know proxy.');
  });
});

describe('what was installed', () => {
  test.each<[Record<string, string>, string, string | undefined]>([
    [{ 'uv.lock': '' }, '.', 'uv.lock'],
    [{ 'web/poetry.lock': '' }, 'web', 'web/poetry.lock'],
    [{ 'requirements.txt': '' }, '.', 'requirements.txt'],
    [{ 'pyproject.toml': pep621 }, '.', 'pyproject.toml'],
  ])('from %j below %s is said by %s', async (files, folder, lockFile) => {
    const given = await installing({ programs: all }, { files, folder });
    expect((await given.work()).lockFile).toBe(lockFile);
  });

  test('and what was passed over is told, but not where the input says how to install', async () => {
    const files = { 'uv.lock': '', 'requirements.txt': '', 'Pipfile.lock': '{}' };
    const given = await installing({}, { files });
    await given.work();
    expect(given.said).toContain(
      'warning: Dependencies are installed from uv.lock; Pipfile.lock, requirements.txt is not used.',
    );
    const told = await installing({}, { files, input: 'make' });
    await told.work();
    expect(told.said.join()).not.toContain('warning');
  });
});

describe('an error', () => {
  test('says what there is to do where nothing says what to install, and nothing is run', async () => {
    const given = await installing({}, { files: { Pipfile: '' } });
    const error = await failure<DeployError>(given.work);
    expect(error).toMatchObject({ code: 'INSTALL_FAILED', hint: expect.stringContaining('pipenv lock') });
    expect(given.commands).toEqual([]);
  });

  test.each<[string, Record<string, string>, string, string, RegExp]>([
    ['uv sync', { 'uv.lock': '' }, 'auto', 'uv sync', /run "uv lock" and commit it/],
    ['Poetry', { 'poetry.lock': '' }, 'auto', 'poetry install', /run "poetry lock" and commit it/],
    ['PDM', { 'pdm.lock': '' }, 'auto', 'pdm install', /run "pdm lock" and commit it/],
    ['Pipenv', { 'Pipfile.lock': '{}' }, 'auto', 'pipenv install', /run "pipenv lock" and commit it/],
    ['uv pip', { 'requirements.txt': '' }, 'auto', 'uv pip', /python-version of .* UV_INDEX_STRATEGY/],
    ['pip', { 'requirements.txt': '--pre' }, 'auto', '-m pip install', /another Python, set python-version/],
    ['the command line', {}, 'make install', 'make install', /input install/],
    ['the virtual environment', {}, 'make install', '-m venv', /python3-venv/],
  ])('of %s has its last lines and a hint, and nothing is run after it', async (_what, files, input, part, hint) => {
    const output = 'Resolving\nNo matching distribution found for django==99\n';
    const given = await installing({ programs: all, results: { [part]: { exit: 1, output } } }, { files, input });
    const error = await failure<DeployError>(given.work);
    expect(error.code).toBe('INSTALL_FAILED');
    expect(error.message).toMatch(/ failed with exit code 1\. Its last lines:\n {2}Resolving\n {2}No matching dist/);
    expect(error.hint).toMatch(hint);
    expect(given.shown()).toContain('No matching distribution');
    expect(given.changes().at(-1)).toContain(part);
  });

  test.each([
    ['uv', { 'uv.lock': '' }, [], 'VENV-uv.txt', /uses: astral-sh\/setup-uv/],
    ['Poetry', { 'poetry.lock': '' }, ['uv'], 'VENV-poetry.txt', /run: pipx install poetry/],
  ])('of bringing %s says which step brings it', async (_what, files, programs, part, hint) => {
    const given = await installing({ programs, results: { [part]: { exit: 1 } } }, { files });
    expect(await failure(given.work)).toMatchObject({ code: 'INSTALL_FAILED', hint: expect.stringMatching(hint) });
  });
});

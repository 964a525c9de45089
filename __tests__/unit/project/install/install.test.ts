import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { DeployError } from '../../../../src/core/errors.ts';
import type { Command } from '../../../../src/core/ports.ts';
import { scripts } from '../../../../src/project/checkout/build-environment.ts';
import { installing, type Machine } from '../../../support/installing.ts';
import { failure, writeFiles } from '../../../support/project.ts';

const pep621 = '[project]\nname = "site1"\ndependencies = ["django"]\n';
const pinned = (name: string) =>
  expect.stringMatching(new RegExp(`--require-hashes --no-deps --requirement VENV-${name}.txt$`)) as unknown as string;
/** uv by the pip of the machine's Python. */
const ownUv = (packages: string) =>
  `/opt/bin/python3 -m pip install --quiet --disable-pip-version-check --no-compile --no-warn-script-location --target VENV-uv ${packages}`;
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
      [
        ownUv('--require-hashes --no-deps --requirement VENV-uv.txt'),
        '/opt/bin/python3 -m venv VENV-uv',
        pinned('uv'),
        'uv:uv sync --locked --no-default-groups',
      ],
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
      'from a Pipfile.lock that another Pipenv made, whose hash of the names this one refuses',
      all,
      {
        Pipfile: '[packages]\nDjango = "*"\n',
        'Pipfile.lock':
          '{"_meta": {"hash": {"sha256": "0ba34e976e5aa61c01bec0cca77af54f1980dce573efea0f36f7538fb149cf7e"}}}',
      },
      ['uv venv --quiet --python /opt/bin/python3 VENV', 'pipenv sync'],
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
    [
      'from an extra for production, too, by uv',
      all,
      { 'uv.lock': '', 'pyproject.toml': '[project]\nname = "a"\n[project.optional-dependencies]\nprod = []\n' },
      ['uv sync --locked --no-default-groups --extra prod'],
    ],
    [
      'from an extra and a group of Poetry for production, too',
      all,
      {
        'poetry.lock': '',
        'pyproject.toml':
          '[tool.poetry.extras]\nprod = ["gunicorn"]\n[tool.poetry.group.deploy.dependencies]\ngunicorn = "*"\n',
      },
      [
        'uv venv --quiet --python /opt/bin/python3 VENV',
        'poetry install --only main,deploy --extras prod --no-root --no-interaction --no-ansi',
      ],
    ],
    [
      'from an extra for production that pdm.lock holds, and from no other',
      all,
      {
        'pdm.lock': '[metadata]\ngroups = ["default", "prod"]\n',
        'pyproject.toml': '[project.optional-dependencies]\nprod = []\ndeploy = []\n',
      },
      ['uv venv --quiet --python /opt/bin/python3 VENV', 'pdm install --check --prod --no-editable --group prod'],
    ],
    [
      'from a category of Pipfile.lock for production, too',
      all,
      { 'Pipfile.lock': JSON.stringify({ default: {}, production: {} }, null, 4) },
      ['uv venv --quiet --python /opt/bin/python3 VENV', 'pipenv install --deploy --categories packages production'],
    ],
    [
      'from an extra and a group of a bare pyproject.toml for production, too',
      all,
      {
        'pyproject.toml': `${pep621}[project.optional-dependencies]\nprod = []\n[dependency-groups]\ndeploy = []\n`,
      },
      [
        'uv venv --quiet --python /opt/bin/python3 VENV',
        'uv pip install --python venv:python -r ROOT/pyproject.toml --extra prod --group ROOT/pyproject.toml:deploy',
      ],
    ],
    [
      'by the version of uv that the project requires, where that on the PATH is another',
      all,
      { 'uv.lock': '', 'pyproject.toml': '[tool.uv]\nrequired-version = "<0.5"\n' },
      [
        ownUv('uv<0.5'),
        '/opt/bin/python3 -m venv VENV-uv',
        'uv:python -m pip install --quiet --disable-pip-version-check uv<0.5',
        'uv:uv sync --locked --no-default-groups',
      ],
    ],
    [
      'by the version of uv that uv.toml requires',
      all,
      { 'uv.lock': '', 'uv.toml': 'required-version = "0.4.1"\n' },
      [
        ownUv('uv==0.4.1'),
        '/opt/bin/python3 -m venv VENV-uv',
        'uv:python -m pip install --quiet --disable-pip-version-check uv==0.4.1',
        'uv:uv sync --locked --no-default-groups',
      ],
    ],
  ])('%s', async (_what, programs, files, expected) => {
    const results = { 'uv --version': { output: 'uv 0.9.2 (0a1b 2026-01-01)\n' } };
    const given = await installing({ programs, ...(programs.includes('uv') ? { results } : {}) }, { files });
    await given.work();
    expect(given.changes()).toEqual(expected);
  });

  test('by a uv of its own without an environment of its own, where the pip of Python puts it into a folder', async () => {
    const putsIt = async ({ args }: Command) => {
      await writeFiles(args[args.indexOf('--target') + 1] ?? '', { 'bin/uv': '' });
      return {};
    };
    const machine = { programs: [], results: { '--target VENV-uv': putsIt } };
    const given = await installing(machine, { files: { 'uv.lock': '' } });
    await given.work();
    expect(given.changes()).toEqual([
      ownUv('--require-hashes --no-deps --requirement VENV-uv.txt'),
      'uv:uv sync --locked --no-default-groups',
    ]);
  });

  test('from a command line that names a package manager, which is on its PATH', async () => {
    const given = await installing({ programs: [] }, { input: 'poetry install --with web && make uv-docs' });
    await given.work();
    const path = given.commands.at(-1)?.env.PATH?.split(':') ?? [];
    expect(path[0]).toBe(scripts(join(given.scratch, 'venv')));
    expect(path.at(-1)).toBe(scripts(join(given.scratch, 'venv-poetry')));
    expect(path).not.toContain(scripts(join(given.scratch, 'venv-uv')));
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
      optional: [],
    });
    expect(given.changes()).toEqual([]);
    expect(given.shown()).toBe('');
  });
});

describe('a project in a folder of a larger checkout', () => {
  const member = '[project]\nname = "web"\ndependencies = ["django"]\n';
  const lock = 'source = { virtual = "apps/web" }\n';

  test.each<[string, Record<string, string>, string, string, string | undefined]>([
    ['by the uv.lock of its workspace', { '../uv.lock': lock }, 'apps/web', 'uv sync', 'apps/web'],
    ['by a uv.lock of a workspace that it is no member of', { '../uv.lock': '' }, 'apps/web', 'uv pip', undefined],
    ['by a poetry.lock above', { '../poetry.lock': '' }, 'apps/web', 'poetry install', ''],
  ])('is installed %s', async (_what, files, folder, command, runsIn) => {
    const above = Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace('../', ''), text]));
    const given = await installing(
      { programs: all },
      { files: { ...above, [`${folder}/pyproject.toml`]: member }, folder },
    );
    await given.work();
    expect(given.changes().at(-1)).toContain(command);
    if (runsIn !== undefined) expect(given.commands.at(-1)?.cwd).toBe(join(given.root, runsIn));
  });

  test('is installed by a lock file above the working directory, up to the root of the checkout', async () => {
    const given = await installing(
      { programs: all },
      { files: { '../uv.lock': 'source = { editable = "site" }', 'pyproject.toml': member } },
    );
    expect((await given.work()).lockFile).toBe('../uv.lock');
    expect(given.commands.at(-1)).toMatchObject({ cwd: given.root });
  });

  test('says nothing of a file of requirements that takes in the one that is used', async () => {
    const files = { 'requirements.txt': '-r requirements/production.txt\n', 'requirements/production.txt': 'django' };
    const given = await installing({}, { files });
    await given.work();
    expect(given.said.join()).not.toContain('not used');
  });
});

describe('packages in a folder of their own', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['src, beside a pyproject.toml', { 'pyproject.toml': pep621, 'src/shop/apps.py': '' }, ['src']],
    [
      'src, beside a poetry.lock',
      { 'pyproject.toml': '[tool.poetry.dependencies]\ndjango = "*"\n', 'poetry.lock': '', 'src/shop/apps.py': '' },
      ['src'],
    ],
    [
      'the one that Poetry is told',
      {
        'pyproject.toml': '[tool.poetry]\npackages = [{ include = "shop", from = "lib" }]\n',
        'poetry.lock': '',
        'lib/shop/apps.py': '',
      },
      ['lib'],
    ],
    [
      'the one that setuptools is told',
      { 'pyproject.toml': `${pep621}[tool.setuptools.packages.find]\nwhere = ["python"]\n`, 'python/shop/apps.py': '' },
      ['python'],
    ],
    ['src with no Python in it', { 'pyproject.toml': pep621, 'src/main.ts': '' }, []],
    ['src of a project that is no package', { 'requirements.txt': '', 'src/shop/apps.py': '' }, []],
  ])('are found by Python: %s', async (_what, files, expected) => {
    const given = await installing({ programs: all }, { files });
    const { python } = await given.work();
    expect(python.env.PYTHONPATH ?? '').toBe(expected.map((path) => join(given.root, path)).join(':'));
  });
});

describe('a pixi.lock', () => {
  const hook = JSON.stringify({
    environment_variables: { CONDA_PREFIX: '/envs/prod', PATH: '/envs/prod/bin:/usr/bin' },
  });
  const files = {
    'pixi.lock':
      'version: 6\nenvironments:\n  default:\n    channels: []\n  prod:\n    channels: []\npackages:\n- conda: x\n',
  };

  test('is installed by pixi, with the environment for production, and its Python is that of the build', async () => {
    const given = await installing({ programs: ['pixi'], results: { 'shell-hook': { output: hook } } }, { files });
    const { python, lockFile, exportRequirements } = await given.work();
    expect(exportRequirements).toBeDefined();
    expect(given.changes()).toEqual([
      'pixi install --locked --environment prod',
      'pixi shell-hook --locked --environment prod --json',
    ]);
    expect(python).toMatchObject({ program: '/envs/prod/bin/python', env: { PATH: '/envs/prod/bin:/usr/bin' } });
    expect(lockFile).toBe('pixi.lock');
  });

  test('wants the step that brings pixi', async () => {
    const given = await installing({ programs: [] }, { files });
    expect(await failure(given.work)).toMatchObject({
      code: 'INSTALL_FAILED',
      hint: expect.stringContaining('prefix-dev/setup-pixi'),
    });
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
      'warning: Dependencies are installed from uv.lock; Pipfile.lock, requirements.txt are not used.',
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
    ['PDM', { 'pdm.lock': '' }, 'auto', 'pdm install', /run "pdm lock --update-reuse" and commit it/],
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

import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { ensureVenv, type Venv } from '../../demo/parts/python.ts';
import { type CacheService, startCacheService } from '../support/cache-service.ts';
import { type Project, startProject } from '../support/django-project.ts';
import { packageRepository, writeSourceArchive } from '../support/own-package.ts';
import { type PackageIndex, startPackageIndex } from '../support/package-index.ts';
import { writeFiles } from '../support/project.ts';

/** Real package managers, a private index that wants a password, and real git: what projects are installed with. */
const run = promisify(execFile);

let index: PackageIndex;
let cache: CacheService;
let tools: Record<'uv' | 'poetry' | 'pdm' | 'pipenv', Venv>;
let minor: string;
const open: string[] = [];

beforeAll(async () => {
  // Poetry and PDM lock for every system, so that the index needs what only Windows does.
  const own = await tempFolder();
  await writeSourceArchive(own, 'harbour_tides');
  index = await startPackageIndex(['Django~=5.2.0', 'iniconfig', 'tzdata', 'typing-extensions'], own);
  cache = await startCacheService();
  const uv = await ensureVenv(['uv==0.13.9']);
  const poetry = await ensureVenv(['poetry==2.5.1']);
  tools = {
    uv,
    poetry,
    pdm: await ensureVenv(['pdm[locked]==2.29.3']),
    pipenv: await ensureVenv(['pipenv==2026.10.3']),
  };
  const { stdout } = await run(uv.python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
  minor = stdout.trim();
});
afterAll(async () => {
  await index.stop();
  await cache.stop();
  for (const folder of open) await rm(folder, { recursive: true, force: true });
});

async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deploy-django-install-'));
  open.push(folder);
  return folder;
}

/** A project that says its dependencies nowhere yet, and collects to a folder. */
async function make(): Promise<Project> {
  const project = await startProject();
  open.push(project.folder);
  await rm(join(project.folder, 'requirements.txt'));
  await project.append('site1/settings.py', 'STATIC_ROOT = BASE_DIR / "staticfiles"\n');
  return project;
}

/** Variables of a job that has these programs and no other package manager, and nobody's configuration and caches. */
async function machine(...programs: string[]): Promise<Record<string, string>> {
  const folder = await tempFolder();
  for (const program of new Set(programs)) await symlink(program, join(folder, program.split('/').at(-1) ?? ''));
  const system = [dirname((await ensureVenv([])).python), '/usr/bin', '/bin'];
  const unset = Object.keys(process.env).filter((name) => /^(PIP|UV|POETRY|PDM|PIPENV)_(?!CERT$)/.test(name));
  return {
    ...Object.fromEntries(unset.map((name) => [name, ''])),
    HOME: await tempFolder(),
    PATH: [folder, ...system].join(':'),
  };
}

const build = async (project: Project, env: Record<string, string>, inputs: Record<string, string> = {}) =>
  runAction({ workspace: project.folder, sha: await project.commit(), env, inputs: { host: 'none', ...inputs } });

/** What came of a run, with the end of its log where it failed. */
const ended = ({ outputs, log }: ActionResult) => (outputs.status === 'built' ? 'built' : log.slice(-3_000));

/** The password of the index as it is, and as it is sent. */
const canaries = /canary|cmVhZGVyOm/;

async function requirementsIn(artifact: string): Promise<string> {
  const folder = await tempFolder();
  const { python } = await ensureVenv([]);
  await run(python, ['-m', 'zipfile', '-e', artifact, folder]);
  return readFile(join(folder, 'requirements.txt'), 'utf8');
}

/** The lines that ask the runner to hide a value name it, and are no part of the log. */
const shown = ({ log }: ActionResult) => log.replace(/^::add-mask::.*$/gm, '');

function expectNoSecret(result: ActionResult): void {
  const { outputs, summary } = result;
  expect(shown(result)).not.toMatch(canaries);
  expect(JSON.stringify(outputs) + summary).not.toMatch(canaries);
}

const pyproject = (more = '') =>
  `[project]\nname = "site1"\nversion = "1"\nrequires-python = ">=${minor}"\ndependencies = ["Django~=5.2.0"]\n[dependency-groups]\ndev = ["iniconfig"]\n${more}`;

describe('a project with a lock file from a private index is installed by', () => {
  const secrets = () => ({ INDEX_USER: index.user, INDEX_PASSWORD: index.password });
  const embedded = () => index.url.replace('//', '//$' + '{INDEX_USER}:$' + '{INDEX_PASSWORD}@');

  interface Way {
    readonly files: () => Record<string, string>;
    readonly lock: readonly string[];
    readonly lockFile: string;
    /** Variables by which the tool gets the password. */
    readonly env: () => Record<string, string>;
    /** The password goes by the input env, because the file asks for it by a name of its own. */
    readonly byInput?: boolean;
  }
  const ways: Record<keyof typeof tools, Way> = {
    uv: {
      files: () => ({
        'pyproject.toml': pyproject(`[[tool.uv.index]]\nname = "harbour"\nurl = "${index.url}"\ndefault = true\n`),
      }),
      lock: ['lock'],
      lockFile: 'uv.lock',
      env: () => ({ UV_INDEX_HARBOUR_USERNAME: index.user, UV_INDEX_HARBOUR_PASSWORD: index.password }),
    },
    poetry: {
      files: () => ({
        'pyproject.toml': `[tool.poetry]\npackage-mode = false\n[[tool.poetry.source]]\nname = "harbour"\nurl = "${index.url}"\n[tool.poetry.dependencies]\npython = "^${minor}"\nDjango = "~5.2"\n[tool.poetry.group.docs.dependencies]\niniconfig = "*"\n`,
      }),
      lock: ['lock', '--no-interaction'],
      lockFile: 'poetry.lock',
      env: () => ({
        POETRY_HTTP_BASIC_HARBOUR_USERNAME: index.user,
        POETRY_HTTP_BASIC_HARBOUR_PASSWORD: index.password,
      }),
    },
    pdm: {
      files: () => ({
        'pyproject.toml': pyproject(
          `[tool.pdm]\ndistribution = false\n[[tool.pdm.source]]\nname = "pypi"\nurl = "${embedded()}"\n`,
        ),
      }),
      lock: ['lock'],
      lockFile: 'pdm.lock',
      env: secrets,
      byInput: true,
    },
    pipenv: {
      files: () => ({
        Pipfile: `[[source]]\nurl = "${embedded()}"\nverify_ssl = true\nname = "harbour"\n[packages]\ndjango = "~=5.2.0"\n[dev-packages]\niniconfig = "*"\n`,
      }),
      lock: ['lock'],
      lockFile: 'Pipfile.lock',
      env: secrets,
      byInput: true,
    },
  };

  test.each(Object.keys(ways) as (keyof typeof tools)[])('%s, without its groups for development', async (tool) => {
    const way = ways[tool];
    const project = await make();
    for (const [path, text] of Object.entries(way.files())) await project.write(path, text);
    const job = await machine(tools.uv.program('uv'), tools[tool].program(tool));
    const lockEnv = {
      ...process.env,
      ...job,
      ...way.env(),
      PIPENV_IGNORE_VIRTUALENVS: '1',
      PIPENV_CACHE_DIR: await tempFolder(),
    };
    await run(tools[tool].program(tool), [...way.lock], { cwd: project.folder, env: lockEnv });
    const lines = Object.entries(way.env()).map(([name, value]) => `${name}=${value}`);
    const result = await build(
      project,
      { ...job, HOME: await tempFolder(), ...(way.byInput ? {} : way.env()) },
      {
        ...(way.byInput ? { env: lines.join('\n') } : {}),
        'build-command': "python -c \"import django, importlib.util as u; print('dev', u.find_spec('iniconfig'))\"",
        // It reads requirements.txt and no lock file.
        command: 'build',
        host: 'app-engine',
        service: 'apps/acme-shop/services/default',
      },
    );
    expect(ended(result)).toBe('built');
    expect(result.log).toContain('Build: Django 5.2');
    expect(result.log).toContain('dev None');
    expectNoSecret(result);
    expect(await readFile(join(project.folder, way.lockFile), 'utf8')).not.toContain('canary');

    expect(result.log).toMatch(/^Added to the artifact for Google App Engine: requirements\.txt \(from .*\)$/m);
    const added = await requirementsIn(result.outputs['artifact-path'] ?? '');
    expect(added).toMatch(/^django==5\.2\.\d+/im);
    expect(added).toMatch(/^sqlparse==/im);
    expect(added).not.toMatch(/iniconfig|canary/i);
    expect(await readdir(project.folder)).not.toContain('requirements.txt');
  });
});

describe('requirements from a private index are installed', () => {
  const check = 'python -c "import django, harbour_tides, harbour_charts; print(\'all there\')"';

  /** Requirements with a package of the index, and one of a git server that only the job's git configuration leads to. */
  async function prepare(options = ''): Promise<{ project: Project; job: Record<string, string> }> {
    const project = await make();
    const charts = 'harbour_charts @ git+https://git.harbour.invalid/harbour_charts.git@main';
    await project.write('requirements.txt', `${options}\n-r requirements-base.txt\n${charts}\n`);
    await project.write('requirements-base.txt', 'Django~=5.2.0\nharbour_tides==1.0  # from our own index\n');
    const job = await machine(tools.uv.program('uv'));
    const repository = await packageRepository(await tempFolder(), 'harbour_charts');
    const server = repository.slice(0, repository.lastIndexOf('/') + 1);
    await writeFile(
      join(job.HOME ?? '', '.gitconfig'),
      `[url "${server}"]\n\tinsteadOf = https://git.harbour.invalid/\n`,
    );
    return { project, job };
  }

  test.each<[string, string, string, (home: string) => Promise<Record<string, string>>]>([
    ['by uv, with pip’s variable', '', 'uv pip', async () => ({ PIP_INDEX_URL: index.secretUrl })],
    ['by uv, with uv’s variable', '', 'uv pip', async () => ({ UV_DEFAULT_INDEX: index.secretUrl })],
    [
      'by uv, with the pip.conf of a login',
      '',
      'uv pip',
      async (home) => {
        await writeFiles(home, { '.config/pip/pip.conf': `[global]\nindex-url = ${index.secretUrl}\n` });
        return {};
      },
    ],
    [
      'by uv, with a password in .netrc',
      'INDEX',
      'uv pip',
      async (home) => {
        const { hostname } = new URL(index.url);
        await writeFiles(home, { '.netrc': `machine ${hostname}\nlogin ${index.user}\npassword ${index.password}\n` });
        await chmod(join(home, '.netrc'), 0o600);
        return {};
      },
    ],
    ['by pip, where uv lacks an option', '--prefer-binary', 'pip', async () => ({ PIP_INDEX_URL: index.secretUrl })],
  ])('%s', async (_how, options, installer, configure) => {
    const { project, job } = await prepare(options.replace('INDEX', `--index-url ${index.url}`));
    const env = { ...job, ...(await configure(job.HOME ?? '')) };
    const result = await build(project, env, { 'build-command': check });
    expect(ended(result)).toBe('built');
    expect(result.log).toContain('all there');
    expect(result.log.includes('pip installs, because uv does not know --prefer-binary')).toBe(installer === 'pip');
    expectNoSecret(result);
  });

  test('not at all with a wrong password, which no line shows', async () => {
    const { project, job } = await prepare();
    const result = await build(project, { ...job, PIP_INDEX_URL: index.secretUrl.replace('canary', 'canary-not') });
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(result.log).toContain('uv pip install -r requirements.txt failed');
    expectNoSecret(result);
  });
});

describe('a project that lies elsewhere than at the root', () => {
  const uvEnv = () => ({ UV_DEFAULT_INDEX: `${index.url.replace('//', `//${index.user}:${index.password}@`)}` });

  test('in a workspace of uv is installed from the lock file at the root, and nothing of the other members', async () => {
    const project = await make();
    await mkdir(join(project.folder, 'apps/web'), { recursive: true });
    for (const name of ['manage.py', 'site1', 'pages']) {
      await rename(join(project.folder, name), join(project.folder, 'apps/web', name));
    }
    const member = (name: string, packages: string) =>
      `[project]\nname = "${name}"\nversion = "1"\nrequires-python = ">=${minor}"\ndependencies = [${packages}]\n`;
    await project.write('pyproject.toml', '[tool.uv.workspace]\nmembers = ["apps/*"]\n');
    await project.write('apps/web/pyproject.toml', member('web', '"Django~=5.2.0"'));
    await project.write('apps/tool/pyproject.toml', member('tool', '"iniconfig"'));
    const env = { ...(await machine(tools.uv.program('uv'))), ...uvEnv() };
    await run(tools.uv.program('uv'), ['lock'], { cwd: project.folder, env: { ...process.env, ...env } });
    const built = await build(project, env, { 'build-command': 'uv pip list > packages.txt; cat packages.txt' });
    expect(ended(built)).toBe('built');
    expect(built.log).toMatch(/^django /im);
    expect(built.log).not.toMatch(/^iniconfig /im);
  });

  test('in src is found by Python, though only its dependencies are installed', async () => {
    const project = await make();
    await mkdir(join(project.folder, 'src'));
    for (const name of ['site1', 'pages']) await rename(join(project.folder, name), join(project.folder, 'src', name));
    await project.write('pyproject.toml', pyproject());
    const built = await build(project, { ...(await machine(tools.uv.program('uv'))), ...uvEnv() });
    expect(ended(built)).toBe('built');
  });
});

describe('packages are kept between runs', () => {
  /** A job on one machine: the folder for temporary files is emptied before each, as the runner does it. */
  async function job(project: Project, temp: string, more: Record<string, string> = {}) {
    await rm(temp, { recursive: true, force: true });
    await mkdir(temp);
    const own = { ...(await machine(tools.uv.program('uv'))), PIP_INDEX_URL: index.secretUrl, RUNNER_TEMP: temp };
    const env = { ...own, ...cache.env, ...more };
    const step = await build(project, env);
    const state = Object.fromEntries(Object.entries(step.state).map(([name, value]) => [`STATE_${name}`, value]));
    const end = () => runAction({ workspace: project.folder, sha: 'any', inputs: {}, env: { ...env, ...state } });
    return { step, end };
  }

  const needs = 'Django~=5.2.0\nharbour_tides==1.0\n';

  test('under the lock file, saved when the job ends, and what was built is not built again', async () => {
    const project = await make();
    await project.write('requirements.txt', needs);
    await project.append(
      'site1/settings.py',
      'import os\nprint("seen", [name for name in os.environ if name.startswith("ACTIONS")])\n',
    );
    const temp = await tempFolder();
    const first = await job(project, temp);
    expect(ended(first.step)).toBe('built');
    expect(first.step.log).toContain("No packages in GitHub's cache yet");
    expect(first.step.log).toContain('seen []');
    expect(cache.keys()).toEqual([]);
    const saved = await first.end();
    expect(saved.log).toMatch(/^Packages kept in GitHub's cache: deploy-django-2-/m);
    expect(cache.keys()).toHaveLength(1);

    expect(index.taken()).toContain('harbour_tides-1.0.tar.gz');
    const second = await job(project, temp);
    expect(ended(second.step)).toBe('built');
    expect(second.step.log).toContain(`Packages from GitHub's cache: ${cache.keys()[0]}`);
    expect(index.taken()).not.toContain('harbour_tides-1.0.tar.gz');
    expect((await second.end()).log).not.toContain('Packages');

    await project.write('requirements.txt', `${needs}iniconfig\n`);
    const third = await job(project, temp);
    expect(third.step.log).toContain(`Packages from GitHub's cache: ${cache.keys()[0]}`);
    expect(index.taken()).toEqual(expect.not.arrayContaining(['harbour_tides-1.0.tar.gz']));
    await third.end();
    expect(cache.keys()).toHaveLength(2);
    for (const result of [first.step, saved, second.step])
      expect(shown(result)).not.toMatch(/canary-of-the-(runtime|signature)/);
  });

  test('only where the cache works: one line says that it does not, and the run goes on', async () => {
    const project = await make();
    await project.write('requirements.txt', needs);
    cache.failWith(403);
    const { step, end } = await job(project, await tempFolder());
    const saved = await end();
    cache.failWith(undefined);
    expect(ended(step)).toBe('built');
    expect(step.log).toMatch(/^No packages from GitHub's cache: .*403/m);
    expect(saved).toMatchObject({ exitCode: 0 });
    expect(saved.log).toMatch(/^Packages not kept in GitHub's cache: /m);
    expect(`${step.log}${saved.log}`).not.toMatch(/^::(warning|error)::.*(cache|403)/m);
  });

  test('not by us where an earlier step keeps them', async () => {
    const project = await make();
    await project.write('requirements.txt', needs);
    const kept = await tempFolder();
    const { step } = await job(project, await tempFolder(), { UV_CACHE_DIR: kept });
    expect(ended(step)).toBe('built');
    expect(step.log).not.toContain("GitHub's cache");
    expect(await readdir(kept)).not.toEqual([]);
    expect(step.state).not.toHaveProperty('cache');
  });
});

describe('Python', () => {
  test('is found behind shims that fail where .python-version names a version that is not installed', async () => {
    const project = await make();
    await project.write('requirements.txt', 'Django~=5.2.0\n');
    await project.write('.python-version', '\ufeff3.99  # the next one\r\n');
    const env = { ...(await machine(tools.uv.program('uv'))), PIP_INDEX_URL: index.secretUrl };
    const shims = await tempFolder();
    for (const name of ['python', 'python3', 'python3.99']) {
      const real = name === 'python3.99' ? 'exit 127' : `exec "${(await ensureVenv([])).python}" "$@"`;
      await writeFile(join(shims, name), `#!/bin/sh\ntest -e .python-version && exit 127\n${real}\n`, { mode: 0o755 });
    }
    const result = await build(project, { ...env, PATH: `${shims}:${dirname(tools.uv.program('uv'))}:/usr/bin:/bin` });
    expect(ended(result)).toBe('built');
    expect(result.log).toContain(
      `::warning::.python-version (line 1) asks for Python 3.99, and this job has ${minor}.`,
    );
    expect(result.log).toContain('python-version: "3.99"');
  });

  test('that the project does not take ends the run before anything is installed', async () => {
    const project = await make();
    await project.write(
      'pyproject.toml',
      '[project]\nname = "site1"\nrequires-python = ">=3.99"\ndependencies = ["Django"]\n',
    );
    const result = await build(project, await machine(tools.uv.program('uv')));
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain('::error file=pyproject.toml,line=3::pyproject.toml (line 3) asks for Python >=3.99');
    expect(result.log).not.toContain('uv pip');
  });
});

test('a lock file that no longer fits fails with the command that makes it anew', async () => {
  const project = await make();
  await project.write('pyproject.toml', pyproject());
  const env = { ...(await machine(tools.uv.program('uv'))), UV_DEFAULT_INDEX: index.secretUrl };
  await run(tools.uv.program('uv'), ['lock', '--quiet'], { cwd: project.folder, env: { ...process.env, ...env } });
  await project.write('pyproject.toml', pyproject().replace('"Django~=5.2.0"', '"Django~=5.2.0", "iniconfig"'));
  const result = await build(project, env);
  expect(result.exitCode).toBe(1);
  expect(result.log).toMatch(/uv sync failed with exit code \d.*Run "uv lock" and commit uv\.lock/);
});

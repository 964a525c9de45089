import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { ensureVenv, type Venv } from '../../demo/parts/python.ts';
import { type CacheService, startCacheService } from '../support/cache-service.ts';
import { type Project, startProject } from '../support/django-project.ts';
import { type PackageIndex, startPackageIndex } from '../support/package-index.ts';

/** Real package managers, a private index that wants a password, and real git: what projects are installed with. */
const run = promisify(execFile);

let index: PackageIndex;
let cache: CacheService;
let tools: Record<'uv' | 'poetry' | 'pdm' | 'pipenv', Venv>;
let minor: string;
const open: string[] = [];

beforeAll(async () => {
  // Poetry and PDM lock for every system, so that the index needs what only Windows does.
  index = await startPackageIndex(['Django~=5.2.0', 'iniconfig', 'tzdata', 'typing-extensions']);
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

/** Variables of a job that has these programs and no other package manager, and nobody's configuration. */
async function machine(...programs: string[]): Promise<Record<string, string>> {
  const folder = await tempFolder();
  for (const program of new Set(programs)) await symlink(program, join(folder, program.split('/').at(-1) ?? ''));
  const system = [dirname((await ensureVenv([])).python), '/usr/bin', '/bin'];
  const unset = Object.keys(process.env).filter((name) => /^(PIP|UV|POETRY|PDM|PIPENV)_(?!CERT$)/.test(name));
  return { ...Object.fromEntries(unset.map((name) => [name, ''])), PATH: [folder, ...system].join(':') };
}

const build = async (project: Project, env: Record<string, string>, inputs: Record<string, string> = {}) =>
  runAction({ workspace: project.folder, sha: await project.commit(), env, inputs });

/** What came of a run, with the end of its log where it failed. */
const ended = ({ outputs, log }: ActionResult) => (outputs.status === 'built' ? 'built' : log.slice(-3_000));

/** Without credentials, these would be in the log in one form or another. */
const canaries = /canary|Y2FuYXJ5|:cmVhZGVyO/;

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
      { ...job, ...(way.byInput ? {} : way.env()), UV_NO_CACHE: '1', POETRY_CACHE_DIR: await tempFolder() },
      {
        ...(way.byInput ? { env: lines.join('\n') } : {}),
        'build-command': "python -c \"import django, importlib.util as u; print('dev', u.find_spec('iniconfig'))\"",
      },
    );
    expect(ended(result)).toBe('built');
    expect(result.log).toContain('Build: Django 5.2');
    expect(result.log).toContain('dev None');
    expect(result.log.replace(/^::add-mask::.*$/gm, '')).not.toMatch(canaries);
    expect(JSON.stringify(result.outputs) + result.summary).not.toMatch(canaries);
    expect(await readFile(join(project.folder, way.lockFile), 'utf8')).not.toContain('canary');
  });
});

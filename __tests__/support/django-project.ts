import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ensureVenv, type Venv } from '../../demo/parts/python.ts';

const run = promisify(execFile);

/** A Django project in a git repository of its own, made by a generator from PyPI. */
export interface Project {
  readonly folder: string;
  readonly venv: Venv;
  /** Runner variables with which `install: none` finds the project's packages. */
  readonly path: Readonly<Record<string, string>>;
  write(path: string, text: string): Promise<void>;
  append(path: string, text: string): Promise<void>;
  /** Commits everything, at a given time if that matters, leaves the tree as a fresh checkout is, and returns the commit. */
  commit(message?: string, at?: string): Promise<string>;
  git(...args: string[]): Promise<string>;
  remove(): Promise<void>;
}

async function project(venv: Venv, generate: (folder: string) => Promise<void>): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'deploy-django-project-'));
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  const git = async (...args: string[]) => (await run('git', [...identity, ...args], { cwd: folder })).stdout.trim();
  await git('init', '--quiet', '--initial-branch', 'main');
  await generate(folder);
  return {
    folder,
    venv,
    path: { PATH: [dirname(venv.python), process.env.PATH].join(delimiter) },
    async write(path, text) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    },
    append: (path, text) => appendFile(join(folder, path), text),
    async commit(message = 'Change', at) {
      await git('add', '--all');
      const env = { ...process.env, ...(at ? { GIT_COMMITTER_DATE: at } : {}) };
      await run('git', [...identity, 'commit', '--quiet', '--allow-empty', '--message', message], { cwd: folder, env });
      await git('clean', '-fdxq');
      return git('rev-parse', 'HEAD');
    },
    git,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What a team would write into the settings for a bucket whose static files have this address. */
export const bucketSettings = (staticUrl: string) => `
import os
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
STATIC_URL = "${staticUrl}"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
DATABASES["default"]["NAME"] = os.environ.get("DATABASE_PATH", BASE_DIR / "db.sqlite3")
`;

/** A page that names a style sheet, an image and the admin's style sheet. */
async function addPages(folder: string): Promise<void> {
  await cp(join(import.meta.dirname, '..', 'fixtures', 'pages'), join(folder, 'pages'), { recursive: true });
  await appendFile(join(folder, 'site1', 'settings.py'), '\nINSTALLED_APPS += ["pages"]\n');
  await appendFile(
    join(folder, 'site1', 'urls.py'),
    '\nfrom django.views.generic import TemplateView\nurlpatterns += [path("", TemplateView.as_view(template_name="pages/home.html"))]\n',
  );
}

/**
 * `django-admin startproject site1`, with one app of pages.
 * @param django A requirement, for example "Django~=4.2.0"; the newest that the machine's Python takes where absent.
 * @param packages More of them.
 */
export async function startProject(django = 'Django', packages: readonly string[] = []): Promise<Project> {
  const requirements = [django, 'gunicorn==27.0.1', ...packages];
  const venv = await ensureVenv(requirements);
  return project(venv, async (folder) => {
    await run(venv.program('django-admin'), ['startproject', 'site1', folder]);
    await addPages(folder);
    await writeFile(join(folder, 'requirements.txt'), `${requirements.join('\n')}\n`);
    await writeFile(join(folder, '.gitignore'), 'staticfiles/\n*.sqlite3\n__pycache__/\n');
  });
}

/** `wagtail start mysite`. Its requirements name the newest Django, which an older Python does not have. */
export async function startWagtail(): Promise<Project> {
  const venv = await ensureVenv(['wagtail', 'gunicorn==27.0.1']);
  const versions =
    "from importlib.metadata import version as v; print(f\"Django=={v('django')}\\nwagtail=={v('wagtail')}\")";
  return project(venv, async (folder) => {
    await run(venv.program('wagtail'), ['start', 'mysite', folder]);
    const { stdout } = await run(venv.python, ['-c', versions]);
    await writeFile(join(folder, 'requirements.txt'), `${stdout}gunicorn==27.0.1\n`);
    await writeFile(join(folder, '.gitignore'), '/static/\n*.sqlite3\n__pycache__/\n');
  });
}

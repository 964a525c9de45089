import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Venv } from '../../demo/parts/python.ts';
import { failure } from '../support/project.ts';
import { generate, type LookRequest, look, realDjangos, venvOf } from '../support/real-django.ts';

/** How real Django starts and is checked in a build, one peculiarity of the project at a time, on each version that this machine takes. */
describe.each(await realDjangos())('$django', (real) => {
  let venv: Venv;
  beforeAll(async () => {
    venv = await venvOf(real);
  });

  const lookAt = async (peculiar: string, files: Readonly<Record<string, string>> = {}, request?: LookRequest) =>
    look(venv, await generate(venv, peculiar, files), request);

  test('a fresh project has the warnings of check --deploy, each at its line or at the settings, and no error', async () => {
    const { findings, outcome, fatal } = await lookAt('DEBUG = True\nALLOWED_HOSTS = []\nSECRET_KEY = "weak"\n');
    expect(fatal).toBeUndefined();
    expect(outcome.finished).toBe(true);
    expect(findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'deploy.debug',
        'security.W004',
        'security.W008',
        'security.W009',
        'security.W012',
        'security.W016',
        'security.W020',
      ]),
    );
    // Django 6.1 begins with mails that go to the console, and calls that an error.
    expect(findings.filter(({ id, level }) => level !== 'warning' && id !== 'mail.E001')).toEqual([]);
    for (const { at } of findings) expect(at?.file).toBe('site1/settings.py');
    expect(findings.find(({ id }) => id === 'deploy.debug')?.at?.line).toBeGreaterThan(100);
  });

  test('a project in order is collected with a manifest, its settings are read, and no database is made', async () => {
    const root = await generate(venv, 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n');
    const { outcome, findings } = await look(venv, root, { options: { url: 'https://shop.example' } });
    expect(findings.filter(({ id }) => !id.startsWith('security.W'))).toEqual([]);
    const collected = outcome.collected?.root ?? '';
    expect(outcome.collected?.manifest).toBe(join(collected, 'staticfiles.json'));
    expect(existsSync(join(root, 'staticfiles'))).toBe(false);
    expect(existsSync(join(root, 'db.sqlite3'))).toBe(false);
  });

  test.each([
    ['a thread', 'threading.Thread(target=time.sleep, args=(3600,), name="scheduler")'],
    ['a process', 'multiprocessing.Process(target=time.sleep, args=(3600,), name="scheduler")'],
  ])('%s that the project starts with Django does not keep the build', async (_, scheduler) => {
    const { outcome, fatal, log } = await lookAt('', {
      'pages/apps.py': `import multiprocessing, threading, time\nfrom django.apps import AppConfig\nclass Pages(AppConfig):\n    name = "pages"\n    def ready(self):\n        ${scheduler}.start()\n`,
    });
    expect(fatal).toBeUndefined();
    expect(outcome.finished).toBe(true);
    expect(log).toContain('are ended: scheduler');
  });

  test.each([
    ['is not in the environment', 'SECRET_KEY = os.environ["SECRET_KEY"]'],
    ['is empty', 'SECRET_KEY = os.environ.get("SECRET_KEY", "")'],
  ])('a SECRET_KEY that %s gets a throw-away value, which Django finds strong, and nobody sees', async (_why, line) => {
    const { outcome, find, fatal, env, log } = await lookAt(`${line}\n`);
    expect(fatal).toBeUndefined();
    expect(outcome).toMatchObject({ finished: true, throw_away: ['SECRET_KEY'], failures: [] });
    expect(find('security.W009')).toBeUndefined();
    expect(find('deploy.throw-away')?.level).toBe('notice');
    if (env.SECRET_KEY) expect(log + JSON.stringify(outcome)).not.toContain(env.SECRET_KEY);
  });

  test('a database driver that is missing is named', async () => {
    const { fatal, find } = await lookAt('DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"\n');
    expect(fatal).toMatchObject({ code: 'DJANGO_FAILED', hint: expect.stringContaining('psycopg[binary]') });
    expect(find('deploy.start')?.message).toContain('The database driver is missing');
  });

  test.each([
    ['an app that does not load', 'INSTALLED_APPS += ["harbour_tides"]\n', 'deploy.start'],
    ['a variable that is not set', 'TIDES = os.environ["TIDES"]\n', 'deploy.variable'],
  ])('%s hides nothing of what the settings say', async (_what, line, first) => {
    const { findings } = await lookAt(`${line}STATIC_ROOT = None\n`);
    expect(findings.map(({ id }) => id)).toEqual([first, 'deploy.static-root']);
  });

  test('a database that does not answer is in nobody’s way, and models without a migration are found all the same', async () => {
    const { outcome, findings, fatal } = await lookAt('DATABASES["default"]["NAME"] = "/nowhere/db.sqlite3"\n', {
      'pages/migrations/__init__.py': '',
      'pages/models.py':
        'from django.db import models\n\nclass Note(models.Model):\n    id = models.BigAutoField(primary_key=True)\n',
    });
    expect(fatal).toBeUndefined();
    expect(outcome.failures).toEqual([]);
    expect(findings.filter(({ level }) => level === 'error')).toMatchObject([
      {
        id: 'deploy.migrations',
        at: { file: 'pages/models.py' },
        message: expect.stringContaining('Create model Note'),
      },
    ]);
  });

  test('migrations with two ends are named', async () => {
    const migration = (after: string) =>
      `from django.db import migrations\n\nclass Migration(migrations.Migration):\n    dependencies = [${after}]\n    operations = []\n`;
    const { find } = await lookAt('', {
      'pages/migrations/__init__.py': '',
      'pages/migrations/0001_initial.py': migration(''),
      'pages/migrations/0002_one.py': migration('("pages", "0001_initial")'),
      'pages/migrations/0002_two.py': migration('("pages", "0001_initial")'),
    });
    expect(find('deploy.migration-conflict')?.message).toContain('0002_one, 0002_two');
    expect(find('deploy.migrations')).toBeUndefined();
  });

  const query = 'from django.contrib.auth.models import User\n';

  test('addresses that ask the database need one, and that is not taken for models without a migration', async () => {
    const { findings, fatal } = await lookAt('', {
      'site1/urls.py': `${query}urlpatterns = [] if User.objects.count() else []\n`,
    });
    expect(fatal).toBeUndefined();
    expect(findings.filter(({ level }) => level === 'error')).toMatchObject([
      {
        id: 'deploy.needs-database',
        at: { file: 'site1/urls.py', line: 2 },
        message: expect.stringMatching(/input env/),
      },
    ]);
  });

  test('an app that asks the database while it starts says so', async () => {
    const { fatal } = await lookAt('INSTALLED_APPS += ["asking.apps.Asking"]\n', {
      'asking/__init__.py': '',
      'asking/apps.py': `from django.apps import AppConfig\n\nclass Asking(AppConfig):\n    name = "asking"\n    def ready(self):\n        ${query.trim()}\n        User.objects.count()\n`,
    });
    expect(fatal).toMatchObject({ code: 'DJANGO_FAILED', at: { file: 'asking/apps.py', line: 7 } });
    expect(fatal?.hint).toContain('Django asks the database while it starts');
  });

  test('a settings module that is not there is named', async () => {
    const { fatal } = await lookAt('', {}, { env: { DJANGO_SETTINGS_MODULE: 'nope.settings' } });
    expect(fatal).toMatchObject({ code: 'DJANGO_FAILED', hint: expect.stringMatching(/"nope".*settings-module/) });
  });

  test('settings that print, read the command line, load a .env and change the folder are read all the same', async () => {
    const peculiar = `
import sys
print("STATIC_ROOT = /wrong")
assert sys.argv[1:] == ["collectstatic", "--noinput"], sys.argv
for line in open(".env"):
    name, value = line.strip().split("=")
    os.environ.setdefault(name, value)
STATIC_ROOT = BASE_DIR / os.environ["OUT"]
os.chdir("/")
`;
    const { outcome, fatal, log } = await lookAt(peculiar, { '.env': 'OUT=collected\n' });
    expect(fatal).toBeUndefined();
    expect(outcome.project?.static_root).toMatch(/collected$/);
    expect(outcome.collected?.manifest).toMatch(/staticfiles\.json$/);
    expect(log).toContain('STATIC_ROOT = /wrong');
  });

  test('settings that end the process are explained, politely or not', async () => {
    const { fatal } = await lookAt('raise SystemExit("not here")\n');
    expect(fatal).toMatchObject({ code: 'DJANGO_FAILED', message: expect.stringContaining('SystemExit: not here') });
    const silent = await lookAt('import sys\nsys.exit()\n');
    expect(silent.fatal?.message).toMatch(/settings: SystemExit \(site1\/settings\.py, line \d+\)$/);
    const hard = await failure(() => lookAt('os._exit(7)\n'));
    expect(hard.message).toContain('ended with exit code 7 before Django ran a command');
  });

  test('an exception that cannot say what it is about, and one that stands for several, are explained', async () => {
    const mute = await lookAt(
      'class Mute(Exception):\n    def __str__(self):\n        raise ValueError("no")\nraise Mute()\n',
    );
    expect(mute.fatal?.message).toMatch(/settings: Mute \(site1\/settings\.py/);
    const group = await lookAt(
      'class Group(Exception):\n    pass\nmany = Group("many")\nmany.exceptions = (ValueError("no such zone"),)\nraise many\n',
    );
    expect(group.fatal?.message).toContain('Group: many, because of ValueError: no such zone');
  });

  test('variables that decide a setting and are not set are known, through conditions and other settings', async () => {
    const { outcome } = await lookAt(
      `
HERE = os.environ.get("HOME", "MISSING")
DEBUG = "ON_HOST" not in os.environ
if not DEBUG:
    EMAIL_HOST = os.environ["MAIL_HOST"]
DEFAULT_FROM_EMAIL = os.getenv("SENDER", "NOBODY") + str({"KEY": 1}["KEY"])
`,
    );
    const { assigned } = outcome.project ?? {};
    const variables = (name: string) => assigned?.[name]?.variables;
    expect(variables('HERE')).toEqual([]);
    expect(variables('DEBUG')).toEqual(['ON_HOST']);
    expect(variables('EMAIL_HOST')).toEqual(['ON_HOST', 'MAIL_HOST']);
    expect(variables('DEFAULT_FROM_EMAIL')).toContain('SENDER');
    expect(variables('DEFAULT_FROM_EMAIL')).not.toContain('NOBODY');
  });

  test('a module that is missing is named, though another exception hides it', async () => {
    const hides =
      'try:\n    import harbour_tides\nexcept ImportError as error:\n    raise RuntimeError("No tides") from error\n';
    const { fatal } = await lookAt(hides);
    expect(fatal?.message).toContain("RuntimeError: No tides (No module named 'harbour_tides')");
    expect(fatal?.hint).toContain('The module "harbour_tides" is missing');
  });

  test('a traceback stands in the log once, with paths of the project and its packages, and no frame of the action', async () => {
    const again =
      'from . import missing_names\ntry:\n    missing_names.find()\nexcept KeyError:\n    missing_names.find()\n';
    const { log } = await lookAt('', {
      'pages/missing_names.py': 'def find():\n    return {}["nothing-of-that-name"]\n',
      'site1/urls.py': again.replace('from .', 'from pages'),
    });
    expect(log.match(/^KeyError: 'nothing-of-that-name'$/gm)).toHaveLength(1);
    expect(log).toContain('  File "pages/missing_names.py", line 2, in find');
    expect(log).toMatch(/^ {2}File "django[\\/]/m);
    const files = [...log.matchAll(/^ *File "([^"]+)"/gm)].map(([, file = '']) => file);
    expect(files.filter((file) => /deploy_django|django_steps|importlib|site-packages|^<frozen/.test(file))).toEqual(
      [],
    );
    expect(files.filter((file) => file.startsWith('/'))).toEqual([]);
  });

  test('a module that Python has no more names the version that has it', async () => {
    const { fatal } = await lookAt('raise ModuleNotFoundError("No module named \'cgi\'", name="cgi")\n');
    expect(fatal?.hint).toContain('python-version: "3.12"');
  });

  test('all variables that are missing are named at once, and nothing is collected for it', async () => {
    const root = await generate(
      venv,
      'A = os.environ["BUCKET"]\nKEY = os.environ["API_KEY"]\nB = int(os.environ["WORKERS"])\nC = os.environ["REDIS_URL"]\n',
      { 'site1/urls.py': 'import os\nD = os.environ["FROM_EMAIL"]\nurlpatterns = []\n' },
    );
    const { outcome, fatal, findings } = await look(venv, root);
    expect(outcome.needed?.map(({ name }) => name)).toEqual(['BUCKET', 'WORKERS', 'REDIS_URL', 'FROM_EMAIL']);
    expect(fatal?.hint).toBe(
      'Add to the input env:\n  BUCKET=…\n  WORKERS=…\n  REDIS_URL=…\n  FROM_EMAIL=…\nThe app on the host needs them, too.',
    );
    expect(findings.at(-1)).toMatchObject({ level: 'notice', message: expect.stringContaining('API_KEY is not set') });
    expect(findings.find(({ at }) => at?.file === 'site1/urls.py')?.at?.line).toBe(2);
    expect(existsSync(join(root, 'staticfiles'))).toBe(false);
  });

  test('settings for development are told from those for production, and a setting is found in the file that it is in', async () => {
    const root = await generate(venv, '', {
      'site1/settings_local.py': 'from .settings import *\nfrom site1.extra import *\nALLOWED_HOSTS += []\n',
      'site1/settings_production.py': 'from .settings import *\n',
      'site1/extra.py': '\n\nSECURE_SSL_REDIRECT = True\n',
      'manage.py':
        'import os, sys\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings_local")\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n',
    });
    const options = { url: 'https://other.example' };
    const { find } = await look(venv, root, { options });
    expect(find('deploy.settings-module')?.message).toContain('settings-module: site1.settings_production');
    expect(find('deploy.redirect-loop')?.at).toEqual({ file: 'site1/extra.py', line: 3 });
    expect(find('deploy.allowed-hosts')).toMatchObject({ level: 'warning', at: { file: 'site1/settings.py' } });
    const named = await look(venv, root, { env: { DJANGO_SETTINGS_MODULE: 'site1.settings_production' }, options });
    expect(named.find('deploy.settings-module')).toBeUndefined();
    expect(named.find('deploy.allowed-hosts')?.level).toBe('error');
  });
});

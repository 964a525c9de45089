import { readdirSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Venv } from '../../demo/parts/python.ts';
import { generate, type LookRequest, look, usualDjango, venvOf } from '../support/real-django.ts';

/** What people really bring, each as the smallest project that shows it: __tests__/CORPUS.md lists them by their symptoms. */
let venv: Venv;
beforeAll(async () => {
  venv = await venvOf(await usualDjango(), [
    'django-compressor',
    'django-webpack-loader',
    'django-tailwind',
    'django-tailwind-cli',
    'django-pipeline',
    'django-debug-toolbar',
    'django-storages[s3]',
    'python-decouple',
    'environs',
  ]);
});

const lookAt = async (peculiar: string, files: Readonly<Record<string, string>> = {}, request?: LookRequest) =>
  look(venv, await generate(venv, peculiar, files), request);

const migration = (operations: string, header = '') =>
  `import os\nfrom django.core.files.storage import FileSystemStorage\nfrom django.db import migrations, models\n${header}\n\nclass Migration(migrations.Migration):\n    initial = True\n    dependencies = []\n    operations = [${operations}]\n`;
const create = (field: string, options = '') =>
  `migrations.CreateModel("Note", fields=[("id", models.BigAutoField(primary_key=True, serialize=False)), ("one", ${field})], options={${options}})`;
const model = (field: string, meta = '', header = '') =>
  `import os\nfrom pathlib import Path\nfrom django.core.files.storage import FileSystemStorage\nfrom django.db import models\n${header}\n\nclass Note(models.Model):\n    id = models.BigAutoField(primary_key=True)\n    one = ${field}\n${meta}`;
const models = (before: string, after: string, meta = '', header = '') => ({
  'pages/migrations/__init__.py': '',
  'pages/migrations/0001_initial.py': migration(create(before)),
  'pages/models.py': model(after, meta, header),
});

describe('makemigrations finds changes on this machine alone', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a path of the machine',
      models('models.FilePathField(path="/srv/shop/files")', 'models.FilePathField(path=Path(__file__).parent)'),
      /Note\.one: path is '\/srv\/shop\/files' in the migrations and PosixPath\(.* in the models.*Pass a callable/,
    ],
    [
      'a storage chosen by the environment',
      models(
        'models.FileField(upload_to="a")',
        'models.FileField(upload_to="a", storage=FileSystemStorage(location="/data"))',
      ),
      /storage is not set in the migrations and django\.core\.files\.storage\S+\(…\).*Pass a callable/,
    ],
    [
      'choices out of a set',
      models(
        'models.CharField(max_length=1, choices=[("b", "B"), ("a", "A")])',
        'models.CharField(max_length=1, choices=[("a", "A"), ("b", "B")])',
      ),
      /choices is .* in another order.*Pass a callable, or sort them/,
    ],
    [
      'other choices, which change no table',
      models(
        'models.CharField(max_length=1, choices=[("b", "B")])',
        'models.CharField(max_length=1, choices=[("a", "A"), ("b", "B")])',
      ),
      /They change no table.*makemigrations pages/,
    ],
    [
      'options of Meta, which change no table',
      models(
        'models.CharField(max_length=1)',
        'models.CharField(max_length=1)',
        '    class Meta:\n        ordering = ["one"]\n',
      ),
      /Note: ordering is None in the migrations and \['one'\] in the models.*They change no table/,
    ],
  ])('%s: a warning that says what differs', async (_what, files, text) => {
    const finding = (await lookAt('', files)).find('deploy.migrations');
    expect(finding?.message).toMatch(text);
    expect(finding?.level).toBe('warning');
  });

  test('names of models in the language of the site are no change: migrations have them as they are written', async () => {
    const translated = 'from django.utils.translation import gettext_lazy as _\n';
    const field = (name: string) => `models.CharField(${name}, max_length=1)`;
    const files = {
      ...models(
        field('"password"'),
        field('_("password")'),
        '    class Meta:\n        verbose_name = _("user")\n',
        translated,
      ),
      'pages/migrations/0001_initial.py': migration(create(field('"password"'), '"verbose_name": "user"')),
    };
    const { find, outcome } = await lookAt('LANGUAGE_CODE = "de"\n', files);
    expect(find('deploy.migrations')).toBeUndefined();
    expect(outcome.collected).toBeDefined();
  });

  test('a column that is another: an error that names the argument and both values', async () => {
    const files = models('models.CharField(max_length=1)', 'models.CharField(max_length=2)');
    const finding = (await lookAt('', files)).find('deploy.migrations');
    expect(finding).toMatchObject({ level: 'error' });
    expect(finding?.message).toContain('Note.one: max_length is 1 in the migrations and 2 in the models');
  });
});

test.each<[string, Record<string, string>, string]>([
  ['are chosen as the host chooses them', {}, 'build'],
  ['are chosen as the input env says', { GITHUB_ACTIONS: 'true' }, 'source'],
])('static files that settings choose by GITHUB_ACTIONS %s', async (_what, env, folder) => {
  const { outcome, findings } = await lookAt(
    'STATICFILES_DIRS = [BASE_DIR / ("kit/source" if "GITHUB_ACTIONS" in os.environ else "kit/build")]\n',
    { 'kit/source/source.css': 'p {}', 'kit/build/build.css': 'p {}' },
    { env },
  );
  const collected = readdirSync(outcome.collected?.root ?? '').filter((name) => /^(source|build)\.css$/.test(name));
  expect(collected).toEqual([`${folder}.css`]);
  expect(findings.filter(({ message }) => message.includes('GITHUB_ACTIONS'))).toEqual([]);
});

describe('Django does not start', () => {
  test.each<[string, string, string[]]>([
    ['os.environ.get(…).split', 'HOSTS = os.environ.get("SITE_HOSTS").split(",")\n', ['SITE_HOSTS']],
    [
      'int of a variable that a line before has read',
      'port = os.getenv("SITE_PORT")\nPORT = int(port)\n',
      ['SITE_PORT'],
    ],
    [
      'several lines',
      'HOSTS = [\n    one\n    for one in os.environ.get("SITE_HOSTS").split(",")\n]\n',
      ['SITE_HOSTS'],
    ],
    [
      'decouple, for a name that is a setting, too',
      'from decouple import config\nEMAIL_HOST = config("EMAIL_HOST")\nDEBUG = config("DEBUG", cast=bool)\n',
      ['EMAIL_HOST', 'DEBUG'],
    ],
    [
      'environs, for a name that is a setting, too',
      'from environs import Env\nEMAIL_HOST = Env()("EMAIL_HOST")\n',
      ['EMAIL_HOST'],
    ],
    [
      '"You must change the X env variable"',
      'raise ValueError("You must change the SITE_REGION env variable")\n',
      ['SITE_REGION'],
    ],
    [
      'a sentence that is printed before the process ends',
      'import sys\nif not os.environ.get("SITE_ID_NUMBER"):\n    print("You must set a SITE_ID_NUMBER in production!")\n    sys.exit(1)\n',
      ['SITE_ID_NUMBER'],
    ],
    ['"Set the X env variable"', 'raise ValueError("Please set the SITE_ID env variable")\n', ['SITE_ID']],
  ])('for want of a variable: %s', async (_what, line, names) => {
    const { outcome, fatal } = await lookAt(line);
    expect(outcome.needed?.map(({ name }) => name)).toEqual(names);
    expect(fatal?.hint).toContain(`${names[0]}=…`);
  });

  const log =
    'LOGGING = {"version": 1, "handlers": {"file": {"class": "logging.FileHandler", "filename": BASE_DIR / "logs/app.log"}}}\n';
  test.each<[string, string, Record<string, string>, RegExp, RegExp]>([
    [
      'the folder of a log file is not there',
      log,
      {},
      /Unable to configure handler 'file', because of FileNotFoundError: .*logs\/app\.log/,
      /mkdir -p \S+logs/,
    ],
    [
      'the project asks for its own version',
      'from importlib.metadata import version\nVERSION = version("shop")\n',
      {},
      /PackageNotFoundError/,
      /install: pip install \./,
    ],
    [
      'a file is no Python',
      '',
      { 'pages/apps.py': 'def f(:\n' + 'x = 1\n', 'pages/__init__.py': 'from . import apps\n' },
      /SyntaxError: invalid syntax \(pages\/apps\.py, line 1\)$/,
      /^Fix this line/,
    ],
    [
      'a storage of the network is asked for a path',
      'STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": "b"}}\n',
      { 'pages/models.py': 'from django.core.files.storage import default_storage\nP = default_storage.path("")\n' },
      /NotImplementedError/,
      /storage\.open/,
    ],
    [
      'GDAL is missing',
      'raise ValueError(\'Could not find the GDAL library (tried "gdal")\')\n',
      {},
      /GDAL/,
      /apt-get install --yes gdal-bin/,
    ],
  ])('because %s', async (_what, line, files, message, hint) => {
    const { fatal } = await lookAt(line, files);
    expect(fatal?.message).toMatch(message);
    expect(fatal?.hint).toMatch(hint);
  });
});

describe('settings that a variable decides', () => {
  test('by way of a name in lower case name the variable and not the setting', async () => {
    const { find } = await lookAt(
      'prod = bool(os.environ.get("RUNNING_IN_PRODUCTION"))\nif not prod:\n    DEBUG = True\n',
    );
    expect(find('deploy.debug')?.message).toContain('RUNNING_IN_PRODUCTION');
  });

  test('and that leave DATABASES empty are one finding, and not one for each field', async () => {
    const { findings, find } = await lookAt(
      'DATABASES = {}\nif "PGHOST" in os.environ:\n    DATABASES["default"] = {}\n',
      {
        'pages/models.py': model('models.CharField()'),
        'pages/migrations/__init__.py': '',
      },
    );
    expect(findings.filter(({ id }) => id === 'fields.E120')).toEqual([]);
    expect(find('deploy.no-database')?.level).toBe('error');
  });
});

test('a storage for media that a variable chooses, and that cannot be made without it, is told with the variable', async () => {
  const { find } = await lookAt(`
class Dsn:
    def __call__(self, **options):
        return {}[None]
def chosen_by(name):
    return Dsn()
Media = chosen_by("MEDIA_DSN")
STORAGES["default"] = {"BACKEND": "site1.settings.Media"}
`);
  expect(find('deploy.media-storage')?.message).toMatch(
    /KeyError: None\. It depends on MEDIA_DSN, not set .* MEDIA_DSN=…$/,
  );
});

test('settings for development that manage.py chose are told with those that wsgi.py names', async () => {
  const { find } = await lookAt('', {
    'site1/development.py': 'from .settings import *\n',
    'site1/wsgi.py':
      'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")\nfrom django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
    'manage.py':
      'import os, sys\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.development")\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n',
  });
  expect(find('deploy.settings-module')?.message).toMatch(
    /wsgi\.py names site1\.settings: set settings-module: site1\.settings$/,
  );
});

describe('DEBUG is on, and the value that turns it off is told', () => {
  test.each<[string, string]>([
    ['DEBUG = os.getenv("SITE_DEBUG") != "FALSE"', 'SITE_DEBUG=FALSE'],
    ['DEBUG = os.environ.get("SITE_DEBUG", "True") == "True"', 'SITE_DEBUG=False'],
    ['DEBUG = os.environ.get("SITE_DEBUG", "1") in ("1", "true")', 'SITE_DEBUG=False'],
    ['DEBUG = os.environ.get("SITE_DEBUG", "yes").lower() != "nope"', 'SITE_DEBUG=nope'],
    ['DEBUG = bool(os.environ.get("SITE_DEBUG", True))', 'SITE_DEBUG= (empty)'],
    ['DEBUG = int(os.environ.get("SITE_DEBUG", 1))', 'SITE_DEBUG=0'],
    ['import json\nDEBUG = json.loads(os.environ.get("SITE_DEBUG", "true"))', 'SITE_DEBUG=false'],
    ['from decouple import config\nDEBUG = config("SITE_DEBUG", default=True, cast=bool)', 'SITE_DEBUG=False'],
    ['from environs import Env\nDEBUG = Env().bool("SITE_DEBUG", True)', 'SITE_DEBUG=False'],
    ['DEBUG = os.environ.get("SITE_STAGE", "dev") == "dev"', 'SITE_STAGE=…'],
    ['DEBUG = os.environ.get("SITE_STAGE") != "production"', 'SITE_STAGE=production'],
    ['DEBUG = "RENDER" not in os.environ', 'RENDER=…'],
    ['live = bool(os.environ.get("SITE_LIVE"))\nif not live:\n    DEBUG = True', 'SITE_LIVE=…'],
    [
      'def flag(name):\n    return os.environ.get(name, "an") != "aus"\nprint("once")\nDEBUG = flag("SITE_DEBUG")',
      'SITE_DEBUG=aus',
    ],
    ['on = lambda: {}\nDEBUG = not on().get("SITE_LIVE")', 'SITE_LIVE=…'],
    ['try:\n    DEBUG = os.getenv("SITE_DEBUG") != "FALSE"\nfinally:\n    pass', 'SITE_DEBUG=FALSE'],
    [
      'import sys, types\nclass Lazy(types.ModuleType):\n    def __getattribute__(self, name):\n        raise RuntimeError(name)\nsys.modules["site1.lazy"] = Lazy("lazy")\nDEBUG = os.getenv("SITE_DEBUG") != "FALSE"',
      'SITE_DEBUG=FALSE',
    ],
  ])('%s', async (line, told) => {
    const { find, outcome } = await lookAt(`${line}\n`);
    expect(outcome.project?.debug).toBe(true);
    expect(find('deploy.debug')?.message).toContain(`by the input env: ${told}`);
  });

  test('also where the build has another', async () => {
    const { find } = await lookAt('DEBUG = os.getenv("SITE_DEBUG") != "FALSE"\n', {}, { env: { SITE_DEBUG: 'False' } });
    expect(find('deploy.debug')?.message).toMatch(
      /The build has SITE_DEBUG.*Write into the input env: SITE_DEBUG=FALSE$/,
    );
  });
});

describe('lines that are run again to find what turns DEBUG off', () => {
  test('leave nothing of their trials in the environment and in what the settings share', async () => {
    const { find, outcome } = await lookAt(
      `
from site1.common import shared
os.environ["SITE_STAGE"] = os.environ.get("SITE_DEBUG", "dev")
shared["stage"] = os.environ["SITE_STAGE"]
DEBUG = shared["stage"] == "dev"
class Folders:
    def __iter__(self):
        names = (os.environ["SITE_STAGE"], shared["stage"])
        return iter([BASE_DIR / "kit" / name for name in names])
STATICFILES_DIRS = Folders()
`,
      { 'site1/common.py': 'shared = {}\n', 'kit/dev/dev.css': 'p {}', 'kit/yes/tried.css': 'p {}' },
    );
    expect(find('deploy.debug')?.message).toContain('SITE_DEBUG');
    expect(outcome.failures).toEqual([]);
    const collected = readdirSync(outcome.collected?.root ?? '').filter((name) => /^(dev|tried)\.css$/.test(name));
    expect(collected).toEqual(['dev.css']);
  });

  test('say nothing where they would change an object that others use', async () => {
    const { find, outcome } = await lookAt(
      'import types\none = types.SimpleNamespace()\none.live = os.environ.get("SITE_LIVE")\nDEBUG = not one.live\n',
    );
    expect(outcome.project?.debug_off).toEqual({});
    expect(find('deploy.debug')).toBeDefined();
  });

  test('are run for two seconds at most, whatever they ask meanwhile', async () => {
    const { outcome } = await lookAt(
      `
import time
def flag(name):
    time.sleep(0.5)
    return os.environ.get(name) != "off-in-earnest"
DEBUG = flag("SITE_DEBUG")
`,
    );
    expect(outcome.project?.debug).toBe(true);
    expect(outcome.project?.debug_off).toEqual({});
  });
});

describe('settings of development are built', () => {
  test('out of a package, where the module for production lies in it', async () => {
    const root = await generate(venv, 'DEBUG = True\n');
    await mkdir(join(root, 'site1/config'));
    const text = 'from site1.settings import *\n';
    for (const name of ['__init__', 'dev', 'prod']) await writeFile(join(root, `site1/config/${name}.py`), text);
    await writeFile(
      join(root, 'manage.py'),
      'import os, sys\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.config")\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n',
    );
    const { find } = await look(venv, root);
    expect(find('deploy.settings-module')?.message).toContain('Set settings-module: site1.config.prod');
  });
});

describe('static files', () => {
  test('a link to another folder of the checkout is collected where git holds its target, and refused where not', async () => {
    const root = await generate(venv, '', { 'shared/logo.svg': '<svg/>' });
    await symlink('../../../shared/logo.svg', join(root, 'pages/static/pages/logo.svg'));
    expect((await look(venv, root)).fatal?.code).toBe('FILES_REFUSED');
    expect((await look(venv, root, { tracked: ['shared/logo.svg'] })).fatal).toBeUndefined();
  });

  test('STATIC_ROOT is not written, and what lies there is not collected', async () => {
    const root = await generate(venv, '', { 'staticfiles/stale.css': 'old' });
    const { outcome } = await look(venv, root);
    expect(outcome.collected?.root.startsWith(root)).toBe(false);
  });

  test.each<[string, string, string, RegExp]>([
    ['in a comment', '/* see url(images/icons.png) */', 'a {}', /commented out/],
    ['below STATIC_URL', 'a { background: url(/static/media/dot.svg) }', '', /There is pages\/media\/dot\.svg/],
  ])('a reference %s to a file that is not there says why', async (_what, text, more, advice) => {
    const { fatal } = await lookAt('', {
      'pages/static/pages/site.css': `${text}\n${more}\n`,
      'pages/static/pages/media/dot.svg': '<svg/>',
    });
    expect(fatal).toMatchObject({ code: 'COLLECT_FAILED', hint: expect.stringMatching(advice) });
  });

  test('a name that a model asks for while it is imported is an error only where nobody has it', async () => {
    const { findings } = await lookAt('', {
      'pages/models.py':
        'from django.templatetags.static import static\nGOOD = static("pages/home.css")\nBAD = static("pages/gone.css")\n',
    });
    expect(findings.filter(({ id }) => id === 'deploy.static-name')).toMatchObject([
      { level: 'error', at: { file: 'pages/models.py', line: 3 } },
    ]);
  });

  test('a file of an installed package that is no app is told with the app to add', async () => {
    const { find } = await lookAt('', {
      'pages/templates/pages/a.html': '{% load static %}{% static "debug_toolbar/css/toolbar.css" %}',
      'pages/views.py': 'name = "pages/a.html"\n',
    });
    expect(find('deploy.template')?.message).toContain('add "debug_toolbar" to INSTALLED_APPS');
  });

  test('packages of django-pipeline that stay empty are known, and what its patterns find is fine', async () => {
    const { outcome } = await lookAt(
      `INSTALLED_APPS += ["pipeline"]
PIPELINE = {"STYLESHEETS": {
    "text": {"source_filenames": "pages/home.css", "output_filename": "text.css"},
    "some": {"source_filenames": ["pages/*.css", "pages/none.css", "*.css"], "output_filename": "some.css"},
}}
`,
      { 'pages/templates/pages/a.html': '{% load pipeline %}\n{% stylesheet "mian" %}{% stylesheet "some" %}' },
    );
    expect(outcome.pipeline?.map(({ kind, package: name, pattern, line }) => [kind, name, pattern, line])).toEqual([
      ['text', 'text', 'pages/home.css', null],
      ['nothing', 'some', 'pages/none.css', null],
      ['nothing', 'some', '*.css', null],
      ['unknown', 'mian', null, 2],
    ]);
  });

  test('a name of which a filter or an operator makes another is not the name of a file', async () => {
    const made = [
      `{% static "logo.png"|brand %}`,
      `{% static 'pages/man_'|add:mood|add:'.svg' %}`,
      `{% static "" | default:logo %}`,
      `{{ static("pages/" ~ name) }}`,
      `{{ static('pages/' + name) }}`,
    ];
    const named = [
      `{% static "one.png" as one %}`,
      `{%- static 'two.png' -%}`,
      `{{ static("three.png") }}`,
      `{{ static('four.png', true) }}`,
    ];
    const { outcome } = await lookAt('', { 'pages/templates/pages/a.html': [...made, ...named].join('\n') });
    expect(outcome.templates?.map(({ name }) => name)).toEqual(['one.png', 'two.png', 'three.png', 'four.png']);
  });

  test('a path of a static file that a template has by hand is told where STATIC_URL leads elsewhere', async () => {
    const own = (name: string) => `<link rel="stylesheet" href="${name}">`;
    const { findings, outcome } = await lookAt('STATIC_URL = "https://bucket.test/static/"\n', {
      'pages/templates/pages/a.html': [
        own('/static/pages/home.css'),
        own('/static/pages/none.css'),
        own('{% static "pages/home.css" %}'),
        `{# ${own('/static/pages/home.css')} #}`,
        `<img SRC='/static/pages/home.css?v=2'>`,
      ].join('\n'),
      'pages/templates/pages/unused.html': own('/static/pages/home.css'),
      'pages/views.py': 'name = "pages/a.html"\n',
    });
    expect(outcome.by_hand?.map(({ line }) => line)).toEqual([1, 5]);
    expect(findings.filter(({ id }) => id === 'deploy.static-path').map(({ at }) => at?.line)).toEqual([1, 5]);
  });

  test('a template that nothing names is a warning, and a name that is nearly right is told', async () => {
    const { findings } = await lookAt('', {
      'pages/templates/pages/old.html': '{% load static %}{% static "pages/gone.png" %}',
      'pages/templates/pages/a.html': '{% load static %}{% static "pages/hone.css" %}',
      'pages/views.py': 'name = "pages/a.html"\n',
    });
    const templates = findings.filter(({ id }) => id === 'deploy.template');
    expect(templates.map(({ at, level }) => [at?.file, level])).toEqual([
      ['pages/templates/pages/a.html', 'error'],
      ['pages/templates/pages/old.html', 'warning'],
    ]);
    expect(templates[0]?.message).toContain('Did you mean "pages/home.css"?');
  });

  test('templates of an app that is not installed name one another, and are a warning; those that replace a package’s are used', async () => {
    const gone = '{% load static %}{% static "pages/gone.png" %}';
    const { findings } = await lookAt(
      'TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates"]\nINSTALLED_APPS += ["debug_toolbar"]\n',
      {
        'templates/mfa/key_form.html': '{% include "mfa/scripts.html" %}',
        'templates/mfa/scripts.html': gone,
        'templates/debug_toolbar/base.html': '{% extends small|yesno:"parts/bar.html,parts/none.html" %}',
        'templates/parts/bar.html': gone,
      },
    );
    const templates = findings.filter(({ id }) => id === 'deploy.template');
    expect(templates.map(({ at, level }) => [at?.file, level])).toEqual([
      ['templates/parts/bar.html', 'error'],
      ['templates/mfa/scripts.html', 'warning'],
    ]);
  });

  test('COMPRESS_OFFLINE and a bundler’s stats that nothing has made are known, with the template that asks', async () => {
    const { outcome } = await lookAt(
      'INSTALLED_APPS += ["compressor", "webpack_loader"]\nCOMPRESS_OFFLINE = True\nWEBPACK_LOADER = {"DEFAULT": {"STATS_FILE": BASE_DIR / "webpack-stats.json"}}\n',
      {
        'pages/templates/pages/a.html':
          '{% load compress %}\n{% compress css %}{% endcompress %}{% render_bundle "a" %}',
      },
    );
    expect(outcome.unmade?.map(({ tool, name, line }) => [tool, name, line])).toEqual([
      ['compressor', 'CACHE/manifest.json', 2],
      ['webpack_loader', 'webpack-stats.json', 2],
    ]);
  });

  test('the manifest of COMPRESS_OFFLINE is at the root of a storage that STORAGES names for it', async () => {
    const { outcome } = await lookAt(
      'INSTALLED_APPS += ["compressor"]\nCOMPRESS_ENABLED = True\nCOMPRESS_OFFLINE = True\nCOMPRESS_OFFLINE_MANIFEST_STORAGE_ALIAS = "staticfiles"\n',
      { 'pages/templates/pages/a.html': '{% load compress %}{% compress css %}{% endcompress %}' },
    );
    expect(outcome.unmade?.map(({ tool, name }) => [tool, name])).toEqual([['compressor', 'manifest.json']]);
  });

  test.each<[string, string, string[]]>([
    ['on the disk of the app', '', ['compressor_online']],
    ['at an address of their own', 'COMPRESS_URL = "/made/"', []],
    ['in a bucket', 'COMPRESS_STORAGE = "storages.backends.s3.S3Storage"', []],
    ['not at all', 'COMPRESS_ENABLED = False', []],
  ])('files that {%% compress %%} makes as a page is asked for are known: %s', async (_, settings, tools) => {
    const page = '{% load compress %}{% compress css %}{% endcompress %}';
    const peculiar = `DEBUG = False\nINSTALLED_APPS += ["compressor"]\n${settings}\n`;
    const { outcome } = await lookAt(peculiar, { 'pages/templates/pages/a.html': page });
    expect((outcome.unmade ?? []).map(({ tool }) => tool)).toEqual(tools);
  });

  test.each<[string, string, string, string[]]>([
    ['django-tailwind', 'tailwind', '', ['css/dist/styles.css']],
    ['django-tailwind at a path of its own', 'tailwind', 'TAILWIND_CSS_PATH = "css/own.css"', ['css/own.css']],
    ['django-tailwind at a CDN', 'tailwind', 'TAILWIND_CSS_PATH = "https://cdn.example.com/own.css"', []],
    ['django-tailwind-cli', 'django_tailwind_cli', '', ['css/tailwind.css']],
    [
      'django-tailwind-cli at a path of its own',
      'django_tailwind_cli',
      'TAILWIND_CLI_DIST_CSS = "css/own.css"',
      ['css/own.css'],
    ],
    [
      'django-tailwind-cli with two sheets, of which one is there',
      'django_tailwind_cli',
      'TAILWIND_CLI_CSS_MAP = [("a.css", "pages/home.css"), ("b.css", "css/b.css")]',
      ['css/b.css'],
    ],
  ])('style sheets of %s that nothing has made are known', async (_, app, settings, names) => {
    const page = '{% load tailwind %}\n<head>{% tailwind_css %}</head>';
    const peculiar = `INSTALLED_APPS += ["${app}"]\n${settings}\n`;
    const { outcome } = await lookAt(peculiar, { 'pages/templates/pages/a.html': page });
    expect((outcome.unmade ?? []).map(({ tool, name, line }) => [tool, name, line])).toEqual(
      names.map((name) => [app, name, 2]),
    );
  });
});

test('MEDIA_URL that is not set is none', async () => {
  expect((await lookAt('')).outcome.project?.media_url).toBeNull();
});

import { describe, expect, test } from '@jest/globals';
import type { DeployError } from '../../../../src/core/errors.ts';
import { fatalFailure } from '../../../../src/project/django/fatal-failure.ts';
import type { Outcome } from '../../../../src/project/django/outcome.ts';
import { projectSettings, stepFailure } from '../../../support/project.ts';

const workspace = '/work/repo';

const fatal = (overrides: Parameters<typeof stepFailure>[0], more: Partial<Outcome> = {}): DeployError | undefined =>
  fatalFailure({ failures: [stepFailure(overrides)], ...more }, workspace);

const noModule = (module: string) => {
  const message = `No module named '${module}'`;
  return { type: 'ModuleNotFoundError', message, import_error: { module, message } };
};

describe('a fatal failure says what to type', () => {
  test.each<[string, Parameters<typeof stepFailure>[0], RegExp]>([
    ['for a name that looks like a variable', { type: 'KeyError', message: "'QUEUE'" }, /If .* env, .* QUEUE=…/],
    ['for a database that is not there', { type: 'OperationalError', database: true }, /DATABASE_URL=sqlite:/],
    ['without Django', noModule('django'), /Django is not among the installed dependencies/],
    ['without another module', noModule('rest_framework'), /"rest_framework" is missing.*settings-module/],
    [
      'without the PostgreSQL driver',
      { type: 'ImproperlyConfigured', message: 'Error loading psycopg2 or psycopg module' },
      /driver is missing.*psycopg/,
    ],
    [
      'without the MySQL driver',
      { type: 'ImproperlyConfigured', message: 'Error loading MySQLdb module.\nDid you install mysqlclient?' },
      /driver is missing.*mysqlclient/,
    ],
    ['without a module that Python 3.13 has no more', noModule('cgi'), /3\.12 is the last .*python-version: "3\.12"/s],
    [
      'without a module that Python 3.12 has no more',
      noModule('distutils.util'),
      /"distutils".*python-version: "3\.11"/s,
    ],
    ['without pkg_resources', noModule('pkg_resources'), /"setuptools<81"/],
    [
      'where another exception was raised for the module that is missing',
      { ...noModule('pytest'), type: 'ImportError', message: 'No plugin' },
      /"pytest" is missing.*only developers install/,
    ],
    [
      'for a driver that is there and does not load',
      {
        type: 'ImproperlyConfigured',
        message: 'Error loading psycopg2 or psycopg module',
        import_error: {
          module: '_psycopg',
          message: '/venv/site-packages/psycopg2/_psycopg.so: undefined symbol: _Py',
        },
      },
      /"psycopg2" is installed and does not load.*newer version/,
    ],
    [
      'for a variable that a message names',
      { ...noModule('shop.config'), message: 'Name another one in the SHOP_CONFIG environment variable.' },
      /input env, for example SHOP_CONFIG=…/,
    ],
    [
      'for a file that only the host has',
      { type: 'FileNotFoundError', message: "No such file or directory: 'config.py'" },
      /build-command: cp .*input env/,
    ],
    ['for anything else', {}, /traceback stands in the log/],
    ['where the settings end the process', { type: 'SystemExit', message: '1' }, /ended the process/],
    [
      'for CSS that names a missing file',
      {
        step: 'collect',
        type: 'ValueError',
        message: "The file 'shop/none.png' could not be found with <shop.storage.Manifest object at 0x1>.",
      },
      /names a file that is not there.*url\(\)/,
    ],
    [
      'for a tool of the front-end',
      { step: 'collect', type: 'FileNotFoundError', message: "No such file: '/w/node_modules/.bin/terser'" },
      /build-command: npm ci && npm run build/,
    ],
    [
      'for a compressor that is not there',
      { step: 'collect', type: 'CompressorError', message: '/usr/bin/env: ‘yuglify’: No such file or directory' },
      /There is no yuglify on this machine.*node_modules\/\.bin\/yuglify/,
    ],
    [
      'for a compiler that the shell does not find',
      { step: 'collect', type: 'CompilerError', message: 'sh: 1: lessc: not found' },
      /There is no lessc/,
    ],
    [
      'for a storage of the network that is asked for a path',
      { type: 'NotImplementedError', message: "This backend doesn't support absolute paths." },
      /no path\(\) on disk.*storage\.open/,
    ],
    [
      'for a driver that only collectstatic needs',
      { step: 'collect', type: 'ImproperlyConfigured', message: 'Error loading psycopg2 or psycopg module' },
      /driver is missing/,
    ],
  ])('%s', (_what, overrides, hint) => {
    expect(fatal(overrides)?.hint).toMatch(hint);
  });

  test('and asks for no variable where a dictionary lacks a key', () => {
    expect(fatal({ type: 'KeyError', message: "'default'" })?.hint).not.toContain('input env');
  });

  test('and calls no module missing that only lacks a name', () => {
    const message = "cannot import name 'ugettext' from 'django.utils.translation' (/venv/django/utils/translation.py)";
    const imported = { module: 'django.utils.translation', message };
    const error = fatal({ type: 'ImportError', import_error: imported, message });
    expect(error?.hint).toContain('Pin the version that works');
  });
});

test('a collectstatic that fails of django-pipeline’s settings names them', () => {
  const fault = {
    kind: 'text',
    setting: 'STYLESHEETS',
    package: 'site',
    pattern: 'a.css',
    file: null,
    line: null,
  } as const;
  const error = fatal({ step: 'collect', type: 'SuspiciousFileOperation', message: 'x' }, { pipeline: [fault] });
  expect(error?.hint).toContain('Write a list: "source_filenames": ["a.css"]');
});

test('references that are not there have each its own advice, once', () => {
  const reference = (more: object) => ({
    name: 'a.css',
    file: '/work/repo/a.css',
    line: 1,
    url: 'b',
    target: 'b',
    ...more,
  });
  const missing = [reference({ comment: true }), reference({ comment: true }), reference({ file: '/venv/kit/a.css' })];
  const hint = fatal({ step: 'collect' }, { missing })?.hint;
  expect(hint?.split('\n')).toEqual([
    expect.stringContaining('commented out'),
    expect.stringMatching(/installed package: .*\(static\/b\)/),
  ]);
});

describe('a fatal failure', () => {
  test.each([
    ['start', 'DJANGO_FAILED', "Django did not start with the project's settings: ValueError: It broke"],
    ['probe', 'DJANGO_FAILED', "Django did not start with the project's settings: ValueError: It broke"],
    ['links', 'COLLECT_FAILED', 'The static files could not be listed: ValueError: It broke'],
    ['collect', 'COLLECT_FAILED', 'collectstatic failed: ValueError: It broke'],
  ] as const)('of the step %s is %s', (step, code, message) => {
    expect(fatal({ step })).toMatchObject({ code, message });
  });

  test.each(['checks', 'migrations'] as const)('is not that of the step %s, which the preflight reports', (step) => {
    expect(fatal({ step })).toBeUndefined();
  });

  test('is not hidden by one that is not fatal', () => {
    const failures = [stepFailure({ step: 'checks' }), stepFailure({ step: 'collect' })];
    expect(fatalFailure({ failures }, workspace)?.code).toBe('COLLECT_FAILED');
  });

  test('stands at the innermost line of the project', () => {
    const frames = [
      { file: '/work/repo/site/config/urls.py', line: 1 },
      { file: '/work/repo/site/config/settings.py', line: 24 },
    ];
    const error = fatal({ frames });
    expect(error?.at).toEqual({ file: 'site/config/settings.py', line: 24 });
    expect(error?.message).toContain('(site/config/settings.py, line 24)');
  });

  test('names the import that was at fault, without the folders of this job', () => {
    const message = '/tmp/job/venv/lib/python3.13/site-packages/psycopg2/_psycopg.so: undefined symbol: _Py';
    const error = fatal({ message: 'Error loading psycopg2', import_error: { module: 'psycopg2', message } });
    expect(error?.message).toMatch(/: Error loading psycopg2 \(psycopg2\/_psycopg\.so: undefined symbol: _Py\)$/);
    const told = fatal({ message: `No plugin: ${message}`, import_error: { module: 'psycopg2', message } });
    expect(told?.message).toMatch(/symbol: _Py$/);
  });

  test('is cut where its message is longer than anyone reads', () => {
    expect(fatal({ message: 'x'.repeat(5_000) })?.message).toMatch(/: x{599}…$/);
  });

  test('stands nowhere where no line of the checkout is known', () => {
    expect(fatal({})?.at).toBeUndefined();
    expect(fatal({ frames: [{ file: '/elsewhere/settings.py', line: 1 }] })?.at).toBeUndefined();
  });

  test('is every variable that is needed, at the line of the first', () => {
    const needed = [
      { name: 'REDIS_URL', file: '/work/repo/config/settings.py', line: 3 },
      { name: 'BUCKET', file: null, line: null },
    ];
    const error = fatal({ message: "'REDIS_URL'" }, { needed });
    expect(error).toMatchObject({
      code: 'DJANGO_FAILED',
      message: 'Django needs 2 environment variables that are not set: REDIS_URL, BUCKET (config/settings.py, line 3)',
      hint: 'Add to the input env:\n  REDIS_URL=…\n  BUCKET=…\nThe app on the host needs them, too.',
      at: { file: 'config/settings.py', line: 3 },
    });
    const project = projectSettings({ debug_off: { REDIS_URL: null, BUCKET: 'no' } });
    expect(fatal({}, { needed, project })?.hint).toBe(
      'Add to the input env:\n  REDIS_URL=…\n  BUCKET=no\nThe app on the host needs them, too.',
    );
  });

  test('names the throw-away values, of which one may be at fault', () => {
    const error = fatal({ message: 'Could not deserialize key data' }, { throw_away: ['JWT_PRIVATE_KEY'] });
    expect(error?.hint).toContain('have throw-away values: JWT_PRIVATE_KEY.');
  });

  test('is every file that is not there, each with who names it', () => {
    const missing = Array.from({ length: 12 }, (_, index) => ({
      name: 'shop/a.css',
      file: index === 0 ? '/work/repo/shop/static/shop/a.css' : null,
      line: index + 1,
      url: `${index}.png`,
      target: `shop/${index}.png`,
    }));
    const error = fatal({ step: 'collect', type: 'ValueError' }, { missing });
    expect(error).toMatchObject({ code: 'COLLECT_FAILED', at: { file: 'shop/static/shop/a.css', line: 1 } });
    expect(error?.message.split('\n')).toHaveLength(12);
    expect(error?.message).toContain('12 references to files that are not there');
    expect(error?.message).toContain(
      '  shop/static/shop/a.css, line 1: 0.png (shop/0.png)\n  shop/a.css, line 2: 1.png',
    );
    expect(error?.message).toMatch(/and 2 more$/);
  });

  test('is a static file that links to one outside, before anything else', () => {
    const escaping = [{ file: '/work/repo/site/static/env.txt', target: '/work/repo/.env' }];
    const error = fatal({ step: 'collect' }, { escaping });
    expect(error?.code).toBe('FILES_REFUSED');
    expect(error?.message).toContain('site/static/env.txt → .env');
  });

  test('is a static file that links to what is not there, and those that lead out come first', () => {
    const broken = { file: '/work/repo/site/static/kit', target: '/work/repo/kit', broken: true };
    const outside = { file: '/work/repo/site/static/a', target: '/etc/a' };
    const error = fatal({ step: 'collect' }, { escaping: [broken] });
    expect(error).toMatchObject({ code: 'COLLECT_FAILED', hint: expect.stringContaining('submodules: true') });
    expect(error?.message).toContain('site/static/kit → kit');
    const both = fatal({ step: 'collect' }, { escaping: [broken, outside] });
    expect(both).toMatchObject({ code: 'FILES_REFUSED', message: expect.not.stringContaining('kit') });
  });
});

describe('a cause of its own has an advice of its own', () => {
  test.each<[string, Parameters<typeof stepFailure>[0], RegExp, RegExp]>([
    [
      'SQLite in a folder that git has not',
      { message: 'unable to open database file', database: true },
      /unable/,
      /mkdir -p data/,
    ],
    [
      'its own version',
      {
        type: 'PackageNotFoundError',
        message: 'No package metadata was found for shop',
        import_error: { module: 'shop', message: 'No package metadata was found for shop' },
      },
      /shop/,
      /install: pip install \./,
    ],
    [
      'syntax of which no more is known',
      { type: 'SyntaxError', message: 'invalid syntax' },
      /SyntaxError/,
      /^Fix this line/,
    ],
    [
      'a library of the system',
      { type: 'OSError', message: "cannot load library 'libgobject-2.0-0'" },
      /libgobject/,
      /apt-get install --yes libpango/,
    ],
    [
      'what all began with',
      {
        message: "Unable to configure handler 'file'",
        cause: { type: 'FileNotFoundError', message: "[Errno 2] No such file or directory: '/srv/logs/app.log'" },
      },
      /because of FileNotFoundError: .*app\.log/,
      /mkdir -p \/srv\/logs/,
    ],
  ])('%s', (_what, overrides, message, hint) => {
    const error = fatalFailure({ failures: [stepFailure(overrides)] }, '/work/repo');
    expect(error?.message).toMatch(message);
    expect(error?.hint).toMatch(hint);
  });
});

describe('a file that a front-end writes, and that is not there', () => {
  const message = "[Errno 2] No such file or directory: '/work/repo/static/build'";
  const notBuilt = {
    level: 'warning' as const,
    id: 'deploy.front-end',
    message: 'Write build-command: npx gulp build',
  };

  test.each(['links', 'collect', 'start'] as const)('at the step %s, gets the command that makes it', (step) => {
    const failures = [stepFailure({ step, type: 'FileNotFoundError', message })];
    expect(fatalFailure({ failures }, workspace, { findings: [notBuilt] })?.hint).toBe(notBuilt.message);
    expect(fatalFailure({ failures }, workspace)?.hint).not.toContain('gulp');
  });

  test('is not made the cause of a start that fails of something else', () => {
    const config = "[Errno 2] No such file or directory: '/work/repo/config.ini'";
    const failures = [stepFailure({ type: 'FileNotFoundError', message: config })];
    expect(fatalFailure({ failures }, workspace, { findings: [notBuilt] })?.hint).not.toContain('gulp');
  });
});

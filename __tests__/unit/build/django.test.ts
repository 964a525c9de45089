import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type DjangoRequest, fatalFailure, runDjango } from '../../../src/build/django.ts';
import type { Outcome } from '../../../src/build/outcome.ts';
import type { DeployError } from '../../../src/errors.ts';
import { failure, fakeExec, projectSettings, shellIO, stepFailure, tempFolder } from '../../support/project.ts';

const request = (scratch = '/scratch/django'): DjangoRequest => ({
  managePy: '/work/repo/site/manage.py',
  projectRoot: '/work/repo/site',
  workspace: '/work/repo',
  scratch,
  checks: true,
  migrations: false,
});

const fatal = (overrides: Parameters<typeof stepFailure>[0], more: Partial<Outcome> = {}): DeployError | undefined =>
  fatalFailure({ failures: [stepFailure(overrides)], ...more }, request());

describe('a fatal failure says what to type', () => {
  test.each<[string, Parameters<typeof stepFailure>[0], RegExp]>([
    ['for a variable that os.environ lacks', { type: 'KeyError', message: "'SECRET_KEY'" }, /env, .* SECRET_KEY=…/],
    [
      'for a variable that decouple lacks',
      {
        type: 'UndefinedValueError',
        message: 'DATABASE_URL not found. Declare it as envvar or define a default value.',
      },
      /env, .* DATABASE_URL=…/,
    ],
    [
      'for a variable that django-environ lacks',
      { type: 'ImproperlyConfigured', message: 'Set the REDIS_URL environment variable' },
      /env, .* REDIS_URL=…/,
    ],
    [
      'without Django',
      { type: 'ModuleNotFoundError', module: 'django', message: "No module named 'django'" },
      /Django is not among the installed dependencies/,
    ],
    [
      'without another module',
      { type: 'ModuleNotFoundError', module: 'rest_framework', message: "No module named 'rest_framework'" },
      /"rest_framework" is missing.*settings-module/,
    ],
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
      'without the app staticfiles',
      { step: 'collect', type: 'CommandError', message: "Unknown command: 'collectstatic'" },
      /django\.contrib\.staticfiles.*INSTALLED_APPS/,
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
    const error = fatal({ type: 'ImportError', module: 'django.utils.translation', message });
    expect(error?.hint).not.toContain('is missing');
  });
});

describe('a fatal failure', () => {
  test.each([
    ['start', 'DJANGO_FAILED', "Django did not start with the project's settings: ValueError: It broke"],
    ['probe', 'DJANGO_FAILED', "Django did not start with the project's settings: ValueError: It broke"],
    ['collect', 'COLLECT_FAILED', 'collectstatic failed: ValueError: It broke'],
  ] as const)('of the step %s is %s', (step, code, message) => {
    expect(fatal({ step })).toMatchObject({ code, message });
  });

  test.each(['checks', 'migrations'] as const)('is not that of the step %s, which the preflight reports', (step) => {
    expect(fatal({ step })).toBeUndefined();
  });

  test('is not hidden by one that is not fatal', () => {
    const failures = [stepFailure({ step: 'checks' }), stepFailure({ step: 'collect' })];
    expect(fatalFailure({ failures }, request())?.code).toBe('COLLECT_FAILED');
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

  test('stands nowhere where no line of the checkout is known', () => {
    expect(fatal({})?.at).toBeUndefined();
    expect(fatal({ frames: [{ file: '/elsewhere/settings.py', line: 1 }] })?.at).toBeUndefined();
  });

  test('is a static file that links to one outside, before anything else', () => {
    const escaping = [{ file: '/work/repo/site/static/env.txt', target: '/work/repo/.env' }];
    const error = fatal({ step: 'collect' }, { escaping });
    expect(error?.code).toBe('FILES_REFUSED');
    expect(error?.message).toContain('site/static/env.txt → /work/repo/.env');
  });
});

describe('Django is run', () => {
  const python = { program: '/venv/bin/python', env: { PATH: '/venv/bin' } };

  /** Runs a Django that leaves this text as its outcome. */
  async function answered(outcome: string | undefined, exit = 0) {
    const scratch = join(tempFolder(), 'django');
    const exec = fakeExec(({ args }) => {
      const asked = JSON.parse(readFileSync(args[1] ?? '', 'utf8')) as Record<string, unknown>;
      if (outcome !== undefined) writeFileSync(asked.outcome as string, outcome);
      return { exit, output: `asked ${JSON.stringify(asked)}` };
    });
    const io = shellIO(exec);
    return { work: () => runDjango(io, '# the steps', python, request(scratch)), exec, io, scratch };
  }

  const whole = { project: projectSettings(), collected: { root: '/static', manifest: null }, failures: [] };

  test('with the steps and the request, once, in the project', async () => {
    const { work, exec, scratch } = await answered(JSON.stringify({ ...whole, finished: true }));
    await work();
    expect(exec.commands).toHaveLength(1);
    const [command] = exec.commands;
    expect(command).toMatchObject({ program: python.program, cwd: '/work/repo/site', env: python.env });
    expect(readFileSync(command?.args[0] ?? '', 'utf8')).toBe('# the steps');
    expect(JSON.parse(readFileSync(command?.args[1] ?? '', 'utf8'))).toMatchObject({
      manage_py: '/work/repo/site/manage.py',
      project_root: '/work/repo/site',
      static_root: join(scratch, 'static'),
      checks: true,
      migrations: false,
    });
  });

  test('and its outcome is returned, its output shown', async () => {
    const { work, io } = await answered(JSON.stringify({ ...whole, finished: true }));
    expect(await work()).toMatchObject(whole);
    expect(io.shown()).toContain('asked');
  });

  test('and failures are an outcome, whatever the exit code', async () => {
    const { work } = await answered(JSON.stringify({ failures: [stepFailure()] }), 1);
    expect((await work()).failures).toHaveLength(1);
  });

  test.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one that is cut off', '{"project": {'],
    ['nonsense', '"done"'],
    ['one in which no command ran', '{"failures": []}'],
  ])('and leaves %s: an error with the exit code', async (_what, outcome) => {
    const error = await failure<DeployError>((await answered(outcome, 3)).work);
    expect(error.code).toBe('DJANGO_FAILED');
    expect(error.message).toContain('exit code 3');
    expect(error.hint).toContain('execute_from_command_line');
  });

  test('and is killed midway: an error, because nothing was checked or collected', async () => {
    const { work } = await answered(JSON.stringify({ project: projectSettings(), failures: [] }), 137);
    const end = await failure(async () => {
      const error = fatalFailure(await work(), request());
      if (error) throw error;
    });
    expect(end.message).toContain('137');
  });
});

import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Venv } from '../../demo/parts/python.ts';
import { generate, look, realDjangos, venvOf } from '../support/real-django.ts';

/** What of a project cannot be read or imported, and where the build says so, on each Django that this machine takes. */
describe.each(await realDjangos())('$django', (real) => {
  let venv: Venv;
  beforeAll(async () => {
    venv = await venvOf(real);
  });

  const lookAt = async (peculiar: string, files: Readonly<Record<string, string>> = {}) => {
    const root = await generate(venv, peculiar, files);
    const { find } = await look(venv, root);
    return find('deploy.start') ?? find('deploy.checks');
  };

  test.each<[string, string, Record<string, string>, RegExp, { file: string; line?: number }]>([
    [
      'a bracket that is not closed',
      '',
      { 'pages/models.py': '# Models\nx = (\n' },
      /SyntaxError: (?!.*\(models\.py).*\. Fix this line/,
      { file: 'pages/models.py' },
    ],
    [
      'a merge that was not finished',
      '',
      { 'pages/models.py': 'x = [\n<<<<<<< HEAD\n1,\n=======\n2,\n>>>>>>> other\n]\n' },
      /merge that was not finished/,
      { file: 'pages/models.py', line: 2 },
    ],
    [
      'null bytes, of which Python names no file',
      '',
      { 'pages/models.py': 'x = 1\ny = 2\0\n' },
      /null bytes\. The file has null bytes/,
      { file: 'pages/models.py', line: 2 },
    ],
    [
      'a module of the project that is not committed',
      '',
      { 'pages/models.py': 'from pages.money import x\n', 'pages/monei.py': '' },
      /pages\/money\.py is not in the checkout\. .*Did you mean pages\.monei\?/,
      { file: 'pages/models.py', line: 1 },
    ],
    [
      'a module of the project that is imported from its package',
      '',
      { 'pages/models.py': 'from . import money\n' },
      /pages\/money\.py is not in the checkout/,
      { file: 'pages/models.py', line: 1 },
    ],
    [
      'modules that import each other',
      '',
      {
        'pages/models.py': 'from pages.money import A\nB = 1\n',
        'pages/money.py': 'from pages.models import B\nA = 1\n',
      },
      /import each other/,
      { file: 'pages/money.py', line: 1 },
    ],
  ])('%s', async (_what, peculiar, files, message, at) => {
    const found = await lookAt(peculiar, files);
    expect(found?.message).toMatch(message);
    expect(found?.at).toMatchObject(at);
  });

  test.each([
    ['an app', 'INSTALLED_APPS += [\n    "rest_framework",\n]', 2, /djangorestframework/],
    ['URLs', '\nROOT_URLCONF = "site1.urlz"', 2, /Did you mean site1\.urls\?/],
    ['a driver', 'DATABASES["default"] = {\n    "ENGINE": "django.db.backends.postgresql",\n}', 2, /driver is missing/],
  ])('%s that is missing is told at the line of the settings that names it', async (_what, lines, line, message) => {
    const before = '#\n';
    const there = await lookAt(`${before}${lines}\n`);
    const further = await lookAt(`${before}#\n#\n${lines}\n`);
    expect(there?.message).toMatch(message);
    expect(there?.at?.file).toBe('site1/settings.py');
    expect((further?.at?.line ?? 0) - (there?.at?.line ?? 0)).toBe(line);
  });

  test('warnings that another DEBUG would change are told with it', async () => {
    const settings =
      'DEBUG = "TIDES" not in os.environ\nSECURE_SSL_REDIRECT = not DEBUG\nSESSION_COOKIE_SECURE = not DEBUG\n';
    const { find } = await look(venv, await generate(venv, `import os\n${settings}`));
    expect(find('deploy.debug')?.message).toContain('2 further warnings of Django depend on it');
    expect(find('security.W008')).toBeUndefined();
    expect(find('security.W016')?.message).toContain('Write CSRF_COOKIE_SECURE = True');
  });
});

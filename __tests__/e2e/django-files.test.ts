import { existsSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Venv } from '../../demo/parts/python.ts';
import { generate, type LookRequest, look, realDjangos, venvOf } from '../support/real-django.ts';

/** What real Django does with static files in a build, one peculiarity of the project at a time, on each version that this machine takes. */
describe.each(await realDjangos())('$django', (real) => {
  let venv: Venv;
  beforeAll(async () => {
    venv = await venvOf(real);
  });

  const lookAt = async (peculiar: string, files: Readonly<Record<string, string>> = {}, request?: LookRequest) =>
    look(venv, await generate(venv, peculiar, files), request);

  /** The version of Django, as a number to compare. */
  const major = Number(/\d+/.exec(real.django)?.[0]);

  test('without STATIC_ROOT the files are collected elsewhere, and it is an error where the app needs it', async () => {
    const { find, outcome, fatal } = await lookAt('STATIC_ROOT = None\n');
    expect(fatal).toBeUndefined();
    expect(outcome.collected?.root).toMatch(/static$/);
    expect(find('deploy.static-root')).toMatchObject({ level: 'error', at: { file: 'site1/settings.py' } });
  });

  test('every file that CSS and JavaScript name and nobody has is found, with the line that names it', async () => {
    const { fatal, findings } = await lookAt('', {
      'pages/static/pages/home.css':
        '@import "gone.css";\np { background: url("a.png") }\nb { c: url(d.svg) } e { f: url(g.svg) }\n',
      'pages/static/pages/deep/in.css': 'p { background: url("../home.css") }\n\nq { r: url(../../../../out.png) }\n',
      'pages/static/pages/app.js': 'let a\n//# sourceMappingURL=app.js.map\n',
    });
    expect(fatal?.code).toBe('COLLECT_FAILED');
    const missing = findings.filter(({ id }) => id === 'deploy.missing-file');
    expect(missing.map(({ at }) => `${at?.file}:${at?.line}`).sort()).toEqual([
      'pages/static/pages/app.js:2',
      'pages/static/pages/deep/in.css:3',
      'pages/static/pages/home.css:1',
      'pages/static/pages/home.css:2',
      'pages/static/pages/home.css:3',
      'pages/static/pages/home.css:3',
    ]);
    expect(missing.map(({ message }) => message).join()).toContain('"g.svg" names pages/g.svg');
  });

  test('templates of the project that ask for a static file which nobody has are found, and nothing that is commented out', async () => {
    const { findings } = await lookAt('TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates"]\n', {
      'pages/templates/pages/a.html':
        '{% load static %}\n{% static "pages/home.css" %} {% static "pages/home.css#a" %} {% static "pages/" %}\n{# {% static "x.css" %} #}{% comment %}\n{% static "y.css" %}\n{% endcomment %}{% static \'none.css\' %}\n{% static variable %}',
      'templates/b.html': '<img src="{%  static "gone.png" as picture %}">{{ static("also.png") }}',
      'pages/views.py': 'names = ["pages/a.html", "b.html"]\n',
    });
    const templates = findings.filter(({ id }) => id === 'deploy.template');
    expect(templates.map(({ at, level }) => [at?.file, at?.line, level])).toEqual([
      ['pages/templates/pages/a.html', 5, 'error'],
      ['templates/b.html', 1, 'error'],
      ['templates/b.html', 1, 'error'],
    ]);
  });

  test('STATICFILES_STORAGE is followed by a Django that has it, and an error at its line on one that has not', async () => {
    const { find, outcome } = await lookAt(
      'del STORAGES\nSTATICFILES_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"\n',
    );
    if (major >= 5) {
      expect(find('deploy.dead-setting')?.at?.line).toBeGreaterThan(100);
      expect(outcome.collected?.manifest).toBeNull();
    } else {
      expect(find('deploy.dead-setting')).toBeUndefined();
      expect(outcome.collected?.manifest).toContain('staticfiles.json');
    }
  });

  test('without the app staticfiles there is nothing to collect, as for an API', async () => {
    const { fatal, outcome, find } = await lookAt('INSTALLED_APPS.remove("django.contrib.staticfiles")\n');
    expect([fatal, outcome.collected]).toEqual([undefined, undefined]);
    expect(find('deploy.no-static-files')?.message).toContain('INSTALLED_APPS');
  });

  test('finders that cannot list their files are a failure of theirs, not of Django’s start', async () => {
    const { fatal, findings } = await lookAt('STATICFILES_FINDERS = ["npm_files.Finder"]\n');
    expect(fatal).toMatchObject({ code: 'COLLECT_FAILED', message: expect.stringContaining('could not be listed') });
    expect(fatal?.hint).toContain('The module "npm_files" is missing');
    expect(findings.map(({ id }) => id)).toEqual(expect.arrayContaining(['deploy.collect', 'deploy.checks']));
  });

  test('of two files with one name both are told, where they differ and nobody meant it', async () => {
    const settings = 'INSTALLED_APPS += ["other"]\nSTATICFILES_DIRS = [BASE_DIR / "assets"]\n';
    const { findings } = await lookAt(settings, {
      'other/__init__.py': '',
      'pages/static/site.css': 'a {}',
      'other/static/site.css': 'b {}',
      'pages/static/same.css': 'c {}',
      'other/static/same.css': 'c {}',
      'assets/admin/css/base.css': '/* ours on purpose */',
      'pages/static/admin/js/core.js': '// never seen, because the admin comes first',
    });
    const found = findings.filter(({ id }) => id === 'deploy.duplicate');
    expect(found.map(({ at }) => at?.file)).toEqual(['other/static/site.css', 'pages/static/admin/js/core.js']);
    expect(found[0]?.message).toContain('pages/static/site.css is used, other/static/site.css is not');
  });

  test('STATIC_ROOT among STATICFILES_DIRS is Django’s own error, at the line of the setting', async () => {
    const { find } = await lookAt('STATICFILES_DIRS = [STATIC_ROOT]\n', { 'staticfiles/a.css': '' });
    expect(find('staticfiles.E002')).toMatchObject({ level: 'error', at: { file: 'site1/settings.py' } });
    expect(find('staticfiles.E002')?.at?.line).toBeGreaterThan(100);
  });

  test('a static file that is a link to nothing is named, as is one that leads back to its own folder', async () => {
    const root = await generate(venv);
    await symlink('../../../kit/kit.css', join(root, 'pages/static/pages/kit.css'));
    const broken = await look(venv, root);
    expect(broken.fatal?.code).toBe('COLLECT_FAILED');
    expect(broken.find('deploy.link')?.message).toContain('a link to kit/kit.css, which is not there');
    await rm(join(root, 'pages/static/pages/kit.css'));
    await symlink('.', join(root, 'pages/static/pages/again'));
    expect((await look(venv, root)).fatal?.hint).toMatch(/leads back to a folder/);
  });

  test('a static file that is a link out of its folder is found before anything is copied', async () => {
    const root = await generate(venv, '', { '.env': 'SECRET=1' });
    await symlink(join(root, '.env'), join(root, 'pages/static/pages/config.txt'));
    const { fatal, find } = await look(venv, root);
    expect(fatal?.code).toBe('FILES_REFUSED');
    expect(find('deploy.link')?.at?.file).toBe('pages/static/pages/config.txt');
    expect(existsSync(join(root, 'staticfiles'))).toBe(false);
  });
});

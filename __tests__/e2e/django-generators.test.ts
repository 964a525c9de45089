import { execFile } from 'node:child_process';
import { rename, symlink } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Venv } from '../../demo/parts/python.ts';
import { type Project, startWagtail } from '../support/django-project.ts';
import { tempFolder, writeFiles } from '../support/project.ts';
import { generate, look, usualDjango, venvOf } from '../support/real-django.ts';

/** Projects as other generators make them, and as people place them. */
const run = promisify(execFile);

describe('a project of `wagtail start`', () => {
  let project: Project;
  beforeAll(async () => {
    project = await startWagtail();
  });
  afterAll(() => project.remove());

  test('has production settings beside those that its manage.py chooses, which is told', async () => {
    const { find, fatal, outcome } = await look(project.venv, project.folder);
    expect(fatal).toBeUndefined();
    expect(outcome.project?.settings_module).toBe('mysite.settings.dev');
    expect(find('deploy.settings-module')?.message).toContain('settings-module: mysite.settings.production');
    expect(find('deploy.debug')?.at).toEqual({ file: 'mysite/settings/dev.py', line: expect.any(Number) });
  });

  test('starts with its production settings, which have no SECRET_KEY', async () => {
    const { fatal, outcome, findings } = await look(project.venv, project.folder, {
      env: { DJANGO_SETTINGS_MODULE: 'mysite.settings.production' },
      options: { url: 'https://shop.example' },
    });
    expect(fatal).toBeUndefined();
    expect(outcome.throw_away).toEqual(['SECRET_KEY']);
    expect(outcome.collected?.manifest).toMatch(/static\/staticfiles\.json$/);
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
    expect(findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['deploy.allowed-hosts', 'deploy.csrf-origins']),
    );
  });
});

test('a project that nanodjango converts from one file has models without migrations, and that stops it', async () => {
  const venv = await venvOf(await usualDjango(), ['nanodjango==0.13.0']);
  const folder = tempFolder();
  const app = `from django.db import models
from nanodjango import Django

app = Django(ALLOWED_HOSTS=["shop.example"])

class CountLog(models.Model):
    at = models.DateTimeField(auto_now_add=True)

@app.route("/")
def count(request):
    return f"<p>{CountLog.objects.count()}</p>"
`;
  await writeFiles(folder, { 'counter.py': app });
  const env = { ...process.env, PATH: [dirname(venv.python), process.env.PATH].join(delimiter) };
  await run(venv.program('nanodjango'), ['convert', 'counter.py', 'site', '--name=counted'], { cwd: folder, env });
  const { fatal, findings, find } = await look(venv, join(folder, 'site'), {
    options: { url: 'https://shop.example' },
  });
  expect(fatal).toBeUndefined();
  expect(find('deploy.allowed-hosts')).toBeUndefined();
  expect(find('deploy.debug')?.at).toMatchObject({ file: 'counted/settings.py', line: expect.any(Number) });
  expect(findings.filter(({ level }) => level === 'error').map(({ id }) => id)).toContain('deploy.static-root');
});

describe('manage.py', () => {
  let venv: Venv;
  beforeAll(async () => {
    venv = await venvOf(await usualDjango());
  });

  test('runs in a folder whose name has spaces and other letters', async () => {
    const root = await generate(venv, '', {}, 'öffentlich & schön/my site');
    const { fatal, outcome, findings } = await look(venv, root);
    expect(fatal).toBeUndefined();
    expect(outcome.project?.static_root).toBe(join(root, 'staticfiles'));
    expect(findings.find(({ id }) => id === 'security.W004')?.at?.file).toBe('site1/settings.py');
  });

  test('runs from the folder above by a link, and finds the modules beside the file itself', async () => {
    const root = await generate(venv);
    const inner = join(root, 'src');
    await writeFiles(inner, { '.keep': '' });
    for (const name of ['manage.py', 'site1', 'pages']) await rename(join(root, name), join(inner, name));
    await symlink('src/manage.py', join(root, 'manage.py'));
    const { fatal, outcome } = await look(venv, root);
    expect(fatal).toBeUndefined();
    expect(outcome.project?.settings_file).toBe(join(inner, 'site1', 'settings.py'));
  });

  test('runs below the working directory, where its own folder is the current one', async () => {
    const root = await generate(venv, 'open("here.txt", "w").close()\n', {}, 'deep');
    const { fatal, outcome } = await look(venv, dirname(root), { managePy: 'deep/manage.py' });
    expect(fatal).toBeUndefined();
    expect(outcome.project?.static_root).toBe(join(root, 'staticfiles'));
  });
});

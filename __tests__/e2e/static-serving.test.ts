import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Venv } from '../../demo/parts/python.ts';
import { generate, type Look, look, usualDjango, venvOf } from '../support/real-django.ts';

/** Who serves the static files inside of a real Django, and what of it is found to be set up badly. */
const packages = ['whitenoise==6.12.0', 'servestatic==4.1.0', 'dj-static==0.0.6'];

let venv: Venv;
beforeAll(async () => {
  venv = await venvOf(await usualDjango(), packages);
});

const options = { releases: true, planned: true };
const compressed = (server: string) =>
  `STORAGES["staticfiles"]["BACKEND"] = "${server}.storage.CompressedManifestStaticFilesStorage"\n`;
const noise = `MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")\n${compressed('whitenoise')}`;

const lookAt = async (settings: string, files: Record<string, string> = {}): Promise<Look> =>
  look(venv, await generate(venv, settings, files), { options });
const ofServing = ({ findings }: Look) =>
  findings.filter(({ id }) => /^deploy\.(static-|uncompressed|no-hashes)/.test(id));
const idsOf = (found: Look) => ofServing(found).map(({ level, id }) => `${level} ${id}`);

describe('an app', () => {
  test('with WhiteNoise as its documentation says it has nothing to fix', async () => {
    const found = await lookAt(noise);
    expect(found.outcome.project).toMatchObject({
      whitenoise: true,
      serving: { server: 'whitenoise', compressed: true, flags: {}, wrapper: null, view: null },
    });
    expect(ofServing(found)).toEqual([]);
  });

  test('with a middleware and a storage of its own over WhiteNoise’s is known, and so is what is set badly', async () => {
    const settings = `MIDDLEWARE.append("site1.noise.Noise")
STORAGES["staticfiles"]["BACKEND"] = "site1.noise.Files"
INSTALLED_APPS.append("whitenoise.runserver_nostatic")
WHITENOISE_AUTOREFRESH = True
WHITENOISE_MAX_AGE = 31536000
WHITENOISE_ROOT = BASE_DIR / "public"
WHITENOISE_IMMUTABLE_FILE_TEST = r"home\\.css$"
`;
    const own = `from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

class Noise(WhiteNoiseMiddleware):
    pass

class Files(CompressedManifestStaticFilesStorage):
    pass
`;
    const found = await lookAt(settings, { 'site1/noise.py': own });
    expect(found.outcome.project).toMatchObject({
      whitenoise: true,
      serving: { middleware: { path: 'site1.noise.Noise' }, compressed: true, immutable: ['pages/home.css'] },
    });
    const text = ofServing(found)
      .map(({ message }) => message)
      .join('\n');
    expect(text).toContain('SessionMiddleware');
    expect(text).toContain('runserver_nostatic');
    expect(text).toContain('WHITENOISE_AUTOREFRESH is on');
    expect(text).toContain('WHITENOISE_MAX_AGE is 31536000');
    expect(text).toContain('WHITENOISE_ROOT is public, which is not there');
    expect(text).toContain('pages/home.css');
    for (const { at } of ofServing(found))
      expect(at).toMatchObject({ file: 'site1/settings.py', line: expect.any(Number) });
  });

  test('with ServeStatic is known by its own settings', async () => {
    const settings = `MIDDLEWARE.insert(1, "servestatic.middleware.ServeStaticMiddleware")\n${compressed('servestatic')}SERVESTATIC_USE_FINDERS = True\n`;
    const found = await lookAt(settings);
    expect(found.outcome.project?.serving).toMatchObject({ server: 'servestatic', prefix: 'SERVESTATIC' });
    expect(found.find('deploy.static-settings')?.message).toContain('SERVESTATIC_USE_FINDERS is on: ServeStatic');
  });

  test('whose WSGI application is wrapped is known: by dj-static, by WhiteNoise', async () => {
    const wsgi = (lines: string) =>
      `import os\n\nfrom django.core.wsgi import get_wsgi_application\n${lines}\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")\napplication = wrap(get_wsgi_application())\n`;
    const dead = await lookAt('', { 'site1/wsgi.py': wsgi('from dj_static import Cling as wrap') });
    expect(dead.find('deploy.static-serving')).toMatchObject({
      message: expect.stringContaining('dj-static'),
      at: { file: 'site1/wsgi.py', line: 4 },
    });
    const fine = await lookAt(compressed('whitenoise'), {
      'site1/wsgi.py': wsgi('from whitenoise import WhiteNoise as wrap'),
    });
    expect(fine.outcome.project?.whitenoise).toBe(true);
    expect(idsOf(fine)).toEqual([]);
  });

  test('whose URLs have Django’s own view is told what it is for', async () => {
    const urls = `from django.conf import settings
from django.urls import path
from django.views.static import serve

urlpatterns = [path("static/<path:path>", serve, {"document_root": settings.STATIC_ROOT})]
`;
    const found = await lookAt('', { 'site1/urls.py': urls });
    expect(found.find('deploy.static-serving')).toMatchObject({
      level: 'warning',
      message: expect.stringContaining('"serve" (static/<path:path>)'),
      at: { file: 'site1/urls.py' },
    });
  });

  test('in which nothing serves them is told so', async () => {
    const found = await lookAt('');
    expect(found.outcome.project).toMatchObject({ whitenoise: false, serving: { server: null, view: null } });
    expect(idsOf(found)).toEqual(['warning deploy.static-serving']);
  });
});

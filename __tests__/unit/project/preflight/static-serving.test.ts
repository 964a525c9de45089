import { describe, expect, test } from '@jest/globals';
import type { Serving } from '../../../../src/project/django/serving-shape.ts';
import type { ProjectSettings } from '../../../../src/project/django/settings-shape.ts';
import { fromHostFiles } from '../../../../src/project/preflight/host-files.ts';
import { bucket, lookAtSettings, whiteNoise as noise, storages } from '../../../support/preflight.ts';

const security = 'django.middleware.security.SecurityMiddleware';
const best = {
  backend: 'whitenoise.storage.CompressedManifestStaticFilesStorage',
  local: true,
  hashed: true,
  strict: true,
};

const nobody: Serving = { ...noise, server: null, middleware: null, compressed: false };
const at = (name: string) => ({
  [name]: { file: '/work/repo/config/settings.py', line: 9, literal: true, variables: [] },
});

const look = (serving: Partial<Serving>, settings: Partial<ProjectSettings> = {}, options = {}) =>
  lookAtSettings(
    {
      serving: { ...noise, ...serving },
      whitenoise: true,
      static_storage: best,
      assigned: { ...at('MIDDLEWARE'), ...at('STORAGES'), ...at('WHITENOISE_MAX_AGE'), ...at('WHITENOISE_ROOT') },
      ...settings,
    },
    { releases: true, planned: true, ...options },
  ).filter(({ id }) => /static-|uncompressed|no-hashes|collectstatic/.test(id));
const summary = (...given: Parameters<typeof look>) =>
  look(...given).map(({ level, id, message, at: place }) => ({ level, id, message, line: place?.line }));
const behind = (...paths: readonly string[]) =>
  ({ middleware: { ...noise.middleware, before: paths } }) as Partial<Serving>;

describe('static files that the app serves', () => {
  test('by WhiteNoise as its documentation says it are fine', () => {
    expect(look({})).toEqual([]);
    expect(look(behind('corsheaders.middleware.CorsMiddleware', security))).toEqual([]);
  });

  test.each<[string, Partial<Serving>, Partial<ProjectSettings>, string, RegExp]>([
    [
      'with a middleware before it that does work for each file',
      behind(security, 'django.contrib.sessions.middleware.SessionMiddleware'),
      {},
      'warning deploy.static-order',
      /SessionMiddleware stands before WhiteNoise in MIDDLEWARE/,
    ],
    [
      'before SecurityMiddleware',
      { middleware: { server: 'whitenoise', path: 'shop.Noise', before: [], security_behind: true } },
      {},
      'warning deploy.static-order',
      /no redirect to https/,
    ],
    [
      'with a runserver that comes too late',
      { late_runserver: true },
      {},
      'notice deploy.static-order',
      /runserver_nostatic/,
    ],
    ['under ASGI', { asgi: true }, {}, 'notice deploy.static-settings', /ServeStatic, its fork/],
    [
      'with AUTOREFRESH in production',
      { flags: { AUTOREFRESH: true } },
      {},
      'warning deploy.static-settings',
      /WHITENOISE_AUTOREFRESH is on/,
    ],
    [
      'with USE_FINDERS in production',
      { flags: { USE_FINDERS: true } },
      {},
      'warning deploy.static-settings',
      /WHITENOISE_USE_FINDERS is on/,
    ],
    [
      'with a manifest that forgives',
      { flags: { MANIFEST_STRICT: false } },
      {},
      'notice deploy.static-settings',
      /answers 404/,
    ],
    [
      'with originals left out by a storage that does not do that',
      { flags: { KEEP_ONLY_HASHED_FILES: true }, compressed: true },
      { static_storage: { ...best, hashed: false } },
      'notice deploy.static-settings',
      /changes nothing/,
    ],
    [
      'that browsers keep for a year',
      { max_age: 31_536_000 },
      {},
      'warning deploy.static-settings',
      /31536000 seconds/,
    ],
    [
      'with a test that calls the wrong files immutable',
      { immutable: ['app.css'] },
      {},
      'warning deploy.static-settings',
      /calls files immutable.*app\.css/,
    ],
    [
      'and a root that is not there',
      { root: { path: '/work/repo/public', there: false, own: true } },
      {},
      'warning deploy.static-settings',
      /WHITENOISE_ROOT is public, which is not there/,
    ],
    [
      'and a root outside of the project',
      { root: { path: '/srv/public', there: true, own: false } },
      {},
      'warning deploy.static-settings',
      /is in no artifact/,
    ],
    [
      'without hashes',
      { compressed: true },
      { static_storage: { ...best, hashed: false } },
      'notice deploy.no-hashes',
      /for a minute alone/,
    ],
    [
      'without compression',
      { compressed: false },
      { static_storage: storages.hashed },
      'notice deploy.uncompressed',
      /brotli/,
    ],
  ])('%s have a finding', (_what, serving, settings, what, message) => {
    const found = summary(serving, settings);
    expect(found.map(({ level, id }) => `${level} ${id}`)).toContain(what);
    expect(found.map((one) => one.message).join('\n')).toMatch(message);
  });

  test('have findings at the line of the setting', () => {
    expect(summary({ max_age: 31_536_000 })).toMatchObject([{ line: 9 }]);
  });

  test('of development are nobody’s fault while DEBUG is on', () => {
    expect(look({ flags: { AUTOREFRESH: true, USE_FINDERS: true } }, { debug: true })).toEqual([]);
  });

  test('are not looked at where STATIC_URL leads elsewhere', () => {
    expect(look({ flags: { AUTOREFRESH: true } }, { static_url: 'https://cdn.example.com/static/' })).toEqual([]);
  });
});

describe('static files that nothing in the app serves', () => {
  const none = { whitenoise: false };

  test('are a warning, because every page lacks them', () => {
    expect(summary(nobody, none)).toMatchObject([
      { level: 'warning', id: 'deploy.static-serving', line: 9, message: expect.stringMatching(/Install whitenoise/) },
    ]);
  });

  test.each<[string, Partial<ProjectSettings>, boolean]>([
    ['is written as on, and runserver alone serves them', { assigned: { ...at('DEBUG'), ...at('MIDDLEWARE') } }, true],
    ['may be off at the host', { assigned: at('MIDDLEWARE') }, false],
    [
      'is on in settings that are not the ones to deploy with',
      {
        assigned: { ...at('DEBUG'), ...at('MIDDLEWARE') },
        chosen_by_manage_py: true,
        settings_module: 'shop.settings.dev',
        siblings: ['shop.settings.production'],
      },
      false,
    ],
  ])('are told in the same run where DEBUG %s', (_what, settings, isTold) => {
    const found = summary(nobody, { ...none, debug: true, ...settings });
    expect(found.map(({ id }) => id).includes('deploy.static-serving')).toBe(isTold);
    if (isTold) expect(found[0]?.message).toMatch(/serves \/static\/ \("python manage\.py runserver" alone does/);
  });

  test('are a notice at a host that can serve them, with what to write there', () => {
    const host = { title: 'PythonAnywhere', takesArtifact: true, servesStatic: 'map it', collectsStatic: false };
    expect(summary(nobody, none, { host })).toMatchObject([
      { level: 'notice', id: 'deploy.static-serving', message: expect.stringMatching(/PythonAnywhere has to: map it/) },
    ]);
  });

  test('are fine in a bucket', () => {
    expect(
      look(
        nobody,
        { ...none, static_url: 'https://assets.nyc3.digitaloceanspaces.com/static/' },
        { bucket, staticPrefix: 'static/' },
      ),
    ).not.toContainEqual(expect.objectContaining({ id: 'deploy.static-serving' }));
  });

  test.each<[string, Partial<Serving>, RegExp]>([
    [
      'dj-static',
      { server: 'dj_static', wrapper: { name: 'dj_static', file: '/work/repo/config/wsgi.py', line: 3 } },
      /^dj-static serves.*not maintained/,
    ],
    [
      'StaticFilesHandler',
      {
        server: 'django.contrib.staticfiles.handlers',
        wrapper: { name: 'django.contrib.staticfiles.handlers', file: '/work/repo/config/wsgi.py', line: 3 },
      },
      /^StaticFilesHandler serves.*for development/,
    ],
    [
      'the view "serve"',
      { view: { pattern: 'static/<path:path>', file: '/work/repo/config/urls.py' } },
      /own view "serve" \(static\/<path:path>\)/,
    ],
  ])('but %s does have a warning where it is named', (_what, serving, message) => {
    const [finding, ...more] = look({ ...nobody, ...serving }, none);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      level: 'warning',
      id: 'deploy.static-serving',
      message: expect.stringMatching(message),
    });
    expect(finding?.at?.file).toMatch(/^config\//);
  });
});

describe('files in which a host is told which folder to serve', () => {
  const appYaml =
    'runtime: python313\nhandlers:\n- url: /static\n  static_dir: static/  # old\n- url: /media\n  static_dir: media\n';
  const eb =
    'option_settings:\n  aws:elasticbeanstalk:environment:proxy:staticfiles:\n    /static: "static"\n  aws:other:\n    /static: x\n';

  test.each([
    ['app.yaml', appYaml, 4],
    ['.ebextensions/static.config', eb, 3],
  ])('%s: another one than STATIC_ROOT is a warning at its line', (path, text, line) => {
    expect(fromHostFiles([{ path, text }], '/static/', 'staticfiles', 'app/')).toMatchObject([
      { level: 'warning', id: 'deploy.static-serving', at: { file: `app/${path}`, line } },
    ]);
    expect(fromHostFiles([{ path, text }], '/static/', 'static', '')).toEqual([]);
    expect(fromHostFiles([{ path, text }], '/assets/', 'staticfiles', '')).toEqual([]);
    expect(fromHostFiles([{ path, text }], 'https://cdn.test/static/', 'staticfiles', '')).toEqual([]);
    expect(fromHostFiles([{ path, text }], '/static/', undefined, '')).toEqual([]);
  });
});

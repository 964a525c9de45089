import { expect, test } from '@jest/globals';
import { findProject } from '../../../demo/parts/live-project.ts';

const naming = (settings: string) => `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "${settings}")\n`;
const found = (files: Record<string, string>, chosen?: string) =>
  findProject(new Map(Object.entries(files)), '.', chosen);

test('the settings are those that a server would run with', () => {
  const files = { 'manage.py': naming('config.settings.local') };
  expect(found(files).settings).toBe('config.settings.local');
  const served = { ...files, 'config/wsgi.py': naming('config.settings.production') };
  expect(found(served)).toEqual({ folder: '.', settings: 'config.settings.production', servesItself: false });
  expect(found(served, 'config.settings.staging').settings).toBe('config.settings.staging');
  const assigned = { 'manage.py': "os.environ['DJANGO_SETTINGS_MODULE'] = 'shop.settings'\n" };
  expect(found(assigned).settings).toBe('shop.settings');
});

test('a wsgi.py of another project, or of a package beside it, says nothing', () => {
  const files = { 'backend/manage.py': naming('shop.settings'), 'docs/wsgi.py': naming('docs.settings') };
  expect(found(files)).toMatchObject({ folder: 'backend', settings: 'shop.settings' });
});

test.each([
  ['"whitenoise.middleware.WhiteNoiseMiddleware",', true],
  ['MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")', true],
  ['# "whitenoise.middleware.WhiteNoiseMiddleware",', false],
  ['"whitenoise.runserver_nostatic",', false],
])('whether the app serves its files: %s', (line, servesItself) => {
  const files = { 'manage.py': naming('shop.settings'), 'shop/settings.py': `MIDDLEWARE = []\n    ${line}\n` };
  expect(found(files).servesItself).toBe(servesItself);
});

test.each<[string, Record<string, string>, RegExp]>([
  ['no project', { 'app.py': '' }, /no manage\.py/],
  ['no name of settings', { 'manage.py': 'import mine\n' }, /manage\.py names no settings.*settings-module=/],
  [
    'settings that are a class',
    { 'manage.py': `${naming('shop.settings')}from configurations.management import execute\n` },
    /django-configurations/,
  ],
])('%s is told in a sentence', (_kind, files, sentence) => {
  expect(() => found(files)).toThrow(sentence);
});

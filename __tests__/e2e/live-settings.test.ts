import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { liveModule, writeLiveSettings } from '../../demo/parts/live-settings.ts';
import { ensureVenv, type Venv } from '../../demo/parts/python.ts';
import { tempFolder, writeFiles } from '../support/project.ts';
import { storagePackages, usualDjango, venvOf } from '../support/real-django.ts';

/** The settings that `try --live` puts before those of a project. */
let venv: Venv;
beforeAll(async () => {
  venv = await venvOf(await usualDjango(), storagePackages);
});

const question = `
import json
from django.conf import settings
names = ["SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "STATIC_URL", "STORAGES", "DATABASES", "SECURE_SSL_REDIRECT"]
print(json.dumps({name: getattr(settings, name) for name in names}))
`;

interface Settings {
  readonly SECRET_KEY: string;
  readonly DEBUG: boolean;
  readonly ALLOWED_HOSTS: readonly string[];
  readonly STATIC_URL: string;
  readonly STORAGES: { readonly default: { BACKEND: string }; readonly staticfiles: { BACKEND: string } };
  readonly DATABASES: { readonly default: { ENGINE: string; NAME: string } };
  readonly SECURE_SSL_REDIRECT: boolean;
}

async function settingsOf(
  own: string,
  hasDatabase = false,
  files: Record<string, string> = {},
  { python } = venv,
): Promise<Settings> {
  const root = tempFolder();
  await writeFiles(root, { 'settings.py': own, ...files });
  const live = { staticUrl: 'http://127.0.0.1:9/bucket/static/', hasDatabase };
  await writeLiveSettings(root, { folder: '.', settings: 'settings', servesItself: false }, live);
  const env = { ...process.env, DJANGO_SETTINGS_MODULE: liveModule, SECRET_KEY: 'given' };
  const { stdout } = await promisify(execFile)(python, ['-c', question], { cwd: root, env });
  return JSON.parse(stdout) as Settings;
}

const hashing = 'django.contrib.staticfiles.storage.ManifestStaticFilesStorage';
const files = 'django.core.files.storage.FileSystemStorage';

test('settings of a developer become those of a server without TLS', async () => {
  expect(await settingsOf('DEBUG = True\nSECRET_KEY = "own"\nSECURE_SSL_REDIRECT = True\n')).toMatchObject({
    DEBUG: false,
    SECRET_KEY: 'own',
    SECURE_SSL_REDIRECT: false,
    ALLOWED_HOSTS: ['127.0.0.1'],
    STATIC_URL: 'http://127.0.0.1:9/bucket/static/',
  });
  expect((await settingsOf('')).SECRET_KEY).toBe('given');
});

describe('the storage of static files', () => {
  test.each([
    ['none', '', hashing],
    ['that of Django without hashes', 'staticfiles: django.contrib.staticfiles.storage.StaticFilesStorage', hashing],
    ['a bucket', 'staticfiles: storages.backends.s3.S3ManifestStaticStorage', hashing],
    ['a class of the project that is a bucket', 'staticfiles: own.Bucket', hashing],
    [
      'that of WhiteNoise',
      'staticfiles: whitenoise.storage.CompressedManifestStaticFilesStorage',
      'whitenoise.storage.CompressedManifestStaticFilesStorage',
    ],
    ['a class of the project that hashes', 'staticfiles: own.Hashing', 'own.Hashing'],
    ['one that is not there, of which Django says so', 'staticfiles: own.Missing', 'own.Missing'],
  ])('%s', async (_kind, given, wanted) => {
    const [, backend] = /: (.+)/.exec(given) ?? [];
    const own = backend === undefined ? '' : `STORAGES = {"staticfiles": {"BACKEND": "${backend}"}}\n`;
    const classes = `from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from storages.backends.s3 import S3Storage


class Bucket(S3Storage):
    location = "static"


class Hashing(ManifestStaticFilesStorage):
    manifest_strict = False
`;
    const { STORAGES } = await settingsOf(own, false, { 'own.py': classes });
    expect(STORAGES).toEqual({ default: { BACKEND: files }, staticfiles: { BACKEND: wanted } });
  });
});

test('a storage by its old name counts where Django reads it', async () => {
  const text = `from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class Forgiving(ManifestStaticFilesStorage):
    manifest_strict = False
`;
  const forgiving = { 'own.py': text };
  const own = 'STATICFILES_STORAGE = "own.Forgiving"\n';
  const old = await ensureVenv(['Django~=4.2.0', 'gunicorn==27.0.1']);
  expect((await settingsOf(own, false, forgiving, old)).STORAGES.staticfiles.BACKEND).toBe('own.Forgiving');
  expect((await settingsOf(own, false, forgiving)).STORAGES.staticfiles.BACKEND).toBe(hashing);
});

test('media goes to no bucket', async () => {
  const own =
    'STORAGES = {"default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": "shop"}}}\n';
  expect((await settingsOf(own)).STORAGES.default).toEqual({ BACKEND: files });
});

describe('a database server that the settings name', () => {
  const own = 'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", "HOST": "db"}}\n';

  test('is not asked: SQLite stands in for it', async () => {
    const { DATABASES } = await settingsOf(own);
    expect(DATABASES.default).toEqual({
      ...DATABASES.default,
      ENGINE: 'django.db.backends.sqlite3',
      NAME: expect.stringMatching(/live-default\.sqlite3$/),
    });
    expect(DATABASES.default).not.toMatchObject({ HOST: 'db' });
  });

  test('is used where the user has given it', async () => {
    expect((await settingsOf(own, true)).DATABASES.default).toMatchObject({ NAME: 'shop', HOST: 'db' });
  });
});

test('a file of SQLite that the settings name stays as it is', async () => {
  const own = 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/shop/db.sqlite3"}}\n';
  expect((await settingsOf(own)).DATABASES.default.NAME).toMatch(/live-default\.sqlite3$/);
});

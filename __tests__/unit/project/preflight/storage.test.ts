import { describe, expect, test } from '@jest/globals';
import type { ProjectSettings } from '../../../../src/project/django/settings-shape.ts';
import type { StorageSettings } from '../../../../src/project/django/storage-shape.ts';
import type { BucketAddress } from '../../../../src/store/addresses.ts';
import { bucket, lookAtSettings, storages } from '../../../support/preflight.ts';

const place = { file: '/work/repo/config/base.py', line: 20, literal: true, variables: [] };
const assigned = { STATIC_URL: { file: '/work/repo/config/base.py', line: 12, literal: true, variables: [] } };
const aws = { name: 'assets', endpoint: undefined, region: 'eu-west-1' };

test('names without hashes are warned about where files go to a bucket, and only there', () => {
  const settings = { static_storage: storages.plain, static_url: 'https://cdn.example/static/' };
  expect(lookAtSettings(settings, { bucket })).toMatchObject([
    { level: 'warning', id: 'deploy.no-hashes', message: expect.stringContaining(storages.plain.backend) },
  ]);
  expect(lookAtSettings(settings)).toEqual([]);
});

test.each<[string, Partial<ProjectSettings>, string]>([
  ['of Django 4.1', { django: '4.1' }, 'STATICFILES_STORAGE = "django.contrib.staticfiles.storage.Manifest'],
  [
    'without STORAGES',
    {},
    'STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, "static',
  ],
  [
    'with STORAGES',
    { assigned: { STORAGES: place } },
    '"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.',
  ],
  ['with django-storages', { static_storage: { ...storages.remote, hashed: false } }, 'S3ManifestStaticStorage'],
])('the lines for hashed names fit a project %s', (_which, settings, line) => {
  const [finding] = lookAtSettings(
    { static_storage: storages.plain, static_url: 'https://a/', ...settings },
    { bucket },
  );
  expect(finding).toMatchObject({ id: 'deploy.no-hashes', message: expect.stringContaining(line) });
});

describe('a STATIC_URL on the site', () => {
  test('is warned about at its line where the files go to a bucket and the app has none', () => {
    const [finding] = lookAtSettings({ static_url: '/static/', assigned }, { bucket, staticPrefix: 'static/' });
    expect(finding).toMatchObject({
      level: 'warning',
      id: 'deploy.static-url',
      at: { file: 'config/base.py', line: 12 },
    });
    expect(finding?.message).toContain('STATIC_URL = "https://assets.nyc3.digitaloceanspaces.com/static/"');
  });

  test.each([
    ['the storage makes addresses of its own', { static_storage: storages.remote }, { bucket }],
    ['there is no bucket', {}, {}],
  ])('is fine where %s', (_why, settings, options) => {
    expect(lookAtSettings({ static_url: '/static/', ...settings }, options)).toEqual([]);
  });
});

test('a setting that no browser can read is an error with and without a bucket', () => {
  const settings = {
    static_url: 'https://<cdn>/static/',
    media_url: '//media:port/',
    media_storage: storages.plain,
    assigned,
  };
  for (const options of [{}, { bucket, staticPrefix: 'static/' }])
    expect(lookAtSettings(settings, options)).toMatchObject([
      { level: 'error', id: 'deploy.static-url', at: { line: 12 } },
      { level: 'error', id: 'deploy.media-url', message: expect.stringContaining('MEDIA_URL = "//media:port/"') },
    ]);
});

describe('a STATIC_URL whose path is not the prefix of the keys', () => {
  test.each<[string, BucketAddress, string, string, boolean]>([
    ['https://assets.nyc3.digitaloceanspaces.com/assets/', bucket, 'static/', 'assets/', true],
    ['https://assets.nyc3.cdn.digitaloceanspaces.com/', bucket, 'static/', '/', true],
    ['https://nyc3.digitaloceanspaces.com/assets/web/', bucket, 'static/', 'web/', true],
    ['https://assets.s3.amazonaws.com/web/', aws, 'static/', 'web/', true],
    ['https://assets.s3.eu-west-1.amazonaws.com/web/', aws, 'static/', 'web/', true],
    ['https://assets.nyc3.digitaloceanspaces.com/static/', bucket, 'static/', '', false],
    ['https://nyc3.digitaloceanspaces.com/assets/static/', bucket, 'static/', '', false],
    ['//assets.s3.amazonaws.com/static', aws, 'static/', '', false],
    ['https://cdn.example/web/', bucket, 'static/', '', false],
    ['https://nyc3.digitaloceanspaces.com:8443/assets/web/', bucket, 'static/', '', false],
  ])('%s (%j, keys below %s)', (static_url, address, staticPrefix, named, wrong) => {
    const [finding] = lookAtSettings({ static_url, assigned }, { bucket: address, staticPrefix });
    expect(finding?.id).toBe(wrong ? 'deploy.static-url' : undefined);
    if (wrong) {
      expect(finding).toMatchObject({ level: 'error', at: { file: 'config/base.py', line: 12 } });
      expect(finding?.message).toContain(`Set static-prefix: ${named} or fix STATIC_URL.`);
    }
  });
});

test('a STATIC_URL that leads a preview to the files of production is told to come from the environment', () => {
  const settings = { static_url: 'https://assets.nyc3.digitaloceanspaces.com/static/', assigned };
  const [finding] = lookAtSettings(settings, { bucket, staticPrefix: 'previews/pr-7/static/' });
  expect(finding).toMatchObject({ level: 'error', id: 'deploy.static-url' });
  expect(finding?.message).toContain(`the files go to "previews/pr-7/static/…". That is production's address`);
});

test('a STATIC_URL that may be another one on the host is only warned about', () => {
  const settings = { static_url: 'https://assets.s3.amazonaws.com/web/', assigned: {} };
  expect(lookAtSettings(settings, { bucket: aws, staticPrefix: 'static/' })[0]?.level).toBe('warning');
});

describe('an address that no browser follows', () => {
  const url = 'https://https://cdn.example/static/a.css';

  test('of a storage is an error that says what to write', () => {
    const static_storage: StorageSettings = { ...storages.remote, sample: { name: 'a.css', url, signed: false } };
    expect(lookAtSettings({ static_storage }, { bucket, staticPrefix: 'static/' })).toMatchObject([
      { level: 'error', id: 'deploy.static-url', message: expect.stringMatching(/scheme twice.*custom_domain/) },
    ]);
  });

  test('of STATIC_URL names the variable that it comes from, and is a warning where the host may have it', () => {
    const variables = ['CDN_HOST'];
    const settings = {
      static_url: 'https://None/static/',
      assigned: { STATIC_URL: { ...assigned.STATIC_URL, literal: false, variables } },
    };
    expect(lookAtSettings(settings, { bucket, staticPrefix: 'static/' })).toMatchObject([
      { level: 'warning', id: 'deploy.static-url', message: expect.stringContaining('CDN_HOST=…') },
    ]);
  });
});

describe('signed addresses of static files', () => {
  const sample = { name: 'a.css', url: 'https://assets.nyc3.digitaloceanspaces.com/a.css', signed: true };
  const signing: StorageSettings = { ...storages.remote, sample };

  test('are warned about', () => {
    expect(lookAtSettings({ static_storage: signing }, { bucket })).toMatchObject([
      { level: 'warning', id: 'deploy.signed-urls', message: expect.stringContaining('"querystring_auth": False') },
    ]);
  });

  test('are not those without a signature', () => {
    const storage = { ...signing, sample: { ...sample, signed: false } };
    expect(lookAtSettings({ static_storage: storage }, { bucket })).toEqual([]);
  });
});

import { describe, expect, test } from '@jest/globals';
import { isSecretName, placeholder } from '../../../../src/project/django/placeholders.ts';

describe('a build may make up a value for', () => {
  test.each([
    'SECRET_KEY',
    'DJANGO_SECRET',
    'JOURNAL_SECRET',
    'STRIPE_API_KEY',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'DB_PASSWORD',
    'PGPASSWORD',
    'EMAIL_HOST_PASS',
    'POSTMARK_SERVER_TOKEN',
    'HASHIDS_SALT',
    'FERNET_KEYS',
    'SIGNING_KEY_2',
    'APIKEY',
    'SECRETKEY',
    'secret_key',
  ])('%s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });
});

describe('a build makes up nothing for', () => {
  test.each([
    'DATABASE_URL',
    'AWS_STORAGE_BUCKET_NAME',
    'KEY_PREFIX',
    'TOKEN_URL',
    'SECRET_NAME',
    'PASSWORD_RESET_TIMEOUT',
    'SENTRY_DSN',
    'MONKEY',
    'COMPASS',
    'ALLOWED_HOSTS',
  ])('%s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

test.each([
  ['DATABASE_URL', 'sqlite://:memory:'],
  ['REDIS_URL', 'https://placeholder.invalid'],
  ['FRONTEND_ORIGIN', 'https://placeholder.invalid'],
  ['DJANGO_DB_ENGINE', 'django.db.backends.sqlite3'],
  ['CACHE_BACKEND', 'django.core.cache.backends.locmem.LocMemCache'],
  ['EMAIL_BACKEND', 'django.core.mail.backends.dummy.EmailBackend'],
  ['WORKERS', '1'],
])('to learn the names after %s it is %s for a moment', (name, value) => {
  expect(placeholder(name)).toBe(value);
});

import { describe, expect, test } from '@jest/globals';
import { isSecretName, secretsOfVariable } from '../../../../src/lib/masking/variables.ts';

const valuesOf = (name: string, value: string) => secretsOfVariable(name, value).map((one) => one.value);

describe('being in the environment makes nothing secret', () => {
  test.each([
    ['SITE_URL', 'https://www.example.com'],
    ['STATIC_URL', 'https://cdn.example.com/static/'],
    ['MEDIA_URL', '/media/'],
    ['ALLOWED_HOSTS', 'www.example.com,example.com'],
    ['CSRF_TRUSTED_ORIGINS', 'https://www.example.com https://example.com'],
    ['DJANGO_ENV', 'production'],
    ['DJANGO_SETTINGS_MODULE', 'config.settings.production'],
    ['DEBUG', 'False'],
    ['LANGUAGE_CODE', 'en-gb'],
    ['SECRET_KEY', 'test'],
    ['DB_PASSWORD', 'postgres'],
    ['PASSWORD_HASHERS', 'django.contrib.auth.hashers.Argon2PasswordHasher'],
    ['AUTH_USER_MODEL', 'accounts.User'],
    ['ACCESS_TOKEN_LIFETIME', '36000'],
    ['CACHE_KEY_PREFIX', 'shop-cache'],
    ['TOKEN_URL', 'https://login.example.com/oauth/token'],
    ['STRIPE_PUBLIC_KEY', 'the-public-key'],
    ['KEYCLOAK_SERVER', 'keycloak.example.com'],
    ['AUTHOR', 'somebody-of-us'],
    ['GIT_COMMIT', '0123456789abcdef0123456789abcdef01234567'],
    ['AWS_STORAGE_BUCKET_NAME', 'my-shop-app-static-files-production'],
    ['DEFAULT_FROM_EMAIL', 'Shop <shop@example.com>'],
    ['SENTRY_ENVIRONMENT', 'production-eu-1'],
    ['DATABASE_URL', 'sqlite:///db.sqlite3'],
    ['DATABASE', 'host=db.example.com user=app dbname=shop'],
    ['LOGGING', "{'level': 'INFO', 'format': 'key=%(key)s'}"],
    ['CLIENT', 'TokenUrl=https://login.example.com/a?token_use=b;Scope=key'],
    ['TENANT', '7f4c1b1e-6a41-4d6c-9b0e-0a1b2c3d4e5f'],
  ])('%s=%s', (name, value) => {
    expect(valuesOf(name, value)).toEqual([]);
  });
});

describe('a name says that a value is secret', () => {
  test.each([
    'SECRET_KEY',
    'DJANGO_SECRET_KEY',
    'DB_PASSWORD',
    'PGPASSWORD',
    'MYSQL_PWD',
    'EMAIL_HOST_PASSWORD',
    'STRIPE_API_KEY',
    'MAILGUN_APIKEY',
    'GITHUB_TOKEN',
    'AWS_ACCESS_KEY_ID',
    'SENTRY_DSN',
    'GOOGLE_CREDENTIALS',
    'JWT_PRIVATE',
    'BASIC_AUTH',
    'npm_config_//npm.example.com/:_authToken',
    'POETRY_PYPI_TOKEN_OURS',
    'dbPassword',
  ])('%s', (name) => {
    expect(isSecretName(name)).toBe(true);
    expect(valuesOf(name, 'hunter2')).toEqual(['hunter2']);
  });
});

describe('a value says by its kind that it is secret', () => {
  const pem = `-----BEGIN RSA ${'PRIVATE'} KEY-----\nMIIEvQIBADANBg\n-----END RSA ${'PRIVATE'} KEY-----`;
  test.each([
    ['DATABASE_URL', 'postgres://app:hunter2@db/app', 'hunter2'],
    ['CELERY_BROKER', 'amqp://bob:hunter2@mq//', 'hunter2'],
    ['CACHES', 'redis://a:6379 redis://:hunter2@b:6379', 'hunter2'],
    ['UPLOADS', 'https://a.blob.example/c?sv=1&sig=hunter2', 'hunter2'],
    ['SIGNING', pem, pem],
    ['GH', `ghp_${'a1B2'.repeat(9)}`, `ghp_${'a1B2'.repeat(9)}`],
    ['SESSION', 'eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSMeK', 'eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSMeK'],
    ['SEED', 'x7Kp2QvT9mWz4RbN8cYh', 'x7Kp2QvT9mWz4RbN8cYh'],
    ['SEED', '9f86d081884c7d659a2feaa0c55ad015', '9f86d081884c7d659a2feaa0c55ad015'],
    ['SLACK_WEBHOOK', 'https://hooks.slack.com/services/T0000/B1111/abcdef', 'abcdef'],
    ['GCP', JSON.stringify({ type: 'service_account', private_key: pem }), pem],
    ['FIREBASE', JSON.stringify({ apiToken: 'hunter2' }), 'hunter2'],
    ['DATABASE', 'host=db.example.com user=app password=hunter2 dbname=shop', 'hunter2'],
    ['DATABASE', "host=db.example.com password='hunter 2;x'", 'hunter 2;x'],
    ['DATABASES', "{'default': {'NAME': 'shop', 'PASSWORD': 'hunter2'}}", 'hunter2'],
    ['AZURE_CONNECTION', 'AccountName=shop;AccountKey=c2hvcHNob3A=;EndpointSuffix=core.windows.net', 'c2hvcHNob3A='],
    ['SERVICE_ACCOUNT', Buffer.from(JSON.stringify({ token: 'hunter2' })).toString('base64'), 'hunter2'],
    ['GUNICORN_CMD_ARGS', '--bind 0.0.0.0:80 --ca-password=hunter2', 'hunter2'],
    ['FERNET_KEYS', 'first-key-1,second-key-2', 'second-key-2'],
    ['API_TOKENS', 'token-one-1 token-two-2', 'token-one-1'],
  ])('%s', (name, value, secret) => {
    expect(valuesOf(name, value)).toContain(secret);
  });
});

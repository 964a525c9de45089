/** What the names of environment variables tell, where the settings ask for ones that are not set. */

const secretWord = '(?:SECRET|KEY|TOKEN|PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|SALT|PEPPER|CREDENTIAL)S?';

/** SECRET_KEY, STRIPE_API_KEY, AWS_ACCESS_KEY_ID, DB_PASSWORD, SECRET_KEY_1; not KEY_PREFIX, TOKEN_URL or SECRET_NAME. */
const secretName = new RegExp(`(?:^|_|API|AUTH|ACCESS|SECRET|DB|PG)${secretWord}(?:_ID|_?\\d+)?$`, 'i');

/** Any value does in a build, because nothing that it makes outlives the build: signatures, sessions, calls to services. */
export const isSecretName = (name: string): boolean => secretName.test(name);

/**
 * A value with which settings get far enough to name the next variable that they lack. What is built with it is thrown away.
 */
export function placeholder(name: string): string {
  if (/(DATABASE|DB)_(URL|URI|DSN)$/i.test(name)) return 'sqlite://:memory:';
  if (/(DATABASE|DB|SQL)_?(ENGINE|BACKEND|DRIVER)$/i.test(name)) return 'django.db.backends.sqlite3';
  if (/CACHE_?BACKEND$/i.test(name)) return 'django.core.cache.backends.locmem.LocMemCache';
  if (/EMAIL_?BACKEND$/i.test(name)) return 'django.core.mail.backends.dummy.EmailBackend';
  if (/(URL|URI|ORIGIN|ENDPOINT)S?$/i.test(name)) return 'https://placeholder.invalid';
  return '1';
}

import { describe, expect, test } from '@jest/globals';
import { isMadeOnPurpose } from '../../../../src/project/artifact/artifact.ts';

describe('made by a hook on purpose', () => {
  test.each([
    'static/dist/app.js',
    'static/.vite/manifest.json',
    'locale/de/LC_MESSAGES/django.mo',
    'theme/static/keys.css',
    'docs/database.html',
    'app/id_card.png',
  ])('%s', (path) => expect(isMadeOnPurpose(path)).toBe(true));
});

describe('left behind, not made on purpose', () => {
  test.each([
    'db.sqlite3',
    'data/DB.SQLITE3',
    'cache.sqlite',
    'data/app.db',
    '.env',
    'config/.env.production',
    '.secrets/key',
    'shop/.cache/page.html',
    'secret_key.txt',
    'config/secret_key',
    'config/signing.key',
    'jwt.pem',
    'id_rsa',
    'deploy/id_ed25519',
    'shop/models.pyc',
    'debug.log',
    'upload.tmp',
  ])('%s', (path) => expect(isMadeOnPurpose(path)).toBe(false));

  test.each(['db.sqlite3-journal', 'db.sqlite3-wal', 'db.sqlite3-shm'])(
    '%s, which holds rows of the database',
    (path) => {
      expect(isMadeOnPurpose(path)).toBe(false);
    },
  );
});

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createThrowAway } from '../../../../src/project/django/throw-away-values.ts';

describe('a throw-away value', () => {
  const fill = createThrowAway();

  test.each(['PRIVATE_KEY', 'OIDC_RSA_PRIVATE_KEY', 'JWT_PRIVATE_KEY', 'SAML_RSA_KEY', 'RSA_KEY_1', 'jwt_private_key'])(
    'is a private key in PEM for %s, without padding',
    (name) => {
      expect(createPrivateKey(fill(name))).toMatchObject({ asymmetricKeyType: 'rsa' });
      expect(fill(name)).not.toContain('=');
    },
  );

  test.each([
    ['JWT_ES256_PRIVATE_KEY', 'ec'],
    ['APPLE_PRIVATE_KEY', 'ec'],
    ['EC_KEY', 'ec'],
    ['ED25519_PRIVATE_KEY', 'ed25519'],
  ])('is a key on the curve that %s names', (name, type) => {
    expect(createPrivateKey(fill(name))).toMatchObject({ asymmetricKeyType: type });
  });

  test.each(['EC', 'ED25519', 'OIDC'])('has the public half of the same type: %s', (type) => {
    const half = createPublicKey(fill(`${type}_PRIVATE_KEY`)).export({ type: 'spki', format: 'pem' });
    expect(fill(`${type}_PUBLIC_KEY`)).toBe(half);
  });

  test('is the public half of that key for its name', () => {
    const half = createPublicKey(fill('JWT_PRIVATE_KEY')).export({ type: 'spki', format: 'pem' });
    expect(fill('JWT_PUBLIC_KEY')).toBe(half);
  });

  test.each(['SECRET_KEY', 'STRIPE_PUBLIC_KEY', 'PRIVATE_KEY_ID', 'FERNET_KEY', 'DB_PASSWORD'])(
    'is text on one line for %s, and another one each time',
    (name) => {
      expect(fill(name)).toMatch(/^[\w-]{43}=[\w-]{32}$/);
      expect(fill(name)).not.toBe(fill(name));
    },
  );
});

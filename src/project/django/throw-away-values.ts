import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** OIDC_RSA_PRIVATE_KEY, JWT_PRIVATE_KEY, SAML_RSA_KEY: what reads them takes PEM, and nothing else. */
const privateKey = /(?:^|_)(?:PRIVATE|RSA)_?KEY(?:_?\d+)?$/i;
/** The other half. A PUBLIC_KEY alone mostly is the name of an account at some service. */
const publicKey = /(?:^|_)(?:RSA|JWT|OIDC|SAML)_PUBLIC_?KEY(?:_?\d+)?$/i;

/** A text for any secret: longer than the 50 characters that Django asks for, and a Fernet key up to its "=", where Python stops to decode. */
const randomText = (): string => `${randomBytes(32).toString('base64url')}=${randomBytes(24).toString('base64url')}`;

interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

/**
 * Both halves of a key in PEM. Some settings take it for base64, in which many keep such a key; Python decodes the letters of such
 * a text as far as it has no padding.
 */
function makePair(): KeyPair {
  for (;;) {
    const pair = generateKeyPairSync('rsa', {
      modulusLength: 2_048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    if (!pair.privateKey.includes('=')) return pair;
  }
}

/**
 * Values for secrets that are not set, by their names. A key is made where the first name asks for one, and halves that belong together
 * do so here too.
 */
export function createThrowAway(): (name: string) => string {
  let made: KeyPair | undefined;
  const pair = (): KeyPair => {
    made ??= makePair();
    return made;
  };
  return (name) => {
    if (privateKey.test(name)) return pair().privateKey;
    return publicKey.test(name) ? pair().publicKey : randomText();
  };
}

import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** OIDC_RSA_PRIVATE_KEY, JWT_PRIVATE_KEY, SAML_RSA_KEY, EC_KEY: what reads them takes PEM, and nothing else. */
const privateKey = /(?:^|_)(?:PRIVATE|RSA|EC|ECDSA|ES256|ED25519|EDDSA)_?KEY(?:_?\d+)?$/i;
/** The other half. A PUBLIC_KEY alone mostly is the name of an account at some service. */
const publicKey = /(?:^|_)(?:RSA|JWT|OIDC|SAML|EC|ECDSA|ES256|ED25519|EDDSA)_PUBLIC_?KEY(?:_?\d+)?$/i;
/** Apple signs with P-256 alone, as ES256 does (RFC 7518, 3.4). */
const onCurve = /(?:^|_)(?:EC|ECDSA|ES256|APPLE)_/i;
const edwards = /(?:^|_)(?:ED25519|EDDSA)_/i;

/** A text for any secret: longer than the 50 characters that Django asks for, and a Fernet key up to its "=", where Python stops to decode. */
const randomText = (): string => `${randomBytes(32).toString('base64url')}=${randomBytes(24).toString('base64url')}`;

type KeyType = 'rsa' | 'ec' | 'ed25519';
interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

const typeOfKey = (name: string): KeyType => (onCurve.test(name) ? 'ec' : edwards.test(name) ? 'ed25519' : 'rsa');

const generate = (type: KeyType) =>
  type === 'ec'
    ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    : type === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('rsa', { modulusLength: 2_048 });

/**
 * Both halves of a key in PEM. Some settings take it for base64, in which many keep such a key; Python decodes the letters of such
 * a text as far as it has no padding. Only RSA keys can be had without.
 */
function makePair(type: KeyType): KeyPair {
  for (;;) {
    const keys = generate(type);
    const pair = {
      privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      publicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    };
    if (type !== 'rsa' || !pair.privateKey.includes('=')) return pair;
  }
}

/**
 * Values for secrets that are not set, by their names. A key of each type is made where the first name asks for it, and halves that
 * belong together do so here too.
 */
export function createThrowAway(): (name: string) => string {
  const made = new Map<KeyType, KeyPair>();
  const pair = (name: string): KeyPair => {
    const type = typeOfKey(name);
    const own = made.get(type) ?? makePair(type);
    made.set(type, own);
    return own;
  };
  return (name) => {
    if (privateKey.test(name)) return pair(name).privateKey;
    return publicKey.test(name) ? pair(name).publicKey : randomText();
  };
}

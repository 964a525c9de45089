import { issuedTokens, looksRandom } from './random.ts';
import type { Sensitive } from './sensitive.ts';
import { hookSecrets, urlCredentials } from './urls.ts';
import { isCommon } from './words.ts';

/** Words of a name that say that its value is secret. */
const secretWord =
  /^(pass|passwd|passphrase|pwd|pw|password|passwords|secret|secrets|token|tokens|key|keys|apikey|apitoken|credential|credentials|creds|dsn|private|auth|authorization|salt|pepper|jwt|bearer|cookie|pin|otp|signature)$/;
/** Ends of words that are written together: PGPASSWORD, DBPWD, ACCESSTOKEN. */
const secretEnd = /(password|passwd|pwd|passphrase|secret|token|apikey|secretkey|accesskey|privatekey|credentials)$/;
/** Last words of names that tell something about a secret, or where it is for. */
const aboutSecret =
  /^(url|uri|urls|endpoint|host|hosts|hostname|domain|port|timeout|lifetime|age|ttl|expiry|expires|expiration|days|hours|minutes|seconds|prefix|suffix|header|headers|model|models|backend|backends|hashers|validators|class|module|enabled|required|length|min|max|algorithm|type|file|path|dir|version|region|issuer|audience|scope|scopes|provider|sock|user|username|name|names|realm|mode|method|origin|origins|policy|count|limit)$/;
const publicWord = /^(public|publishable|site)$/;
/** Names of checksums and revisions, whose values look random and are shown everywhere. */
const revision = /(^|_)(sha|sha1|sha256|commit|hash|digest|checksum|revision|rev|ref|release|version|etag)(_|$)/i;
const hookWord = /^(hook|hooks|webhook|webhooks)$/;

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** Whether a name says that its value is secret: DB_PASSWORD, AWS_ACCESS_KEY_ID; not PASSWORD_HASHERS, STRIPE_PUBLIC_KEY. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => publicWord.test(word)) || aboutSecret.test(words.at(-1) ?? '')) return false;
  return words.some((word) => secretWord.test(word) || secretEnd.test(word));
}

const secret = (value: string): Sensitive => ({ value, rank: 'secret' });
const pem = /-----BEGIN [A-Z0-9 ]*(PRIVATE KEY|CERTIFICATE)[A-Z ]*-----[\s\S]*?(-----END [A-Z0-9 ]*-----|$)/g;

/** Every string in a value of JSON, each with its name. */
function strings(value: unknown, name = ''): [string, string][] {
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => strings(inner, Array.isArray(value) ? name : key));
}

function jsonStrings(text: string): [string, string][] {
  if (!/^\s*[{[]/.test(text)) return [];
  try {
    return strings(JSON.parse(text));
  } catch {
    return [];
  }
}

/** `'PASSWORD': 'x'` of Python, `password=x` of libpq, `AccountKey=x;` of Azure: up to the sign that ends a value there. */
const pairs = /(?<![\w.])(["']?)([A-Za-z][\w.-]*)\1\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s;,"'&{}[\]()]+))/g;

/** Values in a text that have a name beside them which says that they are secret. */
function namedInside(value: string): string[] {
  // The names in an address are those of its query, which is read as one.
  const text = value.replace(/(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/\S*/gi, ' ');
  return [...text.matchAll(pairs)].flatMap(([, , name = '', double, single, bare]) => {
    const found = double ?? single ?? bare ?? '';
    return isSecretName(name) && found !== '' && !isCommon(found) ? [found] : [];
  });
}

/** The text behind Base64, where that is JSON or a key: a variable has no lines, so files are given so. */
function behindBase64(value: string): string | undefined {
  const packed = value.replace(/\s/g, '');
  if (!/^[\w+/-]{16,}={0,2}$/.test(packed)) return undefined;
  const text = Buffer.from(packed, 'base64').toString();
  return /^\s*(\{\s*"|-----BEGIN )/.test(text) ? text : undefined;
}

/** A value that is a list has several secrets. A word of letters alone is one of a passphrase. */
const listed = (value: string): string[] => {
  const parts = value.split(/[,;\s]+/).filter((part) => part.length >= 8 && /[^a-z]/.test(part));
  return parts.length > 1 || parts[0] !== value ? parts : [];
};

/** What is secret in a value by what it is: credentials in URLs, private keys, tokens of known issuers. */
export function secretsByPattern(value: string): Sensitive[] {
  // A name can stand before it: UV_INDEX is `ours=https://…`.
  const urls = value.split(/[\s,"']+/).flatMap((word) => /[a-z][a-z0-9+.-]*:\/\/.*$/i.exec(word)?.[0] ?? []);
  const keys = (value.match(pem) ?? []).filter((block) => block.includes('PRIVATE KEY'));
  return [...urls.flatMap(urlCredentials), ...keys, ...issuedTokens(value)].map(secret);
}

/**
 * What of a variable must not be shown, by its name and by the kind of its value. Being in an environment makes nothing secret: SITE_URL,
 * ALLOWED_HOSTS and DJANGO_ENV stay readable.
 */
export function secretsOfVariable(name: string, value: string): Sensitive[] {
  const found = secretsByPattern(value);
  if (wordsOf(name).some((word) => hookWord.test(word)) && /^https?:\/\//i.test(value))
    found.push(...hookSecrets(value));
  const inner = jsonStrings(value);
  for (const [key, text] of inner) found.push(...secretsOfVariable(key, text));
  if (inner.length === 0) found.push(...namedInside(value).map(secret));
  const packed = behindBase64(value);
  if (packed !== undefined) found.push(...secretsOfVariable(name, packed));
  const byName = isSecretName(name) && !isCommon(value);
  if (byName || (!revision.test(name) && looksRandom(value))) found.push(secret(value));
  if (byName && inner.length === 0 && !value.includes('://')) found.push(...listed(value).map(secret));
  return found;
}

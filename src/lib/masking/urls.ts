import { looksRandom } from './random.ts';
import type { Sensitive } from './sensitive.ts';
import { isCommon, isFixedWord } from './words.ts';

/** A text without percent-encoding; as it is if it is not encoded. */
export function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Names of query parameters whose values let somebody in. */
const secretParameter =
  /(^|[-_.])(access[-_]?key|api[-_]?key|auth|code|credential|hash|jwt|key|pass|passwd|password|pw|pwd|secret|sig|sign|signature|token)s?$/i;

interface Parts {
  /** As written: scheme, user info, path from its first slash, query without its mark, fragment. */
  readonly user: string;
  readonly password: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const parts = /^[a-z][a-z0-9+.-]*:\/\/(?:([^/?#]*)@)?[^/?#@]*([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;

/** A password that has a slash or a question mark, and should have it escaped; what begins like a port is none. */
const unescaped = /^[a-z][a-z0-9+.-]*:\/\/([^/?#:@]+):(?!\d{1,5}[/?#])(.*)@[^@]*$/is;

/** The parts of a URL as they are written: a parser would change escapes, and logs show what was written. */
function partsOf(url: string): Parts | undefined {
  const found = parts.exec(url);
  if (!found) return undefined;
  const [, info = '', path = '', query = '', fragment = ''] = found;
  const loose = info === '' ? unescaped.exec(url) : null;
  if (loose) return { user: loose[1] ?? '', password: loose[2] ?? '', path: '', query: '', fragment: '' };
  const colon = info.indexOf(':');
  const user = colon < 0 ? info : info.slice(0, colon);
  return { user, password: colon < 0 ? '' : info.slice(colon + 1), path, query, fragment };
}

const both = (value: string): string[] => [
  ...new Set([value, safeDecode(value), safeDecode(value.replaceAll('+', ' '))]),
];

/** User name and password as they are sent in a header. */
const basic = ({ user, password }: Parts): string =>
  Buffer.from(`${safeDecode(user)}:${safeDecode(password)}`).toString('base64');

/** The user that everybody is to a git server; it opens nothing. */
const nobody = 'git';

function userInfo(parts: Parts): string[] {
  const { user, password } = parts;
  if (password !== '') return isCommon(password) ? [] : [...both(password), basic(parts)];
  return user === '' || user === nobody ? [] : both(user);
}

const pairsOf = (query: string): [string, string][] =>
  query
    .split(/[&;]/)
    .filter((pair) => pair.includes('='))
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);

/** What is secret in a URL that is an address: its password, or its user if that is a token; keys in the query; random parts. */
export function urlCredentials(url: string): string[] {
  const parts = partsOf(url);
  if (!parts) return [];
  const query = pairsOf(parts.query).filter(([name, value]) => secretParameter.test(name) || looksRandom(value));
  const random = parts.path.split('/').filter(looksRandom);
  return [...userInfo(parts), ...query.flatMap(([, value]) => both(value)), ...random].filter(
    (value) => !isCommon(value),
  );
}

/** A shorter value of a query says nothing alone and is masked together with its name. */
const shortValue = 4;

/** A last part such as `token.json` is one with and without its ending. */
const stems = (part: string): string[] => [part, part.replace(/\.[a-z0-9]{1,5}$/i, '')];

/**
 * What is secret in a URL whose whole address is a credential, as that of a deploy hook: itself, the user info, every part of the
 * path behind the vendor's fixed words, and every value of the query. The host's name stays readable.
 */
export function hookSecrets(url: string): Sensitive[] {
  const parts = partsOf(url);
  if (!parts) return [{ value: url, rank: 'credential' }];
  const { user, password, path, query, fragment } = parts;
  const tokens = path
    .split('/')
    .filter(Boolean)
    .flatMap(stems)
    .flatMap(both)
    .filter((part) => !isFixedWord(part));
  const pairs = pairsOf(query);
  const bare = query.split(/[&;]/).filter((one) => one !== '' && !one.includes('='));
  const values = [...pairs.map(([, value]) => value), ...bare, fragment].filter((value) => value.length >= shortValue);
  const short = pairs.filter(([, value]) => value !== '' && value.length < shortValue).map((pair) => pair.join('='));
  const href = URL.canParse(url) ? new URL(url).href : url;
  const address = [url, href, ...[url, href].map((one) => one.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1'))];
  const target = tokens.length > 0 || query !== '' ? [path + (query && `?${query}`), query] : [];
  const secret = [...target, ...values.flatMap(both), ...short, ...userInfo(parts), ...(password ? both(user) : [])];
  const isPlace = (value: string) => /^\{[a-z][a-z0-9-]*\}$/.test(value);
  return [
    ...address.map((value) => ({ value, rank: 'credential' }) as const),
    ...secret
      .filter((value) => !isFixedWord(value) && !isPlace(value))
      .map((value) => ({ value, rank: 'secret' }) as const),
    ...tokens.filter((value) => !isPlace(value)).map((value) => ({ value, rank: 'part' }) as const),
  ];
}

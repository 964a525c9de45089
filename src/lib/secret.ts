/** A value that prints as `***` wherever it is printed, and is read only where someone asks for it by `reveal()`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '***';
  }
}

/** Shorter than this, masking would blot out ordinary words of the log. */
const shortest = 8;

/**
 * Every form of a secret that could show up in a text: as given, JSON-escaped and percent-encoded, and, where it is a URL,
 * its parts. The runner masks whole values only, and a deploy hook's `key` alone is as good as the hook.
 */
export function secretForms(value: string): string[] {
  const forms = new Set<string>([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]);
  if (URL.canParse(value)) for (const part of urlParts(new URL(value))) forms.add(part);
  for (const line of value.split(/\r?\n/)) forms.add(line.trim());
  return [...forms].filter((form) => form.length >= shortest).sort((a, b) => b.length - a.length);
}

/** What of a URL is secret: credentials always; address, query and path of a web address, which can be a hook. */
function urlParts(url: URL): string[] {
  const credentials = [url.username, url.password];
  if (!/^https?:$/.test(url.protocol)) return [...credentials, ...credentials.map(safeDecode)];
  const query = url.search
    .slice(1)
    .split('&')
    .map((pair) => pair.slice(pair.indexOf('=') + 1));
  const path = url.pathname.split('/').filter(Boolean);
  // The end of a path is a token in many hooks; further in, and where the query holds one, only what looks like one: words
  // must stay readable.
  const inQuery = [...url.searchParams.values()].some(({ length }) => length >= shortest);
  const isEnd = (part: string, at: number) => at === path.length - 1 && !(inQuery && /^[a-z]+$/.test(part));
  const tokens = path.filter((part, at) => isEnd(part, at) || (part.length >= 12 && /\d/.test(part)));
  const parts = [...credentials, ...query, ...url.searchParams.values(), ...tokens];
  return [url.href, url.pathname + url.search, url.search.slice(1), ...parts, ...parts.map(safeDecode)];
}

/** A text without percent-encoding; as it is where it is not encoded. */
export function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** User name and password in a URL, with the slashes escaped or not. */
const inUrl = /(:(?:\\?\/){2})([^\s/"<>]+)@/g;
/** The same in a URL that is percent-encoded, because it is a part of another. */
const inEncodedUrl = /(%3a%2f%2f)((?:(?!%2f)[^\s/"<>])+)%40/gi;
/** The beginning of them, where the text ends before the sign that tells them from a host's name. */
const unfinished = [/(:(?:\\?\/){2})[^\s/"<>]*$/, /(%3a%2f%2f)(?:(?!%2f)[^\s/"<>])*$/i];

/** The user that everybody is to a git server; it opens nothing. */
const nobody = 'git';

const withoutCredentials = (text: string): string =>
  text
    .replace(inUrl, (whole, start: string, user: string) => (user === nobody ? whole : `${start}***@`))
    .replace(inEncodedUrl, (whole, start: string, user: string) => (user === nobody ? whole : `${start}***%40`));

/**
 * Takes secrets out of texts: every form that it is told of, and what stands in a URL before the host. The runner masks
 * whole values in the log alone, not in files and summaries, and neither a part of a value nor what nobody has told it of.
 */
export interface Redactor {
  add(form: string): void;
  whole(text: string): string;
  /** The same for the start of a text that goes on: a secret that is cut off at its end is no secret whole. */
  start(text: string): string;
}

export function createRedactor(): Redactor {
  let forms: string[] = [];
  const whole = (text: string) => withoutCredentials(forms.reduce((left, form) => left.replaceAll(form, '***'), text));
  return {
    add(form) {
      // The longest first, so that no part of it is left beside a mask.
      forms = [...new Set([...forms, form])].sort((a, b) => b.length - a.length);
    },
    whole,
    start(text) {
      const left = unfinished.reduce((rest, pattern) => rest.replace(pattern, '$1***'), whole(text));
      for (let length = Math.min(left.length, forms[0]?.length ?? 0); length > 0; length--) {
        const end = left.slice(-length);
        if (forms.some((form) => form.startsWith(end))) return left.slice(0, -length);
      }
      return left;
    },
  };
}

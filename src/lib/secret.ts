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
  // The end of a path is a token in many hooks; further in, only what looks like one: words must stay readable.
  const tokens = path.filter((part, at) => at === path.length - 1 || (part.length >= 12 && /\d/.test(part)));
  const parts = [...credentials, ...query, ...url.searchParams.values(), ...tokens];
  return [url.href, url.pathname + url.search, url.search.slice(1), ...parts, ...parts.map(safeDecode)];
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Replaces every form of every secret in a text by `***`. For what the runner does not mask: files, summaries, comments. */
export function redactor(forms: Iterable<string>): (text: string) => string {
  const ordered = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((left, form) => left.replaceAll(form, '***'), text);
}

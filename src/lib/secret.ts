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
 * Every form of a secret that could show up in a text: as given, JSON-escaped and percent-encoded, and, where it is a URL, as
 * parsed, its query values, its credentials, the end of its path. The runner masks whole values only, and a deploy
 * hook's `key` alone is as good as the hook.
 */
export function secretForms(value: string): string[] {
  const forms = new Set<string>([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.host) {
    forms.add(url.href);
    forms.add(url.pathname + url.search);
    if (url.search) forms.add(url.search.slice(1));
    for (const part of [url.username, url.password, url.pathname.split('/').at(-1) ?? '']) {
      forms.add(part);
      forms.add(safeDecode(part));
    }
    for (const [, part] of url.searchParams) forms.add(part);
  }
  for (const line of value.split(/\r?\n/)) forms.add(line.trim());
  return [...forms].filter((form) => form.length >= shortest).sort((a, b) => b.length - a.length);
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

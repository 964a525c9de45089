import { hash } from 'node:crypto';

/** `1,234,567`. By hand, because the first number that `toLocaleString` writes loads all of ICU: a tenth of a short run. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** `1 file`, `3 files`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Bytes with a unit of 1024: `512 B`, `3.4 KiB`, `1.2 GiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  for (const unit of ['B', 'KiB', 'MiB', 'GiB'] as const) {
    if (value < 1024 || unit === 'GiB') return `${unit === 'B' ? value : value.toFixed(1)} ${unit}`;
    value /= 1024;
  }
  return `${bytes} B`;
}

/** Milliseconds as `0.4 s`, `12 s`, `3 min 20 s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}

/** The first `most` items, joined, and how many more there are. */
export function listSome(items: readonly string[], most: number, separator = ', '): string {
  const more = items.length - most;
  return items.slice(0, most).join(separator) + (more > 0 ? `${separator}and ${more} more` : '');
}

/** The text up to its first line end. */
export const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/** So much of a list's first item stands in a headline. */
const longestItem = 160;

/**
 * A text of several lines as one that says something by itself: where its first line only leads to a list, the first item
 * stands with it.
 */
export function headline(text: string): string {
  const [first = '', ...others] = text.split('\n');
  if (!first.endsWith(':')) return first;
  // The last lines of a command belong under it; what has happened is said before.
  const led = /^(.*[.!?]) Its last lines:$/.exec(first)?.[1];
  if (led !== undefined) return led;
  const items = others.filter((line) => line.trim() !== '');
  const [item] = items;
  if (item === undefined) return first.slice(0, -1);
  const indent = item.search(/\S/);
  const more = items.slice(1).some((line) => line.search(/\S/) === indent);
  return `${first} ${shorten(item.trim(), longestItem)}${more ? ' – and more' : ''}`;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"', '`': '`' };

/** The sentences of a text of one line. What is quoted or in brackets is kept whole, because it can be something to copy. */
export function sentences(text: string): string[] {
  const found: string[] = [];
  const open: string[] = [];
  let begin = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (sign === open.at(-1)) open.pop();
    else if (closing[sign] !== undefined && !/["`]/.test(open.at(-1) ?? '')) open.push(closing[sign]);
    else if (open.length === 0 && /^[.!?] +["A-Z]/.test(text.slice(at, at + 3))) {
      found.push(text.slice(begin, at + 1));
      begin = at + 2;
    }
  }
  return [...found, text.slice(begin)].filter((sentence) => sentence !== '');
}

/** The text, cut with a mark where it is longer than that. */
export const shorten = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;

/** Text safe inside a table cell of GitHub's Markdown: no mark-up, no mention, no line break. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/[\r\n]+/g, ' ')
      .replace(/[\\`*_{}[\]|~]/g, '\\$&')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // GitHub sets what stands between two of them as mathematics.
      .replaceAll('$', '&#36;')
      .replace(/@(?=\w)/g, '@&#8203;')
  );
}

/**
 * A name that is safe in keys, host names and paths: `[a-z0-9-]`, at most `longest` characters.
 * Where letters were lost a short hash of the whole name keeps two names apart.
 */
export function slug(name: string, longest = 40): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (plain === name && plain.length <= longest) return plain;
  const mark = hash('sha256', name).slice(0, 6);
  return [plain.slice(0, longest - 7).replace(/-+$/, ''), mark].filter(Boolean).join('-');
}

/** Replaces each `{name}` by its value; an unknown name stays as it is and is returned in `unknown`. */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string | undefined>>,
): { text: string; unknown: string[] } {
  const unknown: string[] = [];
  const text = template.replace(/\{([a-z][a-z0-9-]*)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) unknown.push(name);
    return value ?? whole;
  });
  return { text, unknown };
}

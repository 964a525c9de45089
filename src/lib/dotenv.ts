import { parseEnv } from 'node:util';

export interface Variables {
  readonly variables: Readonly<Record<string, string>>;
  /** What is wrong, each with its line and never with its text: that may be a secret whose name was forgotten. */
  readonly problems: readonly string[];
}

const entry = /^[ \t]*(?:export[ \t]+)?([^=\n]*?)[ \t]*=[ \t]*/;
const nameRule = /^[A-Za-z_][A-Za-z0-9_]*$/;
const lineEnd = (text: string, at: number): number => {
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found;
};

/**
 * `NAME=value` lines as dotenv files have them: blank lines, `# comment` lines, `export`, and values between quotes
 * (`"`, `'` or a back-tick), which may have several lines; `\n` in double quotes is a line end. Quoted values are read by
 * node:util.parseEnv. A value without quotes is everything up to the end of the line, `#`, quotes and backslashes included:
 * parseEnv would cut it at a `#`, which stands in every other secret key. What dotenv would silently drop is refused.
 */
export function parseVariables(source: string): Variables {
  const text = source.replace(/\r\n?/g, '\n');
  const variables: Record<string, string> = {};
  const problems: string[] = [];
  let at = 0;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const number = text.slice(0, at).split('\n').length;
    if (/^\s*(#|$)/.test(line)) {
      at = end + 1;
      continue;
    }
    const read = readEntry(text, at);
    if ('problem' in read) problems.push(`line ${number} ${read.problem}`);
    else variables[read.name] = read.value;
    at = read.next + 1;
  }
  return { variables, problems };
}

type Entry =
  | { readonly name: string; readonly value: string; readonly next: number }
  | { readonly problem: string; readonly next: number };

/** The entry that begins there, and the end of its last line. */
function readEntry(text: string, at: number): Entry {
  const end = lineEnd(text, at);
  const [head = '', name = ''] = entry.exec(text.slice(at, end)) ?? [];
  if (!nameRule.test(name)) {
    return { problem: 'is not NAME=value; put a value of several lines between quotes', next: end };
  }
  const start = at + head.length;
  const quote = text[start] ?? '';
  if (start < end && `"'\``.includes(quote)) return readQuoted(name, text, start, quote);
  const value = text.slice(start, end).trim();
  const [, label] = /^-----BEGIN ([A-Z0-9 ]+)-----$/.exec(value) ?? [];
  if (label === undefined) return { name, value, next: end };
  // The other lines of a key that is not quoted are no entries, and one of them could look like one.
  const close = text.indexOf(`-----END ${label}-----`, end);
  const problem = `begins a value of several lines; put the whole of it between quotes: ${name}="…"`;
  return { problem, next: close < 0 ? end : lineEnd(text, close) };
}

function readQuoted(name: string, text: string, start: number, quote: string): Entry {
  const close = text.indexOf(quote, start + 1);
  if (close < 0) {
    const problem = `opens a quote (${quote}) that nothing closes; close it, or put the value between other quotes`;
    return { problem, next: lineEnd(text, start) };
  }
  const next = lineEnd(text, close);
  const rest = text.slice(close + 1, next);
  if (!/^\s*(#.*)?$/.test(rest)) {
    const problem = `goes on after the closing quote (${quote}); put the value between quotes that it does not hold`;
    return { problem, next };
  }
  return { name, value: parseEnv(`V=${text.slice(start, close + 1)}`).V ?? '', next };
}

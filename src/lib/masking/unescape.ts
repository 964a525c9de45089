/** A text without escapes, and where each of its characters stood before. */
export interface Unescaped {
  readonly text: string;
  /** Where what stands at `from` to `to` of `text` stood in the text that was given. */
  place(from: number, to: number): [number, number];
}

/** Escapes of URLs, of Python's bytes, of JSON and JavaScript, of shells and Markdown, and of HTML and XML. */
const escapes =
  /(?:%[0-9a-f]{2}|\\x[0-9a-f]{2})+|\\u[0-9a-f]{4}|\\u\{[0-9a-f]{1,6}\}|\\[nrtbf]|\\[^\w\r\n]|&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});/gi;
const isByte = /^(?:%|\\x)/i;
const mayHave = /[%\\&]/;
/** The beginning of an escape at the end of a text. */
const begun = /(?:%[0-9a-f]?|\\(?:x[0-9a-f]?|u\{?[0-9a-f]{0,5})?|&(?:#?\w{0,7}))$/i;

const named: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
  '\\b': '\b',
  '\\f': '\f',
};

const fromCode = (code: number): string => (code > 0x10_ffff ? '' : String.fromCodePoint(code));

/** What one escape stands for; a run of escaped bytes is decoded apart. */
function meaning(written: string): string {
  const known = named[written.toLowerCase()];
  if (known !== undefined) return known;
  const [, hex, decimal] = /^(?:\\u\{?|&#x)([0-9a-f]+)|^&#(\d+)/i.exec(written) ?? [];
  if (hex !== undefined) return fromCode(Number.parseInt(hex, 16));
  if (decimal !== undefined) return fromCode(Number(decimal));
  return written.slice(1);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The characters of a run such as `%C3%A9`, each with its length as it is written. What is not UTF-8 is Latin-1: so Python writes a text
 * in ASCII, `\xe9` for é.
 */
function* charactersOf(run: string): Generator<[string, number]> {
  const written = run.match(/%..|\\x../g) ?? [];
  const bytes = Uint8Array.from(written, (one) => Number.parseInt(one.slice(-2), 16));
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return yield* written.map((one, at): [string, number] => [String.fromCharCode(bytes[at] ?? 0), one.length]);
  }
  let at = 0;
  for (const sign of text) {
    const count = Buffer.byteLength(sign);
    yield [sign, written.slice(at, at + count).join('').length];
    at += count;
  }
}

/** Where escapes stand and what they became: `source` to `sourceEnd` was written, `at` to `end` is what it means. */
interface Change {
  readonly source: number;
  readonly sourceEnd: number;
  readonly at: number;
  readonly end: number;
}

/** The last change that begins at or before a place; undefined if there is none. */
function changeBefore(changes: readonly Change[], at: number): Change | undefined {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle] as Change).at <= at) low = middle + 1;
    else high = middle;
  }
  return changes[low - 1];
}

/** One level of escapes taken away; undefined if there is none. */
function unescapeOnce(given: string): Unescaped | undefined {
  if (!mayHave.test(given)) return undefined;
  const pieces: string[] = [];
  const changes: Change[] = [];
  let at = 0;
  let done = 0;
  const put = (text: string, source: number, length: number) => {
    changes.push({ source, sourceEnd: source + length, at, end: at + text.length });
    pieces.push(text);
    at += text.length;
  };
  for (const { 0: written, index } of given.matchAll(escapes)) {
    pieces.push(given.slice(done, index));
    at += index - done;
    done = index + written.length;
    if (!isByte.test(written)) put(meaning(written), index, written.length);
    else {
      let source = index;
      for (const [sign, length] of charactersOf(written)) {
        put(sign, source, length);
        source += length;
      }
    }
  }
  const text = pieces.join('') + given.slice(done);
  if (text === given) return undefined;
  const sourceOf = (place: number, isEnd: boolean) => {
    const change = changeBefore(changes, isEnd ? place - 1 : place);
    if (!change) return place;
    if (place - (isEnd ? 1 : 0) >= change.end) return change.sourceEnd + place - change.end;
    return isEnd ? change.sourceEnd : change.source;
  };
  return { text, place: (from, to) => [sourceOf(from, false), sourceOf(to, true)] };
}

/** So many levels are taken away: of a text that is escaped three times, and of the value in it that looks escaped itself. */
const levels = 6;

/** In queries a plus is a space. It is one character too, so that nothing changes its place. */
const withoutPlus = (text: string): string => text.replaceAll('+', ' ');

/**
 * A text without its escapes, whichever they are and however they are mixed: so a value is found that was escaped in a way that
 * nobody thought of, if the value was unescaped in the same way (see unescapedValue). Undefined if there are none.
 */
export function unescapeAll(given: string): Unescaped | undefined {
  let found: Unescaped | undefined;
  for (let level = 0; level < levels; level++) {
    const before = found;
    const next = unescapeOnce(before?.text ?? given);
    if (!next) break;
    found = before ? { text: next.text, place: (from, to) => before.place(...next.place(from, to)) } : next;
  }
  return found && { ...found, text: withoutPlus(found.text) };
}

/** A value as it stands in a text without escapes. A backslash at its end belongs to what follows there. */
export function unescapedValue(value: string): string {
  const text = unescapeAll(value)?.text ?? withoutPlus(value);
  return text.replace(/\\+$/, '');
}

/** A text without an escape that is cut off at its end. */
export const withoutBegun = (text: string): string => text.replace(begun, '');

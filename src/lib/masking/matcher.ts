/** A text to be found, and what it takes to count. */
export interface Pattern {
  readonly text: string;
  /** Only where it does not stand inside a longer word. */
  readonly word: boolean;
  /** Found inside a protected place too. */
  readonly always: boolean;
}

/** A place in a text, from and to. */
type Span = readonly [number, number];

/** Finds many texts at once, in one pass over a line. */
export interface Matcher {
  /** The places of all patterns, those that touch joined into one. `spared` are places in which only `always` counts. */
  find(text: string, spared: readonly Span[]): Span[];
  /** Where the unfinished beginning of a pattern at the end of a text starts; the text's length if there is none. */
  unfinished(text: string): number;
}

const isWord = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 191;

/** Whether a word can begin there: after a sign that is no letter and no digit, or after an escape such as `%3A` or `\n`. */
function beginsWord(text: string, at: number): boolean {
  if (at === 0 || !isWord(text.charCodeAt(at)) || !isWord(text.charCodeAt(at - 1))) return true;
  return /(?:%[0-9a-f]{2}|\\[nrtbf]|\\u[0-9a-f]{4})$/i.test(text.slice(Math.max(0, at - 6), at));
}

const endsWord = (text: string, end: number): boolean =>
  end === text.length || !isWord(text.charCodeAt(end - 1)) || !isWord(text.charCodeAt(end));

/** Two signs as a number of 16 bits; different pairs may share one. */
const pairHash = (first: number, second: number): number => ((first << 7) ^ second) & 0xffff;

/**
 * Patterns are kept by their first two signs. Few pairs of a text are the beginning of any, and at the others a table says so: the
 * time is that of one look at every sign.
 */
export function createMatcher(patterns: readonly Pattern[]): Matcher {
  const begins = new Uint8Array(0x10000);
  const byPair = new Map<string, Pattern[]>();
  for (const pattern of [...patterns].sort((a, b) => b.text.length - a.text.length)) {
    const { text } = pattern;
    begins[pairHash(text.charCodeAt(0), text.charCodeAt(1))] = 1;
    const pair = text.slice(0, 2);
    const others = byPair.get(pair);
    if (others) others.push(pattern);
    else byPair.set(pair, [pattern]);
  }
  const first = new Set(patterns.map(({ text }) => text[0]));

  const candidates = (text: string, at: number): readonly Pattern[] =>
    begins[pairHash(text.charCodeAt(at), text.charCodeAt(at + 1))] === 1
      ? (byPair.get(text.slice(at, at + 2)) ?? [])
      : [];

  return {
    find(text, spared) {
      const found: [number, number][] = [];
      if (patterns.length === 0) return found;
      for (let at = 0; at + 1 < text.length; at++) {
        for (const pattern of candidates(text, at)) {
          if (!text.startsWith(pattern.text, at)) continue;
          const end = at + pattern.text.length;
          if (pattern.word && !(beginsWord(text, at) && endsWord(text, end))) continue;
          if (!pattern.always && spared.some(([from, to]) => at >= from && end <= to)) continue;
          const last = found.at(-1);
          if (last && at <= last[1]) last[1] = Math.max(last[1], end);
          else found.push([at, end]);
          break;
        }
      }
      return found;
    },

    unfinished(text) {
      const { length } = text;
      for (let at = 0; at + 1 < length; at++) {
        for (const pattern of candidates(text, at)) {
          if (pattern.text.length > length - at && pattern.text.startsWith(text.slice(at))) return at;
        }
      }
      return first.has(text[length - 1]) ? length - 1 : length;
    },
  };
}

/** A text to be found, and what it takes to count. */
export interface Pattern {
  readonly text: string;
  /** Only where it does not stand inside a longer word. */
  readonly word: boolean;
  /** Found inside a protected place too. */
  readonly always: boolean;
}

/** A place in a text, from and to. */
export type Span = readonly [number, number];

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

/** All patterns have at least so many signs, and are kept by the first of them. */
const known = 4;

/** Takes one more sign into a number of 16 bits, from which a sign is gone when four have come after it. */
const roll = (hash: number, sign: number): number => ((hash << 4) ^ sign) & 0xffff;

function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < known; at++) hash = roll(hash, text.charCodeAt(at));
  return hash;
}

/**
 * Few places of a text have the first four signs of any pattern, and at the others a look at a table says so: the time is that of one
 * look for each sign.
 * @param patterns Each of four signs or more.
 */
export function createMatcher(patterns: readonly Pattern[]): Matcher {
  const byStart = new Map<number, Pattern[]>();
  const begins = new Uint8Array(0x10000);
  const starts = new Set<string>();
  let longest = 0;
  for (const pattern of [...patterns].sort((a, b) => b.text.length - a.text.length)) {
    const { text } = pattern;
    const hash = hashOf(text);
    const others = byStart.get(hash);
    if (others) others.push(pattern);
    else byStart.set(hash, [pattern]);
    begins[hash] = 1;
    for (let length = 1; length < known; length++) starts.add(text.slice(0, length));
    longest = Math.max(longest, text.length);
  }

  /** The longest pattern that counts at a place. */
  function at(text: string, from: number, hash: number, spared: readonly Span[]): number | undefined {
    for (const pattern of byStart.get(hash) ?? []) {
      if (!text.startsWith(pattern.text, from)) continue;
      const end = from + pattern.text.length;
      if (pattern.word && !(beginsWord(text, from) && endsWord(text, end))) continue;
      if (!pattern.always && spared.some(([first, last]) => from >= first && end <= last)) continue;
      return end;
    }
    return undefined;
  }

  return {
    find(text, spared) {
      const found: [number, number][] = [];
      if (patterns.length === 0) return found;
      let hash = 0;
      for (let last = 0; last < text.length; last++) {
        hash = roll(hash, text.charCodeAt(last));
        if (begins[hash] === 0 || last < known - 1) continue;
        const from = last - known + 1;
        const end = at(text, from, hash, spared);
        if (end === undefined) continue;
        const before = found.at(-1);
        if (before && from <= before[1]) before[1] = Math.max(before[1], end);
        else found.push([from, end]);
      }
      return found;
    },

    unfinished(text) {
      const { length } = text;
      for (let from = Math.max(0, length - longest + 1); from < length; from++) {
        const rest = text.slice(from);
        if (
          rest.length < known ? starts.has(rest) : byStart.get(hashOf(rest))?.some((one) => one.text.startsWith(rest))
        )
          return from;
      }
      return length;
    },
  };
}

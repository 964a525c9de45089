import { encodingsOf } from './encodings.ts';
import { createMatcher, type Matcher, type Pattern, type Span } from './matcher.ts';
import { looksRandom } from './random.ts';
import type { Sensitive } from './sensitive.ts';
import { withoutShapes, withoutUnfinished } from './shapes.ts';
import { unescapeAll, unescapedValue, withoutBegun } from './unescape.ts';

/**
 * Takes secrets out of texts: every form of each value that it is told of, and what is secret by its shape. The runner masks the log
 * alone, not files, summaries and what is sent to GitHub.
 */
export interface Redactor {
  /**
   * Masks a value from now on. Returns the values that the runner may mask too, each once: it does so inside words and until the job
   * ends, and GitHub drops outputs of a job that hold one, so these are long, no words, and not public.
   */
  add(value: string, rank?: Sensitive['rank']): string[];
  /** Says that the run itself shows this value, so that it stays readable. */
  publish(value: string | undefined): void;
  whole(text: string): string;
  /** The same for the start of a text that goes on: a secret that is cut off at its end is no secret whole. */
  start(text: string): string;
}

/** Shorter than this a value is masked as a word only: it is a part of other words by chance. */
const longEnough = 8;
/** Shorter than this masking would hide half of the log. */
export const shortestMasked = 4;

/** The value, and each line of it, because a log shows lines; the first and last line of a key say nothing. Programs strip values. */
const linesOf = (value: string): string[] => [
  value,
  value.trim(),
  ...value
    .split(/\r?\n|\\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= longEnough && !/^-----(BEGIN|END) [A-Z0-9 ]*-----$/.test(line)),
];

/** The parts of a public address that are readable wherever they stand. */
function componentsOf(value: string): string[] {
  const bare = value.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  return [value, bare, ...bare.split(/[/:?&=#]+/), ...(bare.split(/[/:?#]/, 1)[0]?.split('.') ?? [])].filter(Boolean);
}

/** Finds secrets in a text as it is. `plain` finds those that are left when escapes are taken away from both. */
interface Compiled {
  readonly secrets: Matcher;
  readonly published: Matcher;
  readonly plain: Matcher;
}

/** Spans in order, those that touch joined into one. */
function joined(spans: readonly Span[]): Span[] {
  const all: [number, number][] = [];
  for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
    const before = all.at(-1);
    if (before && from <= before[1]) before[1] = Math.max(before[1], to);
    else all.push([from, to]);
  }
  return all;
}

export function createRedactor(): Redactor {
  const secrets = new Map<string, Sensitive['rank']>();
  const published = new Set<string>();
  const told = new Set<string>();
  const components = new Set<string>();
  let compiled: Compiled | undefined;

  const isPublic = (value: string, rank: Sensitive['rank']): boolean =>
    rank === 'credential' ? false : rank === 'part' ? components.has(value) : published.has(value);

  function compile(): Compiled {
    const patterns = new Map<string, Pattern>();
    const plain = new Map<string, Pattern>();
    for (const [value, rank] of secrets) {
      if (isPublic(value, rank)) continue;
      const put = (all: Map<string, Pattern>, text: string) => {
        if (text.length < shortestMasked) return;
        const always = rank === 'credential' || all.get(text)?.always === true;
        const word = (value.length < longEnough && text.length < longEnough) || rank === 'part';
        all.set(text, { text, always, word: word && all.get(text)?.word !== false });
      };
      for (const text of encodingsOf(value)) {
        put(patterns, text);
        put(plain, unescapedValue(text));
      }
    }
    const own = [...published].map((text) => ({ text, word: true, always: true }));
    return {
      secrets: createMatcher([...patterns.values()]),
      published: createMatcher(own),
      plain: createMatcher([...plain.values()]),
    };
  }

  /** The places of secrets, as they are written and under escapes. */
  function spansIn(text: string, { secrets, published, plain }: Compiled): Span[] {
    const found = secrets.find(text, published.find(text, []));
    const unescaped = unescapeAll(text);
    if (!unescaped) return found;
    const under = plain.find(unescaped.text, published.find(unescaped.text, []));
    return joined([...found, ...under.map(([from, to]) => unescaped.place(from, to))]);
  }

  function whole(text: string): string {
    compiled ??= compile();
    let left = '';
    let at = 0;
    for (const [from, to] of spansIn(text, compiled)) {
      left += `${text.slice(at, from)}***`;
      at = to;
    }
    return withoutShapes(left + text.slice(at));
  }

  /** Where the beginning of a secret at the end of a text starts. */
  function unfinished(text: string, { secrets, plain }: Compiled): number {
    const end = secrets.unfinished(text);
    const unescaped = unescapeAll(withoutBegun(text));
    if (!unescaped) return Math.min(end, withoutBegun(text).length);
    const from = plain.unfinished(unescaped.text);
    return from === unescaped.text.length ? end : Math.min(end, unescaped.place(from, from + 1)[0]);
  }

  return {
    add(value, rank = 'credential') {
      const lines = [...new Set(linesOf(value))].filter(({ length }) => length >= shortestMasked);
      for (const line of lines) {
        const known = secrets.get(line);
        if (known === rank || known === 'credential' || (known === 'secret' && rank === 'part')) continue;
        secrets.set(line, rank);
        compiled = undefined;
      }
      const shown = (line: string) => [...published].some((one) => one.includes(line));
      const isWord = (line: string) => rank === 'part' && !/\d/.test(line) && !looksRandom(line);
      const fits = (line: string) => line.length >= longEnough && !/[\r\n]/.test(line) && !isWord(line) && !shown(line);
      const fresh = lines.filter((line) => !told.has(line) && fits(line));
      for (const line of fresh) told.add(line);
      return fresh;
    },
    publish(value) {
      if (value === undefined || value.length < shortestMasked || published.has(value)) return;
      published.add(value);
      const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#:]+)/i.exec(value)?.[1];
      if (host !== undefined && host.length >= shortestMasked) published.add(host);
      for (const component of componentsOf(value)) components.add(component);
      compiled = undefined;
    },
    whole,
    start(text) {
      compiled ??= compile();
      const left = withoutUnfinished(whole(text));
      return left.slice(0, unfinished(left, compiled));
    },
  };
}

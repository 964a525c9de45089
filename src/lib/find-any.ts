/** Looks at a place where the needle of a number stands. An answer ends the search; undefined goes on. */
type Look<T> = (needle: number, at: number) => T | undefined;

/** Numbers of two bytes. */
const pairs = 65_536;

/**
 * Searches bytes for many needles at once: one look at every second or third byte, instead of a search for each needle.
 * The method of S. Wu and U. Manber, "A fast algorithm for multi-pattern searching" (1994), with blocks of two bytes.
 * The masking's matcher looks at each sign of a line instead, because it has to know words, and what a line's end begins.
 * @param needles Each of at least two bytes; the shortest one says how far the search can skip.
 * @returns A search that asks about the places until there is an answer. Those of each half come in their order, the halves in turn.
 */
export function createSearch(needles: readonly Uint8Array[]): <T>(bytes: Uint8Array, look: Look<T>) => T | undefined {
  const window = Math.min(...needles.map(({ length }) => length));
  const pairAt = (bytes: Uint8Array, end: number) => ((bytes[end - 1] as number) << 8) | (bytes[end] as number);
  // How far the end of the window may move where a pair stands there; 0 where a needle can end its window there.
  const skips = new Uint8Array(pairs).fill(window - 1);
  const endingWith = new Map<number, number[]>();
  for (const [number, needle] of needles.entries()) {
    for (let end = 1; end < window; end++) {
      const pair = pairAt(needle, end);
      skips[pair] = Math.min(skips[pair] as number, window - 1 - end);
    }
    const last = pairAt(needle, window - 1);
    endingWith.set(last, [...(endingWith.get(last) ?? []), number]);
  }
  const standsAt = (bytes: Uint8Array, needle: Uint8Array, at: number) => {
    for (let index = 0; index < needle.length; index++) if (bytes[at + index] !== needle[index]) return false;
    return true;
  };
  /** What comes of the needles whose window ends here; most ends have none. */
  const answerAt = <T>(bytes: Uint8Array, end: number, look: Look<T>): T | undefined => {
    const at = end - window + 1;
    for (const number of endingWith.get(pairAt(bytes, end)) ?? []) {
      const answer = standsAt(bytes, needles[number] as Uint8Array, at) ? look(number, at) : undefined;
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
  /** The first answer of the windows that end in a piece. */
  const searchFrom = <T>(bytes: Uint8Array, from: number, to: number, look: Look<T>): T | undefined => {
    for (let end = from; end < to; ) {
      const skip = skips[pairAt(bytes, end)] as number;
      const answer = skip === 0 ? answerAt(bytes, end, look) : undefined;
      if (answer !== undefined) return answer;
      end += skip || 1;
    }
    return undefined;
  };
  return (bytes, look) => {
    // A step has to wait for the skip of the one before. With a step in each half in turn, a core does two at the same time.
    const middle = Math.max(window - 1, bytes.length >> 1);
    let [left, right] = [window - 1, middle];
    while (left < middle && right < bytes.length) {
      const [skipLeft, skipRight] = [skips[pairAt(bytes, left)] as number, skips[pairAt(bytes, right)] as number];
      const answer =
        (skipLeft === 0 ? answerAt(bytes, left, look) : undefined) ??
        (skipRight === 0 ? answerAt(bytes, right, look) : undefined);
      if (answer !== undefined) return answer;
      left += skipLeft || 1;
      right += skipRight || 1;
    }
    return searchFrom(bytes, left, middle, look) ?? searchFrom(bytes, right, bytes.length, look);
  };
}

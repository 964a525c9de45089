/** One page of a listing has so many objects. */
export const pageSize = 1_000;

/** A part of a listing: keys behind `after`, up to `until`. */
export interface ListRange {
  readonly after: string | undefined;
  readonly until: string | undefined;
}

/** Every bucket sorts keys of these signs alike, whether by the bytes of UTF-8 or by those of UTF-16, also among others. */
const isPlain = (key: string): boolean => /^[\x20-\x7e]*$/.test(key);

/**
 * Parts of a listing that can be asked for at once, of a page each, by the keys that were there before. They say nothing of
 * what is there now: a part can have more pages, or none.
 * @param known Keys in their order; any that are not only cost requests.
 */
export function listRanges(known: Iterable<string>, prefix: string): ListRange[] {
  const marks: string[] = [];
  let since = 0;
  for (const key of known) {
    if (!key.startsWith(prefix)) continue;
    since += 1;
    if (since < pageSize || key <= (marks.at(-1) ?? '') || !isPlain(key)) continue;
    marks.push(key);
    since = 0;
  }
  // Nothing is known to be behind it.
  if (since === 0) marks.pop();
  return [undefined, ...marks].map((after, at) => ({ after, until: marks[at] }));
}

/** One page of a list, and what its Link header says. */
export interface ListPage<T> {
  readonly items: readonly T[];
  /** The header `Link`; undefined if the answer has none. */
  readonly link: string | undefined;
}

const nextPage = /<([^>]*)>\s*;\s*rel="?next"?/;

/** The page that a Link header names as the next one; undefined if it names none. */
function namedNext(link: string, page: number): number | undefined {
  const [, address] = nextPage.exec(link) ?? [];
  if (address === undefined) return undefined;
  return Number(/[?&]page=(\d+)/.exec(address)?.[1] ?? page + 1);
}

/**
 * All pages of a list, none of which is left out without an error. A full page without a Link header may be the last one or come
 * from a server that sends none, so the next one is asked for. Items move to the page before when others go while the pages
 * are read; so at the end of a list of several pages all but the last are read again, and what is new there follows.
 * @param ask Gives a page by its number, from 1.
 * @param size Items of a full page.
 * @param idOf Tells items apart.
 * @param incomplete Makes the error for a list that cannot be read to its end, with the reason.
 */
export async function* readPages<T>(
  ask: (page: number) => Promise<ListPage<T>>,
  size: number,
  idOf: (item: T) => number,
  incomplete: (why: string) => Error,
): AsyncGenerator<readonly T[]> {
  const seen = new Set<number>();
  const unseen = (items: readonly T[]) => items.filter((item) => !seen.has(idOf(item)));
  let before = '';
  let last = 1;
  for (let page = 1; ; page++) {
    const { items, link } = await ask(page);
    const ids = items.map(idOf).join();
    if (items.length > 0 && ids === before) throw incomplete(`page ${page} is page ${page - 1} again`);
    before = ids;
    last = page;
    const fresh = unseen(items);
    for (const item of fresh) seen.add(idOf(item));
    if (fresh.length > 0 || page === 1) yield fresh;
    if (items.length === 0) break;
    const next = link === undefined ? (items.length >= size ? page + 1 : undefined) : namedNext(link, page);
    if (next === undefined) break;
    if (next !== page + 1) throw incomplete(`page ${page} names page ${next} as the next one`);
  }
  for (let page = 1; page < last; page++) {
    const moved = unseen((await ask(page)).items);
    for (const item of moved) seen.add(idOf(item));
    if (moved.length > 0) yield moved;
  }
}

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ListPage, readPages } from '../../../src/runner/read-pages.ts';

interface Item {
  readonly id: number;
}

const size = 10;
const items = (from: number, to: number): Item[] => Array.from({ length: to - from }, (_, at) => ({ id: from + at }));
const idsOf = (pages: readonly (readonly Item[])[]) => pages.flat().map(({ id }) => id);

/** Reads a list that a server gives, and counts the requests. */
async function reading(ask: (page: number) => ListPage<Item>) {
  const asked: number[] = [];
  const found: (readonly Item[])[] = [];
  const pages = readPages(
    async (page) => {
      asked.push(page);
      return ask(page);
    },
    size,
    ({ id }) => id,
    (why) => new Error(`not complete: ${why}`),
  );
  for await (const page of pages) found.push(page);
  return { ids: idsOf(found), asked };
}

const cut = (all: readonly Item[], page: number) => all.slice((page - 1) * size, page * size);
const linked = (page: number, count: number) =>
  page * size < count
    ? `<https://api/x?per_page=10&page=${page + 1}>; rel="next"`
    : '<https://api/x?page=1>; rel="first"';

describe('a list', () => {
  test.each([0, 1, 9, 10, 11, 20, 36])('of %i items comes whole from a server without Link headers', async (count) => {
    const all = items(0, count);
    const { ids } = await reading((page) => ({ items: cut(all, page), link: undefined }));
    expect(ids).toEqual(idsOf([all]));
  });

  test.each([11, 20, 36])('of %i items comes whole by its links', async (count) => {
    const all = items(0, count);
    const { ids } = await reading((page) => ({ items: cut(all, page), link: linked(page, count) }));
    expect(ids).toEqual(idsOf([all]));
  });

  test('of one page takes one request', async () => {
    expect((await reading(() => ({ items: items(0, 9), link: undefined }))).asked).toEqual([1]);
    expect((await reading(() => ({ items: items(0, 10), link: linked(1, 10) }))).asked).toEqual([1]);
  });

  test('from a server that does not look at the page is an error', async () => {
    await expect(reading(() => ({ items: items(0, 10), link: undefined }))).rejects.toThrow(
      'not complete: page 2 is page 1 again',
    );
  });

  test.each([1, 3, 9])('whose link leads to page %i after page 1 is an error', async (next) => {
    const link = `<https://api/x?page=${next}>; rel="next"`;
    await expect(reading(() => ({ items: items(0, 10), link }))).rejects.toThrow(
      /page 1 names page \d as the next one/,
    );
  });

  test('from which items go at any moment misses none of those that stay', async () => {
    const cases = [
      fc.integer({ min: 0, max: 45 }),
      fc.array(fc.nat(44), { maxLength: 12 }),
      fc.nat(6),
      fc.boolean(),
    ] as const;
    await fc.assert(
      fc.asyncProperty(...cases, async (count, gone, moment, links) => {
        let requests = 0;
        const { ids } = await reading((page) => {
          const now = items(0, count).filter(({ id }) => requests < moment || !gone.includes(id));
          requests += 1;
          return { items: cut(now, page), link: links ? linked(page, now.length) : undefined };
        });
        expect(ids).toEqual(expect.arrayContaining(idsOf([items(0, count)]).filter((id) => !gone.includes(id))));
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  test('from which one goes after the first page was read is read again and whole', async () => {
    let all = items(0, 35);
    const { ids } = await reading((page) => {
      const found = { items: cut(all, page), link: linked(page, all.length) };
      all = all.filter(({ id }) => id !== 3);
      return found;
    });
    expect(ids.toSorted((a, b) => a - b)).toEqual(idsOf([items(0, 35)]));
  });
});

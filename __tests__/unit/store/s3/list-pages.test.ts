import { describe, expect, test } from '@jest/globals';
import { listPages } from '../../../../src/store/s3/list-pages.ts';

type Query = Readonly<Record<string, string>>;

const contents = (keys: readonly string[]) =>
  keys
    .map(
      (key) =>
        `<Contents><Key>static/${key}</Key><LastModified>2026-03-01T12:00:00.000Z</LastModified><ETag>"e"</ETag><Size>1</Size></Contents>`,
    )
    .join('');
const page = (keys: readonly string[], truncated: boolean, more = '') =>
  `<ListBucketResult><IsTruncated>${truncated}</IsTruncated>${more}${contents(keys)}</ListBucketResult>`;

/** Lists with a server that answers by a function; what was asked, and the keys that came out. */
async function list(answer: (query: Query, number: number) => string) {
  const asked: Query[] = [];
  const keys: string[] = [];
  const pages = listPages('static/', undefined, async (query) => {
    const number = asked.push(query);
    if (number > 20) throw new Error('asked for ever');
    return { status: 200, headers: {}, body: Buffer.from(answer(query, number)) };
  });
  for await (const objects of pages) keys.push(...objects.map(({ key }) => key.slice('static/'.length)));
  return { asked, keys };
}

describe('a listing', () => {
  test('of no object is one request', async () => {
    expect(await list(() => page([], false))).toEqual({ asked: [{ prefix: 'static/', 'list-type': '2' }], keys: [] });
  });

  test('goes on by the token of each page', async () => {
    const token = (text: string) => `<NextContinuationToken>${text}</NextContinuationToken>`;
    const answers = [page(['a', 'b'], true, token('one&amp;1')), page(['c'], true, token('two')), page(['d'], false)];
    const { asked, keys } = await list((_query, number) => answers[number - 1] ?? '');
    expect(keys).toEqual(['a', 'b', 'c', 'd']);
    expect(asked.map((query) => query['continuation-token'])).toEqual([undefined, 'one&1', 'two']);
  });

  test.each<[string, string, string]>([
    ['the marker that it gives', '<NextMarker>b&amp;b</NextMarker>', 'b&b'],
    ['the last key, where it gives none', '', 'static/b'],
  ])('of a server that knows version 1 alone goes on by %s', async (_by, more, marker) => {
    const { asked, keys } = await list((_query, number) =>
      number === 1 ? page(['a', 'b'], true, more) : page(['c'], false),
    );
    expect(keys).toEqual(['a', 'b', 'c']);
    expect(asked[1]).toEqual({ prefix: 'static/', marker });
  });

  test('unpacks what XML cannot hold as it is', async () => {
    const { keys } = await list(() => page(['a &amp; b', '&lt;&#x41;&#66;&gt;&quot;&apos;', 'ü/世'], false));
    expect(keys).toEqual(['a & b', '<AB>"\'', 'ü/世']);
  });
});

describe('a listing of something else', () => {
  test('is an error: the prefix was dropped on the way', async () => {
    const other = '<Contents><Key>media/a</Key><Size>1</Size></Contents>';
    await expect(list(() => `<ListBucketResult>${other}</ListBucketResult>`)).rejects.toThrow('media/a');
    await expect(list(() => page([], false, '<Prefix></Prefix>'))).rejects.toThrow('is about ""');
    expect(await list(() => page(['a'], false, '<Prefix>static%2F</Prefix>'))).toMatchObject({ keys: ['a'] });
  });
});

describe('a server that would be asked for ever', () => {
  test.each<[string, (query: Query, number: number) => string]>([
    ['because each page is the first', () => page(['a'], true, '<NextContinuationToken>t</NextContinuationToken>')],
    ['because version 1 ignores the marker', () => page(['a', 'b'], true)],
    [
      'because its tokens go round',
      (_query, number) => page([`k${number}`], true, `<NextContinuationToken>${number % 3}</NextContinuationToken>`),
    ],
    ['because it says that there is more, and not where', () => page([], true)],
  ])('is found out, %s', async (_why, answer) => {
    await expect(list(answer)).rejects.toThrow('came twice');
  });
});

import type { ListedObject } from '../store.ts';
import { parseListing } from './listing-xml.ts';
import type { S3Response } from './transport.ts';

/** Asks for one page of a listing with these query parameters. */
export type AskPage = (query: Readonly<Record<string, string>>) => Promise<S3Response>;

/**
 * All pages below a prefix: ListObjectsV2, and version 1 from the second page on where the vendor gave no token, because
 * it knows no other (rclone lists Ceph and SeaweedFS so).
 * @throws Error where the vendor gives the same page again and again, as Huawei OBS does to some clients.
 */
export async function* listPages(prefix: string, ask: AskPage): AsyncGenerator<readonly ListedObject[]> {
  const seen = new Set<string>();
  let query: Record<string, string> = { prefix, 'list-type': '2' };
  for (;;) {
    const page = parseListing((await ask(query)).body);
    const first = page.objects[0]?.key;
    const from = page.token ?? page.marker ?? page.objects.at(-1)?.key;
    const again = (first !== undefined && seen.has(`key ${first}`)) || (page.truncated && seen.has(`from ${from}`));
    if (again || (page.truncated && from === undefined)) throw new Error('a page of the listing came twice');
    yield page.objects;
    if (!page.truncated || from === undefined) return;
    seen.add(`key ${first}`).add(`from ${from}`);
    query = page.token === undefined ? { prefix, marker: from } : { ...query, 'continuation-token': from };
  }
}

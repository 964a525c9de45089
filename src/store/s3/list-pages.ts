import type { ListedObject } from '../store.ts';
import { ListingError, type ListPage, parseListing } from './listing-xml.ts';
import type { S3Response } from './transport.ts';

/** Asks for one page of a listing with these query parameters. */
export type AskPage = (query: Readonly<Record<string, string>>) => Promise<S3Response>;

/** @throws ListingError if the store, or a proxy before it, listed something else than was asked for. */
function refuseOtherPrefix({ objects, prefix: told }: ListPage, prefix: string): void {
  const strange = objects.find(({ key }) => !key.startsWith(prefix));
  if (strange) throw new ListingError(`"${prefix}" was asked for, and the answer has "${strange.key}"`);
  // Some servers echo it as it stands in the address.
  if (told !== undefined && told !== prefix && told !== encodeURIComponent(prefix) && told !== encodeURI(prefix))
    throw new ListingError(`"${prefix}" was asked for, and the answer is about "${told}"`);
}

/**
 * All pages below a prefix: ListObjectsV2, and version 1 from the second page on where the vendor gave no token, because
 * it knows no other (rclone lists Ceph and SeaweedFS so).
 * @param after Only keys behind this one, where the vendor knows that.
 * @throws ListingError if an answer is not a whole listing of this prefix, or if the same page comes again and again, as
 * Huawei OBS does to some clients.
 */
export async function* listPages(
  prefix: string,
  after: string | undefined,
  ask: AskPage,
): AsyncGenerator<readonly ListedObject[]> {
  const seen = new Set<string>();
  let query: Record<string, string> = {
    prefix,
    'list-type': '2',
    ...(after === undefined ? {} : { 'start-after': after }),
  };
  for (;;) {
    const page = parseListing((await ask(query)).body);
    refuseOtherPrefix(page, prefix);
    const first = page.objects[0]?.key;
    const from = page.token ?? page.marker ?? page.objects.at(-1)?.key;
    const again = (first !== undefined && seen.has(`key ${first}`)) || (page.truncated && seen.has(`from ${from}`));
    if (again || (page.truncated && from === undefined)) throw new ListingError('a page of the listing came twice');
    yield page.objects;
    if (!page.truncated || from === undefined) return;
    seen.add(`key ${first}`).add(`from ${from}`);
    query = page.token === undefined ? { prefix, marker: from } : { ...query, 'continuation-token': from };
  }
}

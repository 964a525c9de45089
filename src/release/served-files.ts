import type { HttpResponse } from '../core/ports.ts';
import type { AssetLink } from './asset-link.ts';
import type { LoadOptions } from './page.ts';
import type { politeFetch } from './polite-fetch.ts';
import type { OwnFile } from './release-files.ts';
import {
  type Caching,
  cachingOf,
  cachingRemark,
  checkEncodings,
  type Encoding,
  encodingOf,
  encodings,
  isCompressed,
} from './served-check.ts';

/** So many files are asked for in each encoding. */
const mostEncoded = 8;

/** Looks at the files of the release that the app itself serves: in each encoding, and how long browsers keep them. */
export function servedFiles(site: string, fetch: ReturnType<typeof politeFetch>) {
  const seen = new Set<string>();
  const caching: { readonly link: AssetLink; readonly caching: Caching }[] = [];
  let encoded = 0;

  async function inEach(link: AssetLink, options: LoadOptions): Promise<Partial<Record<Encoding, HttpResponse>>> {
    const answers: Partial<Record<Encoding, HttpResponse>> = {};
    for (const encoding of encodings) {
      const headers = { ...options.headers, 'accept-encoding': encoding };
      const { loaded, limited } = await fetch(link.url, { ...options, headers });
      if (limited || loaded?.kind !== 'page') continue;
      answers[encoding] = loaded.response;
      if (loaded.response.status === 200) seen.add(encodingOf(loaded.response));
    }
    return answers;
  }

  return {
    /** @param plain The file as it was answered already. */
    async look(
      link: AssetLink,
      plain: HttpResponse,
      own: OwnFile,
      options: LoadOptions,
    ): Promise<{ problem?: string; remark?: string }> {
      if (new URL(link.url).origin !== site) return {};
      const kept = cachingOf(plain, own);
      if (kept) caching.push({ link, caching: kept });
      if (!isCompressed(plain) || encoded >= mostEncoded) return {};
      encoded += 1;
      return checkEncodings(await inEach(link, options));
    },

    /** One remark for all files that browsers keep for too short, and one for those kept for too long. */
    remarks(): { readonly link: AssetLink; readonly message: string }[] {
      const kinds = Map.groupBy(caching, (one) => one.caching.kind);
      return [...kinds.values()].flatMap(([first, ...more]) =>
        first ? [{ link: first.link, message: cachingRemark(first.caching, more.length) }] : [],
      );
    },

    /** In which they were sent compressed. */
    encodings: (): Encoding[] => encodings.filter((one) => one !== 'identity' && seen.has(one)),
  };
}

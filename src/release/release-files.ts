import { hashOf } from '../assets/hashed-names.ts';
import { knownName } from './hashed-words.ts';

/** The static files that a release put out, so that a file of a page can be known for one of them. */
export interface ReleaseFiles {
  /** Names with a hash in them, below STATIC_URL; of a bundler's files the last part alone. */
  readonly names: ReadonlySet<string>;
  /** Those of them that a bundler or compressor named: the hash in their names is whatever it is. */
  readonly bundled?: ReadonlySet<string>;
  /** STATIC_URL as an address or a path, where it is known. */
  readonly staticUrl: string | undefined;
  /** MD5 (hex) of the file of that name below STATIC_URL, as it was uploaded; undefined where nobody knows. */
  readonly md5Of: (name: string) => string | undefined;
  /** Whether a CDN that is purged after the proof may still have an older copy of it. */
  readonly mayBeOld?: (name: string) => boolean;
}

export const noFiles: ReleaseFiles = { names: new Set(), staticUrl: undefined, md5Of: () => undefined };

/** A file of a page as one of the release's. */
export interface OwnFile {
  readonly name: string;
  /** The release has this very file; otherwise it only lies where its files do. */
  readonly known: boolean;
  /** MD5 that the whole body must have, and where that is known from. */
  readonly md5: string | undefined;
  /** The first 12 characters of it, as Django writes them into names; other storages may hash otherwise. */
  readonly hash: string | undefined;
  /** A CDN may still have an older copy, which goes as soon as the release is proven. */
  readonly mayBeOld?: boolean;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The file of the release that an address is of; undefined where it is not one. */
export function ownFile(address: string, site: string, files: ReleaseFiles): OwnFile | undefined {
  const { names, bundled, staticUrl, md5Of, mayBeOld } = files;
  const { origin, pathname } = new URL(address);
  const root = staticUrl === undefined || !URL.canParse(staticUrl, site) ? undefined : new URL(staticUrl, site);
  const below = root && root.origin === origin && root.pathname.length > 1 && pathname.startsWith(root.pathname);
  const inside = below ? decoded(pathname.slice(root.pathname.length)).replace(/^\/+/, '') : undefined;
  const name = inside !== undefined && names.has(inside) ? inside : (knownName(decoded(pathname), names) ?? inside);
  if (name === undefined) return undefined;
  const md5 = md5Of(inside ?? name);
  const hash = names.has(name) && !bundled?.has(name) ? hashOf(name) : undefined;
  const old = mayBeOld?.(inside ?? name) ? { mayBeOld: true } : {};
  return { name, known: names.has(name) || md5 !== undefined, md5, hash, ...old };
}

/** What Django calls the path of static files unless the settings say otherwise, and what pages have that are written by hand. */
const usualPath = '/static/';

/** A static file that a page names by a path of its own, where the project has its static files elsewhere. */
export interface PathByHand {
  /** Below the usual path. */
  readonly name: string;
  /** Address of the static files. */
  readonly staticUrl: string;
  /** The release has a file of this name. */
  readonly known: boolean;
}

/**
 * @param address Of a file that is not one of the release's (`ownFile`).
 * @returns undefined for a file of another site, and where nobody knows where the release's files are.
 */
export function pathByHand(address: string, site: string, files: ReleaseFiles): PathByHand | undefined {
  const { staticUrl, md5Of } = files;
  const { origin, pathname } = new URL(address);
  if (staticUrl === undefined || origin !== new URL(site).origin || !pathname.startsWith(usualPath)) return undefined;
  const name = decoded(pathname.slice(usualPath.length));
  return { name, staticUrl, known: md5Of(name) !== undefined };
}

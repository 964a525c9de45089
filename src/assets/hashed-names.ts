import type { Manifest } from './manifest.ts';

const hashInName = /\.([0-9a-f]{12})(\.[^./]*)?$/;

/** The hash in a name as Django puts it there (`base.5af66c1b1797.css`), or undefined. */
export function hashOf(path: string): string | undefined {
  return hashInName.exec(path)?.[1];
}

/** The names of a manifest that have a hash in them. */
export const hashedNames = (manifest: Manifest | undefined): Set<string> =>
  new Set([...(manifest?.values() ?? [])].filter((name) => hashOf(name) !== undefined));

/** A hashed name without its hash. */
export function withoutHash(path: string): string {
  return path.replace(hashInName, '$2');
}

/**
 * Whether the content can never change under this name: the manifest gives the name, and the hash in it is the content's
 * own MD5. A name alone proves nothing: with `keep_intermediate_files` Django writes other content under such names,
 * and a vendor's `lib.0123456789ab.js` may be anything.
 * @param md5 Of the content, hex.
 */
export function isImmutable(path: string, md5: string, hashedNames: ReadonlySet<string>): boolean {
  return hashedNames.has(path) && hashOf(path) === md5.slice(0, 12);
}

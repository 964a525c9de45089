/** The names that a release's manifest gives to its files: source name → name with the hash. */
export type Manifest = ReadonlyMap<string, string>;

/**
 * Reads Django's staticfiles.json, versions 1.0 (until 4.1) and 1.1.
 * Undefined where it is not one; `manifest.json` of other tools looks alike and has no `paths`.
 */
export function parseManifest(text: string): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { version, paths } = (value ?? {}) as { version?: unknown; paths?: unknown };
  if ((version !== '1.0' && version !== '1.1') || typeof paths !== 'object' || paths === null) return undefined;
  return new Map(Object.entries(paths).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

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

import { readFile } from 'node:fs/promises';

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

/** Reads the manifest of hashed names; undefined where there is none, or it is no manifest of Django's. */
export async function loadManifest(path: string | undefined): Promise<Manifest | undefined> {
  if (path === undefined) return undefined;
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseManifest(text);
}

import { splitBundled } from '../assets/bundlers.ts';
import { hashOf, withoutHash } from '../assets/hashed-names.ts';

/** No key of a bucket is longer, and no file's name; longer words are images and sources inside the page. */
const longestWord = 1_024;
const longestName = 255;
const mostParts = 32;
/** As much as is read of a page at all: the scripts stand at the end of a long one. Half a second at worst. */
export const longestText = 4 * 1024 * 1024;
const mostWords = 20_000;

function decodePath(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Every address in a page, without query and fragment, that ends in a file with Django's or a bundler's hash in its name. */
export function hashedWords(body: string): string[] {
  const words = new Set(
    body
      .slice(0, longestText)
      .replaceAll('\\/', '/')
      .split(/[\s"'<>()\\,;=?#&]+/),
  );
  const found: string[] = [];
  for (const word of words) {
    if (word.length > longestWord || !word.includes('.')) continue;
    const name = fileName(word);
    if (name.length > longestName) continue;
    if (hashOf(name) !== undefined || splitBundled(name) !== undefined) found.push(decodePath(word));
    if (found.length >= mostWords) break;
  }
  return found;
}

/** The path itself and what is left of it after each of its slashes, the longest first. */
function suffixes(path: string): string[] {
  const parts = path.split('/');
  const from = Math.max(0, parts.length - mostParts);
  return parts.slice(from).map((_, at) => parts.slice(from + at).join('/'));
}

/** The name of `known` that an address ends in, whatever stands before it. */
export const knownName = (path: string, known: ReadonlySet<string>): string | undefined =>
  suffixes(path).find((name) => known.has(name));

/** The hashed names of `known` that a page mentions, whatever address stands before them. */
export function namedAssets(body: string, known: ReadonlySet<string>): Set<string> {
  return new Set(hashedWords(body).flatMap((word) => knownName(word, known) ?? []));
}

/** What a file's name has in common with those of its successors, whoever put the hash there; maybe both did. */
function sourceOf(name: string): string {
  const plain = withoutHash(name);
  const bundled = splitBundled(plain);
  if (bundled === undefined) return plain;
  // Collected by a manifest storage, a file of a bundler is there twice.
  return plain === name ? `bundled ${bundled.source}` : `bundled and hashed ${bundled.source}`;
}

/**
 * Names by what they are made from. Bundlers and compressors call several files of a release the same but for the hash, and
 * nobody knows which of them took the place of an older one, so none of them counts.
 */
function successors(names: ReadonlySet<string>): Map<string, string> {
  const bySource = new Map<string, string>();
  const several = new Set<string>();
  for (const name of names) {
    const source = sourceOf(name);
    if (bySource.has(source)) several.add(source);
    bySource.set(source, name);
  }
  for (const source of several) bySource.delete(source);
  return bySource;
}

/**
 * Files of the new release that a page names under another hash: it is a page of another release, and a new instance
 * cannot show it.
 */
export function replacedAssets(body: string, newNames: ReadonlySet<string>): string[] {
  const bySource = successors(newNames);
  const replaced = new Set<string>();
  for (const word of hashedWords(body)) {
    const paths = suffixes(word);
    const at = paths.findIndex((path) => bySource.has(sourceOf(path)));
    const successor = bySource.get(sourceOf(paths[at] ?? ''));
    if (successor !== undefined && successor !== paths[at]) replaced.add(successor);
  }
  return [...replaced];
}

/** Some of the hashed files that a page names, for people. */
export function describeAssets(body: string): string {
  const names = [...new Set(hashedWords(body).map(fileName))];
  if (names.length === 0) return 'a page without hashed static files';
  return `a page with ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}

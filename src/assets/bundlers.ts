/**
 * Files in which bundlers say what they made: Vite (also before Vite 5), webpack-bundle-tracker, webpack-manifest-plugin,
 * webpack-assets-manifest, Create React App, and django-compressor, which writes the same kind of file.
 */
export const bundlerManifests: ReadonlySet<string> = new Set([
  'manifest.json',
  'webpack-stats.json',
  'asset-manifest.json',
  'assets-manifest.json',
]);

/** A name, and what it is without the hash that a bundler put there. */
export interface BundledName {
  readonly source: string;
  readonly hash: string;
}

const endings = '((?:\\.[A-Za-z][A-Za-z0-9]*)+)$';
/** `main-BX3k91aZ.js`: eight characters of base64url, as Rollup and so Vite write them. */
const base64Hash = new RegExp(`^(.*[^/])[-.]([A-Za-z0-9_-]{8})${endings}`);
/** `main.73e9d84a48cd7ff0a58a.js`, `main.4c5d6e7f.chunk.js`: hex, as webpack, compressors and older Vites write it. */
const hexHash = new RegExp(`^(.*[^/])[-._]([0-9a-f]{8,64})${endings}`);
/** `17ccf96dd2b8a21bc662.svg`: nothing but the hash, which is what webpack calls images and fonts. */
const wholeHash = new RegExp(`^(.*/|)([0-9a-f]{16,64})${endings}`);

/** A word (`app-settings.js`) and a date (`report-20260131.pdf`) are as long as a hash. */
const isRandom = (hash: string) => /[^a-z_-]/.test(hash) && /[^0-9]/.test(hash);

/** The name without the bundler's hash in it; undefined where there is none. A name that has one proves nothing by itself. */
export function splitBundled(path: string): BundledName | undefined {
  for (const pattern of [hexHash, base64Hash, wholeHash]) {
    const [, stem = '', hash, ending = ''] = pattern.exec(path) ?? [];
    if (hash !== undefined && isRandom(hash)) return { source: stem + ending, hash };
  }
  return undefined;
}

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Every string in a value, however deep; keys are none. */
function stringsIn(value: unknown): string[] {
  const found: string[] = [];
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') found.push(next);
    else if (isObject(next)) for (const inner of Object.values(next)) open.push(inner);
  }
  return found;
}

/**
 * The files of Vite's manifest. A chunk may be called `component-MyWidget`, and with a pattern that has no hash in it that
 * is the file's name too; the manifest tells what chunks and sources are called.
 */
function viteNames(chunks: readonly (readonly [string, Record<string, unknown>])[]): string[] {
  const stem = (path: string) => fileName(path).replace(/\.[^.]*$/, '');
  const sources = new Set<unknown>();
  for (const [key, { name, src }] of chunks) {
    // Of a chunk without a source of its own the key is the file's name.
    if (!key.startsWith('_')) sources.add(stem(key));
    if (typeof src === 'string') sources.add(stem(src));
    sources.add(name);
  }
  const named = chunks.flatMap(([, { file, css, assets }]) => stringsIn([file, css, assets]));
  return named.filter((path) => !sources.has(stem(path)));
}

/** The files of webpack-bundle-tracker's statistics, without those that are copied under their own name. */
function trackedNames(assets: Record<string, unknown>, chunks: unknown): string[] {
  const copied = Object.values(assets).flatMap((asset) => {
    const source = isObject(asset) ? asset.sourceFilename : undefined;
    return typeof source === 'string' ? [fileName(source)] : [];
  });
  return [...Object.keys(assets), ...stringsIn(chunks)].filter((path) => !copied.includes(fileName(path)));
}

/** The paths that a bundler's manifest names, by its shape; in most shapes a path is somewhere in a string. */
function pathsIn(value: unknown): string[] {
  if (!isObject(value)) return [];
  const entries = Object.entries(value);
  const chunks = entries.filter((entry): entry is [string, Record<string, unknown>] => isObject(entry[1]));
  if (chunks.length === entries.length && chunks.every(([, { file }]) => typeof file === 'string'))
    return viteNames(chunks);
  if (isObject(value.assets) && value.chunks !== undefined) return trackedNames(value.assets, value.chunks);
  // django-compressor keeps whole tags, and plugins of webpack put the public path before the name.
  return stringsIn(value).flatMap((text) => text.split(/[\s"'<>(),;=&?#]+/));
}

/**
 * The names, without their folders, that a bundler's manifest gives to files and that have a hash in them. Where the folder
 * lies in the end only Django knows, and a hash is enough to tell a file by. Whatever else is in the text gives no name.
 */
export function bundledNames(text: string): Set<string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new Set();
  }
  const names = pathsIn(value).map(fileName);
  return new Set(names.filter((name) => splitBundled(name) !== undefined));
}

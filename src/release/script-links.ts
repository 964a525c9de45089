import { type AssetLink, absolute } from './asset-link.ts';

/** More of a script is not read for its imports. */
const longestScript = 4 * 1024 * 1024;
const mostImports = 1_000;

/** `<script type="importmap">`: what a bare name stands for, https://html.spec.whatwg.org/#import-maps. */
export interface ImportMap {
  readonly imports: Readonly<Record<string, string>>;
  readonly scopes: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const noImports: ImportMap = { imports: {}, scopes: {} };

const texts = (value: unknown): Record<string, string> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      )
    : {};

/** An import map; one that is not JSON is ignored, as browsers do. */
export function parseImportMap(text: string): ImportMap {
  try {
    const { imports, scopes } = JSON.parse(text) as { imports?: unknown; scopes?: unknown };
    const inner = typeof scopes === 'object' && scopes !== null ? Object.entries(scopes) : [];
    return { imports: texts(imports), scopes: Object.fromEntries(inner.map(([at, map]) => [at, texts(map)])) };
  } catch {
    return noImports;
  }
}

/** A page may have several; what an earlier one says of a name stays: https://html.spec.whatwg.org/#merge-existing-and-new-import-maps. */
export function mergeImportMaps(one: ImportMap, next: ImportMap): ImportMap {
  const scopes = { ...one.scopes };
  for (const [at, inner] of Object.entries(next.scopes)) scopes[at] = { ...inner, ...scopes[at] };
  return { imports: { ...next.imports, ...one.imports }, scopes };
}

function mapped(specifier: string, map: Readonly<Record<string, string>>, base: string): string | undefined {
  // A key that is an address is compared as one.
  const entries = Object.entries(map).map(
    ([key, target]) => [/^(\.{0,2}\/|https?:)/.test(key) ? (absolute(key, base) ?? key) : key, target] as const,
  );
  const whole = entries.find(([key]) => key === specifier);
  if (whole) return absolute(whole[1], base);
  const folders = entries.filter(([key]) => key.endsWith('/') && specifier.startsWith(key));
  const [longest] = folders.toSorted(([a], [b]) => b.length - a.length);
  return longest && absolute(longest[1] + specifier.slice(longest[0].length), base);
}

/**
 * The address that an import leads to; undefined for a bare name that no import map has.
 * @param base Address of the page, which the import map is relative to.
 */
export function resolveImport(specifier: string, from: string, map: ImportMap, base: string): string | undefined {
  const isAddress = /^(\.{0,2}\/|https?:|data:|blob:)/.test(specifier);
  const name = isAddress ? (absolute(specifier, from) ?? specifier) : specifier;
  for (const [scope, inner] of Object.entries(map.scopes)) {
    const at = absolute(scope, base);
    if (at === undefined || !(from === at || (at.endsWith('/') && from.startsWith(at)))) continue;
    const found = mapped(name, inner, base);
    if (found) return found;
  }
  return mapped(name, map.imports, base) ?? (isAddress ? absolute(specifier, from) : undefined);
}

export interface ScriptLinks {
  readonly links: readonly AssetLink[];
  /** Bare names that lead nowhere, so that the browser runs nothing of the script. */
  readonly missing: readonly string[];
  readonly cut: boolean;
}

const nothing: ScriptLinks = { links: [], missing: [], cut: false };

/** What a script imports, by a statement or by `import("…")` with its address in the text. */
export async function scriptLinks(
  source: string,
  script: Pick<AssetLink, 'url' | 'module' | 'nonce' | 'credentials'>,
  map: ImportMap,
  base: string,
): Promise<ScriptLinks> {
  if (!/\bimport\b|\bfrom\b/.test(source)) return nothing;
  if (source.length > longestScript) return { ...nothing, cut: true };
  const { init, parse } = await import('es-module-lexer/js');
  await init;
  let found: ReturnType<typeof parse>;
  try {
    found = parse(source);
  } catch {
    // It is not of the grammar of modules; whether it runs is not a question of files.
    return nothing;
  }
  const links: AssetLink[] = [];
  const missing: string[] = [];
  for (const one of found[0].slice(0, mostImports)) {
    const dynamic = one.type === 'dynamic';
    if (one.type === 'import-meta' || one.specifier === undefined || (dynamic ? one.glob : !script.module)) continue;
    const url = resolveImport(one.specifier, script.url, map, base);
    const type = one.attributes?.find(([name]) => name === 'type')?.[1];
    const use = type === undefined ? 'script' : type === 'css' ? 'style' : 'other';
    const { nonce, credentials } = script;
    if (url) {
      const own = { use, cors: true, credentials, module: use === 'script', from: script.url } as const;
      links.push({ url, ...own, ...(nonce ? { nonce } : {}) });
    } else if (!dynamic && !/^[a-z]+:/.test(one.specifier)) missing.push(one.specifier);
  }
  return { links, missing, cut: found[0].length > mostImports };
}

/** How a browser uses a file, which decides what type and CORS it needs. */
export type AssetUse = 'style' | 'script' | 'image' | 'font' | 'media' | 'manifest' | 'object' | 'frame' | 'other';

export interface AssetLink {
  /** Absolute. */
  readonly url: string;
  readonly use: AssetUse;
  /** The browser asks with CORS, so that another origin has to allow it. */
  readonly cors: boolean;
  /** Whether it sends cookies along, which a "*" does not allow. */
  readonly credentials: boolean;
  /** The page, style sheet or script that names it. */
  readonly from: string;
  /** A script that imports others. */
  readonly module?: boolean;
  /** What it must be (`integrity`), and the nonce of its element. */
  readonly integrity?: string;
  readonly nonce?: string;
  /** The page works without it: data that is loaded ahead, an import that code may catch. */
  readonly optional?: boolean;
}

/** An http(s) address without its fragment; undefined for data:, blob: and what is not an address. */
export function absolute(target: string, base: string): string | undefined {
  const trimmed = target.trim();
  if (trimmed === '' || trimmed.startsWith('#') || !URL.canParse(trimmed, base)) return undefined;
  const url = new URL(trimmed, base);
  url.hash = '';
  return /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** Each address once; where it is used in two ways, what either asks of it. */
export function unique(links: readonly AssetLink[]): AssetLink[] {
  const found = new Map<string, AssetLink>();
  for (const link of links) {
    const seen = found.get(link.url);
    const merged = seen && {
      ...link,
      ...seen,
      // A preload without `as` says nothing of the use.
      use: seen.use === 'other' ? link.use : seen.use,
      cors: seen.cors || link.cors,
      credentials: seen.credentials || link.credentials,
      ...(seen.module || link.module ? { module: true } : {}),
      optional: seen.optional === true && link.optional === true,
    };
    found.set(link.url, merged ?? link);
  }
  return [...found.values()];
}

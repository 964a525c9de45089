import type { Parser } from 'htmlparser2';

/** How a browser uses a file, which decides what type and CORS it needs. */
export type AssetUse = 'style' | 'script' | 'image' | 'font' | 'media' | 'manifest' | 'other';

export interface AssetLink {
  /** Absolute. */
  readonly url: string;
  readonly use: AssetUse;
  /** The browser asks with CORS, so that another origin has to allow it. */
  readonly cors: boolean;
  /** Whether it sends cookies along, which a "*" does not allow. */
  readonly credentials: boolean;
  /** The page or style sheet that names it. */
  readonly from: string;
}

type Attributes = Readonly<Record<string, string>>;

const preloads: Readonly<Record<string, AssetUse>> = {
  style: 'style',
  script: 'script',
  image: 'image',
  font: 'font',
  audio: 'media',
  video: 'media',
};

/** https://mimesniff.spec.whatwg.org/#javascript-mime-type; a script of another type is data and is not fetched. */
const runs = (type: string | undefined) =>
  !type || /^(module|(text|application)\/(x-)?(java|ecma)script\b.*)$/i.test(type.trim());

/** The addresses of a `srcset`: before each comma-separated descriptor. */
function srcsetUrls(srcset: string | undefined): string[] {
  return [...(srcset ?? '').matchAll(/(?:^|,)\s*([^\s,]\S*[^\s,]|[^\s,])/g)].map((match) => match[1] ?? '');
}

/** `url(…)` and `@import "…"` of a style sheet. Fonts are those in @font-face; a browser always asks for them with CORS. */
export function cssLinks(css: string, base: string): AssetLink[] {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '');
  const fonts = [...plain.matchAll(/@font-face\s*\{[^}]*\}/gi)].map((match) => match[0]).join('\n');
  const links: AssetLink[] = [];
  const add = (target: string, use: AssetUse) => {
    const url = absolute(target, base);
    if (url) links.push({ url, use, cors: use === 'font', credentials: false, from: base });
  };
  for (const target of cssUrls(fonts)) add(target, 'font');
  for (const [, quoted, bare] of plain.matchAll(
    /@import\s*(?:url\(\s*)?(?:["']([^"']+)["']|(?<=\()\s*([^"')\s]+))/gi,
  )) {
    add(quoted ?? bare ?? '', 'style');
  }
  const rest = plain
    .replace(/@font-face\s*\{[^}]*\}/gi, '')
    .replace(/@import\s*(?:url\([^)]*\)|"[^"]*"|'[^']*')[^;]*;?/gi, '');
  for (const target of cssUrls(rest)) add(target, 'image');
  return unique(links);
}

function cssUrls(css: string): string[] {
  return [...css.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)/gi)].map(
    ([, a, b, c]) => a ?? b ?? c ?? '',
  );
}

/** An http(s) address without its fragment; undefined for data:, blob: and what is no address. */
function absolute(target: string, base: string): string | undefined {
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
    found.set(
      link.url,
      seen ? { ...seen, cors: seen.cors || link.cors, credentials: seen.credentials || link.credentials } : link,
    );
  }
  return [...found.values()];
}

function fromLink(
  attributes: Attributes,
  add: (target: string | undefined, use: AssetUse, cors?: boolean) => void,
): void {
  const rels = (attributes.rel ?? '').toLowerCase().split(/\s+/);
  const { href } = attributes;
  if (rels.includes('stylesheet')) add(href, 'style');
  else if (rels.some((rel) => /icon$/.test(rel))) add(href, 'image');
  // Browsers always fetch a manifest with CORS (HTML standard, link type "manifest").
  else if (rels.includes('manifest')) add(href, 'manifest', true);
  else if (rels.includes('modulepreload')) add(href, 'script', true);
  else if (rels.includes('preload')) {
    const use = preloads[attributes.as ?? ''] ?? 'other';
    add(href, use, use === 'font');
    for (const target of srcsetUrls(attributes.imagesrcset)) add(target, 'image');
  }
}

/** Every file that a browser fetches to show the page: link, script, img and their like, and url() of inline styles. */
export async function pageLinks(html: string, pageUrl: string): Promise<AssetLink[]> {
  const { Parser: HtmlParser } = await import('htmlparser2');
  const links: AssetLink[] = [];
  let base: string | undefined;
  let styleText = false;
  // What is inside <template> is not part of the page.
  let templates = 0;
  const styles: string[] = [];
  const parser: Parser = new HtmlParser({
    onopentag(name, attributes: Attributes) {
      const add = (target: string | undefined, use: AssetUse, cors = false) => {
        const url = target === undefined ? undefined : absolute(target, base ?? pageUrl);
        const asked = attributes.crossorigin;
        const credentials = asked === 'use-credentials';
        if (url) links.push({ url, use, cors: cors || asked !== undefined, credentials, from: pageUrl });
      };
      if (name === 'template') templates += 1;
      if (templates > 0) return;
      if (attributes.style?.includes('url(')) styles.push(attributes.style);
      styleText = name === 'style';
      if (name === 'base' && attributes.href && URL.canParse(attributes.href, pageUrl))
        base ??= new URL(attributes.href, pageUrl).href;
      else if (name === 'link') fromLink(attributes, add);
      else if (name === 'script' && runs(attributes.type))
        add(attributes.src, 'script', attributes.type?.trim().toLowerCase() === 'module');
      else if (name === 'img' || (name === 'input' && attributes.type === 'image')) {
        add(attributes.src, 'image');
        for (const target of srcsetUrls(attributes.srcset)) add(target, 'image');
      } else if (name === 'source') {
        add(attributes.src, 'media');
        for (const target of srcsetUrls(attributes.srcset)) add(target, 'image');
      } else if (name === 'video' || name === 'audio') {
        add(attributes.src, 'media');
        add(attributes.poster, 'image');
      } else if (name === 'use' || name === 'image') add(attributes.href ?? attributes['xlink:href'], 'image');
    },
    ontext(text) {
      if (styleText) styles.push(text);
    },
    onclosetag(name) {
      if (name === 'template') templates -= 1;
      styleText = false;
    },
  });
  parser.end(html);
  const inline = styles.flatMap((css) => cssLinks(css, base ?? pageUrl));
  return unique([...links, ...inline.map((link) => ({ ...link, from: pageUrl }))]);
}

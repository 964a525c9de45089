import { setImmediate } from 'node:timers/promises';
import { type AssetLink, type AssetUse, absolute, unique } from './asset-link.ts';
import { cssLinks } from './css-links.ts';
import { type ImportMap, mergeImportMaps, noImports, parseImportMap } from './script-links.ts';

/** What of a page is read at most, so that a hostile one does not hold the run up. */
export const pageLimits = { characters: 4 * 1024 * 1024, tags: 100_000, depth: 2_000, links: 5_000, styles: 2_000 };
/** As much is parsed before other things, a signal or a deadline, have their turn. */
const chunkSize = 16 * 1024;

/** The files that a page names, and what else of it decides whether they load. */
export interface PageLinks {
  readonly links: readonly AssetLink[];
  readonly importMap: ImportMap;
  /** Modules inside the page, with the address that their imports are relative to. */
  readonly scripts: readonly { readonly source: string; readonly nonce: string | undefined }[];
  readonly base: string;
  /** Policies in `<meta http-equiv="Content-Security-Policy">`. */
  readonly policies: readonly string[];
  /** The limit that the page went over, in words; what stands behind it was not looked at. */
  readonly cut: string | undefined;
}

type Attributes = Readonly<Record<string, string>>;

const preloads: Readonly<Record<string, AssetUse>> = {
  style: 'style',
  script: 'script',
  image: 'image',
  font: 'font',
  audio: 'media',
  video: 'media',
  track: 'media',
};

/** https://mimesniff.spec.whatwg.org/#javascript-mime-type; a script of another type is data and is not fetched. */
const runs = (type: string | undefined) =>
  !type || /^(module|(text|application)\/(x-)?(java|ecma)script\b.*)$/i.test(type.trim());
const isModule = (type: string | undefined) => type?.trim().toLowerCase() === 'module';

/** A style sheet of another type, and one that is turned off, is not fetched: https://html.spec.whatwg.org/#link-type-stylesheet. */
const isStyles = ({ type, disabled }: Attributes): boolean =>
  disabled === undefined && (!type || /^text\/css\b/i.test(type.trim()));

/** A page in a page is asked for as one: what answers may be HTML. */
const embedded = ({ type }: Attributes): AssetUse => (/^text\/html\b/i.test(type?.trim() ?? '') ? 'frame' : 'object');

type Add = (target: string | undefined, use: AssetUse, more?: Partial<AssetLink>) => void;
type Srcset = (text: string) => { readonly url: string }[];

function fromLink(attributes: Attributes, add: Add, srcset: Srcset): void {
  const rels = (attributes.rel ?? '').toLowerCase().split(/\s+/);
  const { href } = attributes;
  if (rels.includes('stylesheet')) {
    if (isStyles(attributes)) add(href, 'style');
  } else if (rels.some((rel) => /icon$/.test(rel))) add(href, 'image');
  // Browsers always fetch a manifest with CORS (HTML standard, link type "manifest").
  else if (rels.includes('manifest')) add(href, 'manifest', { cors: true });
  else if (rels.includes('modulepreload')) add(href, 'script', { cors: true, module: true });
  else if (rels.includes('preload')) {
    const use = preloads[(attributes.as ?? '').toLowerCase()];
    // Data, documents, workers: they may ask for a login, and are not static files of a release.
    add(href, use ?? 'other', { ...(use === 'font' ? { cors: true } : {}), ...(use ? {} : { optional: true }) });
    for (const { url } of srcset(attributes.imagesrcset ?? '')) add(url, 'image');
  }
}

/** What one element loads. */
function fromElement(name: string, attributes: Attributes, add: Add, srcset: Srcset): void {
  const images = () => {
    for (const { url } of srcset(attributes.srcset ?? '')) add(url, 'image');
  };
  if (name === 'link') fromLink(attributes, add, srcset);
  else if (name === 'script' && runs(attributes.type)) {
    const module = isModule(attributes.type);
    // Browsers that know modules leave this one out.
    const old = attributes.nomodule === undefined ? {} : { optional: true };
    add(attributes.src, 'script', module ? { cors: true, module } : old);
  } else if (name === 'img' || (name === 'input' && attributes.type?.toLowerCase() === 'image')) {
    add(attributes.src, 'image');
    images();
  } else if (name === 'source') {
    add(attributes.src, 'media');
    images();
  } else if (name === 'video' || name === 'audio') {
    add(attributes.src, 'media');
    add(attributes.poster, 'image');
  }
  // Subtitles are always fetched with CORS (HTML standard, "track processing model").
  else if (name === 'track') add(attributes.src, 'media', { cors: true });
  else if (name === 'embed') add(attributes.src, embedded(attributes));
  else if (name === 'object') add(attributes.data, embedded(attributes));
  else if (name === 'iframe' || name === 'frame') add(attributes.src, 'frame');
  else if (name === 'use' || name === 'image' || name === 'feImage')
    add(attributes.href ?? attributes['xlink:href'], 'image');
}

const safeSrcset =
  (parse: Srcset): Srcset =>
  (text) => {
    if (text.trim() === '') return [];
    try {
      return parse(text.slice(0, 64 * 1024));
    } catch {
      return [];
    }
  };

/** Every file that a browser fetches to show the page: link, script, img and their like, and what inline styles name. */
export async function pageLinks(html: string, pageUrl: string): Promise<PageLinks> {
  const [{ Parser }, { parseSrcset }] = await Promise.all([import('htmlparser2'), import('srcset')]);
  const srcset = safeSrcset(parseSrcset);
  const links: AssetLink[] = [];
  const styles: string[] = [];
  const scripts: { source: string; nonce: string | undefined }[] = [];
  const policies: string[] = [];
  let importMap = noImports;
  let base: string | undefined;
  let tags = 0;
  let depth = 0;
  // What is inside <template> is not part of the page, unless that is the shadow of an element.
  const templates: boolean[] = [];
  // Browsers that run scripts load nothing of it.
  let noscripts = 0;
  let inside: 'style' | 'module' | 'importmap' | undefined;
  let nonce: string | undefined;
  let text = '';

  const parser = new Parser({
    onopentag(name, attributes: Attributes) {
      tags += 1;
      depth += 1;
      if (name === 'template') templates.push(attributes.shadowrootmode === undefined);
      if (name === 'noscript') noscripts += 1;
      if (templates.includes(true)) return;
      const add: Add = (target, use, more = {}) => {
        const url = target === undefined ? undefined : absolute(target, base ?? pageUrl);
        const { crossorigin, integrity } = attributes;
        const credentials = crossorigin === 'use-credentials';
        const own = { cors: crossorigin !== undefined, credentials, from: pageUrl };
        const checks = {
          ...(integrity ? { integrity } : {}),
          ...(attributes.nonce ? { nonce: attributes.nonce } : {}),
        };
        const spare = noscripts > 0 ? { optional: true } : {};
        if (url) links.push({ url, use, ...own, ...checks, ...more, ...spare });
      };
      if (attributes.style && styles.length < pageLimits.styles && /url\(|image-set\(/i.test(attributes.style))
        styles.push(`p{${attributes.style}}`);
      if (name === 'base' && attributes.href && URL.canParse(attributes.href, pageUrl))
        base ??= new URL(attributes.href, pageUrl).href;
      else if (name === 'meta' && attributes['http-equiv']?.trim().toLowerCase() === 'content-security-policy')
        policies.push(attributes.content ?? '');
      else fromElement(name, attributes, add, srcset);
      inside = undefined;
      if (name === 'style') inside = 'style';
      else if (name === 'script' && !attributes.src) {
        const type = attributes.type?.trim().toLowerCase();
        if (type === 'module' || type === 'importmap') inside = type;
      }
      nonce = attributes.nonce;
      text = '';
    },
    ontext(chunk) {
      if (inside) text += chunk;
    },
    onclosetag(name) {
      depth -= 1;
      if (name === 'template') templates.pop();
      if (name === 'noscript') noscripts -= 1;
      if (inside === 'style' && styles.length < pageLimits.styles) styles.push(text);
      else if (inside === 'module') scripts.push({ source: text, nonce });
      else if (inside === 'importmap') importMap = mergeImportMaps(importMap, parseImportMap(text));
      inside = undefined;
    },
  });

  const over = () => {
    if (tags > pageLimits.tags) return `${pageLimits.tags} tags`;
    if (depth > pageLimits.depth) return `${pageLimits.depth} tags inside one another`;
    return links.length > pageLimits.links ? `${pageLimits.links} links` : undefined;
  };
  let cut = html.length > pageLimits.characters ? `${pageLimits.characters} characters` : undefined;
  const end = Math.min(html.length, pageLimits.characters);
  let broken: string | undefined;
  for (let at = 0; at < end && broken === undefined; at += chunkSize) {
    parser.write(html.slice(at, Math.min(end, at + chunkSize)));
    broken = over();
    await setImmediate();
  }
  if (broken === undefined) parser.end();
  cut = broken ?? cut;
  const inline: AssetLink[] = [];
  for (const css of styles) {
    const found = await cssLinks(css, base ?? pageUrl);
    if (found.cut) cut ??= 'the size of its style sheets';
    inline.push(...found.links.slice(0, pageLimits.links - inline.length).map((link) => ({ ...link, from: pageUrl })));
  }
  return { links: unique([...links, ...inline]), importMap, scripts, base: base ?? pageUrl, policies, cut };
}

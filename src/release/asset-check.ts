import { createHash, hash } from 'node:crypto';
import type { HttpResponse } from '../core/ports.ts';
import type { AssetLink, AssetUse } from './asset-link.ts';
import { fromCache } from './page.ts';
import type { OwnFile, PathByHand } from './release-files.ts';

/** What a browser takes for each use; everything else it refuses, or shows as garbage. */
const wantedType: Readonly<Record<AssetUse, RegExp | undefined>> = {
  style: /^text\/css$/,
  script: /^(text|application)\/(x-)?(java|ecma)script$/,
  image: /^image\//,
  font: /^(font\/|application\/(x-)?font|application\/vnd\.ms-fontobject$|application\/octet-stream$|binary\/octet-stream$)/,
  manifest: /^application\/(manifest\+)?json$/,
  // A server that answers 200 for what it does not have sends a page.
  media: /^(?!text\/html$)/,
  object: /^(?!text\/html$)/,
  frame: undefined,
  other: undefined,
};

export const typeOf = (response: HttpResponse): string =>
  (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** A path that somebody has written into a template: nothing that leads STATIC_URL anywhere helps it. */
function pathProblem({ name, staticUrl, known }: PathByHand): string {
  const tag = `{% static "${name}" %}`;
  return known
    ? `answers 404: the page names it by a path of its own, and static files are at ${staticUrl}. Write ${tag} into the template in its place.`
    : `answers 404: the page names it by a path of its own, and the release has no static file of this name. Add the file, and write ${tag} into the template.`;
}

function statusProblem(link: AssetLink, status: number, { origin, byHand, own }: AssetContext): string {
  const elsewhere = new URL(link.url).origin !== origin;
  if (status === 404 && byHand) return pathProblem(byHand);
  if (status === 404 && own?.known === false && !elsewhere)
    return `answers 404: it is not one of the files that this release is known to have. If the name is wrong, fix it where the page has it; if it is right, serve static files by WhiteNoise, or let STATIC_URL lead to the bucket.`;
  if (status === 403 && elsewhere) {
    return 'answers 403: it may not be read, or it is not there. Set acl: public-read, or make the prefix public by a bucket policy.';
  }
  if (status === 404 && !elsewhere) {
    return 'answers 404: the app was asked for it and does not serve it. Let STATIC_URL lead to the bucket, or serve static files by WhiteNoise.';
  }
  if (status === 404)
    return 'answers 404: the page and the bucket are of different releases, or STATIC_URL leads to another prefix.';
  return `answers ${status}.`;
}

/**
 * What decides whether pages may use files of another origin. `input`: nothing yet, and the input allowed-origins can; `set`:
 * that input is set.
 */
export type CorsSetting = 'input' | 'set';

/** What to do about a file that does not allow the page's origin. */
function corsAdvice(link: AssetLink, response: HttpResponse, origin: string, cors: CorsSetting | undefined): string {
  const cached = fromCache(response);
  const cache =
    cached === undefined
      ? ''
      : `It came out of a cache (${cached}) that kept an answer to somebody else: purge it, and let the CDN pass the header Origin on and keep answers apart by it (Vary: Origin). `;
  if (cors === 'input')
    return `${cache}Set allowed-origins: auto, which adds the CORS rule to the bucket${link.credentials ? '' : '; or add one by hand'}: AllowedOrigins ${origin}, AllowedMethods GET, HEAD.`;
  if (cors === 'set' && cached === undefined)
    return `The input allowed-origins is set: if it does not stand for ${origin}, add a line with it. If the bucket allows it, a CDN or proxy before it takes the header away: let it pass Origin on, and keep answers apart by it (Vary: Origin).`;
  if (cors === 'set') return cache.trimEnd();
  return `${cache}Add a CORS rule to the bucket: AllowedOrigins ${origin}${link.credentials ? '' : ' (or *)'}, AllowedMethods GET, HEAD.`;
}

function corsProblem(
  link: AssetLink,
  response: HttpResponse,
  origin: string,
  cors: CorsSetting | undefined,
): string | undefined {
  if (!link.cors || new URL(link.url).origin === origin) return undefined;
  const allowed = response.headers['access-control-allow-origin'];
  if (link.credentials && allowed === origin && response.headers['access-control-allow-credentials'] !== 'true') {
    return `has no "Access-Control-Allow-Credentials: true", so browsers refuse it with crossorigin="use-credentials".`;
  }
  if (allowed === origin || (allowed === '*' && !link.credentials)) return undefined;
  const got = allowed === undefined ? 'no Access-Control-Allow-Origin' : `Access-Control-Allow-Origin: ${allowed}`;
  return `has ${got}, so browsers refuse it for ${origin}. ${corsAdvice(link, response, origin, cors)}`;
}

/** https://html.spec.whatwg.org/#the-x-frame-options-header; frame-ancestors of a policy counts in its place. */
function frameProblem(link: AssetLink, { headers }: HttpResponse, origin: string): string | undefined {
  const sent = headers['x-frame-options'];
  if (link.use !== 'frame' || sent === undefined) return undefined;
  if (/\bframe-ancestors\b/i.test(headers['content-security-policy'] ?? '')) return undefined;
  const sameOrigin = /^\s*sameorigin\s*$/i.test(sent);
  if (sameOrigin ? new URL(link.url).origin === origin : !/^\s*deny\s*$/i.test(sent)) return undefined;
  return `has "X-Frame-Options: ${sent.trim()}", so browsers do not show it in a frame. Take the header away from files: in Django, X_FRAME_OPTIONS or @xframe_options_exempt.`;
}

const strength = ['sha256', 'sha384', 'sha512'];

/** https://www.w3.org/TR/SRI/: of the strongest kind of hash one has to fit. */
function integrityProblem(link: AssetLink, response: HttpResponse, origin: string): string | undefined {
  if (!link.integrity || (link.use !== 'script' && link.use !== 'style')) return undefined;
  const hashes = link.integrity.split(/\s+/).flatMap((text) => {
    const [, kind = '', value = ''] = /^(sha256|sha384|sha512)-([A-Za-z0-9+/=_-]+)(?:\?.*)?$/.exec(text) ?? [];
    return kind === '' ? [] : [{ kind, value }];
  });
  if (hashes.length === 0) return undefined;
  if (!link.cors && new URL(link.url).origin !== origin)
    return 'has an integrity attribute, is on another origin, and its tag has no crossorigin attribute, so browsers refuse it. Add crossorigin="anonymous".';
  if (response.cut) return undefined;
  const best = Math.max(...hashes.map(({ kind }) => strength.indexOf(kind)));
  const wanted = hashes.filter(({ kind }) => kind === strength[best]);
  const is = createHash(strength[best] ?? '')
    .update(response.body)
    .digest('base64');
  const plain = (value: string) => value.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (wanted.some(({ value }) => plain(value) === plain(is))) return undefined;
  return `is not what its integrity attribute says, so browsers refuse it: it is ${strength[best]}-${is}.`;
}

const isText = ({ use }: AssetLink): boolean => use === 'style' || use === 'script';

const looksLikeHtml = (body: Uint8Array) =>
  /^\s*(<!doctype html|<html[\s>])/i.test(new TextDecoder().decode(body.subarray(0, 512)));

/** Services that make images smaller on the way give other bytes and another type, or say so. */
const remade = ({ headers }: HttpResponse) =>
  'cf-polished' in headers || 'cf-bgj' in headers || 'x-imgix-id' in headers || 'x-nf-image' in headers;
const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
};

/** Whether the hash in a name is the MD5 of the content, as Django makes it: only where some file shows that it is. */
export const showsMd5 = (own: OwnFile | undefined, response: HttpResponse): boolean =>
  own?.hash !== undefined &&
  response.status === 200 &&
  !response.cut &&
  hash('md5', response.body).startsWith(own.hash);

/** An older copy at a CDN, which is purged once the release is proven: nothing that the release could do better. */
function isOldCopy({ status, body, cut }: HttpResponse, own: OwnFile | undefined, cached: boolean): boolean {
  if (own?.mayBeOld !== true) return false;
  if (status === 403 || status === 404) return cached;
  return status === 200 && !cut && body.length > 0 && own.md5 !== undefined && hash('md5', body) !== own.md5;
}

/** What is wrong with the bytes of a file of the release. */
function bytesProblem(
  link: AssetLink,
  response: HttpResponse,
  own: OwnFile | undefined,
  hashIsMd5: boolean,
): string | undefined {
  const { body } = response;
  if (isText(link) && looksLikeHtml(body)) return 'holds an HTML page, so what answers is not the file.';
  if (!own || response.cut) return undefined;
  const wanted = own.md5 ?? (hashIsMd5 ? own.hash : undefined);
  if (wanted === undefined)
    return body.length === 0 && own.hash !== undefined && !'d41d8cd98f00'.startsWith(own.hash)
      ? 'is empty.'
      : undefined;
  if (hash('md5', body).startsWith(wanted)) return undefined;
  const ending = /\.([a-z0-9]+)$/i.exec(own.name)?.[1]?.toLowerCase() ?? '';
  if (
    link.use === 'image' &&
    body.length > 0 &&
    (remade(response) || (types[ending] ?? typeOf(response)) !== typeOf(response))
  )
    return undefined;
  const how = body.length === 0 ? 'is empty' : `has other bytes (${body.length}) than the file of this release`;
  const cache = own.hash === undefined ? fromCache(response) : undefined;
  if (cache !== undefined)
    return `${how}: a cache before it has an older copy (${cache}). Name the CDN in the input cdn, so that it is purged, or let the storage put hashes into names.`;
  return `${how}: something between the browser and the file cuts or changes it. Look at the CDN or proxy in front of it.`;
}

/** What is known of a file apart from its answer. */
export interface AssetContext {
  /** Of the page. */
  readonly origin: string;
  readonly own?: OwnFile | undefined;
  readonly byHand?: PathByHand | undefined;
  /** Some file of the page shows that the hashes in the release's names are the MD5 of the content. */
  readonly hashIsMd5?: boolean;
  readonly cors?: CorsSetting | undefined;
}

/** What a browser would find wrong with an answer; empty where nothing. */
export function checkAsset(
  link: AssetLink,
  response: HttpResponse,
  context: AssetContext,
): { problem?: string; remark?: string } {
  const { origin, own, hashIsMd5 = false } = context;
  const old = isOldCopy(response, own, fromCache(response) !== undefined);
  if (old && response.status !== 200) return {};
  if (response.status !== 200) return { problem: statusProblem(link, response.status, context) };
  const type = typeOf(response);
  const refused = corsProblem(link, response, origin, context.cors) ?? frameProblem(link, response, origin);
  if (refused) return { problem: refused };
  const wanted = wantedType[link.use];
  if (wanted && !wanted.test(type)) {
    const what = link.use === 'media' ? 'film or sound' : link.use;
    const message = `has the type "${type || 'none'}", and a ${what} needs another.`;
    // Browsers refuse style sheets and, with nosniff, scripts of a wrong type; they look into images themselves.
    const broken = link.use === 'style' || link.use === 'script' || type === 'text/html';
    return broken ? { problem: message } : { remark: message };
  }
  if (old && !(isText(link) && looksLikeHtml(response.body))) return {};
  const problem = integrityProblem(link, response, origin) ?? bytesProblem(link, response, own, hashIsMd5);
  if (problem) return { problem };
  const vary = response.headers.vary ?? '';
  if (link.cors && response.headers['access-control-allow-origin'] === origin && !/\borigin\b|\*/i.test(vary)) {
    return { remark: 'allows one origin and has no "Vary: Origin", so a cache can give it to the wrong one.' };
  }
  return {};
}

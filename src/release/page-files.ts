import type { Http, HttpResponse } from '../core/ports.ts';
import { mapLimit } from '../lib/map-limit.ts';
import { diagnose, load, type PageLoad } from './page.ts';
import { type AssetLink, type AssetUse, cssLinks, pageLinks, unique } from './page-links.ts';

/** A file of the page that does not load, in one sentence with what to do. */
export interface AssetProblem {
  readonly url: string;
  readonly message: string;
}

export interface AssetReport {
  readonly checked: number;
  /** Files of other origins: not ours to prove, and not asked. */
  readonly foreign: number;
  readonly problems: readonly AssetProblem[];
  /** What works and could be better. */
  readonly remarks: readonly AssetProblem[];
}

/** More than this on one page is not looked at; the report says how many were. */
const mostAssets = 300;
const atOnce = 8;

/** What a browser takes for each use; everything else it refuses, or shows as garbage. */
const wantedType: Readonly<Record<AssetUse, RegExp | undefined>> = {
  style: /^text\/css$/,
  script: /^(text|application)\/(x-)?(java|ecma)script$/,
  image: /^image\//,
  font: /^(font\/|application\/(x-)?font|application\/vnd\.ms-fontobject$|application\/octet-stream$|binary\/octet-stream$)/,
  manifest: /^application\/(manifest\+)?json$/,
  media: undefined,
  other: undefined,
};

const typeOf = (response: HttpResponse) =>
  (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

function statusProblem(link: AssetLink, status: number, origin: string): string {
  const elsewhere = new URL(link.url).origin !== origin;
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

function corsProblem(link: AssetLink, response: HttpResponse, origin: string): string | undefined {
  if (!link.cors || new URL(link.url).origin === origin) return undefined;
  const allowed = response.headers['access-control-allow-origin'];
  if (link.credentials && allowed === origin && response.headers['access-control-allow-credentials'] !== 'true') {
    return `has no "Access-Control-Allow-Credentials: true", so browsers refuse it with crossorigin="use-credentials".`;
  }
  if (allowed === origin || (allowed === '*' && !link.credentials)) return undefined;
  const got = allowed === undefined ? 'no Access-Control-Allow-Origin' : `Access-Control-Allow-Origin: ${allowed}`;
  return `has ${got}, so browsers refuse it for ${origin}. Add a CORS rule to the bucket: AllowedOrigins ${origin}${link.credentials ? '' : ' (or *)'}, AllowedMethods GET, HEAD.`;
}

/** What a browser would find wrong with an answer; undefined where nothing. */
export function checkAsset(
  link: AssetLink,
  response: HttpResponse,
  origin: string,
): { problem?: string; remark?: string } {
  if (response.status !== 200) return { problem: statusProblem(link, response.status, origin) };
  const type = typeOf(response);
  const cors = corsProblem(link, response, origin);
  if (cors) return { problem: cors };
  const wanted = wantedType[link.use];
  if (wanted && !wanted.test(type)) {
    const message = `has the type "${type || 'none'}", and a ${link.use} needs another.`;
    // Browsers refuse style sheets and, with nosniff, scripts of a wrong type; they look into images themselves.
    const broken = link.use === 'style' || link.use === 'script' || type === 'text/html';
    return broken ? { problem: message } : { remark: message };
  }
  const vary = response.headers.vary ?? '';
  if (link.cors && response.headers['access-control-allow-origin'] === origin && !/\borigin\b|\*/i.test(vary)) {
    return { remark: 'allows one origin and has no "Vary: Origin", so a cache can give it to the wrong one.' };
  }
  return {};
}

interface Fetched {
  readonly link: AssetLink;
  readonly loaded: PageLoad;
}

function fetchAll(http: Http, links: readonly AssetLink[], origin: string, signal: AbortSignal): Promise<Fetched[]> {
  return mapLimit(links, atOnce, signal, async (link) => {
    const headers = { accept: '*/*', ...(link.cors ? { origin } : {}) };
    return { link, loaded: await load(http, link.url, headers, 20_000, signal) };
  });
}

/** What is wrong with a file of the page, as it was loaded. */
function judgeAsset({ link, loaded }: Fetched, origin: string): { problem?: string; remark?: string } {
  if (loaded.kind === 'page') return checkAsset(link, loaded.response, origin);
  return { problem: (diagnose(loaded) ?? '').replace(/^it /, '') };
}

/**
 * Fetches every file that the page names, and what its style sheets name, as a browser would ask for them.
 * @param ours Origins that belong to this site: its own, the bucket's, STATIC_URL's and MEDIA_URL's.
 */
export async function checkAssets(
  http: Http,
  page: { readonly url: string; readonly body: string },
  ours: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<AssetReport> {
  const { origin } = new URL(page.url);
  const isOurs = (link: AssetLink) => new URL(link.url).origin === origin || ours.has(new URL(link.url).origin);
  const named = await pageLinks(page.body, page.url);
  const first = await fetchAll(http, named.filter(isOurs).slice(0, mostAssets), origin, signal);
  const seen = new Set(first.map(({ link }) => link.url));
  const inStyles = first.flatMap(({ link, loaded }) => {
    const isStyle = loaded.kind === 'page' && loaded.response.status === 200 && typeOf(loaded.response) === 'text/css';
    return isStyle ? cssLinks(new TextDecoder().decode(loaded.response.body), link.url) : [];
  });
  const nested = unique(inStyles.filter(({ url }) => !seen.has(url)));
  const second = await fetchAll(http, nested.filter(isOurs).slice(0, mostAssets), origin, signal);
  const problems: AssetProblem[] = [];
  const remarks: AssetProblem[] = [];
  for (const fetched of [...first, ...second]) {
    const { problem, remark } = judgeAsset(fetched, origin);
    if (problem) problems.push({ url: fetched.link.url, message: problem });
    if (remark) remarks.push({ url: fetched.link.url, message: remark });
  }
  const foreign = [...named, ...nested].filter((link) => !isOurs(link)).length;
  return { checked: first.length + second.length, foreign, problems, remarks };
}

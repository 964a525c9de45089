import { lookup } from 'mime-types';
import type { ObjectHeaders } from '../store/store.ts';
import type { Sniffed } from './sniff.ts';

/** What a file is to the rules: media belongs to users, a manifest says which release is there. */
export type FileKind = 'static' | 'media';

/**
 * Where the type of the field's database (mime-db) is not what a browser needs, and why. Everything else is mime-db's.
 * IANA and RFC 9239 (JavaScript), RFC 9639 (FLAC), WHATWG MIME Sniffing.
 */
const types = new Map(
  Object.entries({
    // mime-db says application/node, which browsers refuse to run.
    cjs: 'text/javascript',
    js: 'text/javascript',
    mjs: 'text/javascript',
    // RFC 9639 registered it in 2024; mime-db still has x-flac.
    flac: 'audio/flac',
    wav: 'audio/wav',
    m4a: 'audio/mp4',
    opus: 'audio/ogg',
    ico: 'image/vnd.microsoft.icon',
    // The XML itself declares its encoding, so it is not text/xml with a charset.
    xml: 'application/xml',
    topojson: 'application/json',
    map: 'application/json',
    gz: 'application/gzip',
    tgz: 'application/gzip',
    svgz: 'image/svg+xml',
    exe: 'application/octet-stream',
    dmg: 'application/octet-stream',
    bin: 'application/octet-stream',
    pbf: 'application/octet-stream',
  }),
);

/** Files without an ending that have a type by their name. */
const names = new Map([['apple-app-site-association', 'application/json']]);

/** Text is read as windows-1252 where no charset is said. JSON has none to say (RFC 8259, 11). */
const withCharset = /^text\//;

/** `LICENSE.2c54f4e1ca1c` is Django's hashed name of a file without an ending. */
const withoutHash = (name: string) => name.replace(/\.[0-9a-f]{12}$/, '');

/** Lower-case ending of a file name, '' where it has none. */
export function ending(path: string): string {
  const name = withoutHash(path.split('/').at(-1) ?? '');
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** Whether the type of this name depends on the bytes. */
export const needsSniffing = (path: string): boolean => ['', 'ts'].includes(ending(path));

/** The Content-Type of a file by its name, and by its bytes where the name does not say. */
export function contentType(path: string, sniffed: Sniffed | undefined): string {
  const end = ending(path);
  const name = withoutHash(path.split('/').at(-1) ?? '').toLowerCase();
  let type = names.get(name) ?? types.get(end) ?? (end === '' ? undefined : lookup(end) || undefined);
  // Every database says that .ts is video; in a Django project it is mostly TypeScript that was never compiled.
  if (end === 'ts') type = sniffed === 'mpeg-ts' ? 'video/mp2t' : 'text/plain';
  if (end === '' && type === undefined && sniffed === 'text') type = 'text/plain';
  type ??= 'application/octet-stream';
  return withCharset.test(type) ? `${type}; charset=utf-8` : type;
}

const year = 'public, max-age=31536000, immutable';
const revalidate = 'public, max-age=0, must-revalidate';
const hour = 'public, max-age=3600';

/**
 * Types of uploads that a browser would run or render on the site's own origin when somebody opens them; inside other pages
 * they work all the same (WHATWG MIME Sniffing: HTML, XML and JavaScript types; MHTML, Flash, WebAssembly).
 */
const active =
  /^text\/html\b|[/+]xml\b|^(text|application)\/(x-)?javascript\b|^message\/rfc822\b|flash|^application\/wasm\b/i;

/**
 * The headers of a file: those that rules set, then the built-in ones.
 * @param immutable Only for what is proven: see isImmutable in assets/hashed-names.ts.
 * @param ruled What the input headers says of this path; '' is no header at all.
 */
export function headersOf(
  path: string,
  kind: FileKind,
  immutable: boolean,
  sniffed: Sniffed | undefined,
  ruled: Partial<ObjectHeaders> = {},
): ObjectHeaders {
  const type = ruled.contentType ?? contentType(path, sniffed);
  // A gzip file is a download; only svgz is compressed for transport.
  const contentEncoding = ruled.contentEncoding ?? (ending(path) === 'svgz' ? 'gzip' : '');
  const contentDisposition = ruled.contentDisposition ?? (kind === 'media' && active.test(type) ? 'attachment' : '');
  const standard = kind === 'media' ? hour : immutable ? year : revalidate;
  return {
    contentType: type,
    cacheControl: ruled.cacheControl ?? standard,
    ...(contentEncoding ? { contentEncoding } : {}),
    ...(contentDisposition ? { contentDisposition } : {}),
    ...(ruled.contentLanguage ? { contentLanguage: ruled.contentLanguage } : {}),
  };
}

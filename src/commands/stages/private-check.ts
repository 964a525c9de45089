import { hash } from 'node:crypto';
import { DeployError } from '../../core/errors.ts';
import type { Http } from '../../core/ports.ts';
import { load } from '../../release/page.ts';
import type { Recorder, StageResult } from '../../report/recorder.ts';
import { openingStatements } from '../../store/bucket-policy.ts';
import { originOf } from '../../store/origins.ts';
import type { ObjectStore } from '../../store/store.ts';
import type { PlannedFile } from '../../sync/planned-file.ts';
import { addressOf, sampleOf } from './sample-file.ts';

export interface PrivateRequest {
  readonly store: Pick<ObjectStore, 'urlOf' | 'settings' | 'grantsPublic'>;
  /** Media that the bucket has. */
  readonly files: readonly PlannedFile[];
  /** MEDIA_URL as an address; undefined if it is not known. */
  readonly mediaUrl: string | undefined;
  /** The public URL of the site: what the app itself serves is its own affair. */
  readonly site: string | undefined;
  /** The storage signs its addresses. */
  readonly signed: boolean;
}

export interface PrivateIO {
  readonly http: Http;
  readonly signal: AbortSignal;
  readonly recorder: Pick<Recorder, 'warn'>;
}

/** Whether anybody can read media without a signature; `unknown` if nobody answered. */
export type MediaAccess = 'private' | 'public' | 'unknown';

const timeout = 20_000;

/** What an address gives to somebody without a signature. */
async function askFor(url: string, { file, stored }: PlannedFile, { http, signal }: PrivateIO): Promise<MediaAccess> {
  const { size, md5 } = stored ?? file;
  const whole = size < 1024 * 1024;
  const headers = { 'accept-encoding': 'identity', ...(whole ? {} : { range: 'bytes=0-0' }) };
  const loaded = await load(http, url, { headers, timeout }, signal);
  signal.throwIfAborted();
  // A circle of redirects leads to no file.
  if (loaded.kind === 'redirects') return 'private';
  if (loaded.kind === 'unreachable') return 'unknown';
  const { status, body } = loaded.response;
  if (status === 206) return 'public';
  // R2 and Swift answer 400 to whoever has no signature.
  const refuses = status >= 400 && status < 500 && ![408, 425, 429].includes(status);
  if (status !== 200) return refuses ? 'private' : 'unknown';
  if (!whole) return 'public';
  // A page that asks who you are answers 200 as well.
  if (body.length === size) return hash('md5', body) === md5 ? 'public' : 'private';
  // What is stored compressed comes unpacked.
  return stored === undefined ? 'private' : 'public';
}

/**
 * Asks for one media file as somebody without a signature does, at the bucket's own address and at MEDIA_URL.
 * @throws DeployError FILES_PUBLIC if its ACL is to be private and anybody can read it.
 */
export async function checkPrivate(
  request: PrivateRequest,
  io: PrivateIO,
): Promise<StageResult<MediaAccess | undefined>> {
  const { store, files, mediaUrl, site, signed } = request;
  const meant = files.filter(({ form }) => form.acl === 'private');
  const candidates = meant.length > 0 ? meant : files;
  const file = sampleOf(candidates) ?? candidates[0];
  if (!file) return { value: undefined, result: 'there is no media to ask for' };
  const isPrivate = meant.length > 0;
  const byUrl = mediaUrl && originOf(mediaUrl) !== originOf(site) ? addressOf(mediaUrl, file) : undefined;
  const urls = [...new Set([store.urlOf(file.key), byUrl])].filter((url) => url !== undefined);
  let unknown: string | undefined;
  for (const url of urls) {
    const access = await askFor(url, file, io);
    if (access === 'public' && isPrivate) throw await exposed(request, url, file, io);
    if (access === 'public') {
      if (signed) io.recorder.warn(signedForNothing(url));
      return { value: 'public', result: `anybody can read ${url}` };
    }
    if (access === 'unknown') unknown = url;
  }
  if (unknown === undefined) return { value: 'private', result: `nobody can read ${file.key} without a signature` };
  if (isPrivate) io.recorder.warn(`Whether ${unknown} is private is not known: it does not answer as a bucket does.`);
  return { value: 'unknown', result: `${unknown} does not answer as a bucket does` };
}

const signedForNothing = (url: string) =>
  `The app signs the addresses of media, and anybody can read ${url} without. If media is private, set media-acl: private and close the bucket; else set "querystring_auth": False in the OPTIONS of its storage.`;

/** What makes the file public, as far as can be found out, and how to close it. */
async function exposed(
  { store }: PrivateRequest,
  url: string,
  { key }: PlannedFile,
  io: PrivateIO,
): Promise<DeployError> {
  const hint = url === store.urlOf(key) ? await howItIsOpen(store, key, io.signal) : behindCdn(url);
  return new DeployError(
    'FILES_PUBLIC',
    `The media is to be private, and anybody can read ${url} without a signature.`,
    {
      hint: `Nothing was released, and the file is public at this moment. ${hint} Then run the job again.`,
    },
  );
}

const behindCdn = (url: string) =>
  `The bucket itself refuses it, so what answers at ${new URL(url).origin} (a CDN or a proxy) reads the bucket with rights of its own. Keep the media's prefix out of it, let it ask for signatures of its own, or take custom_domain out of the media's storage.`;

async function howItIsOpen(store: PrivateRequest['store'], key: string, signal: AbortSignal): Promise<string> {
  const policy = await store.settings.policy(signal).catch(() => undefined);
  const names = policy === undefined || policy === 'unsupported' ? [] : openingStatements(policy, key);
  if (names.length > 0)
    return `The bucket policy opens it: narrow the Resource of ${names.join(', ')} to the prefix of the static files.`;
  if ((await store.grantsPublic(key, signal)) === true)
    return 'Its ACL opens it ("public-read"): set the ACL of the objects below this prefix to private, because one that is unchanged is not sent again.';
  return 'The bucket itself is public: make it private at the vendor, and open the prefix of the static files alone ("apply-policy: true" writes that policy), or keep media in a bucket of its own.';
}

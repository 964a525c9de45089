import { DeployError } from '../../core/errors.ts';
import { HttpError } from '../../core/http-error.ts';
import type { Http } from '../../core/ports.ts';
import type { Recorder } from '../../report/recorder.ts';
import { originOf } from '../../store/origins.ts';
import type { PlannedFile } from '../../sync/planned-file.ts';
import { addressOf, isOtherFile, sampleOf } from './sample-file.ts';

export interface ReadableRequest {
  /** Static files that the bucket has. */
  readonly files: readonly PlannedFile[];
  /** STATIC_URL as an address; undefined if it is not known. */
  readonly staticUrl: string | undefined;
  /** The public URL of the site, whose own files are not the bucket's. */
  readonly site: string | undefined;
  /** The storage signs its addresses, so that nobody is meant to read files without. */
  readonly signed: boolean;
  /** Address of a file at the bucket itself, where it is that which visitors ask. */
  readonly atBucket?: ((file: PlannedFile) => string) | undefined;
  /** CDNs are purged when the release is live; until then they may have older copies. */
  readonly purges: boolean;
}

export interface ReadableIO {
  readonly http: Http;
  readonly signal: AbortSignal;
  readonly recorder: Pick<Recorder, 'warn'>;
}

/** What a visitor gets of one static file. `refused`: a policy or an ACL is missing. */
export type Readable =
  | { readonly kind: 'not asked' }
  /** `older`: a CDN that will be purged has an older copy. */
  | { readonly kind: 'readable'; readonly url: string; readonly older: boolean }
  | { readonly kind: 'silent'; readonly url: string }
  | { readonly kind: 'refused'; readonly url: string; readonly status: number; readonly file: PlannedFile };

/**
 * Fetches one static file through STATIC_URL, as a browser will, before the host is asked: a release whose files nobody can
 * read is not wanted. Storages that sign their addresses, and addresses on the site itself, are not asked.
 * @throws DeployError FILES_UNREADABLE if STATIC_URL leads elsewhere than the files went.
 */
export async function lookReadable(request: ReadableRequest, io: ReadableIO): Promise<Readable> {
  const { files, staticUrl, site, signed, purges, atBucket } = request;
  const file = sampleOf(files);
  const origin = originOf(staticUrl);
  const onSite = staticUrl === undefined || !origin || origin === originOf(site);
  if (!file || signed || (onSite && !atBucket)) return { kind: 'not asked' };
  const url = atBucket ? atBucket(file) : addressOf(staticUrl ?? '', file);
  try {
    const { status, body } = await io.http(
      { method: 'GET', url, headers: { 'accept-encoding': 'identity' } },
      io.signal,
    );
    // R2 and Swift answer 400 to whoever has no signature.
    if ([400, 401, 403].includes(status)) return { kind: 'refused', url, status, file };
    if (status !== 200)
      throw elsewhere(
        `${url} answers ${status}, and the bucket has the file as ${file.key}.`,
        'STATIC_URL and the key prefix do not belong together: change STATIC_URL in the settings, or the input static-prefix.',
      );
    const isOther = isOtherFile(file, body);
    if (isOther && (!purges || file.immutable))
      throw elsewhere(
        `${url} answers with other bytes than ${file.key} has.`,
        'STATIC_URL leads to another place, or a cache before the bucket keeps an older file: change STATIC_URL, or name the CDN in the input cdn, so that it is purged when the release is live.',
      );
    return { kind: 'readable', url, older: isOther };
  } catch (error) {
    io.signal.throwIfAborted();
    if (!(error instanceof HttpError)) throw error;
    io.recorder.warn(`Whether visitors can read ${url} is not known: ${error.message}.`);
    return { kind: 'silent', url };
  }
}

const elsewhere = (message: string, hint: string) =>
  new DeployError('FILES_UNREADABLE', message, { hint: `Nothing was released. ${hint}` });

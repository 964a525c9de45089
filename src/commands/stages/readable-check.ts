import { hash } from 'node:crypto';
import { DeployError } from '../../core/errors.ts';
import { HttpError } from '../../core/http-error.ts';
import type { Http } from '../../core/ports.ts';
import type { Recorder, StageResult } from '../../report/recorder.ts';
import type { PlannedFile } from '../../sync/planned-file.ts';
import type { SyncPlan } from '../../sync/sync-plan.ts';

export interface ReadableRequest {
  readonly plan: SyncPlan;
  /** STATIC_URL as an address; undefined if it is not known. */
  readonly staticUrl: string | undefined;
  /** The public URL of the site, whose own files are not the bucket's. */
  readonly site: string | undefined;
  readonly bucket: string;
  /** The storage signs its addresses, so that nobody is meant to read files without. */
  readonly signed: boolean;
  /** CDNs are purged when the release is live; until then they may have older copies. */
  readonly purges: boolean;
}

export interface ReadableIO {
  readonly http: Http;
  readonly signal: AbortSignal;
  readonly recorder: Pick<Recorder, 'warn'>;
}

const originOf = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;

/**
 * A small static file of this release that the bucket has: one with a hash in its name if there is one, else one of which no
 * cache can have an older copy, if there is one.
 */
function sample({ puts, unchanged, verify }: SyncPlan): PlannedFile | undefined {
  const replaced = new Set(puts.flatMap(({ file, reason }) => (reason === 'new' ? [] : file)));
  const files = [...puts.map(({ file }) => file), ...unchanged, ...verify].filter(
    ({ source, file }) => source.kind === 'static' && file.size > 0 && file.size < 1024 * 1024,
  );
  return files.find(({ immutable }) => immutable) ?? files.find((file) => !replaced.has(file)) ?? files[0];
}

/** The policy that makes the files below a prefix public and nothing else. */
const policyOf = (bucket: string, prefix: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'PublicStaticFiles',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/${prefix}*`,
      },
    ],
  });

function unreadable(url: string, status: number, { key, source }: PlannedFile, bucket: string): DeployError {
  if (status === 401 || status === 403) {
    return new DeployError('FILES_UNREADABLE', `Visitors cannot read ${url}: it answers ${status}.`, {
      hint: `Nothing was released. If the bucket takes ACLs, set "acl: public-read"; if it has none (AWS: "ACLs disabled") or blocks public access, turn the block of public policies off and give the bucket this policy: ${policyOf(bucket, source.prefix)}`,
    });
  }
  return new DeployError('FILES_UNREADABLE', `${url} answers ${status}, and the bucket has the file as ${key}.`, {
    hint: 'Nothing was released. STATIC_URL and the key prefix do not belong together: change STATIC_URL in the settings, or the input static-prefix.',
  });
}

/**
 * Fetches one static file through STATIC_URL, as a browser will, before the host is asked: a release whose files nobody can
 * read is not wanted. Storages that sign their addresses, and addresses on the site itself, are not asked.
 * @throws DeployError FILES_UNREADABLE that says what to set.
 */
export async function checkReadable(request: ReadableRequest, io: ReadableIO): Promise<StageResult<void>> {
  const { plan, staticUrl, site, bucket, signed, purges } = request;
  const file = sample(plan);
  const origin = originOf(staticUrl);
  if (staticUrl === undefined || !origin || origin === originOf(site) || signed || !file)
    return { value: undefined, result: 'not asked' };
  const path = file.file.path.split('/').map(encodeURIComponent).join('/');
  const url = `${staticUrl.replace(/\/*$/, '/')}${path}`;
  try {
    const { status, body } = await io.http(
      { method: 'GET', url, headers: { 'accept-encoding': 'identity' } },
      io.signal,
    );
    if (status !== 200) throw unreadable(url, status, file, bucket);
    const { size, md5 } = file.stored ?? file.file;
    const isOther = body.length === size ? hash('md5', body) !== md5 : file.stored === undefined;
    if (isOther && purges && !file.immutable)
      return { value: undefined, result: `${url} can be read; a CDN has an older copy of it until the purge` };
    if (isOther)
      throw new DeployError('FILES_UNREADABLE', `${url} answers with other bytes than ${file.key} has.`, {
        hint: 'Nothing was released. STATIC_URL leads to another place, or a cache before the bucket keeps an older file: change STATIC_URL, or name the CDN in the input cdn, so that it is purged when a release is live.',
      });
    return { value: undefined, result: `${url} can be read` };
  } catch (error) {
    io.signal.throwIfAborted();
    if (!(error instanceof HttpError)) throw error;
    io.recorder.warn(`Whether visitors can read ${url} is not known: ${error.message}.`);
    return { value: undefined, result: `${url} does not answer` };
  }
}

import type { HostOptions } from '../../hosts/contract/host.ts';
import { lastLive } from '../../ledger/ledger.ts';
import { staticUrlToWrite } from '../../project/preflight/storage.ts';
import { siteHeaders } from '../../release/before.ts';
import { load } from '../../release/page.ts';
import type { StageResult } from '../../report/recorder.ts';
import { type BucketAddress, isAbsolute } from '../../store/addresses.ts';
import type { PlannedFile } from '../../sync/planned-file.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';
import { addressOf, isOtherFile, sampleOf } from './sample-file.ts';
import type { Files } from './sync-stage.ts';

export interface SiteFilesRequest {
  readonly file: PlannedFile;
  /** STATIC_URL, a path. */
  readonly setting: string;
  readonly bucket: BucketAddress;
  /** Of the static files in the bucket. */
  readonly prefix: string;
  /** Public URL of the site. */
  readonly site: string;
}

const id = 'deploy.static-url';
const timeout = 20_000;

/**
 * What to ask the site for before a first deploy whose pages may not find their files: these go to a bucket, the settings send
 * pages to the app by an address that no host changes, and nothing is known that serves them there. Undefined for all others.
 */
export function askSite(
  { ports, inputs }: Run,
  { outcome }: Pick<BuildStage, 'outcome'>,
  { session }: Pick<Files['request'], 'session'>,
  given: Pick<SiteFilesRequest, 'prefix' | 'bucket' | 'site'> & { readonly files: readonly PlannedFile[] },
): SiteFilesRequest | undefined {
  const { project } = outcome;
  const { static_url: setting } = project ?? {};
  if (!project?.static_storage?.local || !setting || isAbsolute(setting)) return undefined;
  const { server, view } = project.serving ?? { server: null, view: null };
  const byHost = ports.hosts[inputs.host]?.servesStatic !== undefined;
  const isServed = project.whitenoise || server !== null || view !== null || byHost;
  const mayChange = project.assigned.STATIC_URL?.literal === false;
  const isLetGo = inputs.checks === 'off' || project.silenced?.includes(id) === true;
  const { files, ...where } = given;
  const file = sampleOf(files);
  if (isServed || mayChange || isLetGo || !file || lastLive(session.before) !== undefined) return undefined;
  return { ...where, setting, file };
}

/**
 * Asks the site for a static file, because a proxy may lead it to the bucket. A warning with the line to write, because what leads it
 * there may come with the release.
 */
export async function siteFilesStage(
  { file, setting, bucket, prefix, site }: SiteFilesRequest,
  {
    http,
    signal,
    recorder,
    options,
  }: Pick<Run['ports'], 'http' | 'signal'> & Pick<Run, 'recorder'> & { readonly options: HostOptions },
): Promise<StageResult<undefined>> {
  if (!URL.canParse(setting, `${site}/`)) return { value: undefined, result: `no browser can read "${setting}"` };
  const url = addressOf(new URL(setting, `${site}/`).href, file);
  const own = siteHeaders(site, options);
  const headers = { 'accept-encoding': 'identity' };
  const loaded = await load(http, url, { headers, timeout, ...(own ? { own } : {}) }, signal);
  signal.throwIfAborted();
  const { status, body } = loaded.kind === 'page' ? loaded.response : { status: undefined, body: Buffer.alloc(0) };
  // A page of the host's own, for every address, is answered with 200, too.
  if (status === 200 && !isOtherFile(file, body)) return { value: undefined, result: `${url} can be read` };
  const answers = status === 200 ? 'answers with something else' : `answers ${status}`;
  const how = status === undefined ? 'does not answer' : answers;
  recorder.warn(
    `Pages will ask the app for their static files (STATIC_URL = "${setting}"), and they are in the bucket "${bucket.name}": ${url} ${how}. Write ${staticUrlToWrite(bucket, prefix)}. If something leads that address to the bucket once the release is live, add "${id}" to SILENCED_SYSTEM_CHECKS.`,
  );
  return { value: undefined, result: `${url} ${how}, and the files are in the bucket` };
}

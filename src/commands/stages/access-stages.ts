import type { Inputs } from '../../inputs/inputs.ts';
import type { Destination } from '../../plan/destination.ts';
import type { CorsSetting } from '../../release/asset-check.ts';
import { findUrl, type LiveBefore } from '../../release/before.ts';
import type { StageResult } from '../../report/recorder.ts';
import { isNarrow, policyOf, statementId } from '../../store/bucket-policy.ts';
import { originOf } from '../../store/origins.ts';
import type { PlannedFile } from '../../sync/planned-file.ts';
import type { SyncPlan } from '../../sync/sync-plan.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';
import { crossOriginStage, needsCors } from './cross-origin-check.ts';
import {
  addressesBefore,
  allowPage,
  type OriginsBucket,
  type OriginsRequest,
  originsBucket,
  originsStage,
  planOrigins,
} from './origins-stage.ts';
import { checkPrivate } from './private-check.ts';
import { readableStage } from './readable-stage.ts';
import { filesOf } from './sample-file.ts';
import { askSite, type SiteFilesRequest, siteFilesStage } from './site-files-check.ts';
import type { Files } from './sync-stage.ts';

/** Where the files went, as addresses; a sync of folders alone knows none. */
export type Addresses = Pick<Destination, 'static' | 'staticUrl' | 'mediaUrl'> & Partial<Pick<Destination, 'bucket'>>;

/** Runs a stage; whoever looks at everything keeps what fails, and goes on. */
type RunStage = <T>(name: string, work: () => Promise<StageResult<T>>) => Promise<T | undefined>;

/** What lets pages use files of the bucket. */
export const corsSetting = ({ allowedOrigins }: Inputs): CorsSetting => (allowedOrigins.length > 0 ? 'set' : 'input');

/** What the project's storages say of their addresses. */
const signs = (built: BuildStage | undefined, alias: 'static_storage' | 'media_storage'): boolean =>
  built?.outcome.project?.[alias]?.sample?.signed === true;

/** What of a first deploy the site itself is asked for; undefined if nothing. */
function askOfSite(
  run: Run,
  built: BuildStage,
  request: Files['request'],
  { bucket, static: folder }: Addresses,
  site: string | undefined,
  files: readonly PlannedFile[],
): SiteFilesRequest | undefined {
  if (site === undefined || !bucket || !folder) return undefined;
  return askSite(run, built, request, { files, site, bucket, prefix: folder.prefix });
}

/** A plan for the bucket as it is, without what would be uploaded. */
const withoutPuts = (plan: SyncPlan): SyncPlan => ({ ...plan, puts: [] });

/**
 * Proves from outside that static files can be read, and who can read media, before the host is asked.
 * @param how `onlyLooks`: changes nothing, and asks for what the bucket had before. `before`: the site before the release.
 * @throws DeployError FILES_UNREADABLE, FILES_PUBLIC, or BUCKET_DENIED if the policy may not be written.
 */
export async function accessStages(
  run: Run,
  built: BuildStage | undefined,
  { request, sync, bucket }: Files,
  target: Addresses,
  how: { readonly onlyLooks?: boolean; readonly stage?: RunStage; readonly before?: LiveBefore } = {},
): Promise<void> {
  const { ports, recorder, inputs, site, identity } = run;
  const { staticUrl, mediaUrl } = target;
  const { onlyLooks = false, stage = recorder.stage } = how;
  const io = { ...ports, recorder };
  const plan = onlyLooks ? withoutPuts(sync.sync) : sync.sync;
  const { store } = request;
  const note = (access: object) => recorder.note({ access: { ...recorder.report().access, ...access } });
  const statics = filesOf(plan, 'static');
  // A sync of folders knows no STATIC_URL; where it has to open them, they are asked for at the bucket itself.
  const atBucket = !built && inputs.applyPolicy ? (file: PlannedFile) => store.urlOf(file.key) : undefined;
  const ofSite = built && askOfSite(run, built, request, target, how.before?.url, statics);
  if (ofSite) await stage('Readable', () => siteFilesStage(ofSite, { ...io, options: inputs.hostInputs.options }));
  else if (statics.length > 0 && (built || atBucket)) {
    const signed = signs(built, 'static_storage');
    const { applyPolicy } = inputs;
    const where = { staticUrl, site, signed, atBucket, purges: inputs.cdn.length > 0 };
    const looked = { files: statics, ...where, store, bucket, identity, applyPolicy, onlyLooks };
    const found = await stage('Readable', () => readableStage(looked, io));
    if (found) note({ static: found });
  }
  const media = filesOf(plan, 'media');
  if (media.length > 0) {
    const signed = signs(built, 'media_storage');
    const found = await stage('Media', () => checkPrivate({ store, files: media, mediaUrl, site, signed }, io));
    if (found) note({ media: found });
  }
}

/** The buckets that the site's pages use. */
const bucketsOf = (files: readonly Files[], target: Addresses): OriginsBucket[] =>
  files.map(({ request, sync, bucket }) => {
    const hasStatic = request.folders.some(({ kind }) => kind === 'static');
    return originsBucket(request, bucket, sync, hasStatic ? target : { ...target, static: undefined });
  });

/** The same, and what is known of the site's addresses. */
async function originsOfRun(
  run: Run,
  built: BuildStage | undefined,
  files: readonly Files[],
  target: Addresses,
  before: LiveBefore,
): Promise<OriginsRequest> {
  return { buckets: bucketsOf(files, target), known: await addressesBefore(run, built, before) };
}

/**
 * Lets the site's pages use the files, if the inputs say so; else looks whether they may.
 * @returns What to do when the page of the new release answers, before its files are looked at.
 */
export async function allowOrigins(
  run: Run,
  built: BuildStage | undefined,
  files: readonly Files[],
  target: Addresses,
  before: LiveBefore,
): Promise<((page: string) => Promise<void>) | undefined> {
  if (run.inputs.allowedOrigins.length === 0) {
    await lookAcross(run, built, files, target, before);
    return undefined;
  }
  if (files.length === 0) {
    run.recorder.warn('allowed-origins changes nothing here: no file of this project goes into a bucket.');
    return undefined;
  }
  const request = await originsOfRun(run, built, files, target, before);
  await run.recorder.stage('Origins', () => originsStage(run, request));
  return (page) => allowPage(run, request, page);
}

/**
 * Whether pages may use what browsers ask for with CORS, where no input sees to it.
 * @param options.onlyLooks Nothing is uploaded in this run.
 */
async function lookAcross(
  run: Run,
  built: BuildStage | undefined,
  files: readonly Files[],
  target: Addresses,
  before: LiveBefore,
  { onlyLooks = false, stage = run.recorder.stage }: { readonly onlyLooks?: boolean; readonly stage?: RunStage } = {},
): Promise<void> {
  const withFonts = files.filter(({ sync }) => filesOf(sync.sync, 'static').some(needsCors));
  if (withFonts.length === 0) return;
  const { buckets, known } = await originsOfRun(run, built, withFonts, target, before);
  // What is not uploaded is not asked for: a CDN would remember that it is not there.
  const asItIs = withFonts.map((one) => ({ ...one, sync: { ...one.sync, sync: withoutPuts(one.sync.sync) } }));
  const there = onlyLooks ? bucketsOf(asItIs, target) : buckets;
  // An address on the site itself is served by the app.
  const isElsewhere = (sample: string | undefined) => sample !== undefined && originOf(sample) !== originOf(before.url);
  const asked = there.filter((_, at) => isElsewhere(buckets[at]?.sample));
  if (asked.length > 0) await stage('Origins', () => crossOriginStage(run, { buckets: asked, known }));
}

/** Says what a deploy would do to CORS rules and policy, and changes nothing. */
export async function planAccess(
  run: Run,
  built: BuildStage,
  files: readonly Files[],
  target: Addresses,
  { before, stage = run.recorder.stage }: { readonly before?: LiveBefore | undefined; readonly stage?: RunStage } = {},
): Promise<void> {
  const { ports, recorder, inputs, identity } = run;
  if (inputs.applyPolicy) for (const one of files) sayPolicy(one);
  if (files.length === 0) return;
  const url = before?.url ?? (await findUrl(run.site, await run.host(), { ...ports, recorder }));
  const known = before ?? { url, page: undefined };
  if (inputs.allowedOrigins.length === 0)
    return lookAcross(run, built, files, target, known, { onlyLooks: true, stage });
  const request = await originsOfRun(run, built, files, target, known);
  await stage('Origins', () => planOrigins(run, request));

  function sayPolicy({ request: { folders, store }, bucket }: Files): void {
    const prefix = folders.find(({ kind }) => kind === 'static')?.prefix;
    if (prefix === undefined || !isNarrow(prefix)) return;
    const policy = policyOf(statementId(identity), { bucket, prefix, partition: store.settings.partition() });
    ports.log.info(`If nobody can read the static files, this would be added to the bucket policy: ${policy}`);
  }
}

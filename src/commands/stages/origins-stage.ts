import { DeployError } from '../../core/errors.ts';
import { type KnownAddresses, resolveOrigins } from '../../plan/allowed-origins.ts';
import type { Destination } from '../../plan/destination.ts';
import { type LiveBefore, siteAddresses } from '../../release/before.ts';
import type { StageResult } from '../../report/recorder.ts';
import { allowOriginsByHand } from '../../store/by-hand.ts';
import { planCors, ruleId } from '../../store/cors.ts';
import { type OriginPattern, originOf } from '../../store/origins.ts';
import { type CorsOutcome, setCors } from '../../store/set-cors.ts';
import type { Bucket } from '../run/open-bucket.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';
import { lookAtOrigins, type OriginsLook } from './origins-look.ts';
import { addressOf, filesOf, sampleOf } from './sample-file.ts';
import type { StagePlan } from './sync-stage.ts';

/** A bucket whose files pages use, and the address of one of them. */
export interface OriginsBucket {
  readonly store: Bucket['store'];
  readonly bucket: string;
  /** Undefined if nobody can be asked for one. */
  readonly sample: string | undefined;
}

export interface OriginsRequest {
  readonly buckets: readonly OriginsBucket[];
  readonly known: KnownAddresses;
}

/** Services take some seconds until a new rule counts. */
const tries = 5;
const wait = 2_000;

/** The bucket of a release's files as pages ask it. */
export function originsBucket(
  { store }: Bucket,
  bucket: string,
  { sync }: StagePlan,
  { static: folder, staticUrl, mediaUrl }: Pick<Destination, 'static' | 'staticUrl' | 'mediaUrl'>,
): OriginsBucket {
  const files = filesOf(sync, folder ? 'static' : 'media');
  const base = folder ? staticUrl : mediaUrl;
  const file = sampleOf(files, true);
  return { store, bucket, sample: base !== undefined && originOf(base) && file ? addressOf(base, file) : undefined };
}

/** What is known of the site's addresses before the release. */
export async function addressesBefore(
  run: Run,
  built: BuildStage | undefined,
  before: LiveBefore,
): Promise<KnownAddresses> {
  const { ports, recorder, inputs, plan } = run;
  const host = inputs.allowedOrigins.includes('auto') ? await run.host() : undefined;
  const domains = before.url && host ? await siteAddresses(host, { ...ports, recorder }) : [];
  const preview = plan.kind === 'preview';
  return { urls: [before.url, ...domains], page: before.at, settings: built?.outcome.project, preview };
}

const wishOf = ({ inputs, identity }: Run, known: KnownAddresses) => {
  const { origins, waits } = resolveOrigins(inputs.allowedOrigins, known);
  return { id: ruleId(identity), origins, keepsOld: waits };
};

/** What became of the rule, or the refusal to let this run write one. */
type Written = CorsOutcome | { readonly kind: 'denied'; readonly error: DeployError };

async function write({ ports }: Run, { store }: OriginsBucket, wish: ReturnType<typeof wishOf>): Promise<Written> {
  try {
    return await setCors(store.settings, wish, ports);
  } catch (error) {
    ports.signal.throwIfAborted();
    if (error instanceof DeployError && error.code === 'BUCKET_DENIED') return { kind: 'denied', error };
    throw error;
  }
}

/** Whether a bucket without any rule lets these origins in all the same, as some servers do to everybody. */
async function isOpenAnyway({ ports }: Run, { store, sample }: OriginsBucket, origins: readonly OriginPattern[]) {
  const rules = await store.settings.corsRules(ports.signal).catch(() => undefined);
  if (rules === undefined || rules === 'unsupported' || rules.length > 0) return false;
  return (await lookAtOrigins(sample, origins, ports)).kind === 'allowed';
}

/**
 * Lets the site's pages use fonts and modules of the bucket, by a rule of our own, and asks for a file as they will. It comes
 * before the release, so that no visitor meets a page whose fonts do not load.
 * @throws DeployError ORIGINS_REFUSED if the rule cannot be written and is not there.
 */
export async function originsStage(run: Run, { buckets, known }: OriginsRequest): Promise<StageResult<void>> {
  const { ports, recorder } = run;
  const wish = wishOf(run, known);
  if (wish.origins.includes('*')) recorder.warn(everybody);
  const results: string[] = [];
  for (const one of buckets) results.push(await allowIn(run, one, wish));
  const origins = wish.origins.length > 0 ? wish.origins : undefined;
  if (wish.keepsOld && (await run.host()))
    ports.log.info('"auto" of allowed-origins is not known yet; the page will tell it.');
  else if (wish.keepsOld) recorder.warn(nobodyTells);
  const access = { ...recorder.report().access, ...(origins ? { origins } : {}) };
  return { value: undefined, result: results.join('; '), facts: { access } };
}

const everybody =
  'allowed-origins has "*": pages of every site may use these files and read them by script. Name the origins, or write auto, if they are not meant for everybody.';

const nobodyTells =
  '"auto" of allowed-origins stands for no address: no host tells it, and the input url is empty. Set url, or write the origin out.';

async function allowIn(run: Run, one: OriginsBucket, wish: ReturnType<typeof wishOf>): Promise<string> {
  const { ports, recorder } = run;
  const { origins } = wish;
  const names = origins.join(', ');
  if (origins.length > 0 && (await isOpenAnyway(run, one, origins)))
    return `the server of ${one.bucket} lets everybody in, without a rule`;
  const written = await write(run, one, wish);
  if (written.kind === 'denied' || written.kind === 'unsupported') {
    if (origins.length === 0) return `nothing is known to allow in ${one.bucket} yet`;
    const look = await lookAtOrigins(one.sample, origins, ports);
    if (look.kind !== 'allowed') throw refused(one, written, origins, look);
    return `${one.bucket} lets ${names} in already`;
  }
  if (!written.named) recorder.warn(nameless(one.bucket));
  const look = await settled(run, one, origins, written.kind === 'changed');
  if (look.kind === 'refused') recorder.warn(notSeen(look));
  if (written.origins.length === 0) return `nothing is known to allow in ${one.bucket} yet`;
  const seen = look.kind === 'allowed' ? ', as a file shows' : '';
  return `${one.bucket} lets ${written.origins.join(', ')} in${written.kind === 'changed' ? ' now' : ''}${seen}`;
}

/** Looks until the rule counts: right after a write it may not. */
async function settled(run: Run, { sample }: OriginsBucket, origins: readonly OriginPattern[], isNew: boolean) {
  const { ports } = run;
  let look = await lookAtOrigins(sample, origins, ports);
  for (let left = isNew ? tries : 0; look.kind === 'refused' && left > 0; left--) {
    await ports.clock.sleep(wait, ports.signal);
    look = await lookAtOrigins(sample, origins, ports);
  }
  return look;
}

function refused(
  { store, bucket }: OriginsBucket,
  written: Exclude<Written, { kind: 'same' | 'changed' }>,
  origins: readonly OriginPattern[],
  look: OriginsLook,
): DeployError {
  const why =
    written.kind === 'denied'
      ? `these credentials may not set CORS rules of the bucket "${bucket}"`
      : `the bucket "${bucket}" has no API of S3 for CORS rules`;
  const seen =
    look.kind === 'refused'
      ? `${look.url} does not allow ${look.origin}`
      : `whether it allows ${origins[0]} cannot be seen`;
  const own = written.kind === 'denied' && written.error.hint ? `${written.error.hint} ` : '';
  return new DeployError('ORIGINS_REFUSED', `allowed-origins is set, ${why}, and ${seen}.`, {
    hint: `Nothing was released. ${own}${allowOriginsByHand({ vendor: store.vendor, bucket }, origins)} Then run the job again; or leave allowed-origins out.`,
  });
}

const nameless = (bucket: string) =>
  `The service of the bucket "${bucket}" keeps no names of CORS rules, so that the one of this run cannot be told from others, and nobody takes it away. Delete it by hand when it is no longer needed.`;

/** The rule is there, and what answers does not follow it. */
function notSeen({ url, origin, cached }: Extract<OriginsLook, { kind: 'refused' }>): string {
  const begin = `The bucket has its CORS rule, and ${url} answers without Access-Control-Allow-Origin for ${origin}`;
  return cached === undefined
    ? `${begin}. Where a CDN or proxy answers there, let it pass the header Origin on to the bucket, and keep answers apart by it (Vary: Origin).`
    : `${begin}, out of a cache (${cached}). Purge it there, and let the CDN pass the header Origin on and keep answers apart by it (Vary: Origin); CloudFront: origin request policy "CORS-S3Origin".`;
}

/**
 * The page of the new release answers, maybe at an address that nobody knew before: the rule has to allow it before its files
 * are looked at. Looks also whether a run that wrote at the same moment took the rule away.
 */
export async function allowPage(run: Run, { buckets, known }: OriginsRequest, page: string): Promise<void> {
  const { ports, recorder } = run;
  const wish = wishOf(run, { ...known, urls: [...known.urls, recorder.report().url], page });
  for (const one of buckets) {
    // The release is live already, so that whatever fails here is for the look at its files to tell.
    const written = await write(run, one, wish).catch((error: unknown) => {
      ports.signal.throwIfAborted();
      recorder.warn(`Whether the CORS rule of ${one.bucket} is there is not known: ${(error as Error).message}`);
      return undefined;
    });
    if (written?.kind === 'changed')
      ports.log.info(`The CORS rule of ${one.bucket} allows ${written.origins.join(', ')} now.`);
  }
  if (wish.origins.length > 0) recorder.note({ access: { ...recorder.report().access, origins: wish.origins } });
}

/** What a deploy would do to the rules; changes nothing. */
export async function planOrigins(run: Run, { buckets, known }: OriginsRequest): Promise<StageResult<void>> {
  const wish = wishOf(run, known);
  const results: string[] = [];
  for (const { store, bucket, sample } of buckets) {
    const rules = await store.settings.corsRules(run.ports.signal);
    if (rules === 'unsupported') {
      const look = await lookAtOrigins(sample, wish.origins, run.ports);
      if (look.kind === 'refused')
        throw refused({ store, bucket, sample }, { kind: 'unsupported' }, wish.origins, look);
      results.push(`${bucket} has no API of S3 for CORS rules`);
      continue;
    }
    const change = planCors(rules, wish);
    const names = change.kind === 'full' ? '' : change.origins.join(', ') || 'origins that are not known yet';
    const would = {
      same: `${bucket} lets ${names} in`,
      change: `${bucket} would let ${names} in`,
      full: `${bucket} has no room for one more CORS rule`,
    };
    results.push(would[change.kind]);
  }
  return { value: undefined, result: results.join('; ') };
}

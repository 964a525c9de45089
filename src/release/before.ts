import type { Clock, Http, Log } from '../core/ports.ts';
import type { Host, HostOptions } from '../hosts/contract/host.ts';
import type { HostMachine } from '../hosts/contract/host-io.ts';
import { proofRequestHeaders } from '../hosts/contract/options.ts';
import { retry } from '../lib/retry.ts';
import type { Redactor } from '../lib/secret.ts';
import { formatDuration } from '../lib/text.ts';
import type { Recorder } from '../report/recorder.ts';
import type { FilesBefore } from './asset-report.ts';
import { againForQuestion } from './host-errors.ts';
import { hostIO } from './host-io.ts';
import { diagnose, loadPage, type SiteHeaders } from './page.ts';
import { checkAssets } from './page-files.ts';
import { noFiles } from './release-files.ts';

export interface ReleaseStageIO {
  readonly recorder: Recorder;
  readonly log: Log;
  readonly http: Http;
  readonly machine: HostMachine;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly redactor: Redactor;
}

export interface ChosenHost {
  readonly host: Host;
  readonly title: string;
}

/** What is live before the run changes anything; afterwards nobody knows which release answers. */
export interface LiveBefore {
  readonly url: string | undefined;
  /** The page, where it answers 2xx. */
  readonly page: string | undefined;
  /** Where it was after redirects. */
  readonly at?: string;
  /** The headers of the answer where it was no page (2xx), so that what fails after the release is known from what failed before. */
  readonly failedWith?: Readonly<Record<string, string>> | undefined;
  /** The status of that answer. */
  readonly status?: number;
  /** How its files loaded; undefined where there was no page, or nobody looked. */
  readonly files?: FilesBefore | undefined;
}

/** What is looked at of the page in addition to its text. */
export interface LookBefore {
  /** Origins whose files belong to the site; absent if its files are not to be loaded. */
  readonly origins?: ReadonlySet<string>;
  readonly options: HostOptions;
}

/** Headers for the site alone, out of `host-options: proof-request-header`. */
export function siteHeaders(site: string, options: HostOptions): SiteHeaders | undefined {
  const headers = proofRequestHeaders(options);
  return Object.keys(headers).length > 0 ? { site, headers } : undefined;
}

/** Files of the page before the release are looked at for so long; what is not known then is no regression. */
const filesTime = 60_000;

async function readBefore(url: string, path: string, look: LookBefore | undefined, io: ReleaseStageIO) {
  const own = siteHeaders(url, look?.options ?? {});
  // A host that puts sleeping apps to bed takes its time for the first answer.
  const load = await loadPage(io.http, url + path, 30_000, io.signal, own);
  if (load.kind !== 'page') return { page: undefined };
  if (diagnose(load) !== undefined)
    return { page: undefined, failedWith: load.response.headers, status: load.response.status };
  const page = new TextDecoder().decode(load.response.body);
  if (!look?.origins) return { page, at: load.url };
  const policy = load.response.headers['content-security-policy'];
  const ours = new Set([...look.origins, new URL(url).origin]);
  const scope = { ours, files: noFiles, own, deadline: io.clock.now() + filesTime };
  return { page, at: load.url, files: await checkAssets({ url: load.url, body: page, policy }, scope, io) };
}

const normal = (url: string) => (/^https?:\/\//.test(url) ? url : `https://${url}`).replace(/\/+$/, '');

/** Asks the host a question that changes nothing, again where it fails for a moment. */
export function askPatiently<T>(choice: ChosenHost, work: () => Promise<T>, io: ReleaseStageIO): Promise<T> {
  const policy = { attempts: 5, base: 1_000, cap: 10_000, until: io.clock.now() + 60_000, again: againForQuestion };
  const onRetry = (error: unknown, attempt: number, wait: number) =>
    io.log.info(
      `${choice.title}: ${(error as Error).message}; attempt ${attempt} of 5, the next in ${formatDuration(wait)}`,
    );
  return retry(work, policy, { ...io, onRetry }, io.signal);
}

/** The answer to a question that changes nothing; where it fails the run says so, and goes on without. */
async function askHost<T>(
  choice: ChosenHost,
  question: string,
  work: () => Promise<T>,
  io: ReleaseStageIO,
): Promise<T | undefined> {
  try {
    return await askPatiently(choice, work, io);
  } catch (error) {
    io.signal.throwIfAborted();
    io.recorder.warn(`${choice.title} could not be asked for ${question}: ${(error as Error).message}`);
    return undefined;
  }
}

/** The public URL: as given, or as the host tells it, without a slash at its end. */
export async function findUrl(
  given: string | undefined,
  choice: ChosenHost | undefined,
  io: ReleaseStageIO,
): Promise<string | undefined> {
  const host = choice?.host;
  const asked = async () => host?.url?.(hostIO(io));
  const url = given ?? (choice && (await askHost(choice, 'the URL of the service', asked, io)));
  io.signal.throwIfAborted();
  return url ? normal(url) : undefined;
}

/**
 * Whether the host itself says that an address leads to the service: then its word on what is live counts for it.
 * @param told The URL that the deploy's own answer named.
 */
export async function isHostsOwn(
  url: string,
  told: string | undefined,
  choice: ChosenHost,
  io: ReleaseStageIO,
): Promise<boolean> {
  const isIt = (other: string | undefined) =>
    other !== undefined && other !== '' && new URL(normal(other)).host === new URL(url).host;
  if (isIt(told)) return true;
  const { host } = choice;
  const own = host.url && (await askHost(choice, 'the URL of the service', async () => host.url?.(hostIO(io)), io));
  if (isIt(own)) return true;
  const all =
    host.urls && (await askHost(choice, 'the domains of the service', async () => host.urls?.(hostIO(io)), io));
  return all?.some(isIt) ?? false;
}

/** Every address that the host says leads to the service; none where it does not tell. */
export async function siteAddresses(choice: ChosenHost, io: ReleaseStageIO): Promise<readonly string[]> {
  const { host } = choice;
  const asked = async () => host.urls?.(hostIO(io));
  const all = host.urls && (await askHost(choice, 'the domains of the service', asked, io));
  return (all ?? []).filter((one) => one !== '').map(normal);
}

/** The page as it answers now, and how its files load. */
export async function lookBefore(
  given: string | undefined,
  healthPath: string,
  choice: ChosenHost | undefined,
  io: ReleaseStageIO,
  look?: LookBefore,
): Promise<LiveBefore> {
  const url = await findUrl(given, choice, io);
  return url === undefined ? { url, page: undefined } : { url, ...(await readBefore(url, healthPath, look, io)) };
}

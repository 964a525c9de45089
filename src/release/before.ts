import type { Clock, Http, Log } from '../core/ports.ts';
import type { Host } from '../hosts/contract/host.ts';
import type { HostMachine } from '../hosts/contract/host-io.ts';
import type { Redactor } from '../lib/secret.ts';
import type { Recorder } from '../report/recorder.ts';
import { diagnose, loadPage } from './page.ts';
import { hostIO } from './release-to-host.ts';

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
}

/** The page as it answers now; undefined where it does not answer 2xx. */
async function readPage(url: string, healthPath: string, io: ReleaseStageIO): Promise<string | undefined> {
  // A host that puts sleeping apps to bed takes its time for the first answer.
  const load = await loadPage(io.http, url + healthPath, 30_000, io.signal);
  return load.kind === 'page' && diagnose(load) === undefined
    ? new TextDecoder().decode(load.response.body)
    : undefined;
}

/** The public URL: as given, or as the host tells it, without a slash at its end. */
export async function findUrl(
  given: string | undefined,
  choice: ChosenHost | undefined,
  io: ReleaseStageIO,
): Promise<string | undefined> {
  const url = given ?? (await choice?.host.url?.(hostIO(io)).catch(() => undefined));
  if (!url) return undefined;
  return (/^https?:\/\//.test(url) ? url : `https://${url}`).replace(/\/+$/, '');
}

export async function lookBefore(
  given: string | undefined,
  healthPath: string,
  choice: ChosenHost | undefined,
  io: ReleaseStageIO,
): Promise<LiveBefore> {
  const url = await findUrl(given, choice, io);
  return { url, page: url === undefined ? undefined : await readPage(url, healthPath, io) };
}

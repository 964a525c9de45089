import type { HostInputs, ReleaseRequest } from '../hosts/contract/host.ts';
import { lastLiveOfAnother } from '../ledger/ledger.ts';
import type { LedgerSession } from '../ledger/session.ts';
import type { CorsSetting } from '../release/asset-check.ts';
import { type ChosenHost, findUrl, isHostsOwn, type LiveBefore } from '../release/before.ts';
import type { Expectation } from '../release/expectation.ts';
import type { Proof } from '../release/proof.ts';
import type { ReleaseFiles } from '../release/release-files.ts';
import type { ReleaseOutcome } from '../release/release-to-host.ts';
import type { WayBack } from '../release/round.ts';
import type { Run } from './run/run.ts';
import { superseded } from './run/run-ended.ts';
import { proofStage } from './stages/proof-stage.ts';
import { releaseStage } from './stages/release-stage.ts';

/** What is asked of the host, and what has to be seen then. */
export interface ToProve {
  /** Name of the stage in which the host is asked. */
  readonly stage: 'Release' | 'Rollback';
  readonly request: ReleaseRequest;
  readonly session: LedgerSession | undefined;
  /** What is live before the host is asked. */
  readonly before: LiveBefore;
  readonly expectation: Expectation;
  /** Origins whose files belong to the site. */
  readonly origins: ReadonlySet<string>;
  /** The static files of the release. */
  readonly files: ReleaseFiles;
  /** What decides whether pages may use files of the bucket; undefined if there is none. */
  readonly cors: CorsSetting | undefined;
  /** Called with the address of a page that is good, before its files are looked at. */
  readonly onPage?: ((page: string) => Promise<void>) | undefined;
  /** What the page has to show, once the host has said what it made live. */
  readonly shows: (outcome: ReleaseOutcome | undefined) => {
    readonly release: ReleaseRequest;
    readonly hostInputs: HostInputs;
  };
}

/** Where the release answers, and what proves it; no URL means that nobody knows where to look. */
export interface Proven {
  readonly outcome: ReleaseOutcome | undefined;
  readonly url: string | undefined;
  readonly proof: Proof | undefined;
  /** What the host says is live, if it does not say that the URL leads there. */
  readonly elsewhere: string | undefined;
  readonly expectation: Expectation;
}

/** Whether there is a release to go back to: one that the ledger knows, or a page that answered. A first deploy has none. */
const hasEarlier = ({ session, before, request }: ToProve): boolean =>
  before.page !== undefined || (session !== undefined && lastLiveOfAnother(session.before, request.sha) !== undefined);

/**
 * Asks the host, follows its deploy, and looks at the page until it shows the release. A deploy and a rollback are the same
 * here: another release becomes what visitors see.
 * @throws RunEnded with `superseded` if a newer deploy took the place of this one at the host.
 */
export async function releaseAndProve(run: Run, host: ChosenHost | undefined, to: ToProve): Promise<Proven> {
  const { ports, recorder, inputs } = run;
  const io = { ...ports, recorder };
  const deadline = ports.clock.now() + inputs.timeout;
  const outcome =
    host && (await recorder.stage(to.stage, () => releaseStage(host, to.request, deadline, to.session, io)));
  if (outcome?.phase === 'superseded') throw superseded(outcome.by?.slice(0, 20));
  const url = to.before.url ?? outcome?.release.url ?? (await findUrl(undefined, host, io));
  recorder.note({ url });
  const { expectation } = to;
  if (!url) return { outcome, url, proof: undefined, elsewhere: undefined, expectation };
  const live = outcome?.phase === 'live' ? outcome : undefined;
  // What the host says is live counts for the addresses that it names.
  const known = new Map<string, boolean>();
  const isOwn = async (address: string): Promise<boolean> => {
    if (!host || !live) return false;
    const name = new URL(address).host;
    const is = known.get(name) ?? (await isHostsOwn(address, live.release.url, host, io));
    known.set(name, is);
    return is;
  };
  const own = await isOwn(url);
  const { healthPath } = inputs;
  const { origins, before, files } = to;
  const hostSays = own ? live?.hostSays : undefined;
  const { onPage, cors } = to;
  const look = { url, healthPath, before, files, origins, deadline, onPage, cors };
  const canGoBack = to.stage === 'Release' && host?.host.rollback !== undefined && hasEarlier(to);
  const wayBack: WayBack | undefined = !canGoBack ? undefined : inputs.rollback ? 'by itself' : 'by hand';
  const request = { ...look, wayBack, ...to.shows(outcome), expectation, hostSays, isHostsOwn: isOwn };
  const proof = await recorder.stage('Proof', () => proofStage(request, io));
  return { outcome, url, proof, elsewhere: proof.evidence ? undefined : live?.hostSays, expectation };
}

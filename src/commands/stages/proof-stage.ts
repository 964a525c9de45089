import type { HostInputs, ReleaseRequest } from '../../hosts/contract/host.ts';
import { option } from '../../hosts/contract/options.ts';
import { plural } from '../../lib/text.ts';
import type { CorsSetting } from '../../release/asset-check.ts';
import { brokenBefore, type FilesBefore } from '../../release/asset-report.ts';
import { type LiveBefore, type ReleaseStageIO, siteHeaders } from '../../release/before.ts';
import type { Expectation } from '../../release/expectation.ts';
import { bearsRelease, type Marks } from '../../release/judge.ts';
import { type Proof, prove } from '../../release/proof.ts';
import { noFiles, type ReleaseFiles } from '../../release/release-files.ts';
import type { WayBack } from '../../release/round.ts';
import type { StageResult } from '../../report/recorder.ts';

export interface ProofStageRequest {
  readonly url: string;
  readonly healthPath: string;
  readonly hostInputs: HostInputs;
  readonly release: ReleaseRequest;
  readonly expectation: Expectation;
  /** What the host says, where its word counts for this URL (`isHostsOwn`). */
  readonly hostSays: string | undefined;
  /** Whether its word counts for another address, which the URL leads to. */
  readonly isHostsOwn?: ((url: string) => Promise<boolean>) | undefined;
  /** Undefined where the host cannot put an earlier release back, or there is none. */
  readonly wayBack?: WayBack | undefined;
  /** The page and its files before the release. */
  readonly before?: LiveBefore;
  /** The static files of the release; without them only what loaded before can fail it. */
  readonly files?: ReleaseFiles;
  readonly origins: ReadonlySet<string>;
  readonly deadline: number;
  /** Called with the address of a page that is good, before its files are looked at. */
  readonly onPage?: ((page: string) => Promise<void>) | undefined;
  /** What decides whether pages may use files of another origin. */
  readonly cors?: CorsSetting | undefined;
}

function marksOf({ hostInputs, release, expectation, hostSays, before }: ProofStageRequest): Marks {
  const { options } = hostInputs;
  const { sha } = release;
  const own = {
    sha,
    release: release.release,
    header: option(options, 'proof-header'),
    path: option(options, 'proof-path'),
    body: option(options, 'proof-body'),
    hostSays,
    shownBefore: sha !== '' && (before?.page?.includes(sha) ?? false),
    assets: expectation.assets,
  };
  // An instance of the same commit that failed before, and is to go, bears the same mark.
  return { ...own, failedBefore: before?.failedWith !== undefined && bearsRelease(before.failedWith, own) };
}

/** What the run waits for, in one sentence. */
function waitingFor(marks: Marks, { expected }: Expectation): string {
  if ((marks.header ?? marks.path ?? marks.body) !== undefined)
    return 'Waiting for the commit where host-options say that it stands.';
  if (marks.hostSays !== undefined)
    return `${marks.hostSays}. Waiting for the page to answer, and to show nothing of another release.`;
  if (expected !== '') return `Waiting for ${expected}, or for the commit in a header or a meta tag.`;
  return 'No static file of this release is new to the page, so only the commit in a header or a meta tag can prove it.';
}

/** What the page says of the release, said in one line. */
const resultOf = ({ evidence, assets, passing }: Proof): string => {
  const seen = evidence
    ? `${evidence.kind}: ${evidence.seen}${evidence.kind === 'asset' ? ', which only this release has' : ''}`
    : 'it answers, and nothing tells this release from the one before';
  const count =
    assets.checked < assets.found
      ? `${assets.checked} of ${plural(assets.found, 'file')}`
      : plural(assets.checked, 'file');
  const { encodings = [] } = assets;
  const broken =
    passing.length > 0 ? `, of which ${passing.length} ${passing.length > 1 ? 'do' : 'does'} not load` : '';
  const served = encodings.length > 0 ? `, served by the app as ${encodings.join(' and ')} too` : '';
  return `${seen}; ${count} of the page checked${broken}${served}`;
};

const mostWarnings = 10;

/** Warns of what is worth knowing and not the release's fault. */
function warn({ assets, passing }: Proof, before: FilesBefore | undefined, { recorder }: ReleaseStageIO): void {
  const known = brokenBefore(before);
  const why = (url: string) => (known.has(url) ? 'It was so before this release.' : 'It is no file of this release.');
  const broken = passing.map(({ url, message }) => `${url} ${message} ${why(url)}`);
  const remarks = assets.remarks.map(({ url, message }) => `${url} ${message}`);
  const all = [...assets.unseen, ...broken, ...remarks];
  for (const message of all.slice(0, mostWarnings)) recorder.warn(message);
  if (all.length > mostWarnings)
    recorder.warn(`${all.length - mostWarnings} more files of the page have such warnings.`);
}

export async function proofStage(request: ProofStageRequest, io: ReleaseStageIO): Promise<StageResult<Proof>> {
  const { url, healthPath, expectation, hostInputs, isHostsOwn, deadline, before, files = noFiles } = request;
  const { wayBack } = request;
  const marks = marksOf(request);
  const proof = await io.log.group(`Proof: ${url}${healthPath}`, async () => {
    io.log.info(waitingFor(marks, expectation));
    const ours = new Set([...request.origins, new URL(url).origin]);
    const own = siteHeaders(url, hostInputs.options);
    const filesBefore = before?.files;
    const found = await prove(
      {
        url,
        healthPath,
        marks,
        expectation,
        own,
        fineBefore: before?.page !== undefined,
        wayBack,
        isHostsOwn,
        scope: { ours, files, cors: request.cors },
        filesBefore,
        deadline,
      },
      { ...io, onWait: io.log.info, onPage: request.onPage },
    );
    warn(found, filesBefore, io);
    return found;
  });
  io.signal.throwIfAborted();
  const { evidence, assets } = proof;
  const facts = {
    url,
    proof: {
      evidence,
      page: proof.page,
      at: new Date(proof.at).toISOString(),
      answers: proof.answers,
      assets: assets.fine.size,
      assetsFound: assets.found,
      foreignAssets: assets.foreign,
      unseen: assets.unseen,
    },
  };
  return { value: proof, result: resultOf(proof), facts };
}

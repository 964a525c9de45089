import type { Host, HostInputs, ReleaseRequest } from '../hosts/host.ts';
import { option } from '../hosts/options.ts';
import type { Journal, StageResult } from '../journal.ts';
import type { Redactor } from '../lib/secret.ts';
import { plural } from '../lib/text.ts';
import type { Clock, Http, Log } from '../ports.ts';
import type { LedgerBook } from '../store/book.ts';
import { type Ledger, type LedgerRelease, lastLive } from '../store/ledger.ts';
import { namedBy, possiblyServing, unknownTo } from '../store/releases.ts';
import { hashOf } from '../sync/immutable.ts';
import type { Marks } from './evidence.ts';
import { type Before, type Expectation, expectAssets } from './expectation.ts';
import { diagnose, loadPage } from './page.ts';
import { type Proof, prove } from './proof.ts';
import { hostError, hostIO, type ReleaseOutcome, releaseTo } from './release.ts';

export interface ReleaseStageIO {
  readonly journal: Journal;
  readonly log: Log;
  readonly http: Http;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly redactor: Redactor;
}

export interface HostChoice {
  readonly host: Host;
  readonly title: string;
}

/** What the ledger knows of the releases before this one. */
export function readBefore(
  book: LedgerBook | undefined,
  sha: string,
  names: ReadonlySet<string>,
  prefix: string,
): Before {
  if (!book) return { kind: 'unknown' };
  const others = possiblyServing(book.before, sha);
  if (others.length === 0) return { kind: lastLive(book.before)?.sha === sha ? 'same-commit' : 'first' };
  const keys = [...names].map((name) => prefix + name);
  const fresh = [...unknownTo(book.before, others, keys)].map((key) => key.slice(prefix.length));
  return { kind: 'other', fresh: new Set(fresh), shown: lastLive(book.before)?.proof === 'asset' };
}

/** The folder that all of these keys are in, '' or with a slash at its end. */
function commonFolder([first = '', ...others]: readonly string[]): string {
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  while (folder !== '' && !others.every((key) => key.startsWith(folder))) {
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  }
  return folder;
}

/**
 * What a page of an earlier release shows, as far as the ledger still knows its files.
 * @param page As it answered before the way back.
 */
export function expectEarlier(ledger: Ledger, earlier: LedgerRelease, page: string | undefined): Expectation {
  const keys = [...namedBy(ledger, earlier).keys()].filter((key) => hashOf(key) !== undefined);
  const folder = commonFolder(keys);
  const names = (of: Iterable<string>) => new Set([...of].map((key) => key.slice(folder.length)));
  const fresh = names(unknownTo(ledger, possiblyServing(ledger, earlier.sha), keys));
  return expectAssets(names(keys), { kind: 'other', fresh, shown: earlier.proof === 'asset' }, page);
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
  choice: HostChoice | undefined,
  io: ReleaseStageIO,
): Promise<string | undefined> {
  const url = given ?? (await choice?.host.url?.(hostIO(io)).catch(() => undefined));
  if (!url) return undefined;
  return (/^https?:\/\//.test(url) ? url : `https://${url}`).replace(/\/+$/, '');
}

/** Looks, before anything is built, whether the inputs lead to a service. */
export async function checkHost({ host, title }: HostChoice, io: ReleaseStageIO): Promise<void> {
  try {
    for (const warning of (await host.check?.(hostIO(io))) ?? []) io.journal.warn(warning);
  } catch (error) {
    io.signal.throwIfAborted();
    throw hostError(error, title, 'service');
  }
}

/** What is live before the run changes anything; afterwards nobody knows which release answers. */
export interface LiveBefore {
  readonly url: string | undefined;
  /** The page, where it answers 2xx. */
  readonly page: string | undefined;
}

export async function lookBefore(
  given: string | undefined,
  healthPath: string,
  choice: HostChoice | undefined,
  io: ReleaseStageIO,
): Promise<LiveBefore> {
  const url = await findUrl(given, choice, io);
  return { url, page: url === undefined ? undefined : await readPage(url, healthPath, io) };
}

export async function releaseStage(
  { host, title }: HostChoice,
  request: ReleaseRequest,
  deadline: number,
  book: LedgerBook | undefined,
  io: ReleaseStageIO,
): Promise<StageResult<ReleaseOutcome>> {
  try {
    const outcome = await io.log.group(`Release: ${title}`, () =>
      releaseTo(host, title, request, deadline, { ...io, onLine: io.log.info }),
    );
    const { id, logUrl } = outcome.release;
    io.journal.note({ hostDeploymentId: id, logUrl });
    const what = {
      asked: 'the host was asked',
      live: 'the host says that it is live',
      superseded: 'a newer deploy took its place',
    }[outcome.phase];
    return { value: outcome, result: id ? `${what} (${id})` : what };
  } catch (error) {
    // A release that never ran cannot be what an old instance serves, so later proofs need not tell themselves from it.
    const failed =
      !io.signal.aborted && ['HOST_REFUSED', 'HOST_FAILED'].includes((error as { code?: string }).code ?? '');
    if (book && failed) await book.save({ marks: { failed: true } }, io.signal).catch(() => undefined);
    throw error;
  }
}

function marksOf(
  hostInputs: HostInputs,
  request: ReleaseRequest,
  expectation: Expectation,
  hostSays: string | undefined,
): Marks {
  const { options } = hostInputs;
  return {
    sha: request.sha,
    release: request.release,
    header: option(options, 'proof-header'),
    path: option(options, 'proof-path'),
    body: option(options, 'proof-body'),
    hostSays,
    assets: expectation.assets,
  };
}

export interface ProofStageRequest {
  readonly url: string;
  readonly healthPath: string;
  readonly hostInputs: HostInputs;
  readonly release: ReleaseRequest;
  readonly expectation: Expectation;
  readonly hostSays: string | undefined;
  readonly origins: ReadonlySet<string>;
  readonly deadline: number;
}

/** The few lines that make the next deploy provable whatever it changes. */
export const provableAdvice = [
  'To prove the next deploy by its commit, let the app say which one it runs:',
  '',
  '    # release.py',
  '    import os',
  '',
  '    def show_release(get_response):',
  '        def middleware(request):',
  '            response = get_response(request)',
  '            response["X-Release"] = os.environ.get("RENDER_GIT_COMMIT", "")  # or your host\'s own variable',
  '            return response',
  '        return middleware',
  '',
  'and add "yourproject.release.show_release" to MIDDLEWARE.',
].join('\n');

export async function proofStage(request: ProofStageRequest, io: ReleaseStageIO): Promise<StageResult<Proof>> {
  const { url, healthPath, expectation, release, hostInputs, hostSays, deadline } = request;
  const marks = marksOf(hostInputs, release, expectation, hostSays);
  const proof = await io.log.group(`Proof: ${url}${healthPath}`, async () => {
    io.log.info(
      `Waiting for ${(marks.header ?? marks.path ?? marks.body) ? 'the commit where host-options say that it stands' : expectation.expected}`,
    );
    const ours = new Set([...request.origins, new URL(url).origin]);
    const found = await prove({ url, healthPath, marks, expectation, ours, deadline }, { ...io, onWait: io.log.info });
    for (const { url: address, message } of found.assets.remarks) io.journal.warn(`${address} ${message}`);
    return found;
  });
  const { evidence, assets } = proof;
  if (expectation.weak && evidence?.kind === 'asset') {
    io.journal.warn(
      'This is the first deploy by this action, and the page named the same static files before it. Later deploys are told from one another.',
    );
  }
  io.journal.note({
    url,
    proof: {
      evidence,
      page: proof.page,
      at: new Date(proof.at).toISOString(),
      assets: assets.checked,
      foreignAssets: assets.foreign,
    },
  });
  const seen = evidence
    ? `${evidence.kind}: ${evidence.seen}`
    : 'it answers, and nothing tells this release from the one before';
  return { value: proof, result: `${seen}; ${plural(assets.checked, 'file')} of the page checked` };
}

import { DeployError } from '../core/errors.ts';
import type { HostOptions, RollbackTarget } from '../hosts/contract/host.ts';
import { type Ledger, type LedgerObject, type LedgerRelease, lastLiveOfAnother } from '../ledger/ledger.ts';
import type { LedgerSession } from '../ledger/session.ts';
import { bucketIn } from '../plan/destination.ts';
import { lacksRollback } from '../plan/host-intent.ts';
import { type ChosenHost, lookBefore } from '../release/before.ts';
import { earlierFiles, expectEarlier } from '../release/earlier.ts';
import { expectAssets } from '../release/expectation.ts';
import type { Proof } from '../release/proof.ts';
import { FailingReleaseError } from '../release/proof-errors.ts';
import { noFiles } from '../release/release-files.ts';
import type { ReleaseOutcome } from '../release/release-to-host.ts';
import { originsOf } from '../store/addresses.ts';
import { releaseAndProve } from './release-and-prove.ts';
import { requestOf } from './run/host-request.ts';
import type { Run } from './run/run.ts';
import { corsSetting } from './stages/access-stages.ts';
import { purgeStage, unpurgedKeys } from './stages/purge-stage.ts';

/**
 * The release that is meant: by id or commit, else the one that was live before the commit that is live was for the first
 * time. So what a rollback left is not gone back to by the next one.
 */
export function findTarget(releases: readonly LedgerRelease[], to: string | undefined): LedgerRelease | undefined {
  const live = releases.filter(({ live: since }) => since !== undefined);
  if (to === undefined) {
    const first = live.findIndex(({ sha }) => sha === live.at(-1)?.sha);
    return live[first - 1];
  }
  return live.findLast(({ release, sha }) => release === to || (to.length >= 7 && sha.startsWith(to)));
}

const targetFor = (known: LedgerRelease | undefined, to: string | undefined): RollbackTarget | undefined => {
  if (known) return { sha: known.sha, release: known.release };
  if (to === undefined) return undefined;
  return /^[0-9a-f]{7,64}$/.test(to) ? { sha: to } : { release: to, id: to };
};

/** The host, asked for an earlier release; undefined if it cannot go back. */
function rollbackHost(chosen: ChosenHost, target: RollbackTarget | undefined): ChosenHost | undefined {
  const host = chosen.host.rollback?.(target);
  return host && { host, title: `${chosen.title}, back` };
}

interface RolledBack {
  /** Undefined if the host does not tell what it went back to. */
  readonly sha: string | undefined;
  readonly url: string | undefined;
  readonly proof: Proof | undefined;
}

/** What the host is to go back to, and what the ledger knows of it. */
interface EarlierRelease {
  readonly target: RollbackTarget | undefined;
  readonly known: LedgerRelease | undefined;
  readonly session: LedgerSession | undefined;
}

/** The options without those that say where the commit stands. */
function withoutMarks(options: HostOptions): HostOptions {
  const { 'proof-header': _, 'proof-path': __, 'proof-body': ___, ...others } = options;
  return others;
}

/** Asks the host to go back, follows it, and looks at the page: it has to answer, and to show the old release if it can. */
async function goBack(run: Run, host: ChosenHost, { target, known, session }: EarlierRelease): Promise<RolledBack> {
  const { ports, recorder, inputs } = run;
  const request = requestOf(run, undefined);
  const origins = originsOf({ bucket: bucketIn(inputs), urls: [] });
  const look = { origins, options: inputs.hostInputs.options };
  const before = await lookBefore(run.site, inputs.healthPath, await run.host(), { ...ports, recorder }, look);
  const shaOf = (outcome: ReleaseOutcome | undefined) => outcome?.release.sha || target?.sha;
  const { outcome, url, proof } = await releaseAndProve(run, host, {
    stage: 'Rollback',
    request,
    session: undefined,
    before,
    expectation:
      session && known
        ? expectEarlier(session.now, known, before.page)
        : expectAssets(new Set(), { kind: 'unknown' }, undefined),
    origins,
    cors: session && corsSetting(inputs),
    files: session && known ? earlierFiles(session.now, known) : noFiles,
    shows(asked) {
      const sha = shaOf(asked);
      // Nobody can look for a commit that nobody knows.
      const hostInputs = sha
        ? inputs.hostInputs
        : { ...inputs.hostInputs, options: withoutMarks(inputs.hostInputs.options) };
      return { release: { ...request, sha: sha ?? '', release: target?.release ?? '' }, hostInputs };
    },
  });
  return { sha: shaOf(outcome), url, proof };
}

const describe = ({ sha, url, proof }: RolledBack): string => {
  const where = sha ? `commit ${sha.slice(0, 12)}` : 'the release before';
  const shown = proof?.evidence ? '' : '; nothing proves it';
  return `Back at ${where}${url ? `: ${url}` : ''}${shown}.`;
};

/** A commit id that is not cut off. */
const isWhole = (sha: string | undefined): sha is string => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(sha ?? '');

/** What is left of the files that the releases of a commit put into the bucket. */
function filesOf({ releases, objects }: Ledger, sha: string): Map<string, LedgerObject> {
  const own = releases.filter((release) => release.sha === sha);
  const named = ({ first, last, doomed }: LedgerObject) =>
    !doomed && own.some(({ seq }) => first <= seq && seq <= last);
  return new Map([...objects].filter(([, object]) => named(object)));
}

/**
 * Purges what a release left unpurged because it was not proven: the old release gets the bucket's files at every edge.
 * Returns the keys of which no CDN has an older copy any more.
 */
async function purgeLeft(run: Run, session: LedgerSession | undefined, { proof }: RolledBack): Promise<string[]> {
  if (!session || !proof?.evidence) return [];
  const keys = unpurgedKeys([session]);
  const deadline = run.ports.clock.now() + run.inputs.timeout;
  return (await purgeStage(run, { keys, target: undefined, deadline })) ? keys : [];
}

/** Says in the ledger that the old commit is live again, with its files, so that later proofs and prunes start from there. */
async function moveLedger(run: Run, { sha, proof }: RolledBack, purged: readonly string[]): Promise<void> {
  const bucket = bucketIn(run.inputs);
  if (!bucket || !isWhole(sha) || !proof?.evidence) return;
  const { session } = await run.bucketFor(bucket, sha);
  const marks = { live: new Date(proof.at).toISOString(), proof: proof.evidence.kind };
  await session.save({ marks, objects: filesOf(session.before, sha), purged: new Set(purged) }, run.ports.signal);
}

/**
 * `command: rollback`: puts an earlier release back. What the database became in the meantime stays as it is.
 * @param to Id or commit; undefined is the release before the live one.
 */
export async function rollback(run: Run, to: string | undefined): Promise<void> {
  const { ports, recorder, inputs } = run;
  const chosen = await run.host();
  const bucket = bucketIn(inputs);
  const session = bucket && (await run.bucket(bucket)).session;
  const known = session && findTarget(session.before.releases, to);
  const target = targetFor(known, to);
  const host = chosen && rollbackHost(chosen, target);
  if (!host) {
    throw new DeployError('INVALID_INPUTS', `There is no way back: ${lacksRollback(inputs, ports.hosts)}.`, {
      hint: 'Revert the commit and push: that deploys the old code as a new release.',
    });
  }
  const where = target?.sha ?? target?.release ?? 'the release before';
  if (inputs.dryRun) return recorder.end('planned', `Nothing was changed. The next run would go back to ${where}.`);
  if (isWhole(target?.sha)) recorder.note({ sha: target.sha });
  const found = await goBack(run, host, { target, known, session });
  recorder.note({ url: found.url, ...(isWhole(found.sha) ? { sha: found.sha } : {}) });
  await moveLedger(run, found, await purgeLeft(run, session, found));
  recorder.end('rolled-back', describe(found));
}

/** A deploy that failed before the eyes of visitors, and was taken back. */
export class RolledBackError extends DeployError {
  constructor(failure: DeployError, rolledBack: string) {
    const { code, message, at } = failure;
    // The site is up again, so that what says that it is down is over.
    const hint = failure instanceof FailingReleaseError ? "The app's log says why it answered 500." : failure.hint;
    super(code, `${message}\n${rolledBack}`, { ...(hint ? { hint } : {}), ...(at ? { at } : {}) });
  }
}

/** Errors of a release that visitors see: the new code runs, and is not what it should be. */
const seen: readonly string[] = ['NOT_PROVEN', 'ASSETS_BROKEN'];

/**
 * Puts the release before back after a proof that failed, where the inputs say so. Returns what became of it, for the error
 * of the deploy, which stays what it is; undefined where there was nothing to do.
 */
export async function rollbackAfter(
  run: Run,
  session: LedgerSession | undefined,
  failure: unknown,
): Promise<string | undefined> {
  const { recorder, inputs, ports } = run;
  const visible = failure instanceof DeployError && seen.includes(failure.code);
  const chosen = await run.host();
  if (!inputs.rollback || !chosen || !visible || ports.signal.aborted) return undefined;
  const known = session && lastLiveOfAnother(session.before, run.context.sha);
  const target = targetFor(known, undefined);
  const host = rollbackHost(chosen, target);
  if (!host) {
    recorder.warn(`"rollback: true" changed nothing: ${lacksRollback(inputs, ports.hosts)}.`);
    return undefined;
  }
  try {
    return describe(await goBack(run, host, { target, known, session }));
  } catch (error) {
    ports.signal.throwIfAborted();
    recorder.warn(`The release before could not be put back: ${(error as Error).message}`);
    return undefined;
  }
}

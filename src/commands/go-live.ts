import type { DeployError } from '../core/errors.ts';
import type { LedgerSession } from '../ledger/session.ts';
import type { Secret } from '../lib/secret.ts';
import type { Destination } from '../plan/destination.ts';
import { unhashed } from '../plan/stale-objects.ts';
import { provableAdvice } from '../release/advice.ts';
import type { LiveBefore } from '../release/before.ts';
import { readBefore } from '../release/earlier.ts';
import { expectAssets, whyUntold } from '../release/expectation.ts';
import type { Proof } from '../release/proof.ts';
import { BrokenAssetsError } from '../release/proof-errors.ts';
import type { ReleaseFiles } from '../release/release-files.ts';
import { type Proven, releaseAndProve } from './release-and-prove.ts';
import { RolledBackError, rollbackAfter } from './rollback.ts';
import { sendsInHook } from './run/hook-places.ts';
import { hostVariables, requestOf } from './run/host-request.ts';
import { meanwhile, stopIfOvertaken } from './run/overtaken.ts';
import type { Run } from './run/run.ts';
import { RunEnded } from './run/run-ended.ts';
import { corsSetting } from './stages/access-stages.ts';
import type { BuildStage } from './stages/build-stage.ts';
import { warnOfSchema } from './stages/migrate-stage.ts';
import { previewDatabase } from './stages/preview-database-stage.ts';
import { pruneStage } from './stages/prune-stage.ts';
import { purgeChanged, purgeStage, warnUnpurged } from './stages/purge-stage.ts';
import type { Files } from './stages/sync-stage.ts';
import { teardown } from './teardown.ts';

/** What is built and uploaded, and is to become what visitors see. */
export interface ReadyRelease {
  readonly built: BuildStage;
  readonly target: Destination;
  /** What went into each bucket, that of the release first. */
  readonly all: readonly Files[];
  readonly before: LiveBefore;
  /** Called with the address of a page that is good, before its files are looked at. */
  readonly onPage?: ((page: string) => Promise<void>) | undefined;
}

/** Release, proof, CDN and prune: from here on visitors see what the run does. */
export async function goLive(run: Run, { built, target, all, before, onPage }: ReadyRelease): Promise<void> {
  const { recorder, plan, ports, inputs } = run;
  const [files] = all;
  const sessions = all.map(({ request }) => request.session);
  const deadline = ports.clock.now() + inputs.timeout;
  const host = await run.host();
  if (!host && !before.url) {
    // There is no release to wait for: what is in the bucket is what visitors are to get.
    await purgeChanged(run, sessions, target, deadline);
    return recorder.end('built', 'The files are in place, and there is neither a host to ask nor a URL to look at.');
  }
  try {
    if (host) await stopIfOvertaken(run, files?.request.session);
    const databaseUrl = await previewDatabase(run, built);
    const release = { session: files?.request.session, before, onPage, databaseUrl };
    const { url, proof, elsewhere, expectation } = await releaseThis(run, built, target, release);
    if (!url) {
      const input = plan.kind === 'preview' ? 'preview-url in host-options' : 'url';
      await warnUnpurged(run, sessions, target, 'no URL is known by which the release could be proven');
      return triggered(run, built, `the host took the request; set ${input} to have the release proven`);
    }
    if (!proof?.evidence) {
      const nothing = `${url} answers, and nothing tells this release from the one before: ${whyUntold(expectation)}`;
      await warnUnpurged(run, sessions, target, 'the release is not proven');
      if (!host) return recorder.end('built', `The files are in place, and no host was asked; ${nothing}.`);
      const to = proof && new URL(proof.page).host !== new URL(url).host ? new URL(proof.page).host : undefined;
      const leads = to ? `${url} leads to ${to}` : `not that ${url} leads there`;
      const why = elsewhere && `${elsewhere}, but ${leads}, and the page shows nothing new`;
      return triggered(run, built, why ?? nothing);
    }
    await purgeChanged(run, sessions, target, deadline);
    if (files) await noteLive(run, files, { target, proof, deadline });
    ports.signal.throwIfAborted();
    recorder.end('live');
    if (plan.kind === 'preview' && (await meanwhile(run, plan.pullRequest)) === 'closed')
      await teardown(run, plan.pullRequest);
  } catch (error) {
    const closed = error instanceof RunEnded && error.status === 'removed' && plan.kind === 'preview';
    if (!closed) throw error;
    await teardown(run, plan.pullRequest);
  }
}

/** What a release begins with. */
interface Begun {
  readonly session: LedgerSession | undefined;
  readonly before: LiveBefore;
  readonly onPage: ((page: string) => Promise<void>) | undefined;
  /** Of the preview's own database. */
  readonly databaseUrl: Secret | undefined;
}

/** Asks the host for this commit and proves it; takes it back if the proof fails and the inputs say so. */
async function releaseThis(
  run: Run,
  { names, bundled, artifact }: BuildStage,
  target: Destination,
  { session, before, onPage, databaseUrl }: Begun,
): Promise<Proven> {
  const { inputs, context } = run;
  const all = new Set([...names, ...bundled]);
  const known = readBefore(session, context.sha, all, target.static?.prefix ?? '');
  const packed = await artifact();
  const facts = { staticUrl: target.staticUrl, databaseUrl: databaseUrl?.reveal() };
  const request = requestOf(run, packed.artifact, hostVariables(run, facts), facts.databaseUrl);
  const releasing = releaseAndProve(run, await run.host(), {
    stage: 'Release',
    request,
    session,
    before,
    expectation: expectAssets(all, known, before.page),
    origins: target.origins,
    files: releaseFiles(all, bundled, target, session),
    cors: session && corsSetting(inputs),
    onPage,
    shows: () => ({ release: request, hostInputs: inputs.hostInputs }),
  });
  return releasing.catch(async (failure: unknown) => {
    // The next run of this commit knows by it what the page names already.
    if (failure instanceof BrokenAssetsError && failure.evidence)
      session?.keep({ marks: { proof: failure.evidence.kind } });
    const rolledBack = await rollbackAfter(run, session, failure);
    if (rolledBack !== undefined) warnOfSchema(run);
    throw rolledBack === undefined ? failure : new RolledBackError(failure as DeployError, rolledBack);
  });
}

/** The static files of the release, with the MD5 of those that this run put into the bucket or found there. */
function releaseFiles(
  names: ReadonlySet<string>,
  bundled: ReadonlySet<string>,
  { static: folder, staticUrl }: Destination,
  session: LedgerSession | undefined,
): ReleaseFiles {
  const md5Of = (name: string) => (folder ? session?.stored.get(folder.prefix + name)?.md5 : undefined);
  const mayBeOld = (name: string) => (folder && session?.stored.get(folder.prefix + name)?.unpurged) === true;
  return { names, bundled, staticUrl, md5Of, mayBeOld };
}

/** Says in the ledger that the release is live; from then on what it does not name grows old, and what is old goes. */
async function noteLive(
  run: Run,
  { request, sync }: Files,
  { target, proof, deadline }: { readonly target: Destination; readonly proof: Proof; readonly deadline: number },
): Promise<void> {
  const { ports, recorder } = run;
  const { session } = request;
  const live = session.entry.live ?? new Date(proof.at).toISOString();
  const prefix = target.static?.prefix;
  const gone = prefix === undefined ? undefined : { prefix, since: Math.floor(proof.at / 1_000) };
  const marks = proof.evidence ? { live, proof: proof.evidence.kind } : { live };
  session.keep({ marks, gone });
  if (sync.prune.length > 0) {
    const deleted = await recorder.stage('Prune', () => pruneStage(request, sync.prune, { ...ports, recorder }));
    await purgeStage(run, { keys: unhashed(deleted, sync.before), target, deadline });
  }
  await session.save({}, ports.signal);
}

function triggered({ recorder, ports, inputs }: Run, { outcome }: BuildStage, reason: string): void {
  ports.signal.throwIfAborted();
  recorder.warn(`Triggered, not proven: ${reason}.`);
  const settingsModule = outcome?.project?.settings_module ?? inputs.settingsModule;
  const { commitVariable } = ports.hosts[inputs.host] ?? {};
  const sendsCommit = sendsInHook(inputs.hostInputs, 'sha') || sendsInHook(inputs.hostInputs, 'release');
  const advice = provableAdvice({ settingsModule, commitVariable, isHook: inputs.host === 'hook', sendsCommit });
  recorder.note({ advice });
  ports.log.info(advice);
  recorder.end('triggered', `Not proven: ${reason}.`);
}

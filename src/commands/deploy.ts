import type { DeployError } from '../core/errors.ts';
import { lastLive } from '../ledger/ledger.ts';
import type { LedgerSession } from '../ledger/session.ts';
import type { Secret } from '../lib/secret.ts';
import { listSome } from '../lib/text.ts';
import { bucketIn, type Destination } from '../plan/destination.ts';
import { plannedUnpurged, unhashed } from '../plan/stale-objects.ts';
import { provableAdvice } from '../release/advice.ts';
import { type LiveBefore, lookBefore } from '../release/before.ts';
import { readBefore } from '../release/earlier.ts';
import { expectAssets, whyUntold } from '../release/expectation.ts';
import type { Proof } from '../release/proof.ts';
import { BrokenAssetsError } from '../release/proof-errors.ts';
import type { ReleaseFiles } from '../release/release-files.ts';
import { prepare, warnOfSecrets } from './prepare.ts';
import { type Proven, releaseAndProve } from './release-and-prove.ts';
import { RolledBackError, rollbackAfter } from './rollback.ts';
import { canLook, checkDatabaseAccess, withDatabaseAccess } from './run/database-access.ts';
import { hostVariables, requestOf } from './run/host-request.ts';
import { meanwhile, stopIfOvertaken } from './run/overtaken.ts';
import type { Run } from './run/run.ts';
import { RunEnded, superseded } from './run/run-ended.ts';
import { accessStages, allowOrigins, corsSetting, planAccess } from './stages/access-stages.ts';
import { addressFindings } from './stages/address-findings.ts';
import type { BuildStage } from './stages/build-stage.ts';
import { type DatabaseAccess, lookAtLive, migrateLive, migratesLive, warnOfSchema } from './stages/migrate-stage.ts';
import { packStage } from './stages/pack-stage.ts';
import { planStage } from './stages/plan-stage.ts';
import { planOfDatabase, previewDatabase } from './stages/preview-database-stage.ts';
import { pruneStage } from './stages/prune-stage.ts';
import { purgeChanged, purgeStage, showPurge, warnUnpurged } from './stages/purge-stage.ts';
import { checkHost } from './stages/release-stage.ts';
import { partsOf, syncRequest } from './stages/sync-request.ts';
import type { Files } from './stages/sync-stage.ts';
import { finishLedger, syncStage } from './stages/upload-stage.ts';
import { teardown } from './teardown.ts';

/**
 * A deploy, from top to bottom. The order is a promise: checks, hashed files, other files, manifest, migrations, release, proof,
 * CDN, prune. A stage that fails ends the run, so nothing is released after an upload error, and nothing is purged or deleted
 * before the release is live.
 */
export async function deploy(run: Run): Promise<void> {
  const { recorder, inputs, plan } = run;
  if (plan.kind === 'skip') return skip(run, plan.reason);
  if (plan.kind === 'build') warnOfSecrets(run);
  const releases = plan.kind === 'deploy' || plan.kind === 'preview';
  const isLetIn = !releases || (await failEarly(run));

  const { built, target } = await prepare(run);
  if (plan.kind === 'verify' || plan.kind === 'build' || inputs.dryRun) await packStage(run, built);
  if (plan.kind === 'verify') return skip(run, plan.reason);
  if (plan.kind === 'build') return recorder.end('built', 'The artifact is ready for the job that deploys it.');

  const { staticUrl, mediaUrl } = target;
  recorder.note({ staticUrl, mediaUrl });
  const all = await planFiles(run, built, target);
  const [files, ofMedia] = all;
  const access: DatabaseAccess = (work) => withDatabaseAccess(run, work);
  if (canLook(run, isLetIn)) await lookAtLive(run, built, access);
  // Media first: it belongs to no release, and what is uploaded last is what a page asks for.
  const uploads = [ofMedia, files].filter((one) => one !== undefined);
  if (inputs.dryRun) {
    await planAccess(run, built, uploads, target);
    return planned(run, all, target);
  }
  const look = { origins: target.origins, options: inputs.hostInputs.options };
  const before = await lookBefore(run.site, inputs.healthPath, await run.host(), { ...run.ports, recorder }, look);
  addressFindings(run, built, before);
  try {
    for (const one of uploads) await upload(run, one);
    for (const one of uploads) await accessStages(run, built, one, target, { before });
    const onPage = await allowOrigins(run, built, uploads, target, before);
    await packStage(run, built);
    await migrateLive(run, built, files?.request.session, access);
    await goLive(run, built, target, all, before, onPage);
  } finally {
    for (const { request } of uploads) await finishLedger(request.session, { ...run.ports, recorder });
  }
}

/**
 * Wrong keys and a wrong service come out before minutes of building, if the inputs alone say which they are.
 * @returns Whether this runner reaches the database that it is to migrate, as far as a firewall with an API is before it.
 */
async function failEarly(run: Run): Promise<boolean> {
  const { ports, recorder, inputs } = run;
  const host = await run.host();
  const named = inputs.endpoint ? bucketIn(inputs) : undefined;
  if (named) refuseOlder((await run.bucket(named)).session);
  if (host) await checkHost(host, { ...ports, recorder });
  return migratesLive(run) ? checkDatabaseAccess(run) : true;
}

/** @throws RunEnded with `superseded` if the ledger knows a newer release than this one. */
function refuseOlder({ newer }: LedgerSession): void {
  if (newer) throw superseded(newer.release);
}

/** Notes what is new since the release that is live, for whoever reads the summary. */
function noteChanges({ recorder, context }: Run, { before }: LedgerSession): void {
  const since = lastLive(before)?.sha;
  if (since === undefined || since === context.sha) return;
  recorder.note({ changes: { since, page: `${context.repositoryUrl}/compare/${since}...${context.sha}` } });
}

/** What goes into each bucket: the one of the release first, then that of media with one of their own. None: the app serves. */
async function planFiles(run: Run, built: BuildStage, target: Destination): Promise<Files[]> {
  const planned: Files[] = [];
  for (const part of partsOf(target)) {
    const bucket = await run.bucket(part.bucket);
    refuseOlder(bucket.session);
    noteChanges(run, bucket.session);
    const request = syncRequest(run, built, part.target, bucket);
    const sync = await run.recorder.stage('Plan', () => planStage(request, { ...run.ports, recorder: run.recorder }));
    planned.push({ request, sync, bucket: part.bucket.name });
  }
  return planned;
}

/** @throws RunEnded with `superseded` if a newer run was faster. */
async function upload({ ports, recorder }: Run, { request, sync }: Files): Promise<void> {
  const { overtaken } = await recorder.stage('Upload', () => syncStage(request, sync, { ...ports, recorder }));
  if (overtaken) throw superseded(request.session.newer?.release);
}

/**
 * Release, proof, CDN and prune: from here on visitors see what the run does.
 * @param all What went into each bucket, that of the release first.
 */
export async function goLive(
  run: Run,
  built: BuildStage,
  target: Destination,
  all: readonly Files[],
  before: LiveBefore,
  onPage?: (page: string) => Promise<void>,
): Promise<void> {
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
  const { deployHook, options } = inputs.hostInputs;
  const sent = [deployHook?.reveal() ?? '', ...(options.body ?? []), ...(options.header ?? [])];
  const sendsCommit = sent.some((text) => /\{(sha|release)\}/.test(text));
  ports.log.info(provableAdvice({ settingsModule, commitVariable, isHook: inputs.host === 'hook', sendsCommit }));
  recorder.end('triggered', `Not proven: ${reason}.`);
}

function skip({ ports, recorder }: Run, reason: string): void {
  const sentence = reason[0]?.toUpperCase() + reason.slice(1);
  ports.log.notice(`${sentence}.`);
  recorder.end('skipped', `${sentence}.`);
}

async function planned(run: Run, all: readonly Files[], target: Destination): Promise<void> {
  const { ports, recorder, inputs, context } = run;
  const stale = all.flatMap(({ sync }) => plannedUnpurged(sync.sync, sync.before));
  await showPurge(run, stale, target);
  const host = await run.host();
  const ask = host ? `ask ${host.title} to deploy ${context.sha.slice(0, 12)}` : 'ask no host';
  const look = run.site ? `, then watch ${run.site}${inputs.healthPath}` : '';
  const { planned = [] } = recorder.report().migrations ?? {};
  const migrating = planned.length > 0 ? `migrate ${listSome(planned, 5)}, then ` : await planOfDatabase(run);
  ports.log.info(`Would then ${migrating}${ask}${look}.`);
  recorder.end('planned', `Nothing was changed. The next run would ${migrating}${ask}${look}.`);
}

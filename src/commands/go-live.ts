import type { DeployError } from '../core/errors.ts';
import { newerDeployment } from '../github/fence.ts';
import type { LedgerSession } from '../ledger/session.ts';
import type { Destination } from '../plan/destination.ts';
import { provableAdvice } from '../release/advice.ts';
import { type ChosenHost, findUrl, isHostsOwn, type LiveBefore } from '../release/before.ts';
import { readBefore } from '../release/earlier.ts';
import { expectAssets } from '../release/expectation.ts';
import type { Proof } from '../release/proof.ts';
import type { ReleaseFiles } from '../release/release-files.ts';
import { RolledBackError, rollbackAfter } from './rollback.ts';
import { requestOf } from './run/host-request.ts';
import { meanwhile } from './run/meanwhile.ts';
import type { Run } from './run/run.ts';
import { endSuperseded } from './run/superseded.ts';
import type { BuildStage } from './stages/build-stage.ts';
import { proofStage } from './stages/proof-stage.ts';
import { pruneStage } from './stages/prune-stage.ts';
import { releaseStage } from './stages/release-stage.ts';
import type { StagePlan, SyncStageRequest } from './stages/sync-stage.ts';
import { teardown } from './teardown.ts';

/** What went into the bucket for a release. */
export interface Uploaded {
  readonly request: SyncStageRequest;
  readonly sync: StagePlan;
}

/** Release and proof: from here on visitors see what the run does. */
export async function goLive(
  run: Run,
  built: BuildStage,
  target: Destination,
  choice: ChosenHost | undefined,
  uploaded: Uploaded | undefined,
  live: LiveBefore,
): Promise<void> {
  const { ports, recorder, inputs, context } = run;
  const io = { ...ports, recorder };
  const request = requestOf(run, built.artifact);
  const deadline = ports.clock.now() + inputs.timeout;
  const known = live.url;
  if (!choice && !known) {
    return recorder.end('built', 'The files are in place, and there is neither a host to ask nor a URL to look at.');
  }
  const session = uploaded?.request.session;
  if (choice && (await isOvertaken(run, session))) return;
  const names = new Set([...built.names, ...built.bundled]);
  const before = readBefore(session, context.sha, names, target.static?.prefix ?? '');
  const expectation = expectAssets(names, before, live.page);
  const outcome =
    choice && (await recorder.stage('Release', () => releaseStage(choice, request, deadline, session, io)));
  if (outcome?.phase === 'superseded') {
    return endSuperseded(run, outcome.by?.slice(0, 20));
  }
  const url = known ?? outcome?.release.url ?? (await findUrl(undefined, choice, io));
  if (!url) return triggered(run, built, 'the host took the request; set url to have the release proven');
  recorder.note({ url });
  const said = outcome?.phase === 'live' ? outcome : undefined;
  const own = said && choice && (await isHostsOwn(url, said.release.url, choice, io));
  const hostSays = own ? said.hostSays : undefined;
  const proving = recorder.stage('Proof', () =>
    proofStage(
      {
        url,
        healthPath: inputs.healthPath,
        hostInputs: inputs.hostInputs,
        release: request,
        expectation,
        hostSays,
        before: live,
        files: releaseFiles(names, target, session),
        origins: target.origins,
        deadline,
      },
      io,
    ),
  );
  const proof = await proving.catch(async (failure: unknown) => {
    const back = await rollbackAfter(run, choice, session, failure);
    throw back === undefined ? failure : new RolledBackError(failure as DeployError, back);
  });
  if (!proof.evidence) {
    const nothing = `${url} answers, and nothing tells this release from the one before`;
    const elsewhere = `${said?.hostSays}, but not that ${url} leads there, and the page shows nothing new`;
    return triggered(run, built, said && !own ? elsewhere : nothing);
  }
  if (uploaded) await noteLive(run, uploaded, target, proof);
  ports.signal.throwIfAborted();
  recorder.end('live');
  if (run.plan.kind === 'preview' && (await meanwhile(run, run.plan.pullRequest)) === 'closed')
    await teardown(run, run.plan.pullRequest);
}

/** The static files of the release, with their MD5 as the ledger has it. */
function releaseFiles(
  names: ReadonlySet<string>,
  target: Destination,
  session: LedgerSession | undefined,
): ReleaseFiles {
  const prefix = target.static?.prefix;
  const md5Of = (name: string) => (prefix === undefined ? undefined : session?.now.objects.get(prefix + name)?.md5);
  return { names, staticUrl: target.staticUrl, md5Of };
}

/**
 * Ends the run where nobody wants its release any more: building and uploading took their time, and a newer run may have
 * been faster, or the pull request be closed.
 */
async function isOvertaken(run: Run, session: LedgerSession | undefined): Promise<boolean> {
  const { ports, plan } = run;
  const now = plan.kind === 'preview' ? await meanwhile(run, plan.pullRequest) : 'open';
  if (plan.kind === 'preview' && now === 'closed') {
    await teardown(run, plan.pullRequest);
    return true;
  }
  const overtaken = async () => (session ? (await session.overtaken(ports.signal))?.release : newerAtGitHub(run));
  const newer = now === 'moved' ? 'the pull request has a newer commit' : await overtaken();
  if (newer === undefined) return false;
  await session?.save({ marks: { failed: true } }, ports.signal);
  endSuperseded(run, newer);
  return true;
}

/** Without a bucket there is no ledger, and GitHub's deployments tell which run was later. */
async function newerAtGitHub({ ports, recorder, context, inputs, plan, github }: Run): Promise<string | undefined> {
  if (!github) return undefined;
  const { sha, order, event } = context;
  const own = { sha, order, event, environment: plan.environment, app: inputs.workingDirectory, release: plan.release };
  try {
    return await newerDeployment(own, github);
  } catch (error) {
    ports.signal.throwIfAborted();
    recorder.warn(`Whether a newer deploy is live is not known: ${(error as Error).message}.`);
    return undefined;
  }
}

/** Says in the ledger that the release is live; from then on what it does not name grows old, and what is old goes. */
async function noteLive(run: Run, { request, sync }: Uploaded, target: Destination, proof: Proof): Promise<void> {
  const { ports, recorder } = run;
  const { session } = request;
  const live = session.entry.live ?? new Date(proof.at).toISOString();
  const prefix = target.static?.prefix;
  const gone = prefix === undefined ? undefined : { prefix, since: Math.floor(proof.at / 1_000) };
  const marks = proof.evidence ? { live, proof: proof.evidence.kind } : { live };
  await session.save({ marks, gone }, ports.signal);
  if (sync.prune.length > 0) {
    await recorder.stage('Prune', () => pruneStage(request, sync.prune, { ...ports, recorder }));
  }
}

function triggered({ recorder, ports, inputs }: Run, { outcome }: BuildStage, reason: string): void {
  ports.signal.throwIfAborted();
  recorder.warn(`Triggered, not proven: ${reason}.`);
  const settingsModule = outcome?.project?.settings_module ?? inputs.settingsModule;
  const { commitVariable } = ports.hosts[inputs.host] ?? {};
  ports.log.info(provableAdvice({ settingsModule, commitVariable, isHook: inputs.host === 'hook' }));
  recorder.end('triggered', `Not proven: ${reason}.`);
}

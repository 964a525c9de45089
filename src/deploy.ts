import { type Bucket, endSuperseded, foldersOf, openBucket } from './bucket.ts';
import type { BuildStage } from './build/stage.ts';
import type { ReleaseRequest } from './hosts/host.ts';
import { chooseHost, prepare, warnOfSecrets } from './prepare.ts';
import { expectAssets } from './release/expectation.ts';
import type { Proof } from './release/proof.ts';
import {
  checkHost,
  findUrl,
  type HostChoice,
  type LiveBefore,
  lookBefore,
  proofStage,
  provableAdvice,
  readBefore,
  releaseStage,
} from './release/stage.ts';
import type { Run } from './run.ts';
import { planStage } from './sync/plan-stage.ts';
import { pruneStage } from './sync/prune-stage.ts';
import type { StagePlan, SyncStageRequest } from './sync/stage.ts';
import { syncStage } from './sync/upload-stage.ts';
import type { DeploymentTarget } from './target.ts';

/**
 * The stages of a deploy in their order, which is a promise: checks, hashed files, un-hashed, manifests, release, proof.
 * A stage that fails ends the run, so that nothing is released after an upload error.
 */
export async function deploy(run: Run): Promise<void> {
  const { ports, journal, inputs, plan } = run;
  const io = { ...ports, journal };
  if (plan.kind === 'skip') return skip(run, plan.reason);
  if (plan.kind === 'build') warnOfSecrets(run);
  const choice = plan.kind === 'deploy' ? chooseHost(run) : undefined;
  // Wrong keys and a wrong service come out before minutes of building. Where the endpoint may be in the settings, later.
  const early =
    plan.kind === 'deploy' && inputs.bucket && inputs.endpoint
      ? await openBucket(run, { name: inputs.bucket, endpoint: inputs.endpoint, region: inputs.region })
      : undefined;
  if (early?.book.newer) return endSuperseded(run, early.book.newer.release);
  if (choice) await checkHost(choice, io);

  const { built, target } = await prepare(run);
  if (plan.kind === 'verify') return skip(run, plan.reason);
  if (plan.kind === 'build') return journal.end('built', 'The artifact is ready for the job that deploys it.');

  journal.note({ staticUrl: target.staticUrl, mediaUrl: target.mediaUrl });
  const bucket = early ?? (target.bucket && (await openBucket(run, target.bucket)));
  if (bucket?.book.newer) return endSuperseded(run, bucket.book.newer.release);
  const request = bucket && syncRequest(run, built, target, bucket);
  const sync = request && (await journal.stage('Plan', () => planStage(request, io)));
  if (inputs.dryRun) return planned(run, choice);

  const live = await lookBefore(inputs.url, inputs.healthPath, choice, io);
  if (!request || !sync) return void (await goLive(run, built, target, choice, undefined, live));
  const { overtaken } = await journal.stage('Upload', () => syncStage(request, sync, io));
  if (overtaken) return endSuperseded(run, request.book.newer?.release);
  await goLive(run, built, target, choice, { request, sync }, live);
}

/** What went into the bucket for a release. */
interface Uploaded {
  readonly request: SyncStageRequest;
  readonly sync: StagePlan;
}

export function syncRequest(
  run: Run,
  { outcome, root, names, bundled, changedAt }: BuildStage,
  target: DeploymentTarget,
  bucket: Bucket,
): SyncStageRequest {
  return {
    inputs: run.inputs,
    environment: run.plan.environment,
    folders: foldersOf(run, target, root),
    names,
    bundled,
    manifestPath: outcome.collected?.manifest ?? undefined,
    changedAt,
    scratch: run.scratch,
    ...bucket,
  };
}

/** Release and proof: from here on visitors see what the run does. */
async function goLive(
  run: Run,
  built: BuildStage,
  target: DeploymentTarget,
  choice: HostChoice | undefined,
  uploaded: Uploaded | undefined,
  live: LiveBefore,
): Promise<void> {
  const { ports, journal, inputs, context } = run;
  const io = { ...ports, journal };
  const request = releaseRequest(run, built);
  const deadline = ports.clock.now() + inputs.timeout;
  const known = live.url;
  if (!choice && !known) {
    return journal.end('built', 'The files are in place, and there is neither a host to ask nor a URL to look at.');
  }
  const book = uploaded?.request.book;
  // Building and uploading took their time, and a newer run may have been faster.
  const newer = choice && (await book?.overtaken(ports.signal));
  if (book && newer) {
    await book.save({ marks: { failed: true } }, ports.signal);
    return endSuperseded(run, newer.release);
  }
  const names = new Set([...built.names, ...built.bundled]);
  const before = readBefore(book, context.sha, names, target.static?.prefix ?? '');
  const expectation = expectAssets(names, before, live.page);
  const outcome = choice && (await journal.stage('Release', () => releaseStage(choice, request, deadline, book, io)));
  if (outcome?.phase === 'superseded') {
    return endSuperseded(run, outcome.by?.slice(0, 20));
  }
  const url = known ?? outcome?.release.url ?? (await findUrl(undefined, choice, io));
  if (!url) return triggered(run, 'the host took the request; set url to have the release proven');
  journal.note({ url });
  const hostSays = outcome?.phase === 'live' ? outcome.hostSays : undefined;
  const proof = await journal.stage('Proof', () =>
    proofStage(
      {
        url,
        healthPath: inputs.healthPath,
        hostInputs: inputs.hostInputs,
        release: request,
        expectation,
        hostSays,
        origins: target.origins,
        deadline,
      },
      io,
    ),
  );
  if (!proof.evidence) return triggered(run, `${url} answers, and nothing tells this release from the one before`);
  if (uploaded) await noteLive(run, uploaded, target, proof);
  journal.end('live');
}

/** Says in the ledger that the release is live; from then on what it does not name grows old, and what is old goes. */
async function noteLive(run: Run, { request, sync }: Uploaded, target: DeploymentTarget, proof: Proof): Promise<void> {
  const { ports, journal } = run;
  const { book } = request;
  const live = book.entry.live ?? new Date(proof.at).toISOString();
  const prefix = target.static?.prefix;
  const gone = prefix === undefined ? undefined : { prefix, since: Math.floor(proof.at / 1_000) };
  const marks = proof.evidence ? { live, proof: proof.evidence.kind } : { live };
  await book.save({ marks, gone }, ports.signal);
  if (sync.prune.length > 0) {
    await journal.stage('Prune', () => pruneStage(request, sync.prune, { ...ports, journal }));
  }
}

function releaseRequest({ context, plan }: Run, { artifact }: BuildStage): ReleaseRequest {
  return {
    release: plan.release,
    sha: context.sha,
    branch: context.branch,
    environment: plan.environment,
    repository: context.repository,
    runUrl: context.runUrl,
    artifact: { path: artifact.path, sha256: artifact.sha256 },
  };
}

function skip({ ports, journal }: Run, reason: string): void {
  const sentence = reason[0]?.toUpperCase() + reason.slice(1);
  ports.log.notice(`${sentence}.`);
  journal.end('skipped', `${sentence}.`);
}

function planned({ ports, journal, inputs, context }: Run, choice: HostChoice | undefined): void {
  const ask = choice ? `ask ${choice.title} to deploy ${context.sha.slice(0, 12)}` : 'ask no host';
  const look = inputs.url ? `, then watch ${inputs.url}${inputs.healthPath}` : '';
  ports.log.info(`Would then ${ask}${look}.`);
  journal.end('planned', `Nothing was changed. The next run would ${ask}${look}.`);
}

function triggered({ journal, ports }: Run, reason: string): void {
  journal.warn(`Triggered, not proven: ${reason}.`);
  ports.log.info(provableAdvice);
  journal.end('triggered', `Not proven: ${reason}.`);
}

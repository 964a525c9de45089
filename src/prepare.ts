import { checkoutGit } from './bucket.ts';
import type { Artifact } from './build/artifact.ts';
import { artifactStage } from './build/artifact-stage.ts';
import { BuildFailure } from './build/build.ts';
import { type BuildStage, buildStage, preflightStage } from './build/stage.ts';
import { DeployError } from './errors.ts';
import type { ReleaseRequest } from './hosts/host.ts';
import type { Inputs } from './inputs.ts';
import { listSome } from './lib/text.ts';
import { siteOf, targetOfPreview } from './preview.ts';
import type { HostChoice } from './release/stage.ts';
import type { Run } from './run.ts';
import { type DeploymentTarget, type Placement, planTarget } from './target.ts';

/** Events with secrets that a stranger can cause run only what the repository itself holds, whatever was checked out. */
async function refuseUnknownHead({ ports, context }: Run): Promise<void> {
  if (!context.trustedHeads) return;
  const head = await checkoutGit(ports, context.workspace).head();
  if (head !== undefined && context.trustedHeads.includes(head)) return;
  throw new DeployError(
    'UNTRUSTED_CODE',
    `${context.event} gives this job secrets, and ${head ?? 'an unknown commit'} is checked out.`,
    {
      hint: 'Use "on: pull_request" for the code of pull requests, or leave out ref of actions/checkout.',
    },
  );
}

/** In a pull request actions/checkout gets GitHub's merge commit unless it is told otherwise; a preview is of the head. */
async function warnOfMerge({ ports, journal, context, plan }: Run): Promise<void> {
  if (plan.kind !== 'preview') return;
  const head = await checkoutGit(ports, context.workspace).head();
  if (head === undefined || head === context.sha) return;
  journal.warn(
    `The preview is of ${context.sha.slice(0, 12)}, and ${head.slice(0, 12)} is checked out. Set ref of actions/checkout to \${{ github.event.pull_request.head.sha }}.`,
  );
}

/** Builds what is to be released, or takes it over from the job that built it. */
export async function obtain(run: Run): Promise<BuildStage> {
  const { artifact } = run.inputs;
  if (artifact !== undefined) return run.journal.stage('Artifact', () => artifactStage(run, artifact));
  await refuseUnknownHead(run);
  await warnOfMerge(run);
  return run.journal.stage('Build', () => buildStage(run));
}

/** What else there is to say of a project with which Django itself has failed: one mistake hides no other. */
export const lookAtFailed = (run: Run, { outcome, workspace, findings }: BuildFailure): Promise<void> =>
  run.journal.stage('Preflight', () => preflightStage({ outcome, workspace, findings, failed: true }, undefined, run));

/**
 * What is to be released and where it goes, looked at before anything goes out.
 * @throws DeployError with what is to be mended.
 */
export async function prepare(run: Run): Promise<{ built: BuildStage; target: DeploymentTarget }> {
  const built = await obtain(run).catch(async (failure: unknown) => {
    // What stops the run is the failure; the rest is shown beside it.
    if (failure instanceof BuildFailure) await lookAtFailed(run, failure).catch(() => undefined);
    throw failure;
  });
  const target = targetOf(run, built);
  await run.journal.stage('Preflight', () => preflightStage(built, target, run));
  return { built, target };
}

/** Who is asked to deploy: the host itself, or its preview of the pull request, which is all that a preview touches. */
export function chooseHost({ ports, inputs, plan }: Run): HostChoice | undefined {
  const definition = ports.hosts[inputs.host];
  if (!definition) return undefined;
  const { title } = definition;
  const host = definition.create(inputs.hostInputs);
  if (plan.kind !== 'preview') return { host, title };
  const preview = host.preview?.(plan.pullRequest);
  if (!preview) throw new DeployError('INTERNAL', `${title} was planned to make a preview, and makes none.`);
  return { host: preview, title: `${title}, preview of #${plan.pullRequest}` };
}

/** What a host is told of a run. */
export function requestOf({ context, plan }: Run, artifact: Artifact | undefined): ReleaseRequest {
  return {
    release: plan.release,
    sha: context.sha,
    branch: context.branch,
    environment: plan.environment,
    repository: context.repository,
    runUrl: context.runUrl,
    artifact: artifact && { path: artifact.path, sha256: artifact.sha256 },
  };
}

/** The job that runs the project's code is the one in which secrets are not safe. */
export function warnOfSecrets({ inputs, journal }: Run): void {
  const { accessKeyId, secretAccessKey, hostInputs } = inputs;
  const secrets = {
    'access-key-id': accessKeyId,
    'secret-access-key': secretAccessKey,
    'host-token': hostInputs.token,
    'deploy-hook': hostInputs.deployHook,
  };
  const given = Object.entries(secrets).flatMap(([name, secret]) => (secret ? [name] : []));
  if (given.length === 0) return;
  journal.warn(
    `"command: build" needs no secrets, and the code that it runs is near them. Give ${listSome(given, 4)} to the step that deploys.`,
  );
}

/**
 * An artifact comes out of a job in which the project's code ran. What it says decides how files are called, and never who
 * gets the requests that are signed with this job's credentials.
 */
function refuseBorrowedBucket(inputs: Inputs, project: Placement): void {
  const remote = project.static_storage?.remote ?? (inputs.mediaDir ? project.media_storage?.remote : undefined);
  const names = (['bucket', 'endpoint', 'region'] as const).filter((name) => remote?.[name] && !inputs[name]);
  if (names.length === 0) return;
  const lines = names.map((name) => `${name}: ${remote?.[name]}`);
  throw new DeployError(
    'INVALID_INPUTS',
    `With artifact the bucket is not taken from the settings, which another job read: ${names.join(', ')} must be set here.`,
    { hint: `If they are right, write under "with:" of this step: ${lines.join(', ')}` },
  );
}

/** The folders that are synced, where it is not the inputs of this step that say it. */
function foldersIn({ command, artifact }: Inputs, mediaFolder: string | undefined): Partial<Inputs> {
  if (command === 'build') return { staticDir: undefined, mediaDir: undefined };
  return artifact === undefined ? {} : { mediaDir: mediaFolder };
}

/**
 * Where everything goes.
 * @throws DeployError INVALID_INPUTS where it would mix, or where an artifact would say who gets the credentials.
 */
export function targetOf(run: Run, { outcome, mediaFolder }: BuildStage): DeploymentTarget {
  const { inputs, context, plan } = run;
  const site = siteOf(run);
  const { project, collected } = outcome;
  if (!project) throw new DeployError('INTERNAL', 'Django wrote no settings.');
  const own = { ...inputs, ...foldersIn(inputs, mediaFolder) };
  if (inputs.artifact !== undefined) refuseBorrowedBucket(own, project);
  const target = planTarget({ ...own, url: site }, context, plan.environment, project, collected?.root);
  return plan.kind === 'preview' ? targetOfPreview(inputs, target, plan.pullRequest) : target;
}

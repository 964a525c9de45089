import { DeployError } from '../core/errors.ts';
import { listSome } from '../lib/text.ts';
import type { Destination } from '../plan/destination.ts';
import { BuildFailure } from '../project/build.ts';
import { checkoutGit } from '../project/checkout/changed-at.ts';
import type { Run } from './run/run.ts';
import { artifactStage } from './stages/artifact-stage.ts';
import { type BuildStage, buildStage } from './stages/build-stage.ts';
import { destinationOf } from './stages/destination-of-run.ts';
import { preflightStage } from './stages/preflight-stage.ts';

/**
 * Events with secrets that a stranger can cause run and upload only what the repository itself holds, whatever was checked out.
 * @param folders Where something may be checked out: the workspace, if a project is built. Folders that are synced may hold what no
 * git knows, because another job made it.
 */
export async function refuseUnknownHead({ ports, context }: Run, folders?: readonly string[]): Promise<void> {
  const { trustedHeads, workspace } = context;
  if (!trustedHeads) return;
  const places = folders ?? [workspace];
  const heads = await Promise.all(places.map((folder) => checkoutGit(ports, folder).head()));
  const strange = heads.filter((head) => (head === undefined ? !folders : !trustedHeads.includes(head)));
  if (strange.length === 0) return;
  const [head] = strange;
  throw new DeployError(
    'UNTRUSTED_CODE',
    `${context.event} gives this job secrets, and ${head ?? 'an unknown commit'} is checked out.`,
    {
      hint: 'Use "on: pull_request" for the code of pull requests, or leave out ref of actions/checkout.',
    },
  );
}

/** In a pull request actions/checkout gets GitHub's merge commit unless it is told otherwise; a preview is of the head. */
async function warnOfMerge({ ports, recorder, context, plan }: Run): Promise<void> {
  if (plan.kind !== 'preview') return;
  const head = await checkoutGit(ports, context.workspace).head();
  if (head === undefined || head === context.sha) return;
  recorder.warn(
    `The preview is of ${context.sha.slice(0, 12)}, and ${head.slice(0, 12)} is checked out. Set ref of actions/checkout to \${{ github.event.pull_request.head.sha }}.`,
  );
}

/** Builds what is to be released, or takes it over from the job that built it. */
export async function obtain(run: Run): Promise<BuildStage> {
  const { artifact } = run.inputs;
  if (artifact !== undefined) return run.recorder.stage('Artifact', () => artifactStage(run, artifact));
  await refuseUnknownHead(run);
  await warnOfMerge(run);
  return run.recorder.stage('Build', () => buildStage(run));
}

/** Other findings in a project with which Django itself has failed: one mistake must not hide another. */
export const lookAtFailed = (run: Run, { outcome, workspace, findings }: BuildFailure): Promise<void> =>
  run.recorder.stage('Preflight', () => preflightStage({ outcome, workspace, findings, failed: true }, undefined, run));

/**
 * What is to be released and where it goes, looked at before anything goes out. Packing has begun when it returns.
 * @throws DeployError with what is to be fixed.
 */
export async function prepare(run: Run): Promise<{ built: BuildStage; target: Destination }> {
  const built = await obtain(run).catch(async (failure: unknown) => {
    // What stops the run is the failure; the rest is shown beside it.
    if (failure instanceof BuildFailure) await lookAtFailed(run, failure).catch(() => undefined);
    throw failure;
  });
  const target = destinationOf(run, built);
  await run.recorder.stage('Preflight', () => preflightStage(built, target, run));
  // From here on it is packed beside other stages. Whoever waits for it gets its failure; a run that ends before has its own.
  built.artifact().catch(() => undefined);
  return { built, target };
}

/** The job that runs the project's code is the one in which secrets are not safe. */
export function warnOfSecrets({ inputs, recorder }: Run): void {
  const { accessKeyId, secretAccessKey, hostInputs, databaseUrl, trustedSourceToken, cdnToken } = inputs;
  const secrets = {
    'access-key-id': accessKeyId,
    'secret-access-key': secretAccessKey,
    'host-token': hostInputs.token,
    'deploy-hook': hostInputs.deployHook,
    'database-url': databaseUrl,
    'trusted-source-token': trustedSourceToken,
    'cdn-token': cdnToken,
  };
  const given = Object.entries(secrets).flatMap(([name, secret]) => (secret ? [name] : []));
  if (given.length === 0) return;
  recorder.warn(
    `"command: build" needs no secrets, and the code that it runs is near them. Give ${listSome(given, 5)} to the step that deploys.`,
  );
}

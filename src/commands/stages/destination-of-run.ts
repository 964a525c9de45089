import { DeployError } from '../../core/errors.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { type Destination, type Placement, planDestination } from '../../plan/destination.ts';
import { previewDestination } from '../../plan/preview-destination.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';

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
export function destinationOf(run: Run, { outcome, mediaFolder }: BuildStage): Destination {
  const { inputs, context, plan, identity, site } = run;
  const { project, collected } = outcome;
  if (!project) throw new DeployError('INTERNAL', 'Django wrote no settings.');
  const own = { ...inputs, ...foldersIn(inputs, mediaFolder) };
  if (inputs.artifact !== undefined) refuseBorrowedBucket(own, project);
  const target = planDestination({ ...own, url: site }, context, identity.name, project, collected?.root);
  return plan.kind === 'preview' ? previewDestination(inputs, target, identity) : target;
}

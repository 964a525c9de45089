import { DeployError } from '../../core/errors.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { type Destination, type Placement, planDestination } from '../../plan/destination.ts';
import { previewDestination } from '../../plan/preview-destination.ts';
import type { RunPlan } from '../../plan/run-plan.ts';
import { bucketNamedBy } from '../../plan/storage-placement.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';

/**
 * An artifact comes out of a job in which the project's code ran. What it says decides how files are called, and never who
 * gets the requests that are signed with this job's credentials.
 */
function refuseBorrowedBucket(inputs: Inputs, project: Placement): void {
  const remote =
    bucketNamedBy(project.static_storage) ?? (inputs.mediaDir ? bucketNamedBy(project.media_storage) : undefined);
  const named = { bucket: remote?.name, endpoint: remote?.endpoint, region: remote?.region };
  const names = (['bucket', 'endpoint', 'region'] as const).filter((name) => named[name] && !inputs[name]);
  if (names.length === 0) return;
  const lines = names.map((name) => `${name}: ${named[name]}`);
  throw new DeployError(
    'INVALID_INPUTS',
    `With artifact the bucket is not taken from the settings, which another job read: ${names.join(', ')} must be set here.`,
    { hint: `If they are right, write under "with:" of this step: ${lines.join(', ')}` },
  );
}

/** The same for a bucket that only the media have: no input can name it. */
function refuseBorrowedMedia({ media }: Destination): void {
  if (!media?.bucket) return;
  throw new DeployError(
    'INVALID_INPUTS',
    `With artifact the bucket "${media.bucket.name}" of the media is not taken from the settings, which another job read.`,
    {
      hint: `Leave media-dir out here, and sync the media in a step of its own: command: sync, bucket: ${media.bucket.name}, media-dir: …`,
    },
  );
}

const signedKinds = new Set<RunPlan['kind']>(['deploy', 'preview', 'check']);

/** Google's S3 API takes keys of its own (https://cloud.google.com/storage/docs/authentication/hmackeys), and none of AWS. */
function refuseForeignKeys({ ports, inputs, plan }: Run, { static_storage: storage }: Placement): void {
  if (storage?.remote?.kind !== 'google' || inputs.bucket !== undefined || !signedKinds.has(plan.kind)) return;
  if (inputs.accessKeyId || ports.env.AWS_ACCESS_KEY_ID) return;
  throw new DeployError(
    'INVALID_INPUTS',
    `The storage "staticfiles" (${storage.backend}) keeps static files at Google Cloud Storage, and there is no HMAC key for it.`,
    {
      hint: 'Make one for a service account (Cloud Storage, Settings, Interoperability), and set access-key-id and secret-access-key.',
    },
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
  refuseForeignKeys(run, project);
  const target = planDestination({ ...own, url: site }, context, identity.name, project, collected?.root);
  if (inputs.artifact !== undefined) refuseBorrowedMedia(target);
  return plan.kind === 'preview' ? previewDestination(inputs, target, identity) : target;
}

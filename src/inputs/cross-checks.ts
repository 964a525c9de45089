import { checkHost } from '../hosts/contract/check-host.ts';
import type { HostDefinition, HostIntent } from '../hosts/contract/host.ts';
import { checkStepOptions } from '../hosts/contract/options.ts';
import { endsInBucket } from '../store/bucket-forms.ts';
import { checkCdn } from './cdn-inputs.ts';
import type { Reader } from './input-reader.ts';
import type { Inputs } from './inputs.ts';
import { type InputName, type Row, table } from './table.ts';

/** Finds the mistakes that no input has alone. Those of missing secrets count only where the run needs them. */
export function crossCheck(
  read: Reader,
  inputs: Inputs,
  definition: HostDefinition | undefined,
  intent: HostIntent | undefined,
): void {
  if (intent) checkCredentials(read, inputs);
  checkEndpoint(read, inputs);
  checkRollback(read, inputs);
  checkSync(read, inputs);
  checkArtifact(read, inputs);
  checkCdn(read, inputs, intent !== undefined);
  read.mistakes.push(...checkStepOptions(inputs.hostInputs.options));
  if (!inputs.healthPath.startsWith('/')) read.add('health-path', `"${inputs.healthPath}" does not start with /`);
  const isRefused = read.mistakes.some(({ input }) => input === 'host');
  if (intent === 'deploy' && inputs.host === 'auto' && inputs.command !== 'sync' && !isRefused)
    read.add('host', nobodyToAsk);
  if (!definition) return;
  checkFormat(read, inputs, definition);
  if (Object.keys(inputs.hostEnv).length > 0 && !definition.setsVariables)
    read.add('host-env', `is set, and ${definition.title} has no API that sets variables; set them there by hand`);
  if (intent) read.mistakes.push(...checkHost(definition, inputs.hostInputs, intent));
}

/** The runner cannot tell an input that is empty from one that is absent, and a secret that is missing is empty. */
const nobodyToAsk =
  'is empty, and so are service, host-token and deploy-hook, so there is nobody to ask to deploy. A secret that does not exist is empty: check its name, whether the job has the "environment:" that holds it, and, in a called workflow, "secrets: inherit". To put only the files in place, write "host: none"';

function checkEndpoint(read: Reader, { bucket, endpoint }: Inputs): void {
  if (bucket === undefined || endpoint === undefined || !URL.canParse(endpoint) || !endsInBucket(endpoint, bucket))
    return;
  const without = endpoint.slice(0, -bucket.length).replace(/\/+$/, '');
  read.add('endpoint', `"${endpoint}" ends in the bucket; write ${without}`);
}

/** Keys that begin with ASIA are of a role, and are refused without their token (AWS, "Unique identifiers"). */
const temporaryKey =
  'is a temporary key, and its session token is missing; leave access-key-id and secret-access-key out so that the environment counts (aws-actions/configure-aws-credentials sets it), or set AWS_SESSION_TOKEN under "env:" of the step';

function checkCredentials(read: Reader, { accessKeyId, secretAccessKey, sessionToken }: Inputs): void {
  if (accessKeyId?.reveal().startsWith('ASIA') && !sessionToken) read.add('access-key-id', temporaryKey);
  if (accessKeyId && !secretAccessKey)
    read.add('secret-access-key', 'is empty, and access-key-id is not; give both or none');
  if (secretAccessKey && !accessKeyId)
    read.add('access-key-id', 'is empty, and secret-access-key is not; give both or none');
}

function checkSync(read: Reader, { command, shard, bucket, staticDir, mediaDir }: Inputs): void {
  if (shard && command !== 'sync') read.add('shard', 'is set, and only "command: sync" can be spread over jobs');
  if (command !== 'sync') return;
  if (!bucket) read.add('bucket', 'is empty, and "command: sync" asks no project for one; name the bucket');
  if (!staticDir && !mediaDir)
    read.add('static-dir', 'is empty, and so is media-dir; name the folder that is to be synced');
  if (mediaDir === 'auto')
    read.add('media-dir', '"auto" is MEDIA_ROOT, and "command: sync" asks no project for it; write the folder');
}

/** Which release to go back to is a question of the command alone. */
function checkRollback(read: Reader, { command, rollbackTo }: Inputs): void {
  if (rollbackTo !== undefined && command !== 'rollback')
    read.add('rollback', `"${rollbackTo}" is neither true nor false; a release is named with "command: rollback"`);
}

/** Inputs that only a build follows. */
const buildInputs = Object.entries(table)
  .filter(([, row]: [string, Row]) => row.buildOnly)
  .map(([name]) => name as InputName);

/** An artifact is built already, and what is to be built is said where that is done. */
function checkArtifact(read: Reader, { artifact, command }: Inputs): void {
  if (artifact === undefined) return;
  if (command === 'build' || command === 'sync')
    read.add('artifact', `is what "command: build" made, and "command: ${command}" takes none`);
  for (const name of buildInputs) {
    if (read.isGiven(name))
      read.add(name, 'is set beside artifact, which is built already; move it to the step with "command: build"');
  }
}

function checkFormat(
  read: Reader,
  { artifactFormat }: Inputs,
  { title, artifactFormat: wanted }: HostDefinition,
): void {
  if (wanted !== undefined && artifactFormat !== wanted)
    read.add('artifact-format', `is ${artifactFormat}, and ${title} takes ${wanted}; leave artifact-format out`);
}

import { definitionOf, missingToken, optionsOfSource } from '../databases/trusted-sources/choose-source.ts';
import { checkHost } from '../hosts/contract/check-host.ts';
import type { HostDefinition, HostIntent } from '../hosts/contract/host.ts';
import { checkOptions, checkStepOptions, optionsOf } from '../hosts/contract/options.ts';
import { endsInBucket } from '../store/bucket-forms.ts';
import { checkCdn } from './cdn-inputs.ts';
import { databaseUrlProblem } from './database-url.ts';
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
  checkMigrate(read, inputs, definition);
  checkPreviewDatabase(read, inputs, intent);
  checkCdn(read, inputs, intent !== undefined);
  read.mistakes.push(...checkStepOptions(inputs.hostInputs.options));
  if (!inputs.healthPath.startsWith('/')) read.add('health-path', `"${inputs.healthPath}" does not start with /`);
  const isRefused = read.mistakes.some(({ input }) => input === 'host');
  if (intent === 'deploy' && inputs.host === 'auto' && inputs.command !== 'sync' && !isRefused)
    read.add('host', nobodyToAsk);
  checkSource(read, inputs, definition, intent);
  if (!definition) return;
  checkFormat(read, inputs, definition);
  if (Object.keys(inputs.hostEnv).length > 0 && !definition.setsVariables)
    read.add('host-env', `is set, and ${definition.title} has no API that sets variables; set them there by hand`);
  if (intent) read.mistakes.push(...checkHost(withSourceOptions(definition, inputs), inputs.hostInputs, intent));
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

function checkSync(read: Reader, { command, shard, bucket, staticDir, mediaDir, allowedOrigins }: Inputs): void {
  if (shard && command !== 'sync') read.add('shard', 'is set, and only "command: sync" can be spread over jobs');
  if (command !== 'sync') return;
  if (!bucket) read.add('bucket', 'is empty, and "command: sync" asks no project for one; name the bucket');
  if (allowedOrigins.includes('auto'))
    read.add('allowed-origins', '"auto" is the live origin, and "command: sync" knows none; write it out');
  if (!staticDir && !mediaDir)
    read.add('static-dir', 'is empty, and so is media-dir; name the folder that is to be synced');
  if (mediaDir === 'auto')
    read.add('media-dir', '"auto" is MEDIA_ROOT, and "command: sync" asks no project for it; write the folder');
}

/** A host that takes the options of the database's firewall as well as its own. */
function withSourceOptions<D extends Pick<HostDefinition, 'options'>>(definition: D, { trustedSource }: Inputs): D {
  if (!trustedSource) return definition;
  const own = new Set(optionsOf(definition).map(({ name }) => name));
  const more = optionsOfSource(trustedSource).filter(({ name }) => !own.has(name));
  return { ...definition, options: [...definition.options, ...more] };
}

function checkSource(
  read: Reader,
  inputs: Inputs,
  definition: HostDefinition | undefined,
  intent: HostIntent | undefined,
): void {
  const { trustedSource, trustedSourceToken, hostInputs } = inputs;
  if (!trustedSource) {
    if (trustedSourceToken && !read.mistakes.some(({ input }) => input === 'trusted-source'))
      read.add('trusted-source-token', 'is set, and trusted-source is empty; name the database there, or leave it out');
    return;
  }
  if (!intent) return;
  if (inputs.migrate !== 'run' && inputs.previewDatabase === 'off')
    read.add(
      'trusted-source',
      'is set, and this step works with no database; set "migrate: run" or "preview-database: create", or leave it out',
    );
  const missing = missingToken(trustedSource, trustedSourceToken);
  if (missing) read.add('trusted-source-token', missing);
  // Otherwise they are checked together with the options of the host.
  const { title } = definitionOf(trustedSource);
  if (!definition) read.mistakes.push(...checkOptions(hostInputs, { title, options: optionsOfSource(trustedSource) }));
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

/** Who migrates: the runner needs the project's code beside the URL of the database, and the host a phase of its own. */
function checkMigrate(
  read: Reader,
  { migrate, artifact, command, host, env, databaseUrl }: Inputs,
  definition: HostDefinition | undefined,
): void {
  if (migrate === 'run' && artifact !== undefined)
    read.add(
      'migrate',
      'is run, which runs code of the project, and beside artifact none runs here; write "migrate: host", so that the host migrates, or build and deploy in one step without artifact',
    );
  if (migrate === 'run' && command === 'build')
    read.add(
      'migrate',
      'is run, and "command: build" releases nothing; write "migrate: check" here. The step that deploys its artifact takes "migrate: host"',
    );
  if (migrate === 'host' && host !== 'auto' && !definition?.migrations)
    read.add(
      'migrate',
      `is host, and ${definition?.title ?? 'without a host nobody'} has no phase in which it could migrate; write "migrate: run"`,
    );
  const url = env.DATABASE_URL?.reveal();
  const problem = migrate === 'run' && !databaseUrl && url ? databaseUrlProblem(url) : undefined;
  if (problem !== undefined) read.add('database-url', `is empty, and DATABASE_URL of env ${problem}`);
}

/** A template of a hook, or a variable of the host, that tells the preview where its database is. */
const tellsUrl = (text: string): boolean => text.includes('{database-url}');

/** A preview's own database needs a server to stand on, and a preview that is told of it. */
function checkPreviewDatabase(read: Reader, inputs: Inputs, intent: HostIntent | undefined): void {
  const { previewDatabase, seedCommand, artifact, migrate, databaseUrl, env, hostEnv, hostInputs } = inputs;
  const inHook = Object.values(hostInputs.options).flat().some(tellsUrl);
  const isTold = inHook || Object.values(hostEnv).some((value) => tellsUrl(value.reveal()));
  if (previewDatabase === 'off') {
    if (seedCommand)
      read.add(
        'seed-command',
        'is set, and fills databases of previews, which have none; write "preview-database: create"',
      );
    if (inHook)
      read.add('host-options', '{database-url} is the database of a preview; write "preview-database: create"');
    return;
  }
  if (seedCommand && artifact !== undefined)
    read.add(
      'seed-command',
      'runs code of the project, and beside artifact none runs here; leave it out and let the preview fill its database when it starts, or build and deploy in one step without artifact',
    );
  if (seedCommand && migrate === 'host')
    read.add(
      'seed-command',
      'comes after the migration, and with "migrate: host" the host migrates later; write "migrate: run", which migrates databases of previews here',
    );
  if (intent !== 'preview') return;
  const url = databaseUrl ?? env.DATABASE_URL;
  const problem = databaseUrl ? undefined : url && databaseUrlProblem(url.reveal());
  if (!url)
    read.add(
      'database-url',
      'is empty, and "preview-database: create" makes databases on its server; pass the URL of a database there, whose user may make others, from a secret',
    );
  else if (problem !== undefined) read.add('database-url', `is empty, and DATABASE_URL of env ${problem}`);
  if (!isTold)
    read.add(
      'preview-database',
      'is create, and nothing tells the preview where its database is; write DATABASE_URL={database-url} into host-env, or {database-url} into the body or URL of preview-hook',
    );
}

function checkFormat(
  read: Reader,
  { artifactFormat }: Inputs,
  { title, artifactFormat: wanted }: HostDefinition,
): void {
  if (wanted !== undefined && artifactFormat !== wanted)
    read.add('artifact-format', `is ${artifactFormat}, and ${title} takes ${wanted}; leave artifact-format out`);
}

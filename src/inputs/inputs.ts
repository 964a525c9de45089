import { DeployError } from '../core/errors.ts';
import type { Mistake } from '../core/mistake.ts';
import type { HostDefinition, HostInputs, HostIntent } from '../hosts/contract/host.ts';
import { checkOptions } from '../hosts/contract/options.ts';
import type { Secret } from '../lib/secret.ts';
import { plural } from '../lib/text.ts';
import { type Acl, cannedAcls } from '../store/acl.ts';
import type { Shard } from '../store/shard.ts';
import type { HeaderRule } from '../sync/header-rules.ts';
import { type ArtifactFormat, artifactFormats } from './artifact-format.ts';
import { type InputSource, Reader } from './input-reader.ts';

const commands = ['auto', 'build', 'sync', 'deploy', 'preview', 'teardown', 'rollback', 'check'] as const;
const checkLevels = ['error', 'warning', 'off'] as const;
const compressions = ['off', 'gzip'] as const;
const migrateModes = ['check', 'off'] as const;
/** Every input of the step, parsed. Empty ones are undefined; later stages fill them from settings, event or host. */
export interface Inputs {
  readonly command: (typeof commands)[number];
  readonly dryRun: boolean;
  readonly workingDirectory: string;
  readonly settingsModule: string | undefined;
  /** `auto`, `none` or a command line. */
  readonly install: string;
  readonly buildCommand: string | undefined;
  readonly postBuildCommand: string | undefined;
  readonly env: Readonly<Record<string, Secret>>;
  readonly checks: (typeof checkLevels)[number];
  /** Path of what `command: build` made in another job: the file, or the folder that it was downloaded to. */
  readonly artifact: string | undefined;
  readonly artifactFormat: ArtifactFormat;
  readonly bucket: string | undefined;
  readonly endpoint: string | undefined;
  /** Vendor of the bucket, where the endpoint names it: `ceph+https://s3.example.com`. */
  readonly vendor: string | undefined;
  readonly region: string | undefined;
  readonly accessKeyId: Secret | undefined;
  readonly secretAccessKey: Secret | undefined;
  readonly staticDir: string | undefined;
  /** `auto` is MEDIA_ROOT. */
  readonly mediaDir: string | undefined;
  readonly staticPrefix: string | undefined;
  readonly mediaPrefix: string | undefined;
  readonly acl: Acl | undefined;
  readonly mediaAcl: Acl | undefined;
  readonly headers: readonly HeaderRule[];
  readonly compress: (typeof compressions)[number];
  readonly allowFiles: readonly string[];
  /** Milliseconds after which static files that no release names go; undefined is `off`. */
  readonly prune: number | undefined;
  /** Uploads at once; undefined is `auto`. */
  readonly concurrency: number | undefined;
  /** The part of the folders that this job syncs; undefined is all. */
  readonly shard: Shard | undefined;
  /** A key of the map of hosts, or `none`; still `auto` if the inputs lead to no host. */
  readonly host: string;
  readonly hostInputs: HostInputs;
  readonly url: string | undefined;
  readonly healthPath: string;
  /** Milliseconds for release and proof together. */
  readonly timeout: number;
  readonly migrate: (typeof migrateModes)[number];
  /** Put the release before back where the proof fails. */
  readonly rollback: boolean;
  /** The release to go back to: its id, or a commit. Undefined is the one before the live one. */
  readonly rollbackTo: string | undefined;
  /** Globs of branches whose pushes go to production; none is the default branch. */
  readonly productionBranches: readonly string[];
  readonly environment: string | undefined;
  /** Keep one comment on the pull request up to date. */
  readonly comment: boolean;
  readonly githubToken: Secret | undefined;
}

/** Names of variables that say nothing secret and whose values would blot out useful lines of the log. */
const plainVariables = new Set(['DJANGO_SETTINGS_MODULE', 'PYTHONPATH', 'DEBUG', 'NODE_ENV', 'LANG', 'TZ']);

/** Every value among the inputs that must never be shown. */
export function secretsOf(inputs: Inputs, hosts: Readonly<Record<string, HostDefinition>>): string[] {
  const { accessKeyId, secretAccessKey, hostInputs, env, githubToken } = inputs;
  const direct = [accessKeyId, secretAccessKey, hostInputs.token, hostInputs.deployHook, githubToken];
  const variables = Object.entries(env).filter(([name]) => !plainVariables.has(name));
  const values = [...direct, ...variables.map(([, value]) => value)].flatMap((secret) => secret?.reveal() ?? []);
  return [...values, ...(hosts[inputs.host]?.secrets?.(hostInputs) ?? [])].filter((value) => value !== '');
}

/** `host: auto` is the first host whose inputs these are; it stays `auto` if there is nobody to ask. */
function resolveHost(given: string, inputs: HostInputs, hosts: Readonly<Record<string, HostDefinition>>): string {
  if (given !== 'auto') return given;
  return Object.entries(hosts).find(([, definition]) => definition.matches(inputs))?.[0] ?? 'auto';
}

/** The runner cannot tell an input that is empty from one that is absent, and a secret that is missing is empty. */
const nobodyToAsk =
  'is empty, and so are service, host-token and deploy-hook, so there is nobody to ask to deploy. A secret that does not exist is empty: check its name, whether the job has the "environment:" that holds it, and, in a called workflow, "secrets: inherit". To put only the files in place, write "host: none"';

function checkCredentials(read: Reader, inputs: Inputs): void {
  const { accessKeyId, secretAccessKey } = inputs;
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
const buildInputs = [
  'install',
  'build-command',
  'post-build-command',
  'env',
  'settings-module',
  'static-dir',
  'media-dir',
];

/** An artifact is built already, and what is to be built is said where that is done. */
function checkArtifact(read: Reader, { artifact, command, install }: Inputs): void {
  if (artifact === undefined) return;
  if (command === 'build' || command === 'sync')
    read.add('artifact', `is what "command: build" made, and "command: ${command}" takes none`);
  for (const name of buildInputs) {
    if (read.text(name) !== undefined && !(name === 'install' && install === 'auto'))
      read.add(name, 'is set beside artifact, which is built already; move it to the step with "command: build"');
  }
}

/**
 * Reads every input of the step, and finds every mistake in them. The only reader of inputs.
 * @param intentOf What the run wants of the host; undefined where it needs no secrets, so that missing ones are no mistake.
 */
export function parseInputs(
  source: InputSource,
  hosts: Readonly<Record<string, HostDefinition>>,
  intentOf: (inputs: Inputs) => HostIntent | undefined,
): { inputs: Inputs; mistakes: readonly Mistake[] } {
  const read = new Reader(source);
  const { options, empty } = read.options('host-options');
  const hostInputs: HostInputs = {
    service: read.text('service'),
    token: read.secret('host-token'),
    deployHook: read.secret('deploy-hook'),
    options,
  };
  const names = ['auto', ...Object.keys(hosts), 'none'];
  const host = resolveHost(read.choice('host', names, 'auto'), hostInputs, hosts);
  const inputs: Inputs = {
    command: read.choice('command', commands, 'auto'),
    dryRun: read.boolean('dry-run', false),
    workingDirectory: read.path('working-directory') ?? '.',
    settingsModule: read.text('settings-module'),
    install: read.text('install') ?? 'auto',
    buildCommand: read.text('build-command'),
    postBuildCommand: read.text('post-build-command'),
    env: read.env('env'),
    checks: read.choice('checks', checkLevels, 'error'),
    artifact: read.path('artifact'),
    artifactFormat: read.choice('artifact-format', artifactFormats, 'tar.gz'),
    bucket: read.text('bucket'),
    ...read.endpoint('endpoint'),
    region: read.text('region') ?? source.env.AWS_REGION ?? source.env.AWS_DEFAULT_REGION,
    accessKeyId: read.secret('access-key-id'),
    secretAccessKey: read.secret('secret-access-key'),
    staticDir: read.path('static-dir'),
    mediaDir: read.path('media-dir'),
    staticPrefix: read.prefix('static-prefix'),
    mediaPrefix: read.prefix('media-prefix'),
    acl: read.optionalChoice('acl', cannedAcls),
    mediaAcl: read.optionalChoice('media-acl', cannedAcls),
    headers: read.rules('headers'),
    compress: read.choice('compress', compressions, 'off'),
    allowFiles: read.lines('allow-files'),
    prune: read.age('prune', '30d'),
    concurrency: read.count('concurrency'),
    shard: read.shard('shard'),
    host,
    hostInputs,
    url: read.url('url'),
    healthPath: read.text('health-path') ?? '/',
    timeout: read.duration('timeout', '20m'),
    migrate: read.choice('migrate', migrateModes, 'check'),
    ...read.rollback('rollback'),
    productionBranches: read.lines('production-branch'),
    environment: read.text('environment'),
    comment: read.boolean('comment', true),
    githubToken: read.secret('github-token'),
  };
  const intent = intentOf(inputs);
  if (intent) checkCredentials(read, inputs);
  if (intent) read.mistakes.push(...empty);
  checkRollback(read, inputs);
  checkSync(read, inputs);
  checkArtifact(read, inputs);
  if (!inputs.healthPath.startsWith('/')) read.add('health-path', `"${inputs.healthPath}" does not start with /`);
  const definition = hosts[host];
  if (intent === 'deploy' && host === 'auto' && inputs.command !== 'sync') read.add('host', nobodyToAsk);
  if (definition && intent) {
    read.mistakes.push(
      ...checkOptions(hostInputs, definition.title, definition.options),
      ...definition.check(hostInputs, intent),
    );
  }
  return { inputs, mistakes: read.mistakes };
}

/** An error that names every mistake, each with what to type. */
export function invalidInputs(mistakes: readonly Mistake[]): DeployError {
  const lines = mistakes.map(({ input, message }) => `  ${input}: ${message}`);
  return new DeployError(
    'INVALID_INPUTS',
    `${plural(mistakes.length, 'mistake')} in the inputs of this step:\n${lines.join('\n')}`,
    {
      hint: 'Fix these under "with:" of the step.',
    },
  );
}

import { DeployError } from './errors.ts';
import type { HostDefinition, HostInputs, HostOptions, Mistake } from './hosts/host.ts';
import { checkOptions } from './hosts/options.ts';
import { parseBoolean, parseDuration, parseLines, parseNamedLines } from './lib/parse.ts';
import { Secret } from './lib/secret.ts';
import { plural } from './lib/text.ts';

export const commands = ['auto', 'deploy'] as const;
export const checkLevels = ['error', 'warning', 'off'] as const;
export const migrateModes = ['check', 'off'] as const;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl, those that an upload can have. */
export const cannedAcls = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
] as const;

export type Acl = (typeof cannedAcls)[number];

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
  readonly bucket: string | undefined;
  readonly endpoint: string | undefined;
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
  readonly allowFiles: readonly string[];
  /** Uploads at once; undefined is `auto`. */
  readonly concurrency: number | undefined;
  /** `none`, or a key of the map of hosts; `auto` is already resolved. */
  readonly host: string;
  readonly hostInputs: HostInputs;
  readonly url: string | undefined;
  readonly healthPath: string;
  /** Milliseconds for release and proof together. */
  readonly timeout: number;
  readonly migrate: (typeof migrateModes)[number];
  readonly environment: string | undefined;
}

/** How the inputs are read: by name, '' where not given. Region falls back to AWS's own variables. */
export interface InputSource {
  input(name: string): string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Names of variables that say nothing secret and whose values would blot out useful lines of the log. */
const plainVariables = new Set(['DJANGO_SETTINGS_MODULE', 'PYTHONPATH', 'DEBUG', 'NODE_ENV', 'LANG', 'TZ']);

/** Every value among the inputs that must never be shown. */
export function secretsOf(inputs: Inputs, hosts: Readonly<Record<string, HostDefinition>>): string[] {
  const { accessKeyId, secretAccessKey, hostInputs, env } = inputs;
  const direct = [accessKeyId, secretAccessKey, hostInputs.token, hostInputs.deployHook];
  const variables = Object.entries(env).filter(([name]) => !plainVariables.has(name));
  const values = [...direct, ...variables.map(([, value]) => value)].flatMap((secret) => secret?.reveal() ?? []);
  return [...values, ...(hosts[inputs.host]?.secrets?.(hostInputs) ?? [])].filter((value) => value !== '');
}

class Reader {
  readonly mistakes: Mistake[] = [];
  readonly #source: InputSource;

  constructor(source: InputSource) {
    this.#source = source;
  }

  add(input: string, message: string): void {
    this.mistakes.push({ input, message });
  }

  text(name: string): string | undefined {
    return this.#source.input(name).trim() || undefined;
  }

  secret(name: string): Secret | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : new Secret(value);
  }

  choice<T extends string>(name: string, choices: readonly T[], standard: T): T {
    return this.optionalChoice(name, choices) ?? standard;
  }

  optionalChoice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.text(name);
    const choice = choices.find((one) => one === value);
    if (value !== undefined && choice === undefined) this.add(name, `"${value}" is none of ${choices.join(', ')}`);
    return choice;
  }

  boolean(name: string, standard: boolean): boolean {
    const value = this.text(name);
    if (value === undefined) return standard;
    const parsed = parseBoolean(value);
    if (parsed === undefined) this.add(name, `"${value}" is neither true nor false`);
    return parsed ?? standard;
  }

  duration(name: string, standard: string): number {
    const value = this.text(name) ?? standard;
    const parsed = parseDuration(value);
    if (parsed === undefined) this.add(name, `"${value}" is no duration; write it like 90s, 20m or 1h30m`);
    return parsed ?? 0;
  }

  /** A path inside the workspace: relative, and without a way out. */
  path(name: string): string | undefined {
    const value = this.text(name);
    if (value?.split(/[\\/]/).includes('..')) {
      this.add(name, `"${value}" leads out of the repository; write a path below it`);
    }
    return value;
  }

  url(name: string, value = this.text(name)): string | undefined {
    if (value === undefined) return undefined;
    const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `https://${value}`;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) {
      this.add(name, `"${value}" is no URL; write it like https://www.example.com`);
    } else if (url.username || url.password) {
      this.add(name, 'holds a user name or password; leave them out, because a URL is shown in logs');
    } else if (url.search || url.hash) {
      this.add(name, 'has a query or fragment; write the address alone');
    }
    return url ? url.href.replace(/\/+$/, '') : text;
  }

  count(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined || value === 'auto') return undefined;
    if (!/^[1-9]\d{0,3}$/.test(value)) this.add(name, `"${value}" is neither auto nor a number from 1 to 9999`);
    return Number(value);
  }

  env(name: string): Record<string, Secret> {
    const variables: Record<string, Secret> = {};
    for (const { name: variable, value, line } of parseNamedLines(this.text(name) ?? '', '=')) {
      // The line itself is not quoted: it may be a secret whose name was forgotten.
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) this.add(name, `line ${line} is not NAME=value`);
      else variables[variable] = new Secret(value);
    }
    return variables;
  }

  options(name: string): HostOptions {
    const options: Record<string, string[]> = {};
    for (const { name: key, value, line } of parseNamedLines(this.text(name) ?? '', ':')) {
      if (!/^[a-z][a-z0-9-]*$/.test(key)) this.add(name, `line ${line} is not "name: value"`);
      else if (value === '') this.add(name, `line ${line}: "${key}" has no value`);
      else options[key] = [...(options[key] ?? []), value];
    }
    return options;
  }

  prefix(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    for (const [whole, inner = ''] of value.matchAll(/\{([^{}]*)\}/g)) {
      if (!prefixPlaceholders.some((known) => known === inner)) {
        this.add(name, `${whole} stands for nothing; there are {${prefixPlaceholders.join('}, {')}}`);
      }
    }
    return value;
  }
}

/** What `{…}` in a prefix can stand for. */
export const prefixPlaceholders = ['environment', 'pr', 'sha', 'branch'] as const;

/** `host: auto` is the first host whose inputs these are, and none where there is nothing to ask. */
function resolveHost(given: string, inputs: HostInputs, hosts: Readonly<Record<string, HostDefinition>>): string {
  if (given !== 'auto') return given;
  return Object.entries(hosts).find(([, definition]) => definition.matches(inputs))?.[0] ?? 'none';
}

function checkCredentials(read: Reader, inputs: Inputs): void {
  const { accessKeyId, secretAccessKey } = inputs;
  if (accessKeyId && !secretAccessKey)
    read.add('secret-access-key', 'is empty, and access-key-id is not; give both or none');
  if (secretAccessKey && !accessKeyId)
    read.add('access-key-id', 'is empty, and secret-access-key is not; give both or none');
}

/**
 * Reads every input of the step. The only reader of inputs.
 * @param withoutSecrets The run deploys nothing and may have no secrets, so that missing ones are no mistake.
 * @throws DeployError INVALID_INPUTS that names every mistake, each with what to type.
 */
export function readInputs(
  source: InputSource,
  hosts: Readonly<Record<string, HostDefinition>>,
  withoutSecrets: boolean,
): Inputs {
  const read = new Reader(source);
  const hostInputs: HostInputs = {
    service: read.text('service'),
    token: read.secret('host-token'),
    deployHook: read.secret('deploy-hook'),
    options: read.options('host-options'),
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
    bucket: read.text('bucket'),
    endpoint: read.url('endpoint'),
    region: read.text('region') ?? source.env.AWS_REGION ?? source.env.AWS_DEFAULT_REGION,
    accessKeyId: read.secret('access-key-id'),
    secretAccessKey: read.secret('secret-access-key'),
    staticDir: read.path('static-dir'),
    mediaDir: read.path('media-dir'),
    staticPrefix: read.prefix('static-prefix'),
    mediaPrefix: read.prefix('media-prefix'),
    acl: read.optionalChoice('acl', cannedAcls),
    mediaAcl: read.optionalChoice('media-acl', cannedAcls),
    allowFiles: parseLines(read.text('allow-files') ?? ''),
    concurrency: read.count('concurrency'),
    host,
    hostInputs,
    url: read.url('url'),
    healthPath: read.text('health-path') ?? '/',
    timeout: read.duration('timeout', '20m'),
    migrate: read.choice('migrate', migrateModes, 'check'),
    environment: read.text('environment'),
  };
  if (!withoutSecrets) checkCredentials(read, inputs);
  if (!inputs.healthPath.startsWith('/')) read.add('health-path', `"${inputs.healthPath}" does not start with /`);
  const definition = hosts[host];
  if (definition && !withoutSecrets) {
    read.mistakes.push(
      ...checkOptions(hostInputs, definition.title, definition.options),
      ...definition.check(hostInputs),
    );
  }
  if (read.mistakes.length > 0) throw invalidInputs(read.mistakes);
  return inputs;
}

function invalidInputs(mistakes: readonly Mistake[]): DeployError {
  const lines = mistakes.map(({ input, message }) => `  ${input}: ${message}`);
  return new DeployError(
    'INVALID_INPUTS',
    `${plural(mistakes.length, 'mistake')} in the inputs of this step:\n${lines.join('\n')}`,
    {
      hint: 'Mend these under "with:" of the step.',
    },
  );
}

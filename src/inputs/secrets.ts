import type { HostDefinition } from '../hosts/contract/host.ts';
import { optionsOf } from '../hosts/contract/options.ts';
import { shortestMasked } from '../lib/masking/redactor.ts';
import type { Sensitive } from '../lib/masking/sensitive.ts';
import { hookSecrets, urlCredentials } from '../lib/masking/urls.ts';
import { isSecretName, secretsByPattern, secretsOfVariable } from '../lib/masking/variables.ts';
import { isCommon } from '../lib/masking/words.ts';
import type { Inputs } from './inputs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A secret among the inputs, with the name of the input that it came by. */
export interface InputSecret extends Sensitive {
  readonly input: string;
}

/** Headers that say what a request is, and never who asks. */
const plainHeader =
  /^(accept|accept-\w+|content-\w+|user-agent|cache-control|origin|referer|host|from|date|if-\w+|x-(environment|branch|release|commit|request-id|app|project))$/i;

/** What of a `Name: value` is secret: the value, and the token behind a word such as `Bearer`. */
function headerSecrets(line: string): string[] {
  const colon = line.indexOf(':');
  const [name, value] = [line.slice(0, Math.max(colon, 0)).trim(), line.slice(colon + 1).trim()];
  const fixed = value.replace(/\{[a-z][a-z0-9-]*\}/g, ' ').trim();
  if (plainHeader.test(name)) return secretsByPattern(value).map((one) => one.value);
  const [, token = ''] = /^(?:basic|bearer|token|apikey)\s+(.+)$/i.exec(fixed) ?? [];
  const pair = /^basic\s/i.test(fixed) ? Buffer.from(token, 'base64').toString() : '';
  const password = pair.slice(pair.indexOf(':') + 1);
  return [...fixed.split(/\s{2,}/), token, ...(isText(password) ? [password] : [])];
}

const isText = (value: string): boolean => /^[\x20-\x7e]+$/.test(value);

/** Values of options by what their names say: `…-hook` and `…-header` are what they are called, `…-secret`, `…-token`, `…-key` are credentials. */
function byOptionName(name: string, value: string): Sensitive[] {
  if (name.endsWith('-hook')) return hookSecrets(value);
  if (/(^|-)header$/.test(name) && value.includes(':'))
    return headerSecrets(value).map((one) => ({ value: one, rank: 'secret' }));
  return isSecretName(name) ? [{ value, rank: 'credential' }] : secretsByPattern(value);
}

/** A value that a host says is secret: a hook if it is a URL. */
const ofHost = (value: string): Sensitive[] =>
  /^https?:\/\//i.test(value) ? hookSecrets(value) : [{ value, rank: 'secret' }];

/** What of an option is secret: by what the host's data says of it, else by its name and its value. */
function secretsOfOption(definition: HostDefinition | undefined, name: string, value: string): Sensitive[] {
  const declared = definition && optionsOf(definition).find((option) => option.name === name)?.secret;
  if (declared === true) return [{ value, rank: 'credential' }];
  const named = byOptionName(name, value);
  // Headers that say what a request is are plain, whoever the host is.
  return declared === undefined || /(^|-)header$/.test(name) ? named : [...named, ...declared(value).flatMap(ofHost)];
}

/** Everything among the inputs that must never be shown, decided by the input that it came by, its name and its kind. */
export function secretsOf(inputs: Inputs, hosts: Readonly<Record<string, HostDefinition>>): InputSecret[] {
  const { accessKeyId, secretAccessKey, sessionToken, hostInputs, env, hostEnv, githubToken, databaseUrl, cdnToken } =
    inputs;
  const definition = hosts[inputs.host];
  const found: InputSecret[] = [];
  const add = (input: string, secrets: readonly Sensitive[]) => {
    for (const { value, rank } of secrets)
      if (value !== '' && (rank === 'credential' || !isCommon(value))) found.push({ input, value, rank });
  };
  const credential = (value: string | undefined): Sensitive[] =>
    value === undefined ? [] : [{ value, rank: 'credential' }];
  // The id of a key is shown in consoles and logs of the vendor; it opens nothing alone.
  if (accessKeyId) add('access-key-id', [{ value: accessKeyId.reveal(), rank: 'secret' }]);
  add('secret-access-key', credential(secretAccessKey?.reveal()));
  add('access-key-id', credential(sessionToken?.reveal()));
  add('host-token', credential(hostInputs.token?.reveal()));
  add('trusted-source-token', credential(inputs.trustedSourceToken?.reveal()));
  add('cdn-token', credential(cdnToken?.reveal()));
  add('github-token', credential(githubToken?.reveal()));
  if (databaseUrl) {
    const url = databaseUrl.reveal();
    add('database-url', [
      ...credential(url),
      ...urlCredentials(url).map((value) => ({ value, rank: 'secret' }) as const),
    ]);
  }
  if (hostInputs.deployHook) add('deploy-hook', hookSecrets(hostInputs.deployHook.reveal()));
  for (const [name, values] of Object.entries(hostInputs.options))
    for (const value of values) add('host-options', secretsOfOption(definition, name, value));
  for (const value of definition?.secrets?.(hostInputs) ?? []) add('host-options', ofHost(value));
  for (const [input, variables] of [
    ['env', env],
    ['host-env', hostEnv],
  ] as const)
    for (const [name, value] of Object.entries(variables)) add(input, secretsOfVariable(name, value.reveal()));
  return found;
}

/** Variables of the runner that open something, whatever the step is for. */
const runnerTokens = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN'];
const cloudTokens = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_AUTHORIZATION_TOKEN'];
/** Package managers take a token as the name of a user. */
const indexUser = /^(UV_INDEX|PIP|POETRY_HTTP_BASIC|PDM|PIPENV|TWINE)_.*USERNAME$/i;
/** Folders of the shell; elsewhere a name with PWD is that of a password. */
const ofShell = /^(OLD)?PWD$/;
/** What the runner says about itself. */
const ofRunner = /^(GITHUB|RUNNER|ACTIONS|INPUT|STATE)_/;

/** Everything in the environment of the step that must never be shown: tokens of the runner and of clouds, credentials of indexes and proxies. */
export function secretsOfEnvironment(environment: Environment): Sensitive[] {
  return Object.entries(environment).flatMap(([name, value = '']): Sensitive[] => {
    if (value === '' || isCommon(value) || value === '__token__') return [];
    if ([...runnerTokens, ...cloudTokens].includes(name)) return [{ value, rank: 'credential' }];
    if (ofRunner.test(name) || ofShell.test(name)) return [];
    if (isSecretName(name) || indexUser.test(name)) return [{ value, rank: 'secret' }, ...secretsByPattern(value)];
    return secretsByPattern(value);
  });
}

/** What the inputs say that the run makes public anyway. */
export const publicInputs = (inputs: Inputs): (string | undefined)[] => [
  inputs.url,
  inputs.environment,
  inputs.bucket,
  inputs.endpoint,
  inputs.region,
  inputs.ambient.region,
  inputs.ambient.endpoint,
  inputs.workingDirectory,
  inputs.settingsModule,
  inputs.host,
  inputs.hostInputs.service,
  inputs.staticDir,
  inputs.mediaDir,
  inputs.staticPrefix,
  inputs.mediaPrefix,
  inputs.hostInputs.options['preview-url']?.[0],
];

/** What cannot be masked, and what is both secret and public, each with what to do about it. */
export function maskingProblems(secrets: readonly InputSecret[], published: readonly (string | undefined)[]): string[] {
  const credentials = secrets.filter(({ rank }) => rank === 'credential');
  const short = credentials.filter(({ value }) => value.length < shortestMasked).map(({ input }) => input);
  const shown = credentials
    .filter(({ value }) => value.length >= shortestMasked)
    .filter(({ value }) => published.some((one) => one?.includes(value)))
    .map(({ input }) => input);
  return [
    ...[...new Set(short)].map(
      (input) =>
        `${input} has fewer than ${shortestMasked} characters, which cannot be masked without hiding half of the log. Use a longer one.`,
    ),
    ...[...new Set(shown)].map(
      (input) =>
        `${input} is a part of what this run makes public (its URL, environment, branch, bucket or repository). It stays masked, and outputs that would show it are empty. Use another value for ${input}.`,
    ),
  ];
}

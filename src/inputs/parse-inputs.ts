import { posix } from 'node:path';
import { DeployError } from '../core/errors.ts';
import type { Mistake } from '../core/mistake.ts';
import { chooseSource } from '../databases/trusted-sources/choose-source.ts';
import type { HostDefinition, HostInputs, HostIntent } from '../hosts/contract/host.ts';
import { Secret } from '../lib/secret.ts';
import { plural } from '../lib/text.ts';
import { chooseHost } from './choose-host.ts';
import { crossCheck } from './cross-checks.ts';
import { type InputSource, Reader } from './input-reader.ts';
import type { Inputs } from './inputs.ts';
import { choice } from './kinds.ts';

type Hosts = Readonly<Record<string, HostDefinition>>;

/**
 * The token that goes with keys of the inputs: the environment's, where the key is the environment's too, or a temporary one
 * that the environment names no other key for.
 */
function sessionTokenOf(key: Secret | undefined, env: InputSource['env']): Secret | undefined {
  const { AWS_ACCESS_KEY_ID: known, AWS_SESSION_TOKEN: token } = env;
  const own = key?.reveal();
  if (!own || !token) return undefined;
  return own === known || (!known && own.startsWith('ASIA')) ? new Secret(token) : undefined;
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html and feature-region.html. */
function ambientOf(env: InputSource['env']): Inputs['ambient'] {
  const ignored = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true';
  const endpoint = ignored ? undefined : env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL;
  return { region: env.AWS_REGION || env.AWS_DEFAULT_REGION, endpoint: endpoint?.replace(/\/+$/, '') || undefined };
}

/**
 * Reads every input of the step, and finds every mistake in them. The only reader of inputs.
 * @param intentOf What the run wants of the host; undefined where it needs no secrets, so that missing ones are no mistake.
 * @param exists Whether the checkout has a file of that path below the working directory, by which `host: auto` finds hosts.
 */
export function parseInputs(
  source: InputSource,
  hosts: Hosts,
  intentOf: (inputs: Inputs) => HostIntent | undefined,
  exists: (path: string) => boolean = () => false,
): { inputs: Inputs; mistakes: readonly Mistake[]; foundHost: string | undefined } {
  const read = new Reader(source);
  const {
    service,
    hostToken,
    deployHook,
    hostOptions,
    endpoint,
    rollback,
    prune,
    concurrency,
    productionBranch,
    trustedSource,
    ...values
  } = read.values();
  const hostInputs: HostInputs = { service, token: hostToken, deployHook, options: hostOptions.options };
  const named = choice(['auto', ...Object.keys(hosts), 'none'])(values.host, (message) => read.add('host', message));
  const inFolder = (path: string) => exists(posix.join(values.workingDirectory, path)) || exists(path);
  const found = named === undefined || named === 'auto' ? chooseHost(hostInputs, hosts, inFolder) : undefined;
  if (found && 'among' in found) {
    const choices = found.among.map((name) => `"host: ${name}"`).join(' or ');
    read.add('host', `is auto, and ${found.by} can be of ${found.among.join(' and ')}; write ${choices}`);
  }
  const host = found && 'host' in found ? found.host : (named ?? 'auto');
  const definition = hosts[host];
  const inputs: Inputs = {
    ...values,
    ...endpoint,
    ...rollback,
    host,
    productionBranches: productionBranch,
    hostInputs,
    trustedSource: trustedSource && chooseSource(trustedSource, host, hostInputs, values.trustedSourceToken),
    sessionToken: sessionTokenOf(values.accessKeyId, source.env),
    ambient: ambientOf(source.env),
    artifactFormat: values.artifactFormat ?? definition?.artifactFormat ?? 'tar.gz',
    prune: prune === 'off' ? undefined : prune,
    concurrency: concurrency === 'auto' ? undefined : concurrency,
  };
  const intent = intentOf(inputs);
  if (intent) for (const message of hostOptions.empty) read.add('host-options', message);
  crossCheck(read, inputs, definition, intent);
  const foundHost = definition && found && 'host' in found ? `host: auto is ${host}, by ${found.by}` : undefined;
  return { inputs, mistakes: read.mistakes, foundHost };
}

/** An error that names every mistake, each with what to type. */
export function invalidInputs(mistakes: readonly Mistake[]): DeployError {
  const lines = mistakes.map(({ input, message }) => `  ${input}: ${message}`);
  return new DeployError(
    'INVALID_INPUTS',
    `${plural(mistakes.length, 'mistake')} in the inputs of this step:\n${lines.join('\n')}`,
    {
      hint: `Fix ${mistakes.length > 1 ? 'these' : 'it'} under "with:" of the step.`,
    },
  );
}

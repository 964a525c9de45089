import type { HostDefinition } from '../hosts/contract/host.ts';
import { optionSecrets } from '../hosts/contract/options.ts';
import type { Inputs } from './inputs.ts';

/** Names of variables that say nothing secret and whose values would blot out useful lines of the log. */
const plainVariables = new Set(['DJANGO_SETTINGS_MODULE', 'PYTHONPATH', 'DEBUG', 'NODE_ENV', 'LANG', 'TZ']);

/** Every value among the inputs that must never be shown. */
export function secretsOf(inputs: Inputs, hosts: Readonly<Record<string, HostDefinition>>): string[] {
  const { accessKeyId, secretAccessKey, hostInputs, env, hostEnv, githubToken } = inputs;
  const direct = [accessKeyId, secretAccessKey, hostInputs.token, hostInputs.deployHook, githubToken];
  const variables = [...Object.entries(env), ...Object.entries(hostEnv)].filter(([name]) => !plainVariables.has(name));
  const values = [...direct, ...variables.map(([, value]) => value)].flatMap((secret) => secret?.reveal() ?? []);
  const definition = hosts[inputs.host];
  return [...values, ...(definition ? optionSecrets(definition, hostInputs) : [])].filter((value) => value !== '');
}

import { Secret } from '../../lib/secret.ts';
import type { HostDefinition, HostInputs, HostWay } from './host.ts';
import { optionsOf } from './options.ts';

/** The inputs that a way of a host names, filled with the examples of its data. */
export function exampleInputs(definition: HostDefinition, names: HostWay): HostInputs {
  const { service, token, deployHook } = definition;
  const options = optionsOf(definition).filter(({ name }) => names.includes(name));
  return {
    service: names.includes('service') ? service?.example : undefined,
    token: names.includes('host-token') && token ? new Secret(token.example) : undefined,
    deployHook: names.includes('deploy-hook') && deployHook ? new Secret(deployHook.example) : undefined,
    options: Object.fromEntries(options.map(({ name, example }) => [name, [example]])),
  };
}
